"""The codebooks behind activities: one object per version, because it keeps its codes."""

from typing import Final

from alpclusters.platform.evidence.domain.codebook.reading import code_label, current_codebook
from alpclusters.platform.evidence.models import Activity, Codebook

_NOT_ASKED: Final = "not asked"


class Books:
    """Hands out the codebook of an activity; where none is recorded, the one in force."""

    def __init__(self) -> None:
        self._known: dict[int, Codebook] = {}
        self._current: Codebook | str | None = _NOT_ASKED

    def of(self, activity: Activity) -> Codebook | None:
        """Return the codebook; None where the installation has none."""
        if activity.codebook is None:
            return self._in_force()
        return self._known.setdefault(activity.codebook.pk, activity.codebook)

    def _in_force(self) -> Codebook | None:
        if isinstance(self._current, str):
            try:
                self._current = current_codebook()
            except Codebook.DoesNotExist:
                self._current = None
        return self._current


def label_of(field: str, key: str, book: Codebook | None) -> str:
    """Return the name of a code; without a codebook the code itself."""
    return code_label(field, key, book) if key and book else key
