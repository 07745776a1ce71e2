"""Find entries of the catalogue: words in five languages, filters with counts.

All published entries are read as plain rows: a catalogue has hundreds of them, a large one a
thousand, and each filter counts under all other ones.
"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain
from typing import Any, Final

from alpclusters.platform.funding.models import Call, Offer, Programme, Status
from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.platform.languages.folding import fold
from alpclusters.www.components.parts import Chip, FacetOption
from alpclusters.www.public.addresses import without
from alpclusters.www.public.directory.filters import FilterView
from alpclusters.www.public.funding.asking import (
    FACETS,
    Facet,
    FundingQuery,
    FundingResult,
    Order,
    Shown,
    Timing,
    address,
    fixed_order,
    is_past,
    timing_of_days,
    timing_of_programme,
    value_name,
)
from alpclusters.www.worlds import shown

CACHED: Final = 50_000
_COUNTRY_LETTERS: Final = 2
_LATE: Final = dt.date.max
_PLACES: Final = ("level", "territory", "period", "ends_on")

type Values = Mapping[Facet, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Row:
    """An entry as the search sees it."""

    pk: int
    name: str
    timing: Timing
    closes: dt.date | None
    changed: dt.datetime
    values: Values

    @property
    def is_simulated(self) -> bool:
        """Say whether it was invented for the demonstration."""
        return Status.DEMONSTRATION in self.values[Facet.STANDING]

    def fits(self, chosen: Values) -> bool:
        """Say whether it has one of the chosen values of every filter."""
        return all(self.values[facet] & wanted for facet, wanted in chosen.items())


def find_entries(query: FundingQuery, *, today: dt.date) -> FundingResult:
    """Find the published entries that fit."""
    everything = MODELS[query.shown].objects.all()
    is_simulated = shown(query.simulated, everything)
    rows = _READERS[query.shown](_Words.of(query.text), today)
    rows = [row for row in rows if row.is_simulated == is_simulated]
    rows.sort(key=_ORDERS[query.order])
    ids = [row.pk for row in rows if row.fits(query.chosen)]
    facets = {facet: _counted(rows, query.chosen, facet) for facet in Facet}
    last = max(1, -(-len(ids) // query.size))
    found = replace(query, page=min(query.page, last), simulated=is_simulated)
    return FundingResult(found, ids, facets)


@dataclass(frozen=True, slots=True)
class _Words:
    """The words asked for; texts are read only where there are some."""

    wanted: tuple[str, ...]

    @classmethod
    def of(cls, text: str) -> "_Words":
        return cls(tuple(fold(text).split()))

    def columns(self, *names: str) -> tuple[str, ...]:
        return names if self.wanted else ()

    def fit(self, texts: Iterable[str | Mapping[str, str] | None]) -> bool:
        if not self.wanted:
            return True
        said = (one.values() if isinstance(one, Mapping) else (one,) for one in texts if one)
        text = " ".join(_folded(one) for group in said for one in group)
        return all(word in text for word in self.wanted)


@lru_cache(maxsize=CACHED)
def _folded(text: str) -> str:
    return fold(text)


def _languages(name: str, prefix: str = "") -> tuple[str, ...]:
    return tuple(f"{prefix}{name}__{code}" for code in LANGUAGE_CODES)


def _offers(words: _Words, today: dt.date) -> list[Row]:
    texts = words.columns(
        "key", *_languages("title"), *_languages("summary"), *_languages("name", "programme__")
    )
    names = (
        "pk", "title__shown", "status", "updated_at", "kinds", "categories", "themes",
        "call__opens", "call__closes", "call__is_published",
        *(f"programme__{name}" for name in _PLACES), *texts,
    )  # fmt: skip
    known = len(names) - len(texts)
    found = Offer.objects.published().order_by("pk").values_list(*names)
    return [_offer(row[:known], today) for row in found if words.fit(row[known:])]


def _offer(row: Sequence[Any], today: dt.date) -> Row:
    pk, title, status, changed, kinds, categories, themes, *rest = row
    opens, closes, has_call, *place = rest
    level, territory, period, ends_on = place
    if has_call:
        timing = timing_of_days(opens, closes, today)
    else:
        opens = closes = None
        timing = timing_of_programme((), ends_on, period, today)
    values = {
        **_placed(level, territory, period, status, timing),
        Facet.KIND: _many(tuple(kinds)),
        Facet.CATEGORY: _many(tuple(categories)),
        Facet.THEME: _many(tuple(themes)),
    }
    return Row(pk, title, timing, closes or opens, changed, values)


def _calls(words: _Words, today: dt.date) -> list[Row]:
    texts = words.columns(
        "key", "title", "titles", "summary", "external_id", *_languages("name", "programme__")
    )
    names = (
        "pk", "title", "status", "updated_at", "opens", "closes",
        *(f"programme__{name}" for name in _PLACES), *texts,
    )  # fmt: skip
    known, of_offers = len(names) - len(texts), _of_offers("call_id")
    found = Call.objects.filter(is_published=True, programme__is_published=True)
    rows = found.order_by("pk").values_list(*names)
    return [_call(row[:known], of_offers, today) for row in rows if words.fit(row[known:])]


def _call(row: Sequence[Any], of_offers: Mapping[int, Values], today: dt.date) -> Row:
    pk, title, status, changed, opens, closes, level, territory, period, ends_on = row
    timing = timing_of_days(opens, closes, today)
    if timing == Timing.UNKNOWN and is_past(ends_on, period, today):
        timing = Timing.CLOSED
    values = {**_placed(level, territory, period, status, timing), **of_offers[pk]}
    return Row(pk, title, timing, closes or opens, changed, values)


def _programmes(words: _Words, today: dt.date) -> list[Row]:
    texts = words.columns("key", *_languages("name"), *_languages("summary"))
    names = ("pk", "name__shown", "status", "updated_at", "themes", *_PLACES, *texts)
    known, of_offers = len(names) - len(texts), _of_offers("programme_id")
    of_calls = _days_of_calls(today)
    rows = Programme.objects.published().order_by("pk").values_list(*names)
    return [
        _programme(row[:known], of_offers, of_calls, today)
        for row in rows
        if words.fit(row[known:])
    ]


def _programme(
    row: Sequence[Any],
    of_offers: Mapping[int, Values],
    of_calls: Mapping[int, list[tuple[Timing, dt.date | None]]],
    today: dt.date,
) -> Row:
    pk, name, status, changed, themes, *place = row
    level, territory, period, ends_on = place
    calls = of_calls.get(pk, [])
    timing = timing_of_programme((t for t, _ in calls), ends_on, period, today)
    next_day = min((day for t, day in calls if t == timing and day), default=None)
    offered = of_offers[pk]
    values = {
        **_placed(level, territory, period, status, timing),
        **offered,
        Facet.THEME: offered[Facet.THEME] | frozenset(themes),
    }
    return Row(pk, name, timing, next_day, changed, values)


def _days_of_calls(today: dt.date) -> dict[int, list[tuple[Timing, dt.date | None]]]:
    found: dict[int, list[tuple[Timing, dt.date | None]]] = defaultdict(list)
    rows = Call.objects.filter(is_published=True).order_by("pk")
    for programme, opens, closes in rows.values_list("programme_id", "opens", "closes"):
        found[programme].append((timing_of_days(opens, closes, today), closes or opens))
    return found


def _of_offers(relation: str) -> Mapping[int, Values]:
    """Return who gets what for what, over the offers of a programme or call."""
    empty = {facet: frozenset[str]() for facet in (Facet.KIND, Facet.CATEGORY, Facet.THEME)}
    found: dict[int, dict[Facet, frozenset[str]]] = defaultdict(lambda: dict(empty))
    names = (relation, "kinds", "categories", "themes")
    rows = Offer.objects.published().filter(**{f"{relation}__isnull": False}).order_by("pk")
    for pk, *lists in rows.values_list(*names):
        for facet, values in zip(empty, lists, strict=True):
            found[pk][facet] |= frozenset(values)
    return found


def _placed(
    level: str, territory: Sequence[str], period: str, status: str, timing: Timing
) -> dict[Facet, frozenset[str]]:
    places = tuple(territory)
    return {
        Facet.STATUS: _one(timing.value),
        Facet.LEVEL: _one(level),
        Facet.COUNTRY: _countries(places),
        Facet.REGION: _regions(places),
        Facet.PERIOD: _one(period),
        Facet.STANDING: _one(status),
    }


# A few hundred different values on a thousand rows: each is read once.
@lru_cache(maxsize=CACHED)
def _one(value: str) -> frozenset[str]:
    return frozenset({value}) if value else frozenset()


@lru_cache(maxsize=CACHED)
def _many(values: tuple[str, ...]) -> frozenset[str]:
    return frozenset(values)


@lru_cache(maxsize=CACHED)
def _countries(places: tuple[str, ...]) -> frozenset[str]:
    return frozenset(place[:_COUNTRY_LETTERS] for place in places)


@lru_cache(maxsize=CACHED)
def _regions(places: tuple[str, ...]) -> frozenset[str]:
    return frozenset(place for place in places if len(place) > _COUNTRY_LETTERS)


def _counted(rows: Sequence[Row], chosen: Values, facet: Facet) -> Counter[str]:
    others = {other: wanted for other, wanted in chosen.items() if wanted and other is not facet}
    fitting = (row for row in rows if row.fits(others)) if others else rows
    return Counter(chain.from_iterable(row.values[facet] for row in fitting))


def _by_closing(row: Row) -> tuple[int, int, str, int]:
    """What closes next comes first, what is over last and the latest of it first."""
    day = (row.closes or _LATE).toordinal()
    if row.timing == Timing.CLOSED:
        day = -(row.closes or dt.date.min).toordinal()
    return _AFTER[row.timing], day, _folded(row.name), row.pk


_AFTER: Final = {Timing.OPEN: 0, Timing.UPCOMING: 1, Timing.UNKNOWN: 2, Timing.CLOSED: 3}
_ORDERS: Final[Mapping[Order, Callable[[Row], Any]]] = {
    Order.CLOSING: _by_closing,
    Order.NAME: lambda row: (_folded(row.name), row.pk),
    Order.CHANGED: lambda row: (-row.changed.timestamp(), -row.pk),
}
MODELS: Final[Mapping[Shown, Any]] = {
    Shown.OFFERS: Offer,
    Shown.CALLS: Call,
    Shown.PROGRAMMES: Programme,
}
_READERS: Final[Mapping[Shown, Callable[[_Words, dt.date], list[Row]]]] = {
    Shown.OFFERS: _offers,
    Shown.CALLS: _calls,
    Shown.PROGRAMMES: _programmes,
}


# --- The filters beside the list: values with counts, and what is chosen --------------------------


MOST_SHOWN: Final = 6
OPEN: Final = frozenset({Facet.STATUS, Facet.LEVEL, Facet.STANDING})


def filter_views(result: FundingResult) -> list[FilterView]:
    """Return the filters that tell hits apart, or that somebody uses."""
    views = [_view(facet, result) for facet in Facet]
    return [v for v in views if v.n_chosen or len(v.first) > 1]


def _view(facet: Facet, result: FundingResult) -> FilterView:
    chosen = result.query.chosen.get(facet, frozenset())
    counts = result.facets[facet]
    options = [
        FacetOption(v, value_name(facet, v), counts.get(v, 0), v in chosen)
        for v in _ordered(facet, counts, chosen)
    ]
    n = max(MOST_SHOWN, sum(option.is_chosen for option in options))
    return FilterView(
        facet.value, FACETS[facet], options[:n], options[n:], len(chosen),
        is_open=bool(chosen) or facet in OPEN,
    )  # fmt: skip


def _ordered(facet: Facet, counts: Mapping[str, int], chosen: frozenset[str]) -> list[str]:
    present = counts.keys() | chosen
    fixed = [value for value in fixed_order(facet) if value in present]
    free = present - set(fixed)
    if facet is Facet.PERIOD:
        return sorted(free, reverse=True)
    key = {v: (v not in chosen, -counts.get(v, 0), fold(str(value_name(facet, v)))) for v in free}
    return [*fixed, *sorted(free, key=key.__getitem__)]


def chips(query: FundingQuery) -> list[Chip]:
    """Repeat what is chosen, each with the address without it."""
    return [
        Chip(value_name(facet, value), address("public:funding", without(query, facet, value)))
        for facet in Facet
        for value in sorted(query.chosen.get(facet, ()))
    ]
