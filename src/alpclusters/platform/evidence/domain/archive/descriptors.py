"""``datapackage.json``: what is in the package, in the form of Frictionless Data Package 1."""

from collections.abc import Mapping
from typing import Any, Final, Protocol

from alpclusters.platform.evidence.domain.archive.schemas import TABLES, TableSchema
from alpclusters.platform.evidence.domain.archive.scope import Scope
from alpclusters.platform.evidence.domain.archive.sources import sources_of

TITLE: Final = "AlpClusters evidence base"
DESCRIPTION: Final = (
    "Earlier European initiatives for clusters and regions: what they did, what became of it "
    "after the funding, what follows from it, how certain that is, and the sources. Facts are in "
    "the words of AlpClusters unless a record names its own licence. README.en.md and the other "
    "languages explain it; codebook/ has the codes with definitions and examples."
)


class Written(Protocol):
    """A file of the package."""

    @property
    def path(self) -> str:
        """Where it lies."""

    @property
    def n_bytes(self) -> int:
        """How long it is."""

    @property
    def digest(self) -> str:
        """Its SHA-256."""


def descriptor(scope: Scope, tables: Mapping[str, Written], version: str) -> dict[str, Any]:
    """Return the descriptor of the package."""
    home = f"{scope.base}/en/evidence/data/"
    return {
        "profile": "tabular-data-package",
        "name": "alpclusters-evidence",
        "id": home,
        "title": TITLE,
        "description": DESCRIPTION,
        "homepage": home,
        "version": version,
        "contributors": [{"title": "AlpClusters", "path": scope.base, "role": "publisher"}],
        "sources": sources_of(scope),
        "resources": [_resource(schema, tables[schema.name]) for schema in TABLES],
    }


def _resource(schema: TableSchema, part: Written) -> dict[str, Any]:
    return {
        "profile": "tabular-data-resource",
        "name": schema.name,
        "title": schema.title,
        "path": part.path,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": part.n_bytes,
        "hash": f"sha256:{part.digest}",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "header": True},
        "schema": schema.as_json(),
    }
