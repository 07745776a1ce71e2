"""Texts on a page: two word by word, what a search matched, links to pages of others."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final, Literal

from django.utils.html import format_html

from alpclusters.platform.languages.folding import fold
from alpclusters.www.components.parts import Passage

# --- Two texts word by word, for the comparison of versions and for conflicts of two editors ------


_WORDS: Final = re.compile(r"\s*\S+|\s+$")


def compare(before: str, after: str) -> tuple[list[Passage], list[Passage]]:
    """Return the passages of both texts: what was removed in the first, added in the second."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    left: list[Passage] = []
    right: list[Passage] = []
    for kind, a, b, c, d in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        left += _passages("".join(old[a:b]), "same" if kind == "equal" else "removed")
        right += _passages("".join(new[c:d]), "same" if kind == "equal" else "added")
    return left, right


def _passages(text: str, kind: Literal["same", "removed", "added"]) -> list[Passage]:
    """Keep the space before a change outside its mark."""
    if kind == "same" or text == text.lstrip():
        return [Passage(text, kind)] if text else []
    space = text[: len(text) - len(text.lstrip())]
    changed = text.lstrip()
    return [Passage(space), *([Passage(changed, kind)] if changed else [])]


# --- Mark in a title what the search matched, although it was compared folded ---------------------


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


# --- Links to pages of others ---------------------------------------------------------------------


def is_web(address: str) -> bool:
    """Say whether an address is one of the web; sources may hold anything."""
    return address.startswith(("http://", "https://"))


def outside_link(address: str) -> str:
    """Link an address on the web by its name without protocol."""
    if not is_web(address):
        return ""
    words = address.split("://", 1)[1].removeprefix("www.").rstrip("/")
    return format_html('<a href="{}" rel="nofollow noopener">{}</a>', address, words)
