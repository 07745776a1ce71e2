"""What a scheme allows for one attribute: a set, an interval of numbers, a window of days."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Choices:
    """A set of keys, such as kinds of partners."""

    values: frozenset[str]


@dataclass(frozen=True, slots=True)
class Span:
    """Whole numbers from low to high, both included; None is open on that side."""

    low: int | None = None
    high: int | None = None


@dataclass(frozen=True, slots=True)
class Days:
    """Days from the first to the last, both included."""

    opens: dt.date
    closes: dt.date

    @property
    def length(self) -> int:
        """Return how many days it has; 0 or less where it is empty."""
        return (self.closes - self.opens).days + 1


type Value = Choices | Span | Days
type Side = Literal["values", "low", "high"]


@dataclass(frozen=True, slots=True)
class Binding:
    """Who narrows a common value.

    Attributes
    ----------
    scheme : str
        Id of the scheme.
    side : {"values", "low", "high"}
        Which end it sets; of days, low is the first day; ``values`` are keys that it lacks.
    values : tuple of str
        Keys that all others allow and it does not; where no key is lacking to one scheme alone,
        keys that any other allows. Empty for intervals.
    """

    scheme: str
    side: Side
    values: tuple[str, ...] = ()


def common(values: Sequence[Value], *, min_days: int) -> Value | None:
    """Intersect values of one kind; None where nothing, or too short a window, is left."""
    first = values[0]
    if isinstance(first, Choices):
        met = frozenset.intersection(*(v.values for v in values if isinstance(v, Choices)))
        return Choices(met) if met else None
    if isinstance(first, Days):
        return _common_days([v for v in values if isinstance(v, Days)], min_days)
    return _common_span([v for v in values if isinstance(v, Span)])


def _common_days(values: Sequence[Days], min_days: int) -> Days | None:
    opens, closes = max(v.opens for v in values), min(v.closes for v in values)
    # Compared before a record is made of it: an empty window is no window.
    return Days(opens, closes) if (closes - opens).days + 1 >= min_days else None


def _common_span(values: Sequence[Span]) -> Span | None:
    low = max((v.low for v in values if v.low is not None), default=None)
    high = min((v.high for v in values if v.high is not None), default=None)
    is_empty = low is not None and high is not None and low > high
    return None if is_empty else Span(low, high)


def binding(values: Sequence[tuple[str, Value]]) -> tuple[Binding, ...]:
    """Name the schemes that narrow the common value, in their order; none if all are alike."""
    first = values[0][1]
    if isinstance(first, Choices):
        return _lacking([(key, v) for key, v in values if isinstance(v, Choices)])
    if isinstance(first, Days):
        ends = [
            (key, v.opens.toordinal(), v.closes.toordinal())
            for key, v in values
            if isinstance(v, Days)
        ]
        return _at_the_ends(ends)
    return _at_the_ends([(key, v.low, v.high) for key, v in values if isinstance(v, Span)])


def _lacking(values: Sequence[tuple[str, Choices]]) -> tuple[Binding, ...]:
    """Name who alone lacks a key; where no key has one such scheme, everybody who lacks any."""
    everything = frozenset[str]().union(*(v.values for _, v in values))
    holders = {one: sum(one in v.values for _, v in values) for one in everything}
    alone = frozenset(one for one, n in holders.items() if n == len(values) - 1)
    asked = alone or everything
    return tuple(
        Binding(key, "values", tuple(sorted(asked - v.values)))
        for key, v in values
        if asked - v.values
    )


def _at_the_ends(ends: Sequence[tuple[str, int | None, int | None]]) -> tuple[Binding, ...]:
    lows = {low for _, low, _ in ends}
    highs = {high for _, _, high in ends}
    low = max((v for v in lows if v is not None), default=None)
    high = min((v for v in highs if v is not None), default=None)
    found = []
    for key, own_low, own_high in ends:
        if len(lows) > 1 and own_low == low:
            found.append(Binding(key, "low"))
        if len(highs) > 1 and own_high == high:
            found.append(Binding(key, "high"))
    return tuple(found)


def widened(own: Value, change: Value) -> Value:
    """Return what is allowed once a rule allows the other value as well."""
    if isinstance(own, Choices) and isinstance(change, Choices):
        return Choices(own.values | change.values)
    if isinstance(own, Days) and isinstance(change, Days):
        return Days(min(own.opens, change.opens), max(own.closes, change.closes))
    if isinstance(own, Span) and isinstance(change, Span):
        low = None if None in (own.low, change.low) else min(own.low or 0, change.low or 0)
        high = None if None in (own.high, change.high) else max(own.high or 0, change.high or 0)
        return Span(low, high)
    return own
