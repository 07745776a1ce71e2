"""The mixes beside the best one: how many are worth their work, and which were left out."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from alpclusters.analysis.funding.case.money import FULL_BP
from alpclusters.analysis.funding.case.records import Case
from alpclusters.analysis.funding.mix.scenarios import LARGE_BP

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
