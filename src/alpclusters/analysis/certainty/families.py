"""Families: initiatives that count as one piece of evidence, as they are not independent."""

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from math import ceil
from typing import Literal

from alpclusters.analysis.certainty.rules import RULES, PlanRules
from alpclusters.analysis.errors import AnalysisError, DuplicateError, Where


class Unions:
    """Disjoint sets of numbers; each set is named by its smallest member."""

    __slots__ = ("_parent",)

    def __init__(self, members: Iterable[int]) -> None:
        self._parent = {member: member for member in members}

    def root(self, member: int) -> int:
        """Return the smallest member of the set."""
        parent = self._parent
        while parent[member] != member:
            # Path halving: every other step is shortened.
            parent[member] = parent[parent[member]]
            member = parent[member]
        return member

    def join(self, first: int, second: int) -> bool:
        """Join two sets; say whether they were two."""
        a, b = self.root(first), self.root(second)
        if a == b:
            return False
        self._parent[max(a, b)] = min(a, b)
        return True


# --- Pairs of sets that overlap enough, found without comparing all pairs -------------------------


type Named = tuple[int, frozenset[str]]
type Found = tuple[int, int, tuple[tuple[str, float], ...]]
_ROUNDING = 1e-9


def overlap_ties(sets: Sequence[Named], unions: Unions, *, threshold: float) -> list[Found]:
    """Join sets whose Jaccard index reaches the threshold; return the ties that joined some."""
    ties: list[Found] = []
    index = _Index(threshold, Counter(body for _, bodies in sets for body in bodies))
    for number, bodies in _distinct(sets, unions, ties):
        for other, others in index.candidates(bodies):
            if unions.root(other) == unions.root(number):
                continue
            shared, all_ = len(bodies & others), len(bodies | others)
            if shared >= threshold * all_ - _ROUNDING and unions.join(other, number):
                ties.append(_tie(other, number, shared, all_))
        index.add(number, bodies)
    return ties


def _tie(a: int, b: int, shared: int, all_: int) -> Found:
    numbers = (("jaccard", shared / all_), ("shared", float(shared)), ("bodies", float(all_)))
    return min(a, b), max(a, b), numbers


def _distinct(sets: Sequence[Named], unions: Unions, ties: list[Found]) -> Iterator[Named]:
    """Join equal sets at once; hand out every other set once, small ones first."""
    first: dict[frozenset[str], int] = {}
    for number, bodies in sorted(sets, key=lambda one: (len(one[1]), one[0])):
        if not bodies:
            continue
        same = first.setdefault(bodies, number)
        if same == number:
            yield number, bodies
        elif unions.join(same, number):
            ties.append(_tie(same, number, len(bodies), len(bodies)))


@dataclass
class _Index:
    """Sets by size, body and place of the body; the rarest body comes first.

    Two sets of sizes x and y with Jaccard t share at least ``a = ceil(t (x + y) / (1 + t))``
    bodies, so one of the first ``x - a + 1`` bodies of one is among the first ``y - a + 1`` of
    the other (Xiao et al. 2011). A body that takes part everywhere is hardly ever looked up.
    """

    threshold: float
    counts: Counter[str]
    places: defaultdict[tuple[int, str], dict[int, list[Named]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(list))
    )
    sizes: set[int] = field(default_factory=set)

    def _rarest_first(self, bodies: frozenset[str]) -> list[str]:
        return sorted(bodies, key=lambda body: (self.counts[body], body))

    def _least(self, size: int, other: int) -> int:
        t = self.threshold
        return max(1, ceil(t / (1 + t) * (size + other) - _ROUNDING))

    def add(self, number: int, bodies: frozenset[str]) -> None:
        """Keep a set; of its bodies only those that can be looked up by one of its size or more."""
        size = len(bodies)
        self.sizes.add(size)
        n_places = size - self._least(size, size) + 1
        for place, body in enumerate(self._rarest_first(bodies)[:n_places]):
            self.places[size, body][place].append((number, bodies))

    def candidates(self, bodies: frozenset[str]) -> Iterator[Named]:
        """Hand out kept sets that may overlap enough; some more than once."""
        size = len(bodies)
        ordered = self._rarest_first(bodies)
        for other in sorted(self.sizes):
            if other < self.threshold * size - _ROUNDING:
                continue
            least = self._least(size, other)
            for body in ordered[: size - least + 1]:
                by_place = self.places.get((other, body), {})
                for place in range(other - least + 1) if by_place else ():
                    yield from by_place.get(place, ())


