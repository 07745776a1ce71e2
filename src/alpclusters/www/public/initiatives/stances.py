"""Whether something speaks for a lesson: a word and a symbol."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from alpclusters.platform.evidence.models import Stance

_LOOKS: Final[Mapping[str, tuple[str, str]]] = {
    Stance.SUPPORTS: ("plus", "good"),
    Stance.CONTRADICTS: ("minus", "warn"),
    Stance.MIXED: ("scale", ""),
}


@dataclass(frozen=True)
class StanceView:
    """A stance as a badge."""

    text: Any
    icon: str
    tone: str


def stance_view(stance: str) -> StanceView:
    """Return the badge of a stance."""
    icon, tone = _LOOKS[stance]
    return StanceView(Stance(stance).label, icon, tone)
