"""How far an action is: what was reported, else what its milestones say."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Final

from alpclusters.analysis.errors import ScaleError, Where
from alpclusters.analysis.plans.facts import MilestoneFacts, ProgressSource
from alpclusters.analysis.plans.reasons import Reason
from alpclusters.analysis.plans.rules import PlanRules

# 0.8 - 0.6 is more than 0.2 in binary figures.
ROUNDING: Final = 1e-9


@dataclass(frozen=True, slots=True)
class Progress:
    """A share of the way between 0 and 1, and where it comes from."""

    value: float
    source: ProgressSource
    reasons: tuple[Reason, ...] = ()


def read_progress(
    reported: object, milestones: Sequence[MilestoneFacts], rules: PlanRules
) -> Progress:
    """Take the report, else the weight of milestones reached, else nothing."""
    told, reached = clamped(reported), reached_share(milestones)
    if told is not None:
        return Progress(told, "report", _remarks(reported, told, reached, rules))
    if reached is not None:
        return Progress(reached, "milestones", (Reason("progress_from_milestones"),))
    return Progress(0.0, "none", (Reason("progress_missing"),))


def clamped(value: object) -> float | None:
    """Bring a figure into 0 to 1; None for what is no finite number."""
    if not isinstance(value, int | float) or not isfinite(value):
        return None
    return min(1.0, max(0.0, float(value)))


def reached_share(milestones: Sequence[MilestoneFacts]) -> float | None:
    """Return the weight of the milestones reached among all; None where nothing has weight."""
    if not milestones:
        return None
    if any(not (isfinite(one.weight) and one.weight >= 0) for one in milestones):
        raise ScaleError("plans.weight", where=Where(field="weight"), expected="0")
    total = sum(one.weight for one in milestones)
    reached = sum(one.weight for one in milestones if one.done_on is not None)
    return reached / total if total > 0 else None


def _remarks(
    reported: object, told: float, reached: float | None, rules: PlanRules
) -> tuple[Reason, ...]:
    found = [Reason("progress_clamped", {"progress": told})] if told != reported else []
    if reached is not None and abs(told - reached) > rules.progress_gap + ROUNDING:
        found.append(Reason("progress_differs", {"reported": told, "milestones": reached}))
    return tuple(found)
