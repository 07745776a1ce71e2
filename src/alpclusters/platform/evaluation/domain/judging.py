"""Apply every method to what is shown of an AlpCafé, as precisely as may be shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from alpclusters.platform.evaluation.domain.agreeing import agree_on
from alpclusters.platform.evaluation.domain.coarsening import (
    coarse_agreement,
    coarse_combined,
    coarse_common,
    coarse_opinion,
    coarse_ranking,
    coarse_regional,
    coarse_second_round,
)
from alpclusters.platform.evaluation.domain.opened import Labels, Opened, open_criteria
from alpclusters.platform.evaluation.domain.opinions import find_opinions
from alpclusters.platform.evaluation.domain.ranked import rank_criterion, rank_together
from alpclusters.platform.evaluation.domain.records import REGION, CriterionResult
from alpclusters.platform.evaluation.domain.science import CombinedResult, OpinionResult
from alpclusters.platform.evaluation.domain.second_rating import compare_criterion
from alpclusters.platform.evaluation.domain.tables import RatingTable


@dataclass(frozen=True, slots=True)
class Judged:
    """Criteria with their rankings and agreement, criteria together, opinion groups."""

    criteria: tuple[CriterionResult, ...]
    combined: CombinedResult | None
    opinion: OpinionResult | None


def judge(
    table: RatingTable,
    tables: Mapping[int, RatingTable],
    results: Sequence[CriterionResult],
    labels: Mapping[str, Labels],
) -> Judged:
    """Rank, measure agreement and look for opinion groups; compare the second rating if any.

    ``table`` holds the answers that stand, ``tables`` those of each round.
    """
    opened = open_criteria(table, results)
    regions = labels[REGION]
    return Judged(
        criteria=tuple(
            _judged(result, one, regions, tables)
            for result, one in zip(results, opened, strict=True)
        ),
        combined=coarse_combined(rank_together(opened, regions)),
        opinion=coarse_opinion(find_opinions(table, opened, labels)),
    )


def _judged(
    result: CriterionResult,
    opened: Opened,
    regions: Labels,
    tables: Mapping[int, RatingTable],
) -> CriterionResult:
    ranked = rank_criterion(opened, regions)
    return replace(
        result,
        ranking=coarse_ranking(ranked.ranking),
        regional=coarse_regional(ranked.regional),
        agreement=coarse_agreement(agree_on(opened)),
        second_round=coarse_second_round(compare_criterion(tables, opened)),
        common=coarse_common(ranked.common),
    )
