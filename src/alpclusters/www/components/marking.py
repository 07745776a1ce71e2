"""Mark in a title what the search matched, although it was compared folded."""

from collections.abc import Sequence
from dataclasses import dataclass

from alpclusters.platform.languages.folding import fold


@dataclass(frozen=True)
class Piece:
    """A stretch of a title."""

    text: str
    is_hit: bool


def marked(title: str, words: Sequence[str]) -> list[Piece]:
    """Cut a title into stretches that matched a word and stretches that did not."""
    hits = [False] * len(title)
    folded, origins = _folded(title)
    for word in map(fold, words):
        start = folded.find(word)
        while word and start >= 0:
            for place in origins[start : start + len(word)]:
                hits[place] = True
            start = folded.find(word, start + len(word))
    return _pieces(title, hits)


def _folded(title: str) -> tuple[str, list[int]]:
    """Fold letter by letter and remember which letter each folded one came from."""
    letters = [fold(letter) for letter in title]
    origins = [i for i, letter in enumerate(letters) for _ in letter]
    return "".join(letters), origins


def _pieces(title: str, hits: Sequence[bool]) -> list[Piece]:
    pieces: list[Piece] = []
    for letter, is_hit in zip(title, hits, strict=True):
        if pieces and pieces[-1].is_hit == is_hit:
            pieces[-1] = Piece(pieces[-1].text + letter, is_hit)
        else:
            pieces.append(Piece(letter, is_hit))
    return pieces
