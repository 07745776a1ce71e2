"""What changed in a text, word by word."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby
from typing import Final, Literal

type PieceKind = Literal["same", "added", "removed"]
TOKEN: Final = re.compile(r"\s+|\w+|[^\w\s]")
# Beyond so many words frequent ones are no landmarks, or equal words would cost their square.
MANY_WORDS: Final = 2_000


@dataclass(frozen=True, slots=True)
class WordPiece:
    """A stretch of text that stayed, came or went.

    Attributes
    ----------
    kind : {'same', 'added', 'removed'}
    text : str
        With its blanks.
    """

    kind: PieceKind
    text: str


def word_diff(old: str, new: str) -> tuple[WordPiece, ...]:
    """Compare two texts word by word.

    Parameters
    ----------
    old, new : str
        Texts of any length.

    Returns
    -------
    tuple of WordPiece
        In reading order, what went before what came. All that is not added gives ``old``, all
        that is not removed gives ``new``, to the letter.

    Notes
    -----
    Python's difflib on words, blanks and signs; blanks alone are no landmarks. Beyond 2,000 words
    frequent words are none either.

    References
    ----------
    .. [1] J. W. Ratcliff, D. E. Metzener, Pattern matching: the gestalt approach,
       Dr. Dobb's Journal 13 (1988), 46.

    Examples
    --------
    >>> [(one.kind, one.text) for one in word_diff("a test bench", "a shared test bench")]
    [('same', 'a '), ('added', 'shared '), ('same', 'test bench')]
    """
    before, after = TOKEN.findall(old), TOKEN.findall(new)
    n_head = shared_length(before, after)
    n_tail = shared_length(before[n_head:][::-1], after[n_head:][::-1])
    pieces = [
        WordPiece("same", "".join(before[:n_head])),
        *_compared(before[n_head : len(before) - n_tail], after[n_head : len(after) - n_tail]),
        WordPiece("same", "".join(before[len(before) - n_tail :])),
    ]
    return _joined([one for one in pieces if one.text])


def shared_length(one: Sequence[str], other: Sequence[str]) -> int:
    """Return how many tokens two sequences share at their start."""
    for place, (a, b) in enumerate(zip(one, other, strict=False)):
        if a != b:
            return place
    return min(len(one), len(other))


def _compared(before: Sequence[str], after: Sequence[str]) -> list[WordPiece]:
    is_long = len(before) + len(after) > MANY_WORDS
    matcher = SequenceMatcher(str.isspace, before, after, autojunk=is_long)
    pieces = []
    for operation, start, end, first, last in matcher.get_opcodes():
        if operation == "equal":
            pieces.append(WordPiece("same", "".join(before[start:end])))
            continue
        pieces.append(WordPiece("removed", "".join(before[start:end])))
        pieces.append(WordPiece("added", "".join(after[first:last])))
    return pieces


def _joined(pieces: Sequence[WordPiece]) -> tuple[WordPiece, ...]:
    """Join neighbours of one kind."""
    return tuple(
        WordPiece(kind, "".join(one.text for one in group))
        for kind, group in groupby(pieces, key=lambda one: one.kind)
    )
