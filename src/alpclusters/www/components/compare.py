"""Two texts word by word, for the comparison of versions and for conflicts of two editors."""

import re
from difflib import SequenceMatcher
from typing import Final, Literal

from alpclusters.www.components.parts import Passage

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
