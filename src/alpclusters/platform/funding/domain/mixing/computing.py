"""The whole of one computation: the best mix, others beside it, refusals, and their checks.

Runs inside the process of `worker`; no Django, no files.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from functools import partial
from math import floor
from typing import Any, Final

from alpclusters.analysis.funding.case import FULL_BP, Allocation, Case, Cell, Territory
from alpclusters.analysis.funding.case_files import read_case, refuse_large
from alpclusters.analysis.funding.chances import weigh_chances
from alpclusters.analysis.funding.chances.weighing import chances_part
from alpclusters.analysis.funding.check import Check, check_mix
from alpclusters.analysis.funding.joint import Part, joint_part, weigh_together
from alpclusters.analysis.funding.mix.alternatives import alternatives, used_offers
from alpclusters.analysis.funding.mix.document import Beside, Found, mix_document
from alpclusters.analysis.funding.mix.document_parts import (
    alternative_part,
    assumption_part,
    open_part,
    scenario_part,
)
from alpclusters.analysis.funding.mix.infeasible import explain_infeasible
from alpclusters.analysis.funding.mix.judging import judge
from alpclusters.analysis.funding.mix.loosening import PREFIX, loosen
from alpclusters.analysis.funding.mix.obstacles import Obstacle, Reason
from alpclusters.analysis.funding.mix.preparing import prepare
from alpclusters.analysis.funding.mix.problem import Problem
from alpclusters.analysis.funding.mix.reasons import explain_unused
from alpclusters.analysis.funding.mix.scenarios import LARGE_BP, refuse, wanted_scenarios
from alpclusters.analysis.funding.mix.solution import Progress, Solution
from alpclusters.analysis.funding.mix.solving import solve
from alpclusters.analysis.funding.mix.ways import Way
from alpclusters.platform.funding.domain.mixing.folders import Asked
from alpclusters.platform.funding.domain.territory import territory

# --- The mixes beside the best one: how many are worth their work, and which were left out --------


# Work (simplex iterations and 50 for each node) for alternatives and for scenarios: each of them
# takes about as much as the best mix did, so large cases get fewer, the same on every machine.
EXTRA_WORK: Final = 200_000
# Who asks for all of them waits some minutes; the process has a quarter of an hour.
THOROUGH_WORK: Final = 2_000_000
MOST_ALTERNATIVES: Final = 5
NAMED_SCENARIOS: Final = 3


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What was not searched because it would have taken too much work.

    Attributes
    ----------
    alternatives : bool
        Whether there may be further mixes nearly as good.
    n_alternatives : int
        How many there are.
    n_scenarios : int
        How many refusals were not examined.
    """

    alternatives: bool
    n_alternatives: int
    n_scenarios: int

    @property
    def is_something(self) -> bool:
        """Say whether anything was left out."""
        return self.alternatives or self.n_scenarios > 0


NOTHING: Final = LeftOut(alternatives=False, n_alternatives=0, n_scenarios=0)


def allowance(work: int, *, is_thorough: bool = False) -> int:
    """Return how many further searches like that of the best mix are worth their work."""
    return (THOROUGH_WORK if is_thorough else EXTRA_WORK) // max(1, work)


def most_alternatives(work: int, *, is_thorough: bool = False) -> int:
    """Return how many other mixes are looked for."""
    return min(MOST_ALTERNATIVES, allowance(work, is_thorough=is_thorough))


def most_scenarios(work: int, n_named: int, *, is_thorough: bool = False) -> int:
    """Return how many refusals are examined; some that people named are worth any work."""
    return max(allowance(work, is_thorough=is_thorough), min(n_named, NAMED_SCENARIOS))


