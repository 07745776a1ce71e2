"""What a lesson says of a measure: a word and a symbol."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _

from alpclusters.platform.evidence.models import Lesson

_LOOKS: Final[Mapping[str, tuple[str, str]]] = {
    Lesson.Verdict.WORKS: ("check", "good"),
    Lesson.Verdict.DOES_NOT_WORK: ("x", "bad"),
    Lesson.Verdict.DEPENDS: ("scale", "warn"),
}


@dataclass(frozen=True)
class VerdictView:
    """A verdict as a badge."""

    text: Any
    icon: str
    tone: str


def verdict_view(verdict: str, *, is_graded: bool) -> VerdictView:
    """Return the badge of a verdict; without evidence it only says what is claimed."""
    label = Lesson.Verdict(verdict).label
    if not is_graded:
        return VerdictView(_("without evidence yet: %(verdict)s") % {"verdict": label}, "quote", "")
    icon, tone = _LOOKS[verdict]
    return VerdictView(label, icon, tone)
