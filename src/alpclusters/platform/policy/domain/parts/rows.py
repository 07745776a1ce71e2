"""Rows of an action: a row keeps its uuid, a new one gets one, a missing one goes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Model

from alpclusters.platform.languages.inputs import input_names
from alpclusters.platform.languages.text import read_input, write_input
from alpclusters.platform.policy.models import (
    Action,
    Cost,
    FundingLine,
    Milestone,
    Player,
    Risk,
)

type Row = Mapping[str, Any]
"""Values by field, with ``uuid`` (text, or nothing for a new row)."""


@dataclass(frozen=True, slots=True)
class Part:
    """A kind of rows: its table and what a person writes in it."""

    model: type[Model]
    fields: tuple[str, ...]
    related: tuple[str, ...] = ()


PARTS: Final[Mapping[str, Part]] = {
    "players": Part(Player, ("body", "role")),
    "milestones": Part(
        Milestone, (*input_names(["title"]), "due", "weight", "critical", "done_on", "evidence")
    ),
    "costs": Part(Cost, ("year", "type", "amount_cents", "currency")),
    "funding": Part(
        FundingLine,
        ("source", "offer", "amount_cents", "currency", "status"),
        related=("offer",),
    ),
    "risks": Part(Risk, (*input_names(["text", "answer"]), "likelihood", "impact")),
}


def store_rows(action: Action, name: str, rows: Sequence[Row]) -> None:
    """Make the rows of one kind those that are given."""
    part = PARTS[name]
    known = {str(row.uuid): row for row in getattr(action, name).all()}
    kept = set()
    for row in rows:
        stored = known.get(str(row.get("uuid") or ""))
        kept.add(_store(stored or part.model(action=action), part, row))
    for key, stored in known.items():
        if key not in kept:
            stored.delete()


def rows_of(action: Action, name: str) -> list[dict[str, Any]]:
    """Return what is stored of one kind, as `store_rows` takes it."""
    part = PARTS[name]
    rows = getattr(action, name).all()
    if part.related:
        rows = rows.select_related(*part.related)
    return [
        {"uuid": str(stored.uuid), **{field: read_input(stored, field) for field in part.fields}}
        for stored in rows
    ]


def _store(stored: Any, part: Part, row: Row) -> str:
    """Write one row if anything in it is new; return its uuid."""
    wanted = {field: row[field] for field in part.fields if field in row}
    is_new = stored.pk is None
    if is_new or any(read_input(stored, field) != value for field, value in wanted.items()):
        for field, value in wanted.items():
            write_input(stored, field, value)
        stored.save()
    return str(stored.uuid)
