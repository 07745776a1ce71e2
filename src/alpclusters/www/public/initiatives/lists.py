"""What the list of initiatives shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.core.paginator import Page, Paginator
from django.db.models import Count
from django.urls import reverse
from django.utils.translation import get_language

from alpclusters.platform.evidence.models import Activity, Initiative
from alpclusters.platform.languages.codes import nearest_language
from alpclusters.platform.partnership.roles import Person
from alpclusters.platform.territory.domain.names import country_name
from alpclusters.reports.numbers import format_integer
from alpclusters.www.components.parts import Chip
from alpclusters.www.public.directory.filters import FilterView
from alpclusters.www.public.initiatives.addresses import address, initiative_url, write_query
from alpclusters.www.public.initiatives.dates import period_of
from alpclusters.www.public.initiatives.filters import ORDERS, chips, filter_views
from alpclusters.www.public.initiatives.finding import find_initiatives
from alpclusters.www.public.initiatives.outcomes import OutcomeView, outcome_mark
from alpclusters.www.public.initiatives.queries import InitiativeQuery
from alpclusters.www.public.initiatives.said import Said, said
from alpclusters.www.worlds import in_world

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
