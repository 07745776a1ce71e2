"""The best mix of a problem, with its bound: the choice by size, and what comes after."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Final

import numpy as np

from alpclusters.analysis.funding.case import Allocation, Status
from alpclusters.analysis.funding.mix.bargaining import Bargained, Bargaining
from alpclusters.analysis.funding.mix.bounding import Bound, find_bound
from alpclusters.analysis.funding.mix.closing import close_gap
from alpclusters.analysis.funding.mix.columns import CENTS, FloatArray
from alpclusters.analysis.funding.mix.cuts import Cut, with_cuts
from alpclusters.analysis.funding.mix.efforts import Effort, effort_for
from alpclusters.analysis.funding.mix.levels import refine
from alpclusters.analysis.funding.mix.model import Model, build
from alpclusters.analysis.funding.mix.narrowing import day_by_day, like_mix
from alpclusters.analysis.funding.mix.problem import Looser, Problem
from alpclusters.analysis.funding.mix.rounding import Rounded
from alpclusters.analysis.funding.mix.searching import Search, start_search
from alpclusters.analysis.funding.mix.settling import settle
from alpclusters.analysis.funding.mix.solution import (
    LevelValue,
    Progress,
    Report,
    Solution,
    gap_of,
    is_proved,
)
from alpclusters.analysis.funding.mix.solver import NODE_WORK, solve_model, solver_versions

BOUND_HAIR: Final = 1e-3
FIRST_LEVEL: Final = "net_grants"
ALL_LEVELS: Final = 5
STARTING_NODES: Final = 200
MOST_NODES: Final = 100_000
CLOSED: Final = 1e-6


def solve(
    problem: Problem,
    *,
    progress: Report | None = None,
    forbidden: Sequence[frozenset[str]] = (),
    levels: int = ALL_LEVELS,
) -> Solution:
    """Find the best mix of a problem, with a bound.

    Parameters
    ----------
    problem : Problem
    progress : callable, optional
        Gets a `Progress` between sub-problems (phases ``bound``, ``direct``, ``start``,
        ``mixes``, ``levels``); returns False to cancel: the best mix so far is returned.
    forbidden : sequence of frozenset of str
        Sets of offers from which the answer has to differ in at least two.
    levels : int, default 5
        How many aims of the lexicographic order; 1 is grants minus efforts alone.

    Returns
    -------
    Solution

    Notes
    -----
    Small problems are solved to the end by branch and bound. Others get a bound of interior points
    with flow covers and a start block by block; after that partners are taken apart for a better
    bound and a better mix. Limits are work, never seconds: same case and seed, same mix. No mix
    can be given to begin with: a result must not depend on where it came from.

    Examples
    --------
    >>> import datetime as dt
    >>> from alpclusters.analysis.funding.case import Case, Periods, Territory
    >>> from alpclusters.analysis.funding.mix.preparing import prepare
    >>> nothing = Case("Nothing yet", Periods(dt.date(2025, 1, 1), 4), (), (), (), (), ())
    >>> found = solve(prepare(nothing, Territory({})))
    >>> found.status, found.objective_ct
    ('optimal', 0)
    """

    def run(part: Problem, aims: int) -> Solution:
        return _Run(part, progress, tuple(forbidden)).solution(aims)

    found = run(problem, levels)
    if problem.looser is None or found.status == "cancelled":
        return found
    looser = run(problem.looser.problem, 1)
    if looser.levels and looser.status != "cancelled":
        found = _with_fewer_days(problem, problem.looser, (found, looser), lambda x: run(x, levels))
    return _bounded(found, looser)


def _with_fewer_days(
    problem: Problem,
    days: Looser,
    solved: tuple[Solution, Solution],
    run: Callable[[Problem], Solution],
) -> Solution:
    """Return the best mix of the strict problem and of those in which fewer days of aid meet.

    The days of the looser mix are tried first; days one by one only where there is no mix yet.
    """
    best, looser = solved
    if best.levels and is_proved(best.objective_ct, _bound_for(best, looser)):
        return best
    for part in chain([like_mix(problem, days, looser.allocation)], day_by_day(days)):
        again = run(part)
        best = replace(max(best, again, key=_value), work=best.work + again.work)
        if again.status == "cancelled":
            return replace(best, status="cancelled")
        if best.levels:
            break
    return best


def _value(found: Solution) -> float:
    """Return what a mix is worth in euro, missed wishes counted; nothing is worth least."""
    return found.levels[0].value if found.levels else float("-inf")


def _bounded(found: Solution, looser: Solution) -> Solution:
    """Return a mix of strict ceilings with the bound of the looser ones: that is the law's."""
    work = found.work + looser.work
    if looser.status == "infeasible":
        return replace(found, status="infeasible", work=work)
    if "cancelled" in (found.status, looser.status):
        return replace(found, status="cancelled", work=work)
    if found.status in ("infeasible", "failed"):
        return replace(found, status="failed", work=work)
    bound = max(_bound_for(found, looser), found.objective_ct)
    return replace(
        found,
        status="optimal" if is_proved(found.objective_ct, bound) else "gap",
        bound_ct=bound,
        gap=gap_of(found.objective_ct, bound),
        levels=tuple(replace(level, is_proved=False) for level in found.levels)
        if bound > found.bound_ct
        else found.levels,
        certificate=looser.certificate,
        work=work,
    )


