"""What a list says about fields that a person set: kept beside them until somebody decides."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from alpclusters.platform.actors.models import FieldProposal, ImportRun, Organisation
from alpclusters.platform.territory.models import Region


@dataclass(frozen=True, slots=True)
class Said:
    """What a row says about one field of a body."""

    body: Organisation
    name: str
    value: Any


def propose(said: Sequence[Said], run: ImportRun) -> None:
    """Keep what a list says; what was refused once is not proposed again."""
    if not said:
        return
    bodies = {one.body.pk for one in said}
    rows = FieldProposal.objects.filter(organisation__in=bodies).order_by("pk")
    known = {(row.organisation_id, row.field): row for row in rows}
    for one in said:
        name, value = one.name.removesuffix("_id"), _text(one)
        row = known.get((one.body.pk, name)) or FieldProposal(organisation=one.body, field=name)
        if row.pk and row.value == value and row.state != FieldProposal.State.TAKEN:
            continue
        row.run, row.value, row.state = run, value, FieldProposal.State.PROPOSED
        row.decided_by = row.decided_at = None
        row.save()


def _text(one: Said) -> str:
    if one.name == "region_id":
        region = Region.objects.filter(pk=one.value).first()
        return region.code if region else ""
    return "" if one.value is None else str(one.value)[:300]
