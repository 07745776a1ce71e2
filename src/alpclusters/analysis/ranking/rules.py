"""Arguments that hold for every criterion, checked, and as conventions."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from alpclusters.analysis.consensus.ratings import MAX_ASSUMED_POINTS
from alpclusters.analysis.conventions import MANY_CANNOT_JUDGE, Conventions
from alpclusters.analysis.errors import AnalysisError, Where

HALF: Final = 0.5  # pure chance


@dataclass(frozen=True, slots=True)
class Rules:
    """Arguments that hold for every criterion."""

    level: float
    draws: int
    top: tuple[int, ...]
    overlap: float
    seed: int


def _stated_scale(scale: tuple[float, ...]) -> tuple[float, ...]:
    """Name all points, of very many values only the ends."""
    return scale if len(scale) <= MAX_ASSUMED_POINTS else (scale[0], scale[-1])


def conventions(rules: Rules, scale: tuple[float, ...]) -> Conventions:
    """Say how a ranking was computed."""
    return Conventions(
        method="rank_measures",
        scale=_stated_scale(scale),
        level=rules.level,
        intervals=(("estimate", "normal_plug_in"), ("rank", "posterior_simulation")),
        ties="by_id",
        missing="cannot_judge_left_out_and_reported",
        quantiles="inverted_cdf",
        seed=rules.seed,
        draws=rules.draws,
        thresholds=(("overlap", rules.overlap), ("many_cannot_judge", MANY_CANNOT_JUDGE)),
    )


def checked_rules(level: float, draws: int, top: Sequence[int], overlap: float, seed: int) -> Rules:
    """Refuse arguments that are out of range."""
    _check_range("level", 0 < level < 1, "0 < level < 1")
    _check_range("draws", draws >= 1, ">= 1")
    _check_range("top", all(k >= 1 for k in top), ">= 1")
    _check_range("overlap", 0 <= overlap < HALF, "0 <= overlap < 0.5")
    return Rules(level, draws, tuple(int(k) for k in top), overlap, seed)


def _check_range(argument: str, is_fine: bool, expected: str) -> None:  # noqa: FBT001 - a check
    if not is_fine:
        code = "argument.out_of_range"
        raise AnalysisError(code, where=Where(argument=argument), expected=expected)
