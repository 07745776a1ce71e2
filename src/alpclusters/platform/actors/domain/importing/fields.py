"""What a list of organisations may bring: columns of our models, and what becomes more than one."""

from collections.abc import Iterator
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any, Final

from django.db import models

from alpclusters.platform.actors.models import ClusterOrganisation, Organisation
from alpclusters.platform.fields import YearField, fields_of
from alpclusters.platform.seed_rows import read_rows
from alpclusters.sources.organisation_heads import Kind, ListField
from alpclusters.sources.organisation_tables import OWN_RULES

HEADS: Final = Path(__file__).resolve().parents[2] / "seeds" / "heads.csv"
# Kind of a column: how its cells are read; the first that fits. Others hold words.
_KINDS: Final[dict[type[models.Field[Any, Any]], Kind]] = {
    models.URLField: Kind.WEB,
    YearField: Kind.YEAR,
    models.PositiveIntegerField: Kind.COUNT,
    models.PositiveSmallIntegerField: Kind.COUNT,
    models.DecimalField: Kind.DECIMAL,
    models.DateField: Kind.DAY,
}


@cache
def list_fields() -> tuple[ListField, ...]:
    """Return what a list may bring, with its heads, in the order in which heads are given out."""
    kinds = {column.name: _kind(column) for column in columns_in_lists()}
    rows = groupby(read_rows(HEADS), key=lambda row: row["field"])
    heads = {name: tuple(row["head"] for row in own) for name, own in rows}
    return tuple(
        ListField(name, Kind.OWN if name in OWN_RULES else kinds.get(name, Kind.TEXT), own)
        for name, own in heads.items()
    )


def columns_in_lists(
    *kept_by: type[models.Model],
) -> Iterator[models.Field[Any, Any]]:
    """Return the columns that lists may bring, of the models named or of both."""
    for model in kept_by or (Organisation, ClusterOrganisation):
        yield from fields_of(model, lambda one: one.in_lists)


def _kind(column: models.Field[Any, Any]) -> Kind:
    return next((kind for of, kind in _KINDS.items() if isinstance(column, of)), Kind.TEXT)
