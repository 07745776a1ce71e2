"""Apply every method to what is shown of an AlpCafé, as precisely as may be shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from alpclusters.analysis.consensus import Description
from alpclusters.analysis.decisions import Decisions
from alpclusters.platform.evaluation.domain.agreeing import agree_on
from alpclusters.platform.evaluation.domain.coarsening import (
    coarse_agreement,
    coarse_combined,
    coarse_common,
    coarse_decisions,
    coarse_opinion,
    coarse_ranking,
    coarse_regional,
    coarse_second_round,
)
from alpclusters.platform.evaluation.domain.exchanged import deal_out, exchange
from alpclusters.platform.evaluation.domain.margin_shares import Margins
from alpclusters.platform.evaluation.domain.opened import (
    Labels,
    Opened,
    labels_of,
    open_criteria,
    open_groups,
    shown_questions,
)
from alpclusters.platform.evaluation.domain.opinion_results import OpinionResult
from alpclusters.platform.evaluation.domain.opinions import find_opinions
from alpclusters.platform.evaluation.domain.ranked import rank_criterion, rank_together
from alpclusters.platform.evaluation.domain.records import REGION, CriterionResult
from alpclusters.platform.evaluation.domain.science import CombinedResult
from alpclusters.platform.evaluation.domain.second_rating import compare_criterion
from alpclusters.platform.evaluation.domain.tables import RatingTable
from alpclusters.platform.evaluation.domain.weighing import weigh


@dataclass(frozen=True, slots=True)
class Judged:
    """Criteria with their rankings and agreement, criteria together, opinion groups.

    ``exchanged`` are the answers from which agreement comes, for two criteria in one picture.
    """

    criteria: tuple[CriterionResult, ...]
    combined: CombinedResult | None
    opinion: OpinionResult | None
    exchanged: RatingTable


def judge(
    table: RatingTable,
    tables: Mapping[int, RatingTable],
    results: Sequence[CriterionResult],
    labels: Mapping[str, Labels],
    margins: Margins,
) -> Judged:
    """Rank, measure agreement and look for opinion groups; compare the second rating if any.

    ``table`` holds the answers that stand, ``tables`` those of each round. Whatever joins several
    answers of a person sees them dealt out anew, or after an exchange (`exchanged`). ``margins``
    are the shares outside the room, as the AlpCafé holds them.
    """
    regions = labels[REGION]
    by_region = {
        result.pk: labels_of(regions, open_groups([result.description], REGION))
        for result in results
    }
    shown = table.about(shown_questions(results))
    exchanged = exchange(shown, {}, purpose="everybody")
    opened = open_criteria(deal_out(shown, by_region), results, shown)
    joined = open_criteria(exchanged, results, shown)
    return Judged(
        criteria=tuple(
            _judged(result, own, both, regions, tables, margins)
            for result, own, both in zip(results, opened, joined, strict=True)
        ),
        combined=coarse_combined(rank_together(opened, regions)),
        opinion=coarse_opinion(find_opinions(shown, opened, labels)),
        exchanged=exchanged,
    )


def _judged(
    result: CriterionResult,
    opened: Opened,
    joined: Opened,
    regions: Labels,
    tables: Mapping[int, RatingTable],
    margins: Margins,
) -> CriterionResult:
    ranked = rank_criterion(opened, regions)
    judged = replace(
        result,
        ranking=replace(coarse_ranking(ranked.ranking), n_raters=opened.n_raters),
        regional=coarse_regional(ranked.regional),
        agreement=coarse_agreement(agree_on(joined)),
        second_round=coarse_second_round(compare_criterion(tables, opened)),
        common=coarse_common(ranked.common),
        decisions=_with_unjudged(coarse_decisions(ranked.decisions), result.description),
    )
    return weigh(judged, margins)


def _with_unjudged(found: Decisions | None, description: Description) -> Decisions | None:
    """Name what was asked and nobody judged; what is withheld may have answers enough."""
    few = tuple(one.measure for one in description.measures if one.state == "empty")
    return replace(found, unjudged=few) if found else None
