"""Two people edited: what each text says now, side by side."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from alpclusters.platform.policy.models import Recommendation
from alpclusters.www.components.compare import compare
from alpclusters.www.components.parts import Side
from alpclusters.www.workspace.policy.forms import RecommendationForm


@dataclass(frozen=True)
class Conflict:
    """One field in which the two differ."""

    label: Any
    theirs: Side
    mine: Side


def conflict_of(theirs: Recommendation, mine: RecommendationForm) -> list[Conflict]:
    """List the texts that differ between what is stored and what was sent."""
    found = []
    for name, value in mine.changes().items():
        stored = getattr(theirs, name) or ""
        if stored != value:
            found.append(_conflict(mine, name, stored, value))
    return found


def _conflict(form: RecommendationForm, name: str, stored: str, sent: str) -> Conflict:
    left, right = compare(stored, sent)
    lang = form.fields[name].widget.attrs.get("lang", "")
    return Conflict(
        form.fields[name].label,
        Side(_("Saved meanwhile by somebody else"), left, lang),
        Side(_("Your text, not saved yet"), right, lang),
    )
