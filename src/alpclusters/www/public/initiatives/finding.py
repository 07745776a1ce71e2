"""Find initiatives: words anywhere in their texts, and filters with counts.

Every word must be found in one of the texts; upper and lower case are the same. The search of
the evidence base can take the place of `_with_words` without a change to the pages.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, reduce
from itertools import chain
from operator import or_
from typing import Final

from django.db.models import Q, QuerySet

from alpclusters.platform.accounts.rules import Person
from alpclusters.platform.actors.domain.sectors import parse_sector, section_of
from alpclusters.platform.evidence.models import Activity, Initiative
from alpclusters.platform.evidence.rules import visible_initiatives
from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.www.public.initiatives.outcomes import KNOWN
from alpclusters.www.public.initiatives.queries import (
    Facet,
    InitiativeQuery,
    InitiativeResult,
    Order,
)

UNKNOWN: Final = "unknown"
MOST_WORDS: Final = 8
CACHED: Final = 10_000
_TRANSLATED: Final = ("title", "topic", "aims")
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
    rows = _rows(_with_words(visible_initiatives(seen_by), query.text), query.order)
    ids = [row.pk for row in rows if row.fits(query.chosen)]
    facets = {facet: _counted(rows, query.chosen, facet) for facet in Facet}
    last = max(1, -(-len(ids) // query.size))
    return InitiativeResult(replace(query, page=min(query.page, last)), ids, facets)


def _with_words(initiatives: QuerySet[Initiative], text: str) -> QuerySet[Initiative]:
    names = ["acronym", "reference", "programme__name", "key"]
    names += [f"{name}_{code}" for name in _TRANSLATED for code in LANGUAGE_CODES]
    for word in text.split()[:MOST_WORDS]:
        tests = [Q(**{f"{name}__icontains": word}) for name in names]
        initiatives = initiatives.filter(reduce(or_, tests))
    return initiatives


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
