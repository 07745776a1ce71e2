"""What the list of initiatives shows, its rows to take away and its feed."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import batched
from typing import Any, Final

from django.contrib.auth.models import AnonymousUser
from django.core.paginator import Page, Paginator
from django.db.models import Count
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from alpclusters.platform.evidence.domain.initiatives.editing import TRANSLATED
from alpclusters.platform.evidence.models import Activity, Codebook, Initiative
from alpclusters.platform.languages.codes import nearest_language
from alpclusters.platform.partnership.roles import Person
from alpclusters.platform.territory.domain.names import country_name
from alpclusters.reports.characters import clean_text
from alpclusters.reports.numbers import format_integer
from alpclusters.www.components.parts import Chip
from alpclusters.www.public.directory.filters import FilterView
from alpclusters.www.public.initiatives.activities import Books, OutcomeView, label_of, outcome_mark
from alpclusters.www.public.initiatives.said import Said, period_of, said
from alpclusters.www.public.initiatives.search import (
    ORDERS,
    InitiativeQuery,
    Order,
    address,
    chips,
    filter_views,
    find_initiatives,
    initiative_url,
    write_query,
)
from alpclusters.www.worlds import in_world

# --- What the list of initiatives shows -----------------------------------------------------------


FORMATS: Final = ("csv", "xlsx", "json")
MOST_COUNTRIES: Final = 8


@dataclass(frozen=True)
class InitiativeHit:
    """One initiative of the list."""

    name: str
    url: str
    title: Said
    kind: Any
    programme: str
    period: str
    countries: str
    n_activities: int
    outcomes: Sequence[tuple[OutcomeView, str]]
    standing: str
    is_line: bool
    is_simulated: bool
    is_draft: bool


@dataclass(frozen=True)
class InitiativeList:
    """Everything the template names."""

    query: InitiativeQuery
    total: int
    n_activities: int
    hits: Sequence[InitiativeHit]
    numbers: Page[Any]
    filters: Sequence[FilterView]
    chips: Sequence[Chip]
    orders: Sequence[tuple[str, Any, bool]]
    exports: Sequence[tuple[str, str]]
    activity_exports: Sequence[tuple[str, str]]
    reset_url: str
    written: str

    @property
    def n_chosen(self) -> int:
        """How many filters are set."""
        return len(self.chips)

    @property
    def simulated(self) -> bool:
        """Whether the hits are invented."""
        return bool(self.query.simulated)


def read_list(user: Person, query: InitiativeQuery) -> InitiativeList:
    """Search, and put the answer into words."""
    result = find_initiatives(query, seen_by=user)
    query = result.query
    return InitiativeList(
        query=query,
        total=result.total,
        n_activities=_n_activities(result.ids),
        hits=_hits(result.page_ids),
        numbers=Paginator(range(result.total), query.size).get_page(query.page),
        filters=filter_views(result),
        chips=chips(query),
        orders=[(o.value, label, o == query.order) for o, label in ORDERS.items()],
        exports=_exports("public:initiatives-export", query),
        activity_exports=_exports("public:activities-export", query),
        reset_url=in_world(reverse("public:initiatives"), is_simulated=bool(query.simulated)),
        written=write_query(query),
    )


def _exports(name: str, query: InitiativeQuery) -> list[tuple[str, str]]:
    return [(f.upper(), address(name, query, f)) for f in FORMATS]


def _n_activities(ids: Sequence[int]) -> int:
    """Count the coded activities of initiatives; there may be more of these than a query takes."""
    coded = Activity.objects.published().order_by().values_list("initiative").annotate(Count("pk"))
    counts = dict(coded)
    return sum(counts.get(pk, 0) for pk in ids)


def _hits(ids: Sequence[int]) -> list[InitiativeHit]:
    rows = Initiative.objects.select_related("programme").in_bulk(list(ids))
    statuses: dict[int, list[str]] = {pk: [] for pk in ids}
    coded = Activity.objects.published().filter(initiative__in=ids).order_by()
    for pk, status in coded.values_list("initiative_id", "outcome_status"):
        statuses[pk].append(status or Activity.Outcome.UNKNOWN)
    return [_hit(rows[pk], statuses[pk]) for pk in ids if pk in rows]


def _hit(row: Initiative, statuses: Sequence[str]) -> InitiativeHit:
    counted = [(outcome_mark(s), statuses.count(s)) for s in Activity.Outcome.values]
    language = nearest_language(get_language())
    return InitiativeHit(
        name=row.acronym,
        url=initiative_url(row.key),
        title=said(row, "title") or said(row, "topic"),
        kind=row.get_kind_display(),
        programme=str(row.programme) if row.programme else "",
        period=period_of(row),
        countries=_countries(row.countries.split()),
        n_activities=len(statuses),
        outcomes=[(mark, format_integer(n, language)) for mark, n in counted if n],
        standing=row.standing,
        is_line=row.kind == Initiative.Kind.PROGRAMME_LINE,
        is_simulated=row.is_simulated,
        is_draft=not row.is_published,
    )


def _countries(codes: Sequence[str]) -> str:
    names = [country_name(code, get_language()) for code in codes[:MOST_COUNTRIES]]
    return ", ".join([*names, "…"] if len(codes) > MOST_COUNTRIES else names)


# --- Initiatives and their activities as plain rows, batch by batch, with source and licence ------
#
# An exchange of all columns and keys is the data package; these tables are for reading and
# counting, in the reader's language.


BATCH: Final = 500

type Record = dict[str, Any]
type Read = Callable[[Sequence[int], str], Iterator[Record]]


@dataclass(frozen=True)
class Table:
    """A table to take away; ``read`` takes numbers of initiatives and the address of the site."""

    name: str
    title: str
    columns: Sequence[str]
    read: Read


def _initiatives(ids: Sequence[int], base: str) -> Iterator[Record]:
    for part in batched(ids, BATCH):
        rows = Initiative.objects.select_related("programme", "follows").in_bulk(list(part))
        for pk in part:
            if pk in rows:
                yield _initiative(rows[pk], base)


def _initiative(row: Initiative, base: str) -> Record:
    programme, follows = row.programme, row.follows
    is_shown = follows is not None and follows.is_published
    return {
        "key": row.key,
        "page": base + initiative_url(row.key),
        "kind": row.kind,
        "acronym": row.acronym,
        **{name: said(row, name).text for name in TRANSLATED},
        "programme": programme.name if programme else "",
        "period": programme.period if programme else "",
        "programme_family": programme.family if programme else "",
        "call": row.call,
        "reference": row.reference,
        "start": _day(row.start),
        "start_precision": row.start_precision if row.start else "",
        "end": _day(row.end),
        "end_precision": row.end_precision if row.end else "",
        "status": row.status,
        "budget": _amount(row.budget_cents),
        "eu_share": _amount(row.eu_cents),
        "currency": row.currency,
        "countries": row.countries.split(),
        "sectors_nace_rev2": [str(code) for code in row.sectors],
        "keywords": [str(word) for word in row.keywords],
        "continues": follows.key if follows and is_shown else "",
        "website": row.website,
        "source": row.source,
        "licence": row.licence,
        "standing": row.standing,
        "is_simulated": row.is_simulated,
        "changed_on": row.changed_at.date().isoformat(),
    }


def _day(day: Any) -> str:
    return day.isoformat() if day else ""


def _amount(cents: int | None) -> float | None:
    return None if cents is None else cents / 100


def _activities(ids: Sequence[int], base: str) -> Iterator[Record]:
    books = Books()
    for part in batched(ids, BATCH):
        rows = Activity.objects.published().filter(initiative__in=part)
        rows = rows.select_related("initiative", "codebook").prefetch_related("regions")
        places = {pk: place for place, pk in enumerate(part)}
        for row in sorted(rows, key=lambda a: (places[a.initiative_id], a.number, a.pk)):
            yield _activity(row, books.of(row), base)


def _activity(row: Activity, book: Codebook | None, base: str) -> Record:
    return {
        "initiative": row.initiative.key,
        "number": row.number,
        "page": base + initiative_url(row.initiative.key, row.number),
        **{name: said(row, name).text for name in ("name", "what", "output")},
        "output_value": row.output_value,
        "output_unit": said(row, "output_unit").text,
        "result": said(row, "result").text,
        "regions": sorted(region.code for region in row.regions.all()),
        "measure_type": row.measure_type,
        "measure_type_name": label_of("measure_type", row.measure_type, book),
        "scope": row.scope,
        "audience": [str(key) for key in row.audience],
        "outcome_status": row.outcome_status or Activity.Outcome.UNKNOWN.value,
        "outcome_months": row.outcome_months,
        "payer_after": [str(key) for key in row.payer_after],
        "source_type": row.source_type,
        "context": row.context,
        "success_factors": [str(key) for key in row.success_factors],
        "failure_reasons": [str(key) for key in row.failure_reasons],
        "state_of_coding": row.state,
        "codebook": row.codebook.number if row.codebook else None,
        "is_simulated": row.is_simulated,
        "changed_on": row.changed_at.date().isoformat(),
    }


INITIATIVES: Final = Table(
    "initiatives",
    "AlpClusters: earlier initiatives",
    (
        "key", "acronym", "title", "kind", "topic", "aims", "programme", "period",
        "programme_family", "call", "reference", "start", "start_precision", "end",
        "end_precision", "status", "budget", "eu_share", "currency", "countries",
        "sectors_nace_rev2", "keywords", "continues", "website", "page", "note", "source",
        "licence", "standing", "is_simulated", "changed_on",
    ),
    _initiatives,
)  # fmt: skip
ACTIVITIES: Final = Table(
    "activities",
    "AlpClusters: coded activities of earlier initiatives",
    (
        "initiative", "number", "name", "measure_type", "measure_type_name", "what", "output",
        "output_value", "output_unit", "result", "regions", "scope", "audience",
        "outcome_status", "outcome_months", "payer_after", "source_type", "context",
        "success_factors", "failure_reasons", "state_of_coding", "codebook", "page",
        "is_simulated", "changed_on",
    ),
    _activities,
)  # fmt: skip


# --- New and changed initiatives of a search as an Atom feed --------------------------------------


MOST: Final = 50


def feed_of(query: InitiativeQuery, *, base: str) -> bytes:
    """Write the last changes among what everybody may see."""
    changed = replace(query, order=Order.CHANGED, page=1)
    ids = find_initiatives(changed, seen_by=AnonymousUser()).ids[:MOST]
    rows = Initiative.objects.in_bulk(list(ids))
    feed = Atom1Feed(
        title=_("AlpClusters: earlier initiatives"),
        link=base + address("public:initiatives", query),
        feed_url=base + address("public:initiatives-feed", query),
        description=_("New and changed initiatives of the evidence base"),
        language=get_language(),
    )
    for pk in ids:
        if pk in rows:
            _add(feed, rows[pk], base)
    text: str = feed.writeString("utf-8")
    return text.encode()


def _add(feed: Atom1Feed, row: Initiative, base: str) -> None:
    notes = [said(row, "title").text, _("simulated") if row.is_simulated else ""]
    feed.add_item(
        title=clean_text(row.acronym),
        link=base + initiative_url(row.key),
        description=clean_text(", ".join(filter(None, notes))),
        unique_id=f"{base}/initiatives/{row.key}",
        updateddate=row.changed_at,
        pubdate=row.created_at,
    )
