"""Find initiatives: words in five languages by the search of the evidence base, and filters."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain
from typing import Final

from django.db.models import QuerySet

from alpclusters.platform.actors.domain.sectors import parse_sector, section_of
from alpclusters.platform.evidence.domain.search import Kind, search_evidence
from alpclusters.platform.evidence.models import Activity, Initiative
from alpclusters.platform.evidence.rules import visible_initiatives
from alpclusters.platform.partnership.roles import EVERY_ROLE, Person, project_ids
from alpclusters.platform.worlds import of_world
from alpclusters.www.public.initiatives.outcomes import KNOWN
from alpclusters.www.public.initiatives.queries import (
    Facet,
    InitiativeQuery,
    InitiativeResult,
    Order,
)
from alpclusters.www.worlds import shown

UNKNOWN: Final = "unknown"
CACHED: Final = 10_000
_ORDERS: Final[Mapping[Order, Sequence[str]]] = {
    Order.NAME: ("acronym", "pk"),
    Order.NEWEST: ("-start", "acronym", "pk"),
    Order.OLDEST: ("start", "acronym", "pk"),
    Order.CHANGED: ("-changed_at", "-pk"),
}

type Values = Mapping[Facet, frozenset[str]]


@dataclass(frozen=True, slots=True)
class _Row:
    pk: int
    has_start: bool
    values: Values

    def fits(self, chosen: Values) -> bool:
        return all(self.values[facet] & wanted for facet, wanted in chosen.items())


def find_initiatives(query: InitiativeQuery, *, seen_by: Person) -> InitiativeResult:
    """Find the initiatives that a person may see and that fit."""
    seen = visible_initiatives(seen_by)
    is_simulated = shown(query.simulated, seen)
    rows = _rows(of_world(seen, is_simulated=is_simulated), query.order)
    if query.text:
        worded = _with_words(query.text, seen_by)
        rows = [row for row in rows if row.pk in worded]
    ids = [row.pk for row in rows if row.fits(query.chosen)]
    facets = {facet: _counted(rows, query.chosen, facet) for facet in Facet}
    last = max(1, -(-len(ids) // query.size))
    found = replace(query, page=min(query.page, last), simulated=is_simulated)
    return InitiativeResult(found, ids, facets)


def _with_words(text: str, seen_by: Person) -> set[int]:
    public_only = project_ids(seen_by, *EVERY_ROLE) == []
    hits = search_evidence(text, kinds=(Kind.INITIATIVE,), public_only=public_only)
    return set(hits.of(Kind.INITIATIVE))


def _rows(initiatives: QuerySet[Initiative], order: Order) -> list[_Row]:
    outcomes = _outcomes()
    names = (
        "pk", "start", "kind", "countries", "sectors", "programme__family",
        "programme__period",
    )  # fmt: skip
    unknown = frozenset({UNKNOWN})
    ordered = initiatives.order_by(*_ORDERS[order]).values_list(*names)
    rows = [
        _Row(pk, start is not None, {
            Facet.KIND: _one(kind),
            Facet.COUNTRY: _words(countries),
            Facet.SECTOR: _sections(tuple(map(str, sectors))),
            Facet.FAMILY: _one(family),
            Facet.PERIOD: _one(period),
            Facet.OUTCOME: outcomes.get(pk, unknown),
        })
        for pk, start, kind, countries, sectors, family, period in ordered
    ]  # fmt: skip
    if order in {Order.NEWEST, Order.OLDEST}:
        # Where nobody knows when, databases differ: here they come last.
        rows.sort(key=lambda row: not row.has_start)
    return rows


# A few hundred different values on thousands of rows: each is read once.
@lru_cache(maxsize=CACHED)
def _one(value: str | None) -> frozenset[str]:
    return frozenset({value}) if value else frozenset()


@lru_cache(maxsize=CACHED)
def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


@lru_cache(maxsize=CACHED)
def _sections(sectors: tuple[str, ...]) -> frozenset[str]:
    return frozenset(section_of(code) for code in filter(None, map(parse_sector, sectors)))


def _outcomes() -> dict[int, frozenset[str]]:
    """Return the known outcomes of the activities of each initiative."""
    coded = Activity.objects.published().filter(outcome_status__in=KNOWN)
    pairs = coded.order_by().values_list("initiative_id", "outcome_status").distinct()
    found: dict[int, set[str]] = defaultdict(set)
    for pk, status in pairs:
        found[pk].add(status)
    return {pk: frozenset(statuses) for pk, statuses in found.items()}


def _counted(rows: Sequence[_Row], chosen: Values, facet: Facet) -> Counter[str]:
    others = {other: wanted for other, wanted in chosen.items() if wanted and other is not facet}
    fitting = (row for row in rows if row.fits(others)) if others else rows
    return Counter(chain.from_iterable(row.values[facet] for row in fitting))
