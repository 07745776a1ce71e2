"""Pairs of sets that overlap enough, found without comparing all pairs."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from math import ceil

from alpclusters.analysis.certainty.unions import Unions

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
