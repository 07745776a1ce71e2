"""Which sets of schemes can hold a joint call: every subset of few, the maximal ones of many."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final, Literal

from alpclusters.analysis.funding.schemes.records import Scheme

FEW: Final = 12
MAX_NODES: Final = 100_000

type Search = Literal["all", "maximal", "stopped"]
type Works = Callable[[Sequence[Scheme]], bool]


@dataclass(frozen=True, slots=True)
class FeasibleSet:
    """Schemes that can hold a joint call together.

    Attributes
    ----------
    schemes, regions : tuple of str
        In the given order; a region counts once.
    budget_ct : int
        Sum of the known budgets: the virtual common pot.
    n_unknown_budgets : int
        How many schemes are not in that sum.
    is_maximal : bool
        Whether no further scheme of those given fits.
    """

    schemes: tuple[str, ...]
    regions: tuple[str, ...]
    budget_ct: int
    n_unknown_budgets: int
    is_maximal: bool


def feasible_sets(
    schemes: Sequence[Scheme], works: Works, *, max_nodes: int = MAX_NODES
) -> tuple[tuple[FeasibleSet, ...], Search]:
    """List sets by regions, then budget, then ids; a subset of a set that works works too."""
    search: Search = "all"
    if len(schemes) <= FEW:
        found = _all_subsets(schemes, works)
    else:
        branches = _Branches(schemes, works, max_nodes)
        branches.grow([], list(schemes), [])
        found = [(chosen, True) for chosen in branches.found]
        search = "stopped" if branches.n_nodes > max_nodes else "maximal"
    sets = [_record(chosen, is_maximal) for chosen, is_maximal in found]
    return tuple(sorted(sets, key=_order)), search


def _order(one: FeasibleSet) -> tuple[int, int, int, tuple[str, ...]]:
    return (-len(one.regions), -one.budget_ct, -len(one.schemes), one.schemes)


def _record(chosen: Sequence[Scheme], is_maximal: bool) -> FeasibleSet:  # noqa: FBT001 - a field
    known = [scheme.budget_ct for scheme in chosen if scheme.budget_ct is not None]
    return FeasibleSet(
        schemes=tuple(scheme.id for scheme in chosen),
        regions=tuple(dict.fromkeys(scheme.region for scheme in chosen)),
        budget_ct=sum(known),
        n_unknown_budgets=len(chosen) - len(known),
        is_maximal=is_maximal,
    )


def _all_subsets(schemes: Sequence[Scheme], works: Works) -> list[tuple[tuple[Scheme, ...], bool]]:
    """Try every subset, from small to large; one with a part that fails is not tried."""
    places = range(len(schemes))
    # Of no use as a set, but a part of every single one.
    good: dict[tuple[int, ...], None] = {(): None}
    good |= {(n,): None for n in places if works([schemes[n]])}
    for size in range(2, len(schemes) + 1):
        tried = (c for c in combinations(places, size) if all(p in good for p in _parts(c)))
        good |= {c: None for c in tried if works([schemes[n] for n in c])}
    covered = {part for c in good for part in _parts(c)}
    return [(tuple(schemes[n] for n in c), c not in covered) for c in good if c]


def _parts(chosen: tuple[int, ...]) -> list[tuple[int, ...]]:
    return [chosen[:n] + chosen[n + 1 :] for n in range(len(chosen))]


class _Branches:
    """Maximal sets by branch and bound: take the next scheme, or leave it for ever."""

    def __init__(self, schemes: Sequence[Scheme], works: Works, max_nodes: int) -> None:
        self.order = {scheme.id: n for n, scheme in enumerate(schemes)}
        self.works = works
        self.max_nodes = max_nodes
        self.n_nodes = 0
        self.found: list[tuple[Scheme, ...]] = []

    def grow(self, chosen: list[Scheme], open_: list[Scheme], left: list[Scheme]) -> None:
        """Extend a set by the schemes that still fit; a scheme left out must stay out."""
        self.n_nodes += 1
        if self.n_nodes > self.max_nodes:
            return
        open_ = [one for one in open_ if self.works([*chosen, one])]
        left = [one for one in left if self.works([*chosen, one])]
        # Bound: one that was left out and fits whatever follows makes every set below not maximal.
        if any(self.works([*chosen, *open_, one]) for one in left):
            return
        if self.works([*chosen, *open_]):
            self._keep([*chosen, *open_])
            return
        first, *rest = open_
        self.grow([*chosen, first], rest, left)
        self.grow(chosen, rest, [*left, first])

    def _keep(self, chosen: list[Scheme]) -> None:
        if chosen:
            self.found.append(tuple(sorted(chosen, key=lambda one: self.order[one.id])))
