"""Two people edited the general part of a plan: what each wrote, side by side."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from alpclusters.analysis.plans.merging import FieldConflict
from alpclusters.platform.policy.domain.plans import PlanConflictError
from alpclusters.www.components.compare import compare
from alpclusters.www.components.parts import Side


@dataclass(frozen=True)
class Line:
    """One field or row in which the two differ."""

    label: Any
    theirs: Side
    mine: Side


def conflict_lines(form: forms.Form, fields: Sequence[FieldConflict]) -> list[Line]:
    """List the fields that cannot be merged, stored text and typed text beside one another."""
    return [
        conflict_line(field.label, one.theirs, one.mine, field.widget.attrs.get("lang", ""))
        for one in fields
        if (field := form.fields[one.field.removesuffix("_id")])
    ]


def conflict_line(label: Any, theirs: object, mine: object, lang: str = "") -> Line:
    """Put two texts side by side."""
    left, right = compare(str(theirs or ""), str(mine or ""))
    return Line(
        label,
        Side(_("Saved meanwhile by somebody else"), left, lang),
        Side(_("Your text, not saved yet"), right, lang),
    )


def rebased(base: Mapping[str, str], conflict: PlanConflictError) -> str:
    """Write a base in which what is in conflict is what is stored now."""
    theirs = {one.field: str(one.theirs or "") for one in conflict.fields}
    return json.dumps({**base, **theirs}, ensure_ascii=False)
