"""The design of a joint call: which sets of schemes can hold it, and what it would look like."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final, Literal

from alpclusters.analysis.conventions import Conventions, Status
from alpclusters.analysis.errors import AnalysisError, Where
from alpclusters.analysis.funding.schemes.records import (
    ATTRIBUTES,
    Binding,
    Choices,
    Scheme,
    Value,
    binding,
    check_schemes,
    check_values,
    common,
)

# --- The design table: per attribute the common value, who binds, and whether the wish is met -----


@dataclass(frozen=True, slots=True)
class Line:
    """One attribute of a joint call.

    Attributes
    ----------
    attribute : str
    common : Choices, Span, Days or None
        What every scheme can serve, within the wish; None where nothing is left or nobody is known.
    binding : tuple of Binding
        Who narrows it, or between whom it fails.
    n_known : int
        How many schemes state the attribute.
    unknown : tuple of str
        Ids of those that do not.
    wish : Choices, Span, Days or None
        What the call asks: keys that must all be there, an interval that must be met.
    is_met : bool
        Whether a value is left, wish included; True where nobody states anything.
    """

    attribute: str
    common: Value | None
    binding: tuple[Binding, ...]
    n_known: int
    unknown: tuple[str, ...]
    wish: Value | None
    is_met: bool


def table(
    schemes: Sequence[Scheme], wishes: Mapping[str, Value], *, min_days: int
) -> tuple[Line, ...]:
    """Make a line for each attribute."""
    return tuple(_line(key, schemes, wishes.get(key), min_days) for key in ATTRIBUTES)


def _line(key: str, schemes: Sequence[Scheme], wish: Value | None, min_days: int) -> Line:
    known = [(scheme.id, scheme.attributes[key]) for scheme in schemes if key in scheme.attributes]
    unknown = tuple(scheme.id for scheme in schemes if key not in scheme.attributes)
    values = [value for _, value in known]
    met = meet(values, wish, min_days=min_days)
    left = bool(values) and met is None
    return Line(
        attribute=key,
        common=met if values else wish,
        binding=binding(known) if known else (),
        n_known=len(known),
        unknown=unknown,
        wish=wish,
        is_met=not left,
    )


def meet(values: Sequence[Value], wish: Value | None, *, min_days: int) -> Value | None:
    """Intersect values within a wish; a set must hold all the wished keys."""
    if not values:
        return wish
    if not isinstance(wish, Choices):
        return common([*values, *([wish] if wish else [])], min_days=min_days)
    found = common(values, min_days=min_days)
    return found if isinstance(found, Choices) and wish.values <= found.values else None


def works(schemes: Sequence[Scheme], wishes: Mapping[str, Value], *, min_days: int) -> bool:
    """Say whether a joint call of all of them is possible."""
    return all(
        meet(values, wishes.get(key), min_days=min_days) is not None
        for key in ATTRIBUTES
        if (values := [s.attributes[key] for s in schemes if key in s.attributes])
    )


# --- Which sets of schemes can hold a joint call: every subset of few, the maximal ones of many


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


# --- The design of a joint call over schemes that exist -------------------------------------------


SIX_WEEKS: Final = 42


@dataclass(frozen=True, slots=True)
class JointCall:
    """What a joint call of some schemes can be.

    Attributes
    ----------
    lines : tuple of Line
        The design table for all schemes together, one line an attribute.
    sets : tuple of FeasibleSet
        Sets that work, by number of regions, then joint budget.
    search : {"all", "maximal", "stopped"}
        Whether ``sets`` holds every set, the maximal ones, or those found before the search ended.
    status, reasons
        "undefined" without schemes, "limited" if the search was stopped.
    conventions : Conventions
    """

    lines: tuple[Line, ...]
    sets: tuple[FeasibleSet, ...]
    search: Search
    status: Status
    reasons: tuple[str, ...]
    conventions: Conventions

    @property
    def works_for_all(self) -> bool:
        """Whether all schemes can hold it together."""
        return self.status != "undefined" and all(line.is_met for line in self.lines)


def joint_call(
    schemes: Sequence[Scheme],
    *,
    wishes: Mapping[str, Value] | None = None,
    min_days: int = SIX_WEEKS,
) -> JointCall:
    """Intersect the rules of schemes, and find the sets of them that can hold a joint call.

    Per attribute the joint call takes the intersection of sets and intervals; windows may differ
    if a common interval of ``min_days`` remains, both ends counted. Every region pays its own
    partners, so budgets add up to a virtual common pot. Up to 12 schemes all subsets are tried;
    beyond that the maximal ones are found by branch and bound, which is exact because every part
    of a set that works works too.

    Parameters
    ----------
    schemes : sequence of Scheme
        Two schemes of one region count as one region.
    wishes : mapping of str to Choices, Span or Days, optional
        What the call asks: of a set all its keys must be common, of an interval some part.
    min_days : int
        Shortest common window.

    Returns
    -------
    JointCall

    Raises
    ------
    AnalysisError
        Ids that stand twice, values of another kind, or ``min_days`` below 1.

    Examples
    --------
    >>> from alpclusters.analysis.funding.schemes import Scheme, Span
    >>> tyrol = Scheme("t", "AT33", {"rate_bp": Span(0, 5000)}, 100_000_00)
    >>> slovenia = Scheme("s", "SI", {"rate_bp": Span(4000, 7500)})
    >>> call = joint_call([tyrol, slovenia])
    >>> [(line.common, [one.scheme for one in line.binding]) for line in call.lines if line.n_known]
    [(Span(low=4000, high=5000), ['t', 's'])]
    >>> call.sets[0].regions, call.sets[0].budget_ct, call.sets[0].n_unknown_budgets
    (('AT33', 'SI'), 10000000, 1)
    """
    wanted = dict(wishes or {})
    if min_days < 1:
        raise AnalysisError("schemes.not_a_window", where=Where(argument="min_days"))
    check_schemes(schemes)
    check_values(wanted, where="wishes")
    sets, search = feasible_sets(schemes, lambda chosen: works(chosen, wanted, min_days=min_days))
    stopped = ("search_stopped",) if search == "stopped" else ()
    return JointCall(
        lines=table(schemes, wanted, min_days=min_days),
        sets=sets,
        search=search,
        status="undefined" if not schemes else "limited" if stopped else "ok",
        reasons=stopped if schemes else ("no_schemes",),
        conventions=Conventions(method="joint_call", thresholds=(("min_days", min_days),)),
    )
