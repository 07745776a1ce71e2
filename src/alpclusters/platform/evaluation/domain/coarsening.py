"""Figures that rest on linked people, made so coarse that they are no fingerprint of anybody.

A figure that follows from the counts of answers alone, such as a mean, tells no more than these
counts. A model with an effect of each person, a draw of people or a pair of ratings does: printed
with many decimals it says whether a guess at one person's answers is right. Such figures have one
decimal; a figure between 0 and 1 has steps of .05, a p value names the next usual limit above it.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from typing import Any, Final, cast

import numpy as np
from numpy.typing import NDArray

from alpclusters.analysis.consensus import Interval
from alpclusters.analysis.conventions import K_ANONYMITY, SMALLEST_GROUP, Conventions
from alpclusters.analysis.decisions import Decision, Decisions, GroupView
from alpclusters.analysis.second_round import (
    AgreementChange,
    Attendance,
    Change,
    Comparison,
    Leavers,
    MeasureChange,
    Migration,
)
from alpclusters.analysis.small_groups import told_count
from alpclusters.platform.evaluation.domain.opinion_results import OpinionResult, StoredStructure
from alpclusters.platform.evaluation.domain.plain import from_plain
from alpclusters.platform.evaluation.domain.science import (
    AgreementResult,
    CombinedResult,
    CommonResult,
    RankingResult,
    RegionalResult,
    SecondRoundResult,
)

FloatArray = NDArray[np.float64]
DECIMALS: Final = 1
UNIT_STEP: Final = 0.05
"""On a scale from 0 to 1, where one decimal would tell nothing apart."""
SMALLEST_ERROR: Final = 0.1
_TINY: Final = 1e-9  # .8 / .05 is a little less than 16
P_LIMITS: Final = (0.001, 0.01, 0.05, 0.1, 0.5, 1.0)


def coarse_ranking(result: RankingResult) -> RankingResult:
    """Round estimates and their intervals; chances go in steps, as `coarse_chance` has it.

    Reliability goes down to a step of .05: it is never said to be more than it is.
    """
    measures = tuple(
        replace(rounded(item), top=_chances(item.top), cannot_judge_share=item.cannot_judge_share)
        for item in result.measures
    )
    reliability = None if result.reliability is None else _at_least(result.reliability)
    return replace(result, measures=measures, tiers=_tiers(result), reliability=reliability)


def coarse_regional(result: RegionalResult | None) -> RegionalResult | None:
    """Round the model's values by region."""
    return None if result is None else rounded(result)


def coarse_common(result: CommonResult | None) -> CommonResult | None:
    """Round values by region and the chance that a measure reaches the threshold.

    An error of less than .05 becomes .1: it is a weight later, and none may weigh all.
    """
    if result is None:
        return None
    figures = tuple(
        replace(rounded(figure), error=max(SMALLEST_ERROR, round(figure.error, DECIMALS)))
        for figure in result.figures
    )
    found = None if result.found is None else _in_steps(result.found)
    return replace(result, figures=figures, found=found)


def coarse_decisions(result: Decisions | None) -> Decisions | None:
    """Round values and keep those of groups on the scale; chances go down to steps of .05.

    Down, so that what is open stays below the chance from which an answer is named.
    """
    if result is None:
        return None
    low, *_, high = result.conventions.scale
    measures = tuple(_coarse_decision(one, low, high) for one in result.measures)
    return replace(result, measures=measures)


def coarse_combined(result: CombinedResult | None) -> CombinedResult | None:
    """Bring everything to steps of the scale from 0 to 1."""
    if result is None:
        return None
    ranking = result.ranking
    measures = tuple(
        replace(_in_steps(item), top=_chances(item.top), cannot_judge_share=item.cannot_judge_share)
        for item in ranking.measures
    )
    return replace(
        result,
        ranking=replace(ranking, measures=measures, tiers=_tiers(ranking)),
        sensitivity=tuple(_in_steps(line) for line in result.sensitivity),
    )


def coarse_agreement(result: AgreementResult | None) -> AgreementResult | None:
    """Round Kendall's W, which links the answers of a person.

    Consensus and Krippendorff's alpha with its interval follow from the counts of answers.
    """
    if result is None:
        return None
    w = None if result.w is None else round(result.w, DECIMALS)
    summary = result.summary
    if summary is not None and summary.concordance is not None:
        summary = replace(summary, concordance=rounded(summary.concordance))
    return replace(result, w=w, summary=summary)


