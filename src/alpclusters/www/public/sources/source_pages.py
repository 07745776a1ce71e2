"""Sources: the list, one source with everything that rests on it, citation."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import reduce
from operator import or_
from typing import Any, Final

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import NoReverseMatch, path, reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, pgettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from alpclusters.platform.evidence.domain.citing import cite_document
from alpclusters.platform.evidence.models import Document, SourceType
from alpclusters.platform.evidence.rules import visible_documents
from alpclusters.platform.languages.codes import LANGUAGES, nearest_language
from alpclusters.platform.partnership.roles import Person
from alpclusters.platform.territory.models import Standing
from alpclusters.platform.worlds import of_world
from alpclusters.reports.dates import format_date
from alpclusters.www.components.marked_text import outside_link
from alpclusters.www.components.parts import Chip, FacetOption, Fact, Station
from alpclusters.www.public.addresses import page_number, words_in
from alpclusters.www.public.directory.filters import FilterView
from alpclusters.www.public.evidence_data import CiteView, cite_view, data_block, sent_citation
from alpclusters.www.public.initiatives.said import strip_if_known
from alpclusters.www.public.initiatives.views import base_of
from alpclusters.www.public.sources.resting import RestingView, read_resting
from alpclusters.www.worlds import asked_in, in_world, shown, side_of, write_world

# --- What the list of sources shows ---------------------------------------------------------------


SIZE: Final = 20
MOST_WORDS: Final = 8
_SEARCHED: Final = ("title", "authors", "locator", "initiatives__acronym")


@dataclass(frozen=True)
class SourceQuery:
    """A search: words, kinds of source, page."""

    text: str
    kinds: frozenset[str]
    page: int
    simulated: bool | None = None


@dataclass(frozen=True)
class SourceCard:
    """One source of the list."""

    title: str
    lang: str
    url: str
    kind: Any
    facts: str
    n_quotations: int
    is_open: bool
    is_simulated: bool


@dataclass(frozen=True)
class SourceList:
    """Everything the template names."""

    query: SourceQuery
    total: int
    cards: Sequence[SourceCard]
    numbers: Page[Any]
    filters: Sequence[FilterView]
    chips: Sequence[Chip]
    reset_url: str

    @property
    def n_chosen(self) -> int:
        """How many filters are set."""
        return len(self.chips)

    @property
    def simulated(self) -> bool:
        """Whether the sources are invented."""
        return bool(self.query.simulated)


def read_query(parameters: QueryDict) -> SourceQuery:
    """Read a search; what the list does not know is left out."""
    return SourceQuery(
        words_in(parameters),
        frozenset(parameters.getlist("kind")) & set(SourceType.values),
        page_number(parameters.get("page", "")),
        asked_in(parameters),
    )


def read_list(user: Person, query: SourceQuery) -> SourceList:
    """Search, and put the answer into words."""
    seen = visible_documents(user)
    query = replace(query, simulated=shown(query.simulated, seen))
    own = of_world(seen, is_simulated=bool(query.simulated))
    worded = _with_words(own, query.text)
    kinds = Counter(worded.order_by().values_list("source_type", flat=True))
    chosen = worded.filter(source_type__in=query.kinds) if query.kinds else worded
    numbers = Paginator(
        chosen.annotate(n=Count("quotations", distinct=True)).order_by("title", "pk"), SIZE
    ).get_page(query.page)
    return SourceList(
        query=query,
        total=numbers.paginator.count,
        cards=[_card(row) for row in numbers],
        numbers=numbers,
        filters=[_filter(query, kinds)] if len(kinds) > 1 or query.kinds else [],
        chips=[Chip(SourceType(k).label, _address(query, k)) for k in sorted(query.kinds)],
        reset_url=in_world(reverse("public:sources"), is_simulated=bool(query.simulated)),
    )


def _with_words(documents: QuerySet[Document], text: str) -> QuerySet[Document]:
    for word in text.split()[:MOST_WORDS]:
        tests = [Q(**{f"{name}__icontains": word}) for name in _SEARCHED]
        fitting = Document.objects.filter(reduce(or_, tests)).order_by()
        documents = documents.filter(pk__in=fitting.values("pk"))
    return documents


def _filter(query: SourceQuery, counts: Counter[str]) -> FilterView:
    present = [k for k in SourceType.values if counts[k] or k in query.kinds]
    options = [FacetOption(k, SourceType(k).label, counts[k], k in query.kinds) for k in present]
    return FilterView("kind", _("Kind of source"), options, (), len(query.kinds), is_open=True)


def _address(query: SourceQuery, without: str) -> str:
    parameters = QueryDict(mutable=True)
    if query.text:
        parameters["q"] = query.text
    for kind in sorted(query.kinds - {without}):
        parameters.appendlist("kind", kind)
    write_world(parameters, query.simulated)
    written = parameters.urlencode()
    url = reverse("public:sources")
    return f"{url}?{written}" if written else url


def _card(row: Any) -> SourceCard:
    facts = [row.authors, str(row.year or ""), row.licence]
    return SourceCard(
        title=row.title,
        lang=language_of(row),
        url=reverse("public:source", args=[row.key]),
        kind=row.get_source_type_display(),
        facts=", ".join(filter(None, facts)),
        n_quotations=row.n,
        is_open=row.is_open and bool(row.file),
        is_simulated=row.is_simulated,
    )


def language_of(document: Document) -> str:
    """Return the code of the language for the browser; nothing for several or an unknown one."""
    return document.language if len(document.language) == len("de") else ""


# --- What the page of a source shows --------------------------------------------------------------


@dataclass(frozen=True)
class SourcePage:
    """Everything the template names."""

    lang: str
    trail: Sequence[Station]
    facts: Sequence[Fact]
    file_url: str
    resting: RestingView
    cite: CiteView
    data: SafeString
    is_verified: bool
    may_edit: bool


def read_page(user: Person, document: Document, *, base: str) -> SourcePage:
    """Read what a person may know of a source; ``base`` is the address of the site."""
    address = base + reverse("public:source", args=[document.key])
    return SourcePage(
        lang=language_of(document),
        trail=strip_if_known(document, seen_by=user),
        facts=_facts(document),
        file_url=_file_url(user, document),
        resting=read_resting(user, document),
        cite=cite_view(
            lambda _language: cite_document(document, address=address),
            "public:source-citation",
            document.key,
        ),
        data=_data(document),
        is_verified=document.standing == Standing.VERIFIED,
        may_edit=user.has_perm("evidence.change_evidence"),
    )


def _facts(document: Document) -> list[Fact]:
    language = nearest_language(get_language())
    read_on = document.read_on
    facts = [
        Fact(gettext("Kind of source"), document.get_source_type_display()),
        Fact(gettext("Authors or body"), document.authors),
        Fact(gettext("Year"), document.year or ""),
        Fact(gettext("Language"), _language_name(document.language)),
        Fact(gettext("Licence"), document.licence),
        Fact(gettext("Address"), outside_link(document.address)),
        Fact(gettext("Where it was found"), document.locator),
        Fact(pgettext("date", "Read on"), format_date(read_on, language) if read_on else ""),
        Fact(gettext("Pages"), document.n_pages or ""),
    ]
    must = {1, 2, 4}
    return [
        fact if fact.value else Fact(fact.label, state="unknown")
        for place, fact in enumerate(facts)
        if fact.value or place in must
    ]


def _language_name(code: str) -> str:
    return gettext("several") if code == "mul" else dict(LANGUAGES).get(code, code)


def _file_url(user: Person, document: Document) -> str:
    """Return where the file is; nothing where there is none or it may not be shown."""
    if not document.file or not user.has_perm("evidence.read_file", document):
        return ""
    try:
        return reverse("public:source-file", args=[document.key])
    except NoReverseMatch:
        return ""


def _data(document: Document) -> SafeString:
    """Return the source for search engines; nothing for an invented one."""
    if document.is_simulated:
        return SafeString()
    return data_block({
        "@type": "CreativeWork",
        "name": document.title,
        "author": document.authors,
        "datePublished": str(document.year or ""),
        "inLanguage": language_of(document),
        "url": document.address,
    })  # fmt: skip


# --- Sources: the list, one source with everything that rests on it, citation ---------------------


@require_safe
def sources(request: HttpRequest) -> HttpResponse:
    """Show the documents on which something published rests."""
    page = read_list(request.user, read_query(request.GET))
    side = side_of(request, visible_documents(request.user))
    context = {"page": page, "side": side, "simulated": page.simulated, "section": "evidence"}
    return render(request, "public/sources/list.html", context)


@require_safe
def source(request: HttpRequest, key: str) -> HttpResponse:
    """Show a source with everything that rests on it."""
    document = _visible(request, key)
    page = read_page(request.user, document, base=base_of(request))
    context = {
        "page": page,
        "document": document,
        "simulated": document.is_simulated,
        "section": "evidence",
    }
    return render(request, "public/sources/page.html", context)


@require_safe
def citation(request: HttpRequest, key: str, kind: str) -> HttpResponse:
    """Send how a source is cited."""
    document = _visible(request, key)
    where = base_of(request) + reverse("public:source", args=[key])
    return sent_citation(cite_document(document, address=where), kind)


def _visible(request: HttpRequest, key: str) -> Document:
    return get_object_or_404(visible_documents(request.user), key=key)


urlpatterns = [
    path("sources/", sources, name="sources"),
    path("sources/<slug:key>/", source, name="source"),
    path("sources/<slug:key>/citation.<slug:kind>", citation, name="source-citation"),
]