def left_out(case: Case, mix: Mapping[str, Any]) -> LeftOut:
    """Say what a mix has not beside it for want of work: nothing, if nothing was to be.

    Parameters
    ----------
    case : Case
    mix : mapping
        Its ``mix.json``.
    """
    # Mixes stored before do not say it; of those only best ones were asked.
    beside = mix.get("beside", "some")
    if beside is None:
        return NOTHING
    most = most_alternatives(mix["solver"]["work"], is_thorough=beside == "all")
    n_found = len(mix["alternatives"])
    examined = {scenario["id"] for scenario in mix["scenarios"]}
    missing = [name for name in _wanted(case, mix) if name not in examined]
    has_more = any(offer["used"] for offer in mix["offers"]) and n_found >= most
    return LeftOut(has_more and most < MOST_ALTERNATIVES, n_found, len(missing))


def _wanted(case: Case, mix: Mapping[str, Any]) -> list[str]:
    """List the scenarios of a case and of its large offers, as the search names them."""
    total = sum(offer["grant_ct"] for offer in mix["offers"])
    named = {scenario.rejected for scenario in case.scenarios}
    large = [
        f"without:{offer['id']}"
        for offer in mix["offers"]
        if offer["grant_ct"] * FULL_BP > total * LARGE_BP and (offer["id"],) not in named
    ]
    return [*(scenario.id for scenario in case.scenarios), *large]


# --- The whole of one computation: the best mix, others beside it, refusals, and their checks -----


CENTS: Final = 100
type Tell = Callable[[dict[str, Any]], bool]


def compute(asked: Asked, *, tell: Tell) -> dict[str, Any]:
    """Compute what is asked.

    Parameters
    ----------
    asked : Asked
    tell : callable
        Gets messages ``{phase, round, objective, bound, gap}``; says whether to go on.

    Returns
    -------
    dict
        ``mix.json``.
    """
    place = territory()
    if asked.joint:
        return _weighed_together(asked.joint, place, tell)
    case = read_case(asked.case, territory=place)
    refuse_large(case)
    if asked.explained:
        return explain(asked, case, place)
    if asked.weighed:
        cells = tuple(Cell(**cell) for cell in asked.weighed)
        return chances_part(weigh_chances(case, place, cells))
    computation = Computation(case, place, asked.rejected, tell, is_thorough=asked.is_thorough)
    return computation.document(with_extras=asked.with_extras)


def _weighed_together(asked: dict[str, Any], place: Territory, tell: Tell) -> dict[str, Any]:
    parts = [Part(one["key"], read_case(one["data"], territory=place)) for one in asked["cases"]]
    same = [[(key, name) for key, name in group] for group in asked["same"]]
    is_wanted = True

    def listen(progress: Progress) -> bool:
        nonlocal is_wanted
        is_wanted = is_wanted and tell(_message(progress))
        return is_wanted

    return joint_part(weigh_together(parts, same, place, progress=listen))


def explain(asked: Asked, case: Case, place: Territory) -> dict[str, Any]:
    """Say why some subjects of a mix get nothing, or what a limit holds back, as plain data."""
    return {subject: plain(_reason(asked, case, place, subject)) for subject in asked.explained}


def _reason(asked: Asked, case: Case, place: Territory, subject: str) -> Reason:
    if subject.startswith(PREFIX):
        return loosen(case, place, subject, worth_ct=asked.worth_ct)
    today = dt.date.fromisoformat(asked.today) if asked.today else None
    return explain_unused(
        case, place, subject, worth_ct=asked.worth_ct, used=frozenset(asked.used), today=today
    )


def plain(reason: Reason) -> dict[str, Any]:
    """Return a reason as JSON has it."""
    return {
        "obstacles": [_plain_record(one) for one in reason.obstacles],
        "ways": [_plain_record(one) for one in reason.ways],
    }


def _plain_record(record: Obstacle | Way) -> dict[str, Any]:
    day = record.day
    return {**asdict(record), "day": day.isoformat() if day else None}