def coarse_opinion(result: OpinionResult | None) -> OpinionResult | None:
    """Round places on the map, shares of groups and what the verdict rests on; numbers stay."""
    if result is None:
        return None
    groups = tuple(
        replace(group, places=tuple(rounded(place) for place in group.places))
        for group in result.groups
    )
    stability = None if result.stability is None else _in_steps(result.stability)
    structure = None if result.structure is None else _coarse_structure(result.structure)
    cloud = tuple(rounded(place) for place in result.cloud)
    return replace(result, groups=groups, stability=stability, structure=structure, cloud=cloud)


def _coarse_structure(found: StoredStructure) -> StoredStructure:
    """Bring shares to steps of .05; how deep a gap is has one decimal."""
    shares = [found.axis_share, found.strictness_share]
    axis, strict = (None if share is None else coarse_chance(share) for share in shares)
    return replace(rounded(found), axis_share=axis, strictness_share=strict)


def stored_opinion(value: Mapping[str, Any] | None) -> OpinionResult | None:
    """Return opinion groups that were stored; numbers of people become shares, few no place."""
    if value is None:
        return None
    groups = [
        {
            **group,
            "places": _joined(group["places"]),
            "statements": [_shared(one) for one in group["statements"]],
        }
        for group in value["groups"]
    ]
    return from_plain(OpinionResult, {**value, "groups": groups})


