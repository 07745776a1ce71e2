"""The text of pages as people read it: words in one piece again, lines that run on joined.

PDFium gives lines in reading order and marks a word that was divided at the end of a line by
U+FFFE. Whether the hyphen belonged to the word (cross-border) is told by the other words of the
same text: the form that stands there undivided wins; without any, the hyphen was a division.
"""

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

_DIVIDED: Final = re.compile(r"(\w+)[\ufffe\u00ad\u2010-]$")
_FIRST: Final = re.compile(r"\w+")
_WORD: Final = re.compile(r"\w+(?:[\u2010-]\w+)*")
_LINE_ENDS: Final = re.compile(r"\r\n?|[\n\u2028\u2029\x85]|(?<=\ufffe)")
# Anything that draws nothing and may do harm in a terminal or a form.
_CONTROLS: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\uffff\ud800-\udfff]|\u00ad(?!$)")
_BLANKS: Final = re.compile(r"[ \t\u00a0\u2007\u202f]+")
_BEGINS: Final = re.compile(
    r"(?:[\u2022\u25aa\u25cf\u2013\u2014*\u00b7-]|\(?\d{1,3}[.)]|[a-z]\))\s"
)
_ENDS: Final = (".", ":", "!", "?", ";", ".\u201c", ".\u201d", ".\u00bb")
_MARK: Final = "\ufffe"
_FULL: Final = 0.65
_QUANTILE: Final = 0.9
_SHORT: Final = 24


def clean_pages(texts: Sequence[str]) -> list[str]:
    r"""Return the texts of consecutive pages in plain words.

    Parameters
    ----------
    texts : sequence of str
        As PDFium gives them.

    Returns
    -------
    list of str
        Paragraphs and separate lines end with a line feed; nothing else controls anything.

    Examples
    --------
    >>> clean_pages(["A cross-border offer.\r\nA cross\ufffeborder co\ufffeoperation."])
    ['A cross-border offer.\nA cross-border cooperation.']
    """
    known = Counter(word.casefold() for text in texts for word in _WORD.findall(text))
    return [_clean(text, known) for text in texts]


def plain_words(text: str) -> str:
    r"""Return a text in one line with single blanks: what search and quotations compare.

    Examples
    --------
    >>> plain_words("  who \n pays\t after ")
    'who pays after'
    """
    return " ".join(text.split())


def _clean(text: str, known: Counter[str]) -> str:
    """Join a line with the next where it is as long as the column and ends no sentence."""
    lines = [_BLANKS.sub(" ", _CONTROLS.sub("", line)).strip() for line in _LINE_ENDS.split(text)]
    column = _column(lines)
    parts: list[str] = []
    end = ""
    for line in lines:
        if end and line and not (end == " " and _BEGINS.match(line)):
            parts[-1] = _together(parts[-1], line, end, known)
        else:
            parts.append(line)
        end = _end_of(line, column)
    whole = "\n".join(parts).replace(_MARK, "")
    return re.sub(r"\n{3,}", "\n\n", whole).strip()


def _column(lines: Sequence[str]) -> int:
    lengths = sorted(len(line) for line in lines if line)
    return max(_SHORT, lengths[int(_QUANTILE * (len(lengths) - 1))]) if lengths else _SHORT


def _end_of(line: str, column: int) -> str:
    """Say what stands between a line and the next: nothing, a blank, or the end of a paragraph."""
    if _DIVIDED.search(line):
        return "-"
    return " " if len(line) >= _FULL * column and not line.endswith(_ENDS) else ""


def _together(before: str, after: str, end: str, known: Counter[str]) -> str:
    divided, first = _DIVIDED.search(before), _FIRST.match(after)
    if end != "-" or divided is None or first is None:
        return f"{before} {after}"
    one, two = f"{divided[1]}{first[0]}", f"{divided[1]}-{first[0]}"
    keeps = known[two.casefold()] > known[one.casefold()] or not first[0][0].islower()
    return f"{before[:-1]}{'-' if keeps else ''}{after}"
