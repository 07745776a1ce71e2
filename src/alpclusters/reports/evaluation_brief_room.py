"""How much of the first page the table of answers may take, so that the brief keeps its pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

# Points; measured on paper with our fonts. What is left of a page of A4 for rows of the table.
_PAGE: Final = 498.0
_TITLE: Final = 23.0
_TITLE_LETTERS: Final = 36
_LEAD: Final = 16.0
_LEAD_LETTERS: Final = 72
_NOTE: Final = 12.0
_NOTE_LETTERS: Final = 105
_ROW: Final = 6.6
_LINE: Final = 9.9
MAX_NAME: Final = 118  # letters of an item, two lines
# Letters of a line: of the item, then of each column of words beside it.
_LETTERS: Final = ((58,), (36, 20), (26, 16, 16))


@dataclass(slots=True)
class Room:
    """What is left of the first page, in points."""

    left: float

    def take(self, *texts: str) -> bool:
        """Take a row with these texts side by side, if there is room; say whether there was."""
        letters = _LETTERS[min(len(texts), len(_LETTERS)) - 1]
        pairs = zip(texts, letters, strict=False)
        height = _ROW + _LINE * max(1, *(_lines(text, most) for text, most in pairs))
        if height > self.left:
            return False
        self.left -= height
        return True


def room_below(title: str, lead: str, notes: Sequence[str], *, above: str = "") -> Room:
    """Return the room below a title, a key message and small print, and what is ``above`` them."""
    used = _TITLE * _lines(above, _TITLE_LETTERS)
    used += _TITLE * _lines(title, _TITLE_LETTERS) + _LEAD * _lines(lead, _LEAD_LETTERS)
    return Room(_PAGE - used - _NOTE * _lines(" ".join(notes), _NOTE_LETTERS))


def _lines(text: str, letters: int) -> int:
    return -(-len(text) // letters)
