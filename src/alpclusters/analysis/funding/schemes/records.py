"""What a joint call is designed over: schemes with attributes, what each allows, and rules."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final, Literal, cast

from alpclusters.analysis.errors import AnalysisError, Where

# --- What a scheme allows for one attribute: a set, an interval of numbers, a window of days ------


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


# --- What a joint call is designed over: schemes with attributes, and rules that can be changed


type Kind = Literal["choices", "span", "days"]

# In the order of the design table. Rates in basis points, amounts in cents.
ATTRIBUTES: Final[Mapping[str, Kind]] = MappingProxyType(
    {
        "window": "days",
        "kinds": "choices",
        "categories": "choices",
        "themes": "choices",
        "rate_bp": "span",
        "grant_ct": "span",
        "months": "span",
        "articles": "choices",
        "partners": "span",
        "abroad": "choices",
        "languages": "choices",
    }
)
# Who decides a rule, with its weight; EU law (16) is never offered.
LEVELS: Final[Mapping[str, int]] = MappingProxyType(
    {"call": 1, "agency": 2, "region": 4, "nation": 8, "union": 16}
)
NEVER_OFFERED: Final = 16


@dataclass(frozen=True, slots=True)
class Change:
    """A change of one rule of a scheme or of the call.

    Attributes
    ----------
    id : str
    attribute : str
        Key of `ATTRIBUTES`.
    level : int
        Weight of who decides: 1 call, 2 agency, 4 region, 8 nation, 16 European Union.
    value : Choices, Span, Days or None
        What would be allowed as well; None takes the call's own wish back.
    cost : int
        Weight in the sum; 0 takes the level's.
    """

    id: str
    attribute: str
    level: int
    value: Value | None = None
    cost: int = 0

    @property
    def weight(self) -> int:
        """Return what it adds to the sum."""
        return self.cost or self.level


@dataclass(frozen=True, slots=True)
class Scheme:
    """How one region funds joint projects today.

    Attributes
    ----------
    id, region : str
    attributes : mapping of str to Choices, Span or Days
        An attribute that is not there is unknown: it excludes nothing and is counted.
    budget_ct : int or None
        None is unknown, not 0.
    changes : tuple of Change
        Changes of its rules that are thinkable.
    """

    id: str
    region: str
    attributes: Mapping[str, Value] = field(default_factory=dict)
    budget_ct: int | None = None
    changes: tuple[Change, ...] = ()


def read_values(data: Mapping[str, Any], *, path: str = "") -> dict[str, Value]:
    """Read attributes as they are stored: lists of keys, pairs of numbers, pairs of days.

    Parameters
    ----------
    data : mapping of str to object
        ``{"kinds": ["sme"], "rate_bp": [4000, 7500], "window": ["2026-01-01", "2026-03-31"]}``;
        None in a pair of numbers is an open end.
    path : str
        JSON Pointer of the mapping, for errors.

    Returns
    -------
    dict of str to Choices, Span or Days

    Raises
    ------
    AnalysisError
        ``schemes.not_an_attribute`` with the pointer.

    Examples
    --------
    >>> read_values({"rate_bp": [4000, None]})
    {'rate_bp': Span(low=4000, high=None)}
    """
    return {key: _value(key, data[key], f"{path}/{key}") for key in ATTRIBUTES if key in data} | {
        key: _refuse(f"{path}/{key}", key) for key in data if key not in ATTRIBUTES
    }


def read_scheme(data: Mapping[str, Any]) -> Scheme:
    """Read a scheme as it is stored.

    Parameters
    ----------
    data : mapping of str to object
        ``id``, ``region``, ``attributes`` as `read_values` takes them, ``budget_ct``, and
        ``changes``: each with ``id``, ``attribute``, ``value``, ``level`` (a key of `LEVELS`),
        and perhaps ``cost``.

    Returns
    -------
    Scheme

    Raises
    ------
    AnalysisError
        ``schemes.not_an_attribute`` or ``schemes.not_a_change`` with a JSON Pointer.

    Examples
    --------
    >>> read_scheme({"id": "t", "region": "AT33", "attributes": {"kinds": ["sme"]}}).budget_ct
    """
    changes = enumerate(data.get("changes", ()))
    return Scheme(
        id=str(data["id"]),
        region=str(data["region"]),
        attributes=read_values(data.get("attributes", {}), path="/attributes"),
        budget_ct=_budget(data.get("budget_ct")),
        changes=tuple(_change(one, f"/changes/{n}") for n, one in changes),
    )


def _budget(amount: Any) -> int | None:
    if amount is None or (type(amount) is int and amount >= 0):
        return amount
    raise AnalysisError("schemes.not_an_amount", where=Where(path="/budget_ct"), found=str(amount))


def _change(data: Mapping[str, Any], path: str) -> Change:
    attribute, level, cost = data.get("attribute"), data.get("level"), data.get("cost", 0)
    is_known = attribute in ATTRIBUTES and level in LEVELS and data.get("id")
    if not is_known or type(cost) is not int or cost < 0:
        raise AnalysisError("schemes.not_a_change", where=Where(path=path), found=str(attribute))
    value = _value(str(attribute), data.get("value"), f"{path}/value")
    return Change(str(data["id"]), str(attribute), LEVELS[str(level)], value, cost)


def _value(key: str, found: object, path: str) -> Value:
    if not isinstance(found, Sequence) or isinstance(found, str):
        return _refuse(path, str(found))
    kind = ATTRIBUTES[key]
    if kind == "choices":
        return _choices(found, path)
    if len(found) != len(("low", "high")):
        return _refuse(path, str(found))
    return _days(found, path) if kind == "days" else _span(found, path)


def _choices(found: Sequence[object], path: str) -> Choices:
    if not found or not all(isinstance(one, str) and one for one in found):
        _refuse(path, str(found))
    return Choices(frozenset(str(one) for one in found))


def _span(found: Sequence[Any], path: str) -> Span:
    low, high = found
    whole = all(one is None or (type(one) is int and one >= 0) for one in found)
    if not whole or (low is not None and high is not None and low > high):
        _refuse(path, str(found))
    return Span(low, high)


def _days(found: Sequence[Any], path: str) -> Days:
    try:
        opens, closes = (dt.date.fromisoformat(str(one)) for one in found)
    except ValueError:
        return cast("Days", _refuse(path, str(found)))
    if closes < opens:
        _refuse(path, str(found))
    return Days(opens, closes)


def _refuse(path: str, found: str) -> Value:
    raise AnalysisError("schemes.not_an_attribute", where=Where(path=path), found=found)


def check_schemes(schemes: Sequence[Scheme]) -> None:
    """Refuse ids that stand twice and values that are not of their attribute's kind."""
    ids = [scheme.id for scheme in schemes]
    if len(set(ids)) < len(ids):
        raise AnalysisError("schemes.twice", where=Where(argument="schemes"))
    for scheme in schemes:
        check_values(scheme.attributes, where=scheme.id)
        if any(
            change.weight < 1 or change.attribute not in ATTRIBUTES for change in scheme.changes
        ):
            raise AnalysisError("schemes.not_a_change", where=Where(path=scheme.id), found="")


_TYPES: Final = {"choices": Choices, "span": Span, "days": Days}


def check_values(values: Mapping[str, Value], *, where: str) -> None:
    """Refuse an unknown attribute and a value of another kind."""
    for key, value in values.items():
        if key not in ATTRIBUTES or not isinstance(value, _TYPES[ATTRIBUTES[key]]):
            raise AnalysisError(
                "schemes.not_an_attribute", where=Where(path=where), found=f"{key}: {value}"
            )
