"""Rankings of an AlpCafé: each criterion alone, and all together with stated weights."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from alpclusters.analysis.consensus.ratings import Id
from alpclusters.analysis.conventions import LEVEL
from alpclusters.analysis.decisions import Decisions
from alpclusters.analysis.scales import Joined, Scale, join_scales
from alpclusters.platform.evaluation.domain.common_ground import decide_on, find_common
from alpclusters.platform.evaluation.domain.opened import (
    Labels,
    Opened,
    is_clean,
    labels_of,
    open_groups,
)
from alpclusters.platform.evaluation.domain.records import REGION
from alpclusters.platform.evaluation.domain.science import (
    CombinedResult,
    CommonResult,
    Ranked,
    RankingResult,
    RegionalCell,
    RegionalResult,
    TierLine,
    WeightLine,
)

if TYPE_CHECKING:
    from alpclusters.analysis.ranking import RankedMeasure, Ranking, RegionValues

FEWEST_REGIONS: Final = 2
FEWEST_CRITERIA: Final = 2


@dataclass(frozen=True, slots=True)
class RankedCriterion:
    """The ranking on one criterion, values by region where safe, and what follows from them."""

    ranking: RankingResult
    regional: RegionalResult | None
    common: CommonResult
    decisions: Decisions | None


def rank_criterion(opened: Opened, regions: Labels) -> RankedCriterion:
    """Rank the measures shown on one criterion, and value them by region where that is safe."""
    # The methods need SciPy, a third of a second: only who evaluates waits for it.
    from alpclusters.analysis.ranking import rank_measures, rating_columns  # noqa: PLC0415

    columns = rating_columns(opened.ratings)
    found = rank_measures(
        columns.ratings,
        columns.raters,
        columns.measures,
        scale=opened.scale.ends,
        region=_regions([opened], regions),
    )
    low, high = opened.scale.ends
    ends = (float(low), float(high))
    return RankedCriterion(
        ranking=_result(found, ends),
        regional=_regional(found.regions, opened, ends),
        common=find_common(found.regions, opened),
        decisions=decide_on(found, opened, regions),
    )


def rank_together(opened: Sequence[Opened], regions: Labels) -> CombinedResult | None:
    """Rank the measures shown on every criterion that has an order, all with equal weight."""
    opened = [one for one in opened if one.scale.has_order]
    common = set.intersection(*(set(one.measures) for one in opened)) if opened else set()
    if len(opened) < FEWEST_CRITERIA or not common:
        return None
    from alpclusters.analysis.ranking import rank_measures  # noqa: PLC0415

    columns = _joined(opened, common)
    weights = {one.key: 1 / len(opened) for one in opened}
    found = rank_measures(
        **columns,
        scale=join_scales([one.scale for one in opened]).points,
        region=_regions(opened, regions),
        criteria_weights=weights,
    )
    return CombinedResult(
        weights=tuple(weights.items()),
        ranking=_counting_people(_result(found, (0.0, 1.0)), opened),
        sensitivity=_sensitivity(found, list(weights)),
    )


def _counting_people(result: RankingResult, opened: Sequence[Opened]) -> RankingResult:
    """Count people, not ratings: those of the criterion on which most judged a measure.

    How many judged it on one or the other would join two answers of a person.
    """
    people: dict[Id, int] = {}
    for one in opened:
        for item in one.description.measures:
            n = item.summary.n if item.summary else 0
            people[item.measure] = max(n, people.get(item.measure, 0))
    return replace(
        result,
        measures=tuple(replace(item, n=people[item.measure]) for item in result.measures),
    )


def _joined(opened: Sequence[Opened], common: set[int]) -> dict[str, Any]:
    from alpclusters.analysis.ranking import rating_columns  # noqa: PLC0415

    scales = join_scales([one.scale for one in opened])
    rows = [
        (_placed(value, one.scale, scales), rater, measure, one.key)
        for one in opened
        for value, rater, measure in zip(*rating_columns(one.ratings), strict=True)
        if measure in common
    ]
    names = ("ratings", "raters", "measures", "criterion")
    return {name: [row[place] for row in rows] for place, name in enumerate(names)}


def _placed(value: float, scale: Scale, joined: Joined) -> float:
    return value if np.isnan(value) else joined.place(int(value), scale)


def _regions(opened: Sequence[Opened], regions: Labels) -> dict[Id, Id | None] | None:
    """Return the region of each person where at least two may be told apart."""
    groups = open_groups([one.description for one in opened], REGION)
    return labels_of(regions, groups) if len(groups) >= FEWEST_REGIONS else None


def _result(found: "Ranking", ends: tuple[float, float]) -> RankingResult:
    return RankingResult(
        measures=tuple(_ranked(item, ends) for item in found.measures),
        tiers=tuple(
            TierLine(tier.number, tuple(int(m) for m in tier.measures), tier.overlap)
            for tier in found.tiers
        ),
        n_ratings=found.n_ratings,
        n_raters=found.n_raters,
        status=found.status,
        reasons=found.reasons,
        conventions=found.conventions,
        reliability=found.reliability,
    )


def _ranked(item: "RankedMeasure", ends: tuple[float, float]) -> Ranked:
    interval, ranks = item.interval, item.rank_interval
    return Ranked(
        measure=int(item.measure),
        n=item.n,
        cannot_judge_share=item.cannot_judge_share,
        estimate=item.shown,
        low=None if interval is None else _kept(interval.low, ends),
        high=None if interval is None else _kept(interval.high, ends),
        rank_low=None if ranks is None else ranks[0],
        rank_high=None if ranks is None else ranks[1],
        top=item.top,
        tier=item.tier,
        borderline=item.borderline,
        reasons=item.reasons,
    )


def _kept(value: float, ends: tuple[float, float]) -> float:
    return float(min(max(value, ends[0]), ends[1]))


def _regional(
    found: "RegionValues | None", opened: Opened, ends: tuple[float, float]
) -> RegionalResult | None:
    if found is None or not is_clean(opened.description, REGION):
        return None
    # With whole columns open every measure of the ranking is a row of the model's table.
    measures = sorted(opened.measures)
    cells = [
        _regional_cell(found, measures, (row, column), ends)
        for row, column in np.argwhere((found.n > 0) & np.isfinite(found.values))
    ]
    return RegionalResult(tuple(str(region) for region in found.regions), tuple(cells))


def _regional_cell(
    found: "RegionValues", measures: list[int], at: tuple[int, int], ends: tuple[float, float]
) -> RegionalCell:
    from scipy.special import ndtri  # noqa: PLC0415

    value = float(found.values[at])
    half = float(ndtri(0.5 + LEVEL / 2) * found.standard_errors[at])
    return RegionalCell(
        measure=measures[at[0]],
        region=str(found.regions[at[1]]),
        n=int(found.n[at]),
        value=_kept(value, ends),
        low=_kept(value - half, ends),
        high=_kept(value + half, ends),
    )


def _sensitivity(found: "Ranking", keys: Sequence[str]) -> tuple[WeightLine, ...]:
    under = found.weight_sensitivity
    if under is None:
        return ()
    order = [under.criteria.index(key) for key in keys]
    ids = [int(item.measure) for item in found.measures]
    rows: Mapping[int, Any] = dict(zip(ids, under.acceptability, strict=True))
    central: Mapping[int, Any] = dict(zip(ids, under.central_weights, strict=True))
    return tuple(
        WeightLine(
            measure,
            tuple(float(share) for share in rows[measure]),
            tuple(float(central[measure][place]) for place in order)
            if np.isfinite(central[measure]).all()
            else None,
        )
        for measure in ids
        if np.isfinite(rows[measure]).all()
    )
