"""What a source says about fields that a person had set: kept until somebody decides."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from alpclusters.platform.actors.models import ImportRun
from alpclusters.platform.evidence.models import Initiative, InitiativeProposal

State = InitiativeProposal.State


@dataclass(frozen=True, slots=True)
class Said:
    """What a source says about one field of an initiative."""

    initiative: Initiative
    field: str
    value: Any


def propose(said: Sequence[Said], run: ImportRun) -> None:
    """Keep what a source says; what was refused once is not proposed again."""
    if not said:
        return
    ids = {one.initiative.pk for one in said}
    rows = InitiativeProposal.objects.filter(initiative__in=ids).order_by("pk")
    known = {(row.initiative_id, row.field): row for row in rows}
    for one in said:
        value = _as_json(one.value)
        row = known.get((one.initiative.pk, one.field)) or InitiativeProposal(
            initiative=one.initiative, field=one.field
        )
        if row.pk and row.value == value and row.state != State.TAKEN:
            continue
        row.run, row.value, row.state = run, value, State.PROPOSED
        row.decided_by = row.decided_at = None
        row.save()


def _as_json(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
