"""Arguments that hold for every criterion, checked, and as conventions."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal, get_args

from alpclusters.analysis.consensus.ratings import MAX_ASSUMED_POINTS
from alpclusters.analysis.conventions import MANY_CANNOT_JUDGE, Conventions
from alpclusters.analysis.errors import ShapeError, Where, check_range

HALF: Final = 0.5  # pure chance

Residuals = Literal["per_measure", "one"]
Prior = Literal["mixture", "normal"]


@dataclass(frozen=True, slots=True)
class Model:
    """What is taken as given: arguments of the same names of `rank_measures`."""

    residuals: Residuals
    cluster: bool
    prior: Prior
    inside: bool

    @property
    def is_first(self) -> bool:
        """Whether this is the model of the first version throughout."""
        return self == FIRST


FIRST: Final = Model("one", cluster=False, prior="normal", inside=False)


@dataclass(frozen=True, slots=True)
class Rules:
    """Arguments that hold for every criterion."""

    model: Model

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
        version="1" if rules.model.is_first else "2",
        scale=_stated_scale(scale),
        level=rules.level,
        intervals=(("estimate", _estimate(rules.model)), ("rank", _rank(rules.model))),
        ties="by_id",
        missing="cannot_judge_left_out_and_reported",
        quantiles="inverted_cdf",
        seed=rules.seed,
        draws=rules.draws,
        thresholds=(("overlap", rules.overlap), ("many_cannot_judge", MANY_CANNOT_JUDGE)),
    )


def _estimate(model: Model) -> str:
    """Return the code of the interval of an estimate."""
    if model.is_first:
        return "normal_plug_in"
    parts = {
        "student_t_by_measure": model.residuals == "per_measure",
        "normal_plug_in": model.residuals == "one",
        "clustered_by_person": model.cluster,
        "inside_scale": model.inside,
    }
    return "_".join(part for part, holds in parts.items() if holds)


def _rank(model: Model) -> str:
    return "posterior_simulation" + ("_of_clumps" if model.prior == "mixture" else "")


def checked_model(residuals: Residuals, prior: Prior, *, cluster: bool, inside: bool) -> Model:
    """Refuse words that name no model."""
    for argument, found, words in (("residuals", residuals, Residuals), ("prior", prior, Prior)):
        if found not in get_args(words):
            code = "argument.not_one_of"
            expected = ", ".join(get_args(words))
            raise ShapeError(code, where=Where(argument=argument), expected=expected)
    return Model(residuals, cluster, prior, inside)


def checked_rules(
    model: Model, level: float, draws: int, top: Sequence[int], overlap: float, seed: int
) -> Rules:
    """Refuse arguments that are out of range."""
    check_range("level", 0 < level < 1, "0 < level < 1")
    check_range("draws", draws >= 1, ">= 1")
    check_range("top", all(k >= 1 for k in top), ">= 1")
    check_range("overlap", 0 <= overlap < HALF, "0 <= overlap < 0.5")
    return Rules(model, level, draws, tuple(int(k) for k in top), overlap, seed)
