"""A conflict side by side: what both began from, what is stored, what somebody typed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, cast

from django.http import QueryDict
from django.utils.translation import gettext as _

from alpclusters.analysis.plans import FieldConflict
from alpclusters.platform.languages.codes import LANGUAGES
from alpclusters.platform.policy.domain.editing.conflicts import Pending
from alpclusters.platform.policy.domain.editing.saving import Choice
from alpclusters.platform.policy.domain.editing.things import Editing
from alpclusters.www.components.compare import compare
from alpclusters.www.components.parts import Passage, Side

CHOICES: Final = ("mine", "theirs", "both")
_LANGUAGES: Final = dict(LANGUAGES)

type Labels = Mapping[str, Any]
type Namer = Callable[[str, str], str]
"""Writes the value of a field that is no text, such as a level, as people read it."""


@dataclass(frozen=True)
class ConflictView:
    """One field in three versions."""

    name: str
    label: str
    base: Side
    theirs: Side
    mine: Side
    can_take_both: bool
    chosen: str

    @property
    def sides(self) -> tuple[Side, Side, Side]:
        """The three versions in the order of the page."""
        return self.base, self.theirs, self.mine


@dataclass(frozen=True)
class PendingView:
    """Everything the page of a conflict names."""

    conflicts: Sequence[ConflictView]
    n_merged: int
    earlier: Sequence[tuple[str, str]]


def pending_view(
    pending: Pending, how: Editing, labels: Labels, named: Namer, chosen: Mapping[str, str]
) -> PendingView:
    """Put a conflict into words."""
    return PendingView(
        [_view(one, how, labels, named, chosen.get(one.field, "")) for one in pending.conflicts],
        len(pending.values),
        [(label_of(name, labels), text) for name, text in pending.earlier],
    )


def choices_of(data: QueryDict, pending: Pending) -> dict[str, Choice] | None:
    """Read the choice for every conflict; None if one is missing."""
    found = {one.field: data.get(f"choice_{one.field}", "") for one in pending.conflicts}
    if any(choice not in CHOICES for choice in found.values()):
        return None
    return cast("dict[str, Choice]", found)


def label_of(name: str, labels: Labels) -> str:
    """Return the name of a field, with the language of a text."""
    field, _sep, code = name.rpartition("_")
    if code in _LANGUAGES and field in labels:
        return f"{labels[field]} ({_LANGUAGES[code]})"
    return str(labels.get(name, name))


def _view(
    one: FieldConflict, how: Editing, labels: Labels, named: Namer, chosen: str
) -> ConflictView:
    lang = one.field.rpartition("_")[2] if one.field not in how.fields else ""
    base, theirs, mine = (named(one.field, str(v)) for v in (one.base, one.theirs, one.mine))
    return ConflictView(
        name=one.field,
        label=label_of(one.field, labels),
        base=Side(_("What both began from"), [Passage(base)] if base else [], lang),
        theirs=Side(_("Saved meanwhile by somebody else"), compare(base, theirs)[1], lang),
        mine=Side(_("Your text, not saved yet"), compare(base, mine)[1], lang),
        can_take_both=one.field in how.long_columns,
        chosen=chosen,
    )