# --- Initiatives of one lead that follow one another with the same type of measure ----------------


type Led = tuple[int, frozenset[str], frozenset[str], date | None, date | None]
_MONTHS = 12
_LAST_SAFE_DAY = 28


def lead_ties(initiatives: Sequence[Led], unions: Unions, *, months: int) -> list[Found]:
    """Join initiatives of one lead and type that start near the other's end; return the ties."""
    groups: defaultdict[tuple[str, str], list[Led]] = defaultdict(list)
    for one in initiatives:
        for key in ((lead, kind) for lead in one[1] for kind in one[2]):
            groups[key].append(one)
    ties: list[Found] = []
    for key in sorted(groups):
        if len(groups[key]) > 1:
            ties += _ties_of_group(groups[key], unions, months)
    return ties


def _ties_of_group(group: Sequence[Led], unions: Unions, months: int) -> list[Found]:
    """Join each end with the starts near it.

    All starts near one end are of one family, so neighbours in the order of starts are joined
    once instead of pair by pair.
    """
    starts = sorted((start, number) for number, *_, start, _ in group if start)
    days = [start for start, _ in starts]
    is_linked = [False] * len(starts)  # with the start before it
    found: list[Found] = []
    for end, number in sorted((end, number) for number, *_, end in group if end):
        low = bisect_left(days, shifted(end, -months))
        high = bisect_right(days, shifted(end, months))
        for place in range(low, high):
            if place == low or not is_linked[place]:
                found += _joined(number, end, starts[place], unions)
            is_linked[place] |= place > low
    return found


def _joined(number: int, end: date, start: tuple[date, int], unions: Unions) -> list[Found]:
    day, other = start
    if not unions.join(number, other):
        return []
    gap = (day.year - end.year) * _MONTHS + day.month - end.month
    return [(min(number, other), max(number, other), (("months", float(gap)),))]


def shifted(day: date, months: int) -> date:
    """Move a day by whole months; the 29th to 31st become the last day there is.

    Examples
    --------
    >>> shifted(date(2024, 2, 29), 24), shifted(date(2024, 3, 31), -13)
    (datetime.date(2026, 2, 28), datetime.date(2023, 2, 28))
    """
    count = day.year * _MONTHS + day.month - 1 + months
    year, month = divmod(count, _MONTHS)
    if year < date.min.year:
        return date.min
    if year > date.max.year:
        return date.max
    for last in range(day.day, _LAST_SAFE_DAY - 1, -1):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    return date(year, month + 1, day.day)


# --- Families: initiatives that count as one piece of evidence, because they are not independent


type TieRule = Literal["follows", "overlap", "same_lead"]


@dataclass(frozen=True, slots=True)
class Undertaking:
    """What the rules need to know of one initiative.

    Attributes
    ----------
    id : int
    bodies : frozenset of str
        Partner organisations, one text for one body wherever it takes part.
    leads : frozenset of str
        Those of them that lead.
    start, end : date or None
        Of the funding.
    measure_types : frozenset of str
        Types of what it did, as far as coded.
    follows : int or None
        Id of the initiative it is declared to continue.
    counts : bool
        False for lines and calls of a programme: no evidence, and no tie.
    """

    id: int
    bodies: frozenset[str] = frozenset()
    leads: frozenset[str] = frozenset()
    start: date | None = None
    end: date | None = None
    measure_types: frozenset[str] = frozenset()
    follows: int | None = None
    counts: bool = True


@dataclass(frozen=True, slots=True)
class Tie:
    """Why two initiatives are of one family; ``numbers`` such as ``("jaccard", 0.5)``."""

    first: int
    second: int
    rule: TieRule
    numbers: tuple[tuple[str, float], ...] = ()

    @property
    def code(self) -> str:
        """The rule, under the name that other results of the analysis use."""
        return self.rule


