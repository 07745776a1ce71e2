"""Words in the text of a document, page by page."""

import re
from dataclasses import dataclass
from typing import Final

from alpclusters.platform.evidence.models import Document
from alpclusters.sources.pdf_text import plain_words

MOST_PAGES_SHOWN: Final = 100
AROUND: Final = 60
_SAME: Final = str.maketrans(
    {
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"),
        **dict.fromkeys("\u2018\u2019\u201a\u2032", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u00ab\u00bb", '"'),
    }
)


@dataclass(frozen=True, slots=True)
class Hit:
    """A page with the words, and what stands around the first place.

    Attributes
    ----------
    number : int
    label : str
    n : int
        How many places.
    before, words, after : str
    """

    number: int
    label: str
    n: int
    before: str
    words: str
    after: str


@dataclass(frozen=True, slots=True)
class Hits:
    """Where words stand: places and pages in all, and the first pages."""

    n: int
    n_pages: int
    pages: tuple[Hit, ...]


def folded(text: str) -> str:
    """Return a text as it is compared: one line, without case, one kind of dash and quote."""
    return _compared(plain_words(text))


def find_words(document: Document, words: str) -> Hits:
    """Find words on the pages of a document, in any case and over the ends of lines."""
    if not words.strip():
        return Hits(0, 0, ())
    rows = document.pages.order_by("number").values_list("number", "label", "text")
    hits = [hit for row in rows.iterator() if (hit := _hit(*row, words))]
    return Hits(sum(hit.n for hit in hits), len(hits), tuple(hits[:MOST_PAGES_SHOWN]))


def places_of(text: str, words: str) -> list[tuple[int, int]]:
    r"""Return where words begin and end in a text.

    Examples
    --------
    >>> places_of("Who PAYS\nafter? Who pays after!", "pays after")
    [(4, 14), (20, 30)]
    """
    wanted = folded(words).split(" ")
    if not wanted[0]:
        return []
    pattern = re.compile(r"\s+".join(re.escape(word) for word in wanted))
    return [found.span() for found in pattern.finditer(_compared(text))]


def _compared(text: str) -> str:
    """Fold a text so that each place in it stays the same place."""
    plain = text.translate(_SAME)
    lower = plain.lower()
    if len(lower) == len(plain):
        return lower
    return "".join(c if len(c.lower()) != 1 else c.lower() for c in plain)


def _hit(number: int, label: str, text: str, words: str) -> Hit | None:
    places = places_of(text, words)
    if not places:
        return None
    start, end = places[0]
    before = plain_words(text[max(0, start - AROUND) : start])
    after = plain_words(text[end : end + AROUND])
    return Hit(number, label, len(places), before, plain_words(text[start:end]), after)
