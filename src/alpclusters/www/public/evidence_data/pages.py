"""What the page about the data package shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from alpclusters.platform.evidence.domain.archive.keeping import Kept, kept_package
from alpclusters.platform.evidence.domain.archive.schemas import TABLES
from alpclusters.platform.evidence.domain.citing import Citation, cite_package
from alpclusters.platform.languages.codes import nearest_language
from alpclusters.reports.numbers import format_integer, format_number
from alpclusters.www.components.parts import Cell, Column, Fact, Table
from alpclusters.www.public.evidence_data.citations import CiteView, cite_view
from alpclusters.www.public.evidence_data.linked_data import data_block
from alpclusters.www.public.evidence_data.words import TITLES

MEGA: Final = 1_000_000


@dataclass(frozen=True)
class DataPage:
    """Everything the template names."""

    tables: Table
    kept: Sequence[Fact]
    digest: Sequence[str]
    archive_url: str
    cite: CiteView
    data: SafeString


def read_page(*, now: datetime) -> DataPage:
    """Read what is in the package; its figures are those of the last one that was made."""
    base = site_address()
    kept = kept_package(base, now=now)
    return DataPage(
        tables=_tables(kept),
        kept=_facts(kept) if kept else (),
        digest=[kept.digest[n : n + 8] for n in range(0, len(kept.digest), 8)] if kept else (),
        archive_url=reverse("public:evidence-archive"),
        cite=cite_view(lambda _language: package_citation(kept), "public:evidence-citation"),
        data=_data(base),
    )


def site_address() -> str:
    """Return the address of the site that stands in the package: one for all who ask."""
    address: str = settings.CONFIGURATION.address
    return address


def package_citation(kept: Kept | None) -> Citation:
    """Cite the package in the version that is kept; without one, the page alone."""
    issued: date | None = kept.made_at.date() if kept else None
    address = site_address() + reverse("public:evidence-data")
    return cite_package(
        address=address, version=kept.package.version if kept else "", issued=issued
    )


def _tables(kept: Kept | None) -> Table:
    language = nearest_language(get_language())
    columns = [Column(_("Table")), Column(_("What is in it")), Column(_("Columns"), is_number=True)]
    rows: list[list[object]] = [
        [f"{s.name}.csv", TITLES[s.name], format_integer(len(s.fields), language)] for s in TABLES
    ]
    if kept:
        columns.append(Column(_("Rows"), is_number=True))
        for row, schema in zip(rows, TABLES, strict=True):
            row.append(Cell(format_integer(kept.package.n_rows[schema.name], language)))
    return Table(_("Tables of the data package"), columns, rows)


def _facts(kept: Kept) -> list[Fact]:
    language = nearest_language(get_language())
    size = format_number(kept.n_bytes / MEGA, language, 1)
    return [
        Fact(_("Version"), kept.package.version),
        Fact(_("Size"), f"{size} MB"),
        Fact(_("Files of documents"), format_integer(kept.package.n_files, language)),
    ]


def _data(base: str) -> SafeString:
    page = base + reverse("public:evidence-data")
    return data_block({
        "@type": "Dataset",
        "@id": page,
        "name": "AlpClusters evidence base",
        "description": _(
            "Earlier European initiatives for clusters and regions: what they did, what became "
            "of it after the funding had ended, what follows from it, how certain that is, and "
            "where it is written."
        ),
        "url": page,
        "isAccessibleForFree": True,
        "publisher": {"@type": "Organization", "name": "AlpClusters", "url": base},
        "distribution": [
            {
                "@type": "DataDownload",
                "encodingFormat": "application/zip",
                "contentUrl": base + reverse("public:evidence-archive"),
            }
        ],
    })  # fmt: skip
