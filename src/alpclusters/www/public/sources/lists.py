"""What the list of sources shows."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import reduce
from operator import or_
from typing import Any, Final

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from alpclusters.platform.evidence.models import Document, SourceType
from alpclusters.platform.evidence.rules import visible_documents
from alpclusters.platform.partnership.roles import Person
from alpclusters.platform.worlds import of_world
from alpclusters.www.components.parts import Chip, FacetOption
from alpclusters.www.public.addresses import page_number, words_in
from alpclusters.www.public.directory.filters import FilterView
from alpclusters.www.worlds import asked_in, in_world, shown, write_world

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