def _bound_for(found: Solution, looser: Solution) -> int:
    """Return the bound of a looser problem beside the soft wishes that this mix misses."""
    return looser.bound_ct - looser.missed_ct + found.missed_ct


@dataclass(slots=True)
class _State:
    """The best mix so far and the least bound, in euro."""

    mix: FloatArray | None = None
    bound: float = float("inf")
    work: int = 0
    is_cancelled: bool = False
    is_infeasible: bool = False


class _Run:
    """One search."""

    def __init__(
        self, problem: Problem, report: Report | None, forbidden: tuple[frozenset[str], ...]
    ) -> None:
        self._problem, self._report, self._forbidden = problem, report, forbidden
        self._seed = problem.case.solver.seed
        self._model = build(problem, forbidden=forbidden)
        self._state = _State()

    def solution(self, levels: int) -> Solution:
        """Search, refine, round."""
        effort = effort_for(self._model.columns)
        bound = self._find_bound(effort)
        search = self._search(bound, effort)
        if effort.direct_gap is not None or bound is None:
            self._solve_directly(effort.direct_gap or CLOSED, bound.covers if bound else ())
        elif self._go_on("start", 0, None):
            self._start(search, effort)
        if self._state.mix is None and not (self._state.is_infeasible or self._state.is_cancelled):
            self._find_any()
        if self._state.mix is None:
            return self._without_mix(bound)
        self._bargain(bound, effort)
        self._close(bound, effort)
        found = self._refine(search, levels)
        return self._written(settle(search.model, self._mix), bound, found)

    @property
    def _mix(self) -> FloatArray:
        if self._state.mix is None:
            raise AssertionError
        return self._state.mix

    def _find_bound(self, effort: Effort) -> Bound | None:
        self._go_on("bound", 0, None)
        bound = find_bound(self._model, rounds=effort.cover_rounds)
        if bound is not None:
            self._state.bound = bound.euro
            self._state.work += bound.work
        return bound

    def _search(self, bound: Bound | None, effort: Effort) -> Search:
        """Parts are solved in the short form where the covers make up for what it lacks."""
        model = self._model
        if bound is not None and bound.covers and effort.direct_gap is None:
            model = with_cuts(
                build(self._problem, form="short", forbidden=self._forbidden), bound.covers
            )
        point = bound.values if bound is not None else np.zeros(len(model.cost))
        return Search(model, point, self._seed)

    def _solve_directly(self, gap: float, covers: Sequence[Cut]) -> None:
        if not self._go_on("direct", 0, None):
            return
        limit = self._problem.case.solver.gap
        options = {
            "mip_rel_gap": gap if limit is None else max(gap, limit),
            "mip_abs_gap": 0.01,
            "random_seed": self._seed,
            "mip_max_nodes": self._nodes(STARTING_NODES if gap > CLOSED else MOST_NODES),
            # To begin again costs a small problem more than the rest of the search.
            "mip_allow_restart": gap > CLOSED,
        }
        model = with_cuts(self._model, covers)
        answer = solve_model(model, options=options, go_on=self._listen("direct"))
        self._state.work += answer.work
        self._state.mix = answer.values
        self._state.is_infeasible = answer.outcome == "infeasible"
        self._state.bound = min(self._state.bound, answer.bound)

    def _find_any(self) -> None:
        """Look for any mix, or for the proof that there is none, where a limit ended the search."""
        if not self._go_on("direct", 1, None):
            return
        options = {"random_seed": self._seed, "mip_max_nodes": self._nodes(MOST_NODES)}
        nothing = np.zeros(len(self._model.cost))
        answer = solve_model(
            self._model, cost=nothing, options=options, go_on=self._listen("direct")
        )
        self._state.work += answer.work
        self._state.mix = answer.values
        self._state.is_infeasible = answer.outcome == "infeasible"

    def _nodes(self, usual: int) -> int:
        """Return how many nodes the case's own limit of work allows, at most the usual number."""
        limit = self._problem.case.solver.work_limit
        return usual if limit is None else min(usual, max(limit // NODE_WORK, 1))

    def _listen(self, phase: str) -> Callable[[], bool] | None:
        """Return what a long call asks on its way; nothing where nobody listens."""
        return None if self._report is None else lambda: self._go_on(phase, 0, None)

    def _start(self, search: Search, effort: Effort) -> None:
        """Begin with nothing where that is allowed, else with any mix that keeps hard wishes."""
        nothing = np.zeros(len(search.model.cost))
        if not _holds(search.model, nothing):
            self._solve_directly(0.05, ())
            return
        found = start_search(search, nothing, effort, go_on=self._go_on)
        self._state.mix = found.mix
        self._state.work += found.work
        self._state.is_cancelled |= found.is_cancelled

    def _bargain(self, bound: Bound | None, effort: Effort) -> None:
        """Make bound and mix better by taking partners apart."""
        if bound is None or effort.bargain is None or self._state.is_cancelled:
            return
        before = self._state.work
        rounds = Bargaining(self._model, bound, self._mix, effort.bargain, seed=self._seed)

        def told(phase: str, number: int, found: Bargained) -> bool:
            self._state.mix, self._state.work = found.mix, before + found.work
            self._state.bound = min(self._state.bound, found.bound)
            return self._go_on(phase, number, found.mix)

        found = rounds.run(lambda found: self._is_wanted(found, before), told)
        self._state.mix, self._state.work = found.mix, before + found.work
        self._state.bound = min(self._state.bound, found.bound)

    def _is_wanted(self, found: Bargained, before: int) -> bool:
        """Say whether more work is wanted, and allowed by the case."""
        limit = self._problem.case.solver
        bound = min(self._state.bound, found.bound)
        is_near = self._model.cost @ found.mix >= bound * (1 - (limit.gap or CLOSED))
        return not is_near and (limit.work_limit is None or before + found.work < limit.work_limit)

    def _close(self, bound: Bound | None, effort: Effort) -> None:
        """Make the bound better from the mix on, where it is not near enough yet."""
        limit = self._problem.case.solver
        gap = max(effort.closing_gap, limit.gap or 0.0)
        is_near = self._model.cost @ self._mix >= self._state.bound * (1 - gap)
        is_spent = limit.work_limit is not None and self._state.work >= limit.work_limit
        if not effort.closing_gap or is_near or is_spent or self._state.is_cancelled:
            return
        if not self._go_on("bound", 1, None):
            return
        found = close_gap(
            self._model, self._mix, replace(effort, closing_gap=gap),
            covers=bound.covers if bound else (), seed=self._seed, go_on=self._listen("bound"),
        )  # fmt: skip
        self._state.work += found.work
        self._state.mix = found.mix
        self._state.bound = min(self._state.bound, found.bound)

    def _refine(self, search: Search, levels: int) -> tuple[LevelValue, ...]:
        value, bound = search.value(self._mix), self._state.bound
        proved = is_proved(int(value * CENTS), int(bound * CENTS))
        first = LevelValue(FIRST_LEVEL, value, bound, proved)
        if levels <= 1 or self._state.is_cancelled or not self._go_on("levels", 0, self._mix):
            return (first,)
        found = refine(search, self._mix, is_proved=proved)
        self._state.mix = found.mix
        self._state.work += found.work
        return (first, *found.levels)

    def _go_on(self, phase: str, number: int, mix: FloatArray | None) -> bool:
        """Report, and notice whether somebody cancels."""
        if self._report is None:
            return True
        known = mix if mix is not None else self._state.mix
        value = None if known is None else int(self._model.cost @ known * CENTS)
        bound = None if self._state.bound == float("inf") else _cents(self._state.bound)
        gap = None if value is None or bound is None else gap_of(value, bound)
        if self._report(Progress(phase, number, value, bound, gap)) is False:
            self._state.is_cancelled = True
        return not self._state.is_cancelled

    def _written(
        self, rounded: Rounded, bound: Bound | None, levels: tuple[LevelValue, ...]
    ) -> Solution:
        objective = rounded.objective_ct
        least = max(_cents(self._state.bound) + self._missed_ct(), objective)
        return Solution(
            self._status(objective, least),
            rounded.allocation,
            tuple(sorted({cell.offer for cell in rounded.allocation})),
            self._participations(rounded.allocation),
            objective,
            least,
            gap_of(objective, least),
            levels,
            None if bound is None else bound.certificate,
            self._state.work,
            self._seed,
            self._problem.assumptions,
            solver_versions(),
            self._missed_ct(),
        )

    def _status(self, objective: int, bound: int) -> Status:
        if self._state.is_cancelled:
            return "cancelled"
        return "optimal" if is_proved(objective, bound) else "gap"

    def _missed_ct(self) -> int:
        """What missed soft wishes cost in the model, so that bound and objective compare."""
        first = self._model.columns.s
        return -_cents(float(self._model.cost[first:] @ self._mix[first:]))

    def _participations(self, allocation: Allocation) -> tuple[tuple[str, str], ...]:
        of_line = {line.id: line.partner for line in self._problem.case.lines}
        return tuple(sorted({(cell.offer, of_line[cell.line]) for cell in allocation}))

    def _without_mix(self, bound: Bound | None) -> Solution:
        """Nothing was found; only where that is proved is the case infeasible."""
        status: Status = "infeasible" if self._state.is_infeasible else "failed"
        if self._state.is_cancelled:
            status = "cancelled"
        return Solution(
            status, (), (), (), 0, 0, 0.0, (), None if bound is None else bound.certificate,
            max(self._state.work, 0), self._seed, self._problem.assumptions, solver_versions(),
        )  # fmt: skip


def _holds(model: Model, mix: FloatArray) -> bool:
    sums = np.bincount(
        model.matrix.row, weights=model.matrix.value * mix[model.matrix.column],
        minlength=len(model.row_lower),
    )  # fmt: skip
    return bool((sums <= model.row_upper + CLOSED).all() and (sums >= model.row_lower).all())


def _cents(euro: float) -> int:
    return int(np.floor(euro * CENTS + BOUND_HAIR))