def _joined(places: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Join all places of a group where one speaks of fewer than ten people."""
    if all(one["n"] >= SMALLEST_GROUP for one in places):
        return list(places)
    n = sum(one["n"] for one in places)
    x, y = (sum(one[axis] * one["n"] for one in places) / n for axis in ("x", "y"))
    return [{"x": round(x, DECIMALS) + 0.0, "y": round(y, DECIMALS) + 0.0, "n": n}]


def _shared(statement: Mapping[str, Any]) -> Mapping[str, Any]:
    if "share" in statement:
        return statement
    kept = {name: statement[name] for name in ("criterion", "measure", "side")}
    return {**kept, "share": coarse_share(statement["k"] / statement["n"])}


def coarse_second_round(result: SecondRoundResult | None) -> SecondRoundResult | None:
    """Keep of the pairs the change of the mean, the change of agreement, and who moved in bands."""
    if result is None or result.comparison is None:
        return result
    comparison: Comparison = result.comparison
    measures = tuple(_coarse_change(item) for item in comparison.measures)
    return replace(result, comparison=replace(comparison, measures=measures))


def coarse_chance(value: float) -> float:
    """Return a chance in steps of .05.

    Examples
    --------
    >>> [coarse_chance(value) for value in (0.0, 0.02, 0.637, 1.0)]
    [0.0, 0.0, 0.65, 1.0]
    """
    return round(round(value / UNIT_STEP) * UNIT_STEP, 2) + 0.0


def coarse_share(value: float) -> float:
    """Return a share of people in steps of a tenth.

    Examples
    --------
    >>> [coarse_share(value) for value in (0.04, 0.27, 1.0)]
    [0.0, 0.3, 1.0]
    """
    return round(value, DECIMALS) + 0.0


def coarse_p(value: float | None) -> float | None:
    """Return the next usual limit that a p value does not pass.

    Examples
    --------
    >>> [coarse_p(value) for value in (0.0004, 0.012, 0.6, None)]
    [0.001, 0.05, 1.0, None]
    """
    if value is None:
        return None
    return next(limit for limit in P_LIMITS if value <= limit)


# --- parts --------------------------------------------------------------------------------


def rounded[T](record: T) -> T:
    """Return a record with one decimal in every figure; conventions and counts stay."""
    return cast("T", _mapped(record, lambda value: round(value, DECIMALS) + 0.0))


def _in_steps[T](record: T) -> T:
    return cast("T", _mapped(record, coarse_chance))


def _mapped(value: Any, change: Callable[[float], float]) -> Any:
    """Change every figure of a record that is no whole number; conventions stay."""
    if isinstance(value, float | np.floating):
        return change(float(value)) if np.isfinite(value) else value
    if isinstance(value, tuple):
        return tuple(_mapped(item, change) for item in value)
    if isinstance(value, np.ndarray) and value.dtype.kind == "f":
        return _mapped_array(value, change)
    if is_dataclass(value) and not isinstance(value, Conventions):
        own = {field.name: getattr(value, field.name) for field in fields(value)}
        return replace(cast("Any", value), **{n: _mapped(v, change) for n, v in own.items()})
    return value


def _mapped_array(value: FloatArray, change: Callable[[float], float]) -> FloatArray:
    cells = [_mapped(item, change) for item in value.ravel()]
    array = np.array(cells).reshape(value.shape)
    array.setflags(write=False)
    return array


def _chances(top: tuple[tuple[int, float], ...]) -> tuple[tuple[int, float], ...]:
    return tuple((k, coarse_chance(chance)) for k, chance in top)


def _tiers(result: RankingResult) -> Any:
    return tuple(
        replace(tier, overlap=None if tier.overlap is None else coarse_chance(tier.overlap))
        for tier in result.tiers
    )


def _coarse_decision(one: Decision, low: float, high: float) -> Decision:
    return replace(
        rounded(one),
        probabilities=tuple(
            replace(part, value=_at_least(part.value)) for part in one.probabilities
        ),
        divides=None if one.divides is None else _at_least(one.divides),
        groups=tuple(_coarse_view(view, low, high) for view in one.groups),
    )


def _coarse_view(view: GroupView, low: float, high: float) -> GroupView:
    def kept(value: float) -> float:
        return min(max(value, low), high)

    told = replace(
        view,
        value=kept(view.value),
        interval=Interval(kept(view.interval.low), kept(view.interval.high)),
    )
    lower = None if view.lower is None else _at_least(view.lower)
    return replace(rounded(told), lower=lower)


def _at_least(chance: float) -> float:
    """Return a chance in steps of .05, never more than it is."""
    return round(math.floor(chance / UNIT_STEP + _TINY) * UNIT_STEP, 2)


def _coarse_change(item: MeasureChange) -> MeasureChange:
    """Keep of the pairs of one measure what ten and more people allow."""
    change, agreement = item.change, item.agreement
    return replace(
        item,
        attendance=_coarse_attendance(item.attendance),
        migration=None if item.migration is None else _coarse_migration(item.migration),
        change=None if change is None else _coarse_mean(change),
        agreement=None if agreement is None else _coarse_agreement(agreement),
        leavers=_coarse_leavers(item.leavers),
    )


def _coarse_attendance(found: Attendance) -> Attendance:
    """People who rated once are no group of one to four, nor is their share exact."""
    attrition = None if found.attrition is None else coarse_share(found.attrition)
    return replace(
        found,
        attrition=attrition,
        joined=None if found.joined is None else told_count(found.joined),
    )


def _coarse_migration(found: Migration) -> Migration:
    moves = (found.stable, found.raised, found.lowered)
    stable, raised, lowered = (n or 0 for n in moves)
    # That nobody kept the answer, or everybody, is said of each of them.
    is_told = (
        None not in moves
        and all(told_count(n or 0) == n for n in moves)
        and (min(stable, raised + lowered) >= K_ANONYMITY)
    )
    share = None if found.stable_share is None else coarse_share(found.stable_share)
    if is_told:
        return replace(found, stable_share=share)
    return replace(found, stable=None, raised=None, lowered=None, stable_share=None)


def _coarse_mean(found: Change) -> Change:
    return replace(
        found,
        mean=round(found.mean, DECIMALS) + 0.0,
        sd=None,
        interval=None if found.interval is None else rounded(found.interval),
        n_changed=None,
        p_value=coarse_p(found.p_value),
        p_adjusted=coarse_p(found.p_adjusted),
    )


def _coarse_agreement(found: AgreementChange) -> AgreementChange:
    """Keep means and consensus of both rounds; the counts of the pairs and what links them go."""
    bare = replace(
        found,
        histogram_first=(),
        histogram_second=(),
        cv_first=None,
        cv_second=None,
        kappa_quadratic=None,
        kappa_linear=None,
        kappa=None,
    )
    return rounded(bare)


def _coarse_leavers(found: Leavers | None) -> Leavers | None:
    if found is None or min(found.n_leavers, found.n_stayers) < SMALLEST_GROUP:
        return None
    return rounded(found)
