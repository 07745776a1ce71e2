"""Places in a document on which an activity or a lesson rests."""

import re
from dataclasses import dataclass
from typing import Final

from django.db import transaction

from alpclusters.analysis.errors import InputError, Where
from alpclusters.platform.accounts.models import User
from alpclusters.platform.evidence.domain.codebook.reading import NAMES
from alpclusters.platform.evidence.models import Activity, Document, Lesson, Quotation
from alpclusters.platform.fields import length_of
from alpclusters.platform.worlds import check_one_world
from alpclusters.sources.pdf_text import plain_words

# --- Words in the text of a document, page by page ------------------------------------------------


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


# --- Places in a document on which an activity or a lesson rests ----------------------------------


MOST_WORDS: Final = length_of(Quotation, "words")
MOST_PAGE: Final = 100_000


@transaction.atomic
def quote(  # noqa: PLR0913 - a place has so many parts
    document: Document,
    *,
    by: User | None,
    page: int | None = None,
    page_end: int | None = None,
    words: str = "",
    activity: Activity | None = None,
    lesson: Lesson | None = None,
    field: str = "",
) -> Quotation:
    """Tie a place in a document to an activity or to a lesson; the same place once a person.

    Parameters
    ----------
    document : Document
    by : User or None
    page, page_end : int, optional
        As one counts the leaves, from 1; none where the source has no pages.
    words : str
        A few words to find the place; they must stand there if the text is known.
    activity, lesson : optional
        Exactly one.
    field : str, default ""
        The answer of the coding form that the place shows; empty for the thing as a whole.

    Raises
    ------
    InputError
        ``quotation.of_what``, ``quotation.no_field``, ``quotation.no_page``,
        ``quotation.pages_turned``, ``quotation.too_long``, ``quotation.not_on_page``,
        ``worlds.mixed``.
    """
    if (activity is None) == (lesson is None):
        raise InputError("quotation.of_what", where=Where(argument="activity"))
    if field and (activity is None or field not in NAMES):
        raise InputError("quotation.no_field", where=Where(field="target"), found=field)
    check_one_world(document, [thing for thing in (activity, lesson) if thing is not None])
    _check_pages(document, page, page_end)
    words = plain_words(words)
    _check_words(document, page, page_end, words)
    found, _is_new = Quotation.objects.get_or_create(
        document=document,
        activity=activity,
        lesson=lesson,
        field=field,
        page=page,
        page_end=page_end if page_end != page else None,
        words=words,
        # Each coder has the own quotations: the other's are not seen before both have closed.
        made_by=by,
    )
    return found


def unquote(quotation: Quotation, by: User | None) -> None:  # noqa: ARG001 - said by who calls
    """Take a quotation back."""
    quotation.delete()


def _check_pages(document: Document, page: int | None, page_end: int | None) -> None:
    most = document.n_pages or MOST_PAGE
    for number in (page, page_end):
        if number is not None and not 1 <= number <= most:
            where = Where(field="page")
            raise InputError(
                "quotation.no_page", where=where, found=str(number), expected=str(most)
            )
    if page_end is not None and (page is None or page_end < page):
        raise InputError("quotation.pages_turned", where=Where(field="page_end"))


def _check_words(document: Document, page: int | None, page_end: int | None, words: str) -> None:
    where = Where(field="words")
    if len(words) > MOST_WORDS:
        raise InputError("quotation.too_long", where=where, expected=str(MOST_WORDS))
    if not words:
        return
    pages = document.pages.order_by("number")
    if page is not None:
        pages = pages.filter(number__range=(page, page_end or page))
    text = " ".join(pages.values_list("text", flat=True))
    # A scanned page has no text to compare with.
    if text.strip() and folded(words) not in folded(text):
        raise InputError("quotation.not_on_page", where=where, found=words)
