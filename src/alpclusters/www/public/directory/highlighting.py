"""Mark in a text the words that were found."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from alpclusters.platform.actors.domain.directory.expressions import Group, Needle
from alpclusters.platform.actors.domain.directory.thesaurus import parts
from alpclusters.platform.actors.domain.directory.tokens import word_tokens
from alpclusters.platform.languages.folding import fold, fold_umlauts
from alpclusters.www.components.marking import Piece

_WORD: Final = re.compile(r"[^\W_]+")


def needles_of(groups: Iterable[Group]) -> list[Needle]:
    """Return everything that was looked for."""
    return [needle for group in groups for way in group.ways for needle in way.needles]


def highlighted(text: str, needles: Sequence[Needle]) -> list[Piece]:
    """Cut a text into what was found and the rest."""
    pieces: list[Piece] = []
    done = 0
    for start, end in _spans(text, needles):
        if start > done:
            pieces.append(Piece(text[done:start], is_hit=False))
        pieces.append(Piece(text[start:end], is_hit=True))
        done = end
    rest = text[done:]
    return [*pieces, Piece(rest, is_hit=False)] if rest or not pieces else pieces


def _spans(text: str, needles: Sequence[Needle]) -> Iterator[tuple[int, int]]:
    for match in _WORD.finditer(text):
        span = _span_in(match[0], needles)
        if span:
            yield match.start() + span[0], match.start() + span[1]


def _span_in(word: str, needles: Sequence[Needle]) -> tuple[int, int] | None:
    """Mark a word as a whole, or the part of a compound that was found."""
    whole = {fold(word), fold_umlauts(word)}
    if any(needle.fits(form) for needle in needles for form in whole):
        return 0, len(word)
    inside = word_tokens(word) | frozenset().union(*map(parts, whole))
    for needle in needles:
        for token in inside:
            place = fold(word).find(token)
            if needle.fits(token) and place >= 0 and len(fold(word)) == len(word):
                return place, place + len(token)
    return None
