"""Places in a document on which an activity or a lesson rests."""

from typing import Final

from django.db import transaction

from alpclusters.analysis.errors import InputError, Where
from alpclusters.platform.accounts.models import User
from alpclusters.platform.evidence.domain.codebook.fields import NAMES
from alpclusters.platform.evidence.domain.documents.finding import folded
from alpclusters.platform.evidence.models import Activity, Document, Lesson, Quotation
from alpclusters.platform.fields import length_of
from alpclusters.platform.worlds import check_one_world
from alpclusters.sources.pdf_text import plain_words

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
