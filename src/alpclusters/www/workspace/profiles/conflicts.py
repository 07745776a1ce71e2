"""What somebody else saved in a part, beside what one is about to save."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from alpclusters.www.components.compare import compare
from alpclusters.www.components.parts import Side
from alpclusters.www.site.profile_values import language_of, value_words
from alpclusters.www.site.profile_words import name_of
from alpclusters.www.workspace.profiles.forms import PartForm


@dataclass(frozen=True)
class Conflict:
    """One field with both values."""

    title: str
    theirs: Side
    mine: Side


def conflicts_of(form: PartForm) -> list[Conflict]:
    """Return the fields that somebody else changed; only after a conflict."""
    if not form.is_conflict:
        return []
    mine = form.changes()
    return [_conflict(name, theirs, mine.get(name)) for name, theirs in form.theirs.items()]


def _conflict(name: str, theirs: Any, mine: Any) -> Conflict:
    left, right = compare(value_words(name, theirs), value_words(name, mine))
    code = language_of(name)
    return Conflict(
        name_of(name),
        Side(_("Saved by somebody else"), left, code),
        Side(_("Your text"), right, code),
    )