class Computation:
    """One case with its refusals: solved, checked, written down."""

    def __init__(
        self,
        case: Case,
        place: Territory,
        rejected: tuple[str, ...],
        tell: Tell,
        *,
        is_thorough: bool = False,
    ) -> None:
        self.case, self.place, self.rejected, self.tell = case, place, rejected, tell
        self.is_thorough = is_thorough
        self._may_go_on = True

    def document(self, *, with_extras: bool) -> dict[str, Any]:
        """Return the mix with all that belongs to it."""
        self._listen(Progress("start", 0, None, None, None))
        problem = prepare(self.case, self.place, rejected=self.rejected)
        best = solve(problem, progress=self._listen)
        check = self._check(best.allocation)
        has_extras = with_extras and self._may_go_on and bool(best.allocation)
        return mix_document(
            self.case,
            _found(best, self._beside(with_extras=with_extras)),
            check,
            alternatives=self._alternatives(problem, best) if has_extras else (),
            scenarios=self._scenarios(best) if has_extras else (),
            infeasible=self._reason(problem, best),
            open_questions=self._open(best),
            assumptions=assumption_part(best.assumptions),
        )

    def _beside(self, *, with_extras: bool) -> Beside | None:
        if not with_extras:
            return None
        return "all" if self.is_thorough else "some"

    def _listen(self, progress: Progress, phase: str = "") -> bool:
        """Pass on how far it is; of side searches only that they are under way."""
        self._may_go_on = self._may_go_on and self.tell(_message(progress, phase))
        return self._may_go_on

    def _check(self, allocation: Allocation, *rejected: str) -> Check:
        refused = (*self.rejected, *rejected)
        return check_mix(self.case, allocation, territory=self.place, rejected=refused)

    def _alternatives(self, problem: Problem, best: Solution) -> list[dict[str, Any]]:
        listen = partial(self._listen, phase="alternatives")
        most = most_alternatives(best.work, is_thorough=self.is_thorough)
        found = alternatives(problem, best, most=most, progress=listen)
        parts = [
            alternative_part(
                self.case, one.allocation, self._check(one.allocation), best_ct=best.objective_ct
            )
            for one in found
        ]
        return [part for part in parts if part["check"]["valid"] is not False]

    def _scenarios(self, best: Solution) -> list[dict[str, Any]]:
        parts = []
        # Those that people named come first.
        n_named = len(self.case.scenarios)
        most = most_scenarios(best.work, n_named, is_thorough=self.is_thorough)
        for wanted in wanted_scenarios(self.case, best)[:most]:
            if not self._may_go_on:
                break
            listen = partial(self._listen, phase="scenarios")
            refusal = refuse(self.case, self.place, best, wanted, progress=listen)
            if refusal is None:
                break
            check = self._check(refusal.solution.allocation, *wanted.rejected)
            parts.append(scenario_part(self.case, refusal, check, best_ct=best.objective_ct))
        return parts

    def _reason(self, problem: Problem, best: Solution) -> dict[str, Any] | None:
        if best.status != "infeasible":
            return None
        return asdict(explain_infeasible(problem))

    def _open(self, best: Solution) -> list[dict[str, Any]]:
        judged = judge(self.case, self.place)
        return open_part(self.case, judged, used_offers(best.allocation))


def _message(progress: Progress, phase: str = "") -> dict[str, Any]:
    return {
        "phase": phase or progress.phase,
        "round": progress.round,
        "objective": progress.objective_ct,
        "bound": progress.bound_ct,
        "gap": progress.gap,
    }


def _found(best: Solution, beside: Beside | None) -> Found:
    return Found(
        best.allocation,
        best.bound_ct,
        best.status,
        levels=tuple(_level(level) for level in best.levels),
        certificate=_certificate(best),
        solver={"seed": best.seed, "work": best.work, "versions": dict(best.versions)},
        beside=beside,
    )


def _level(level: Any) -> dict[str, object]:
    return {
        "name": level.name,
        "value": level.value,
        "bound": level.bound,
        "proved": level.is_proved,
    }


def _certificate(best: Solution) -> dict[str, object] | None:
    found = best.certificate
    if found is None:
        return None
    return {
        "duals_sha256": found.digest,
        "bound_ct": floor(found.bound * CENTS),
        "method": found.method,
    }
