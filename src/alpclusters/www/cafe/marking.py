"""A text in pieces, some of them marked: the words that two cards share."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text."""

    text: str
    is_marked: bool


def marked(text: str, spans: Sequence[tuple[int, int]]) -> list[Piece]:
    """Cut a text at the spans, which stand in order and do not overlap.

    Examples
    --------
    >>> [(p.text, p.is_marked) for p in marked("a funding rule", [(2, 9)])]
    [('a ', False), ('funding', True), (' rule', False)]
    """
    pieces, place = [], 0
    for start, end in spans:
        pieces += [
            Piece(text[place:start], is_marked=False),
            Piece(text[start:end], is_marked=True),
        ]
        place = end
    pieces.append(Piece(text[place:], is_marked=False))
    return [piece for piece in pieces if piece.text]