@dataclass(frozen=True, slots=True)
class Families:
    """Which family each initiative is of.

    Attributes
    ----------
    value : tuple of (int, int)
        Initiative and family, in the order of the initiatives; a family is named by the
        smallest id in it. Lines of a programme are not there.
    reasons : tuple of Tie
        One tie for every initiative that joined a family: enough to explain each family, not
        all ties there are.
    convention : str
    """

    value: tuple[tuple[int, int], ...]
    reasons: tuple[Tie, ...]
    convention: str

    @property
    def of(self) -> Mapping[int, int]:
        """Family by initiative."""
        return dict(self.value)


def find_families(undertakings: Iterable[Undertaking], *, rules: PlanRules = RULES) -> Families:
    """Join initiatives that are not independent of one another.

    Two are tied when one is declared to follow the other, when the Jaccard overlap of their
    partner bodies is at least one half, or when they have the same lead and a type of measure
    in common and one starts within 24 months of the other's end, before or after it. A family
    is what hangs together by ties (connected component).

    Parameters
    ----------
    undertakings : iterable of Undertaking
        Ids are unique; the order does not matter.
    rules : PlanRules, optional
        Thresholds.

    Returns
    -------
    Families

    Raises
    ------
    DuplicateError
        An id twice.
    AnalysisError
        An end before its start.

    Notes
    -----
    Bodies that are not resolved (one body under two keys) hide overlap. Ties chain: A may be
    of one family with C because both overlap with B. Overlaps are found by an inverted index
    over the rarest bodies of each initiative (prefix and length filters) [2]_, never by
    comparing all pairs.

    References
    ----------
    .. [1] P. Jaccard, The distribution of the flora in the alpine zone, New Phytologist 11
       (1912), 37-50.
    .. [2] C. Xiao, W. Wang, X. Lin, J. X. Yu, G. Wang, Efficient similarity joins for
       near-duplicate detection, ACM Transactions on Database Systems 36 (2011), 15.

    Examples
    --------
    >>> found = find_families([
    ...     Undertaking(1, bodies=frozenset("abc")),
    ...     Undertaking(2, bodies=frozenset("bcd")),
    ...     Undertaking(3, bodies=frozenset("xy")),
    ...     Undertaking(4, follows=3),
    ... ])
    >>> found.value
    ((1, 1), (2, 1), (3, 3), (4, 3))
    >>> [(tie.first, tie.second, tie.rule) for tie in found.reasons]
    [(3, 4, 'follows'), (1, 2, 'overlap')]
    """
    ordered = sorted(undertakings, key=lambda one: one.id)
    _check(ordered)
    counted = [one for one in ordered if one.counts]
    unions = Unions([one.id for one in counted])
    ties = [
        *_follow_ties(counted, unions),
        *(Tie(a, b, "overlap", numbers) for a, b, numbers in overlap_ties(
            [(one.id, one.bodies) for one in counted], unions, threshold=rules.overlap)),
        *(Tie(a, b, "same_lead", numbers) for a, b, numbers in lead_ties(
            [(one.id, one.leads, one.measure_types, one.start, one.end) for one in counted],
            unions, months=rules.follow_months)),
    ]  # fmt: skip
    value = tuple((one.id, unions.root(one.id)) for one in counted)
    return Families(value, tuple(ties), rules.convention)


def _check(ordered: Sequence[Undertaking]) -> None:
    where = Where(argument="undertakings")
    for before, after in pairwise(ordered):
        if before.id == after.id:
            code = "ranking.two_values"
            raise DuplicateError(code, where=where, found=str(after.id))
    for one in ordered:
        if one.start and one.end and one.end < one.start:
            code = "argument.out_of_range"
            raise AnalysisError(code, where=where, found=str(one.end), expected=f">= {one.start}")


def _follow_ties(counted: Sequence[Undertaking], unions: Unions) -> list[Tie]:
    known = {one.id for one in counted}
    pairs = sorted(
        (min(one.id, one.follows), max(one.id, one.follows))
        for one in counted
        if one.follows is not None and one.follows in known
    )
    return [Tie(a, b, "follows") for a, b in pairs if unions.join(a, b)]
