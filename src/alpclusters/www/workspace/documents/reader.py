"""A document to read beside a form: one page as picture and text, words found in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from alpclusters.analysis.errors import AlpClustersError, Where
from alpclusters.platform.evidence.domain.documents.files import has_pictures, page_words
from alpclusters.platform.evidence.domain.documents.quoting import find_words, places_of
from alpclusters.platform.evidence.domain.documents.reading import Reading, page_of
from alpclusters.platform.evidence.models import Document, Quotation
from alpclusters.reports.numbers import format_integer
from alpclusters.www.components.parts import Passage
from alpclusters.www.site.inputs import input_of
from alpclusters.www.workspace.sentences import placed_sentence

# --- How the reading of a document stands, in words -----------------------------------------------


# state: (icon, tone) of its badge
LOOKS: Final = {
    Document.State.NO_FILE: ("link", ""),
    Document.State.WAITING: ("clock", "info"),
    Document.State.READ: ("check", "good"),
    Document.State.FAILED: ("circle-alert", "bad"),
}
_WHERE: Final = ("file", "sheet", "line", "column", "field", "path", "argument", "row")
_KNOWN: Final = {"code", "seen", "expected", "severity", *_WHERE}


def failure_of(document: Document) -> str:
    """Say why the file of a document could not be read; empty if it could."""
    if document.state != Document.State.FAILED or not document.error:
        return ""
    return placed_sentence(_error(document.error))


def told(reading: Reading) -> str:
    """Say how far the worker is, in one line."""
    if not reading.total:
        return _("The reading begins in a moment.")
    language = get_language() or "en"
    words = {
        "done": format_integer(reading.done, language),
        "total": format_integer(reading.total, language),
    }
    return _("%(done)s of %(total)s pages are read.") % words


def _error(record: dict[str, Any]) -> AlpClustersError:
    """Make the error again that was kept with the document."""
    return AlpClustersError(
        record["code"],
        where=Where(**{name: record[name] for name in _WHERE if name in record}),
        found=record.get("seen"),
        expected=record.get("expected"),
        values={name: value for name, value in record.items() if name not in _KNOWN},
    )


# --- A document to read beside a form: one page as picture and text, words found in all pages -----
#
# A host page calls `read_document` with its request and includes
# ``workspace/documents/_reader.html`` with ``reader``; it links ``css/reader.css`` and
# ``js/reader.js``. Without scripts every step is a link or a form of the host page: ``page`` and
# ``find`` in its address, ``do=quote`` with ``document``, ``page``, ``page_end``, ``words`` and
# ``target`` posted to ``quote_url``.


type Pairs = Sequence[tuple[str, str]]


def _number_input() -> forms.TextInput:
    return forms.TextInput({"inputmode": "numeric", "size": 5})


@dataclass(frozen=True)
class HitView:
    """A page with the words that were looked for."""

    number: int
    place: str
    n: int
    before: str
    words: str
    after: str
    url: str


@dataclass(frozen=True)
class Found:
    """What a search in the document found; ``told`` says it in one line."""

    told: str
    hits: Sequence[HitView]


@dataclass(frozen=True)
class Reader:
    """All that the fragment shows.

    Attributes
    ----------
    document : Document
    number : int
        The page shown, from 1; 0 where there is no text yet.
    place : str
        How the page is called.
    passages : sequence of Passage
        Its text; words that were looked for have kind ``added``.
    picture_url : str
        Empty where pages have no picture.
    kept : pairs of str
        What the address of the host says beside page and words.
    targets : pairs of str
        What a quotation can be tied to (value, label); one pair is not asked for.
    quote : QuoteForm
        The place that is quoted.
    """

    document: Document
    number: int
    place: str
    passages: Sequence[Passage]
    picture_url: str
    previous_url: str
    next_url: str
    kept: Pairs
    find: str
    found: Found | None
    failure: str
    file_url: str
    page_data: str
    find_data: str
    quote_url: str
    targets: Pairs
    quote: "QuoteForm"
    quoted: Mapping[str, str]


class QuoteForm(forms.Form):
    """The place that is quoted; `quotation_from` reads it and the domain checks it."""

    use_required_attribute = False
    page = input_of(Quotation, "page", widget=_number_input())
    page_end = input_of(Quotation, "page_end", widget=_number_input())
    words = input_of(Quotation, "words", widget=forms.Textarea({"rows": 2}))


def read_document(
    request: HttpRequest,
    document: Document,
    *,
    quote_url: str = "",
    targets: Pairs = (),
    quoted: Mapping[str, str] | None = None,
) -> Reader:
    """Return the page of a document that the address of the host page asks for.

    Parameters
    ----------
    request : HttpRequest
        Of the host page: ``page`` and ``find``.
    document : Document
        One whose file the person may read.
    quote_url : str
        Where a quotation is posted to; empty: nothing can be quoted here.
    targets : pairs of str
        What it can be tied to.
    quoted : mapping, optional
        A quotation as it was sent and refused.
    """
    query = request.GET
    number = _number(query.get("page", ""), document.n_pages)
    find = query.get("find", "")[:200]
    page = page_of(document, number)
    return Reader(
        document=document,
        number=number if page else 0,
        place=page_words(document, number, page.label) if page else "",
        passages=passages(page.text, find) if page else [],
        picture_url=picture_url(document, number) if page else "",
        previous_url=_address(request, number - 1) if number > 1 else "",
        next_url=_address(request, number + 1) if number < document.n_pages else "",
        kept=[(k, str(v)) for k, v in query.items() if k not in {"page", "find"}],
        find=find,
        found=found_in(document, find, base=request.get_full_path()) if find else None,
        failure=failure_of(document),
        file_url=reverse("public:source-file", args=[document.key]) if document.file else "",
        # The script puts the number of the page where the 0 stands.
        page_data=reverse("workspace:document-page", args=[document.key, 0]),
        find_data=reverse("workspace:document-find", args=[document.key]),
        quote_url=quote_url,
        targets=targets,
        quote=QuoteForm(
            auto_id="quote-%s", initial=dict(quoted) if quoted else {"page": number if page else ""}
        ),
        quoted=quoted or {},
    )


def passages(text: str, find: str) -> list[Passage]:
    """Part a text where words stand that were looked for."""
    parts, last = [], 0
    for start, end in places_of(text, find):
        parts += [Passage(text[last:start]), Passage(text[start:end], "added")]
        last = end
    return [part for part in (*parts, Passage(text[last:])) if part.text]


def picture_url(document: Document, number: int) -> str:
    """Return the address of the picture of a page; empty where there is none."""
    if not has_pictures(document):
        return ""
    return reverse("public:source-page", args=[document.key, number])


def found_in(document: Document, find: str, *, base: str = "") -> Found:
    """Look for words in all pages and say how many places there are."""
    hits = find_words(document, find)
    views = [
        HitView(
            hit.number,
            page_words(document, hit.number, hit.label),
            hit.n,
            hit.before,
            hit.words,
            hit.after,
            _turned(base, hit.number),
        )
        for hit in hits.pages
    ]
    if not hits.n:
        return Found(_("These words do not stand in the document."), [])
    places = ngettext("%(n)s place", "%(n)s places", hits.n) % {"n": hits.n}
    pages = ngettext("on %(n)s page", "on %(n)s pages", hits.n_pages) % {"n": hits.n_pages}
    return Found(f"{places} {pages}", views)


def quotation_from(posted: QueryDict) -> dict[str, Any]:
    """Return page, last page and words as a person sent them, as `quote` takes them."""
    page, page_end = (_whole(posted.get(name, "")) for name in ("page", "page_end"))
    return {"page": page, "page_end": page_end, "words": posted.get("words", "")}


def _whole(text: str) -> int | None:
    text = text.strip()
    if not text:
        return None
    # Something that is no number is no page either: the domain says so.
    return int(text) if text.isdecimal() and len(text) < 7 else 0  # noqa: PLR2004 - a million pages


def _number(text: str, n_pages: int) -> int:
    wanted = int(text) if text.isdecimal() and len(text) < 7 else 1  # noqa: PLR2004 - likewise
    return min(max(wanted, 1), max(n_pages, 1))


def _address(request: HttpRequest, number: int) -> str:
    return _turned(request.get_full_path(), number)


def _turned(base: str, number: int) -> str:
    path, _mark, text = base.partition("?")
    query = QueryDict(text, mutable=True)
    query["page"] = str(number)
    pairs = [(key, value) for key, values in query.lists() for value in values]
    return f"{path}?{urlencode(pairs)}#reader"
