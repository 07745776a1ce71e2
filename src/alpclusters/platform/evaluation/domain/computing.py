"""Compute the evaluation of an AlpCafé: rows in, records out, nothing stored."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from alpclusters.analysis.consensus import Description
from alpclusters.analysis.conventions import K_ANONYMITY
from alpclusters.analysis.decisions import Decisions
from alpclusters.platform.cafe.models import AlpCafe, Criterion
from alpclusters.platform.evaluation.domain.arriving import (
    count_again,
    count_arrivals,
    top_three_result,
)
from alpclusters.platform.evaluation.domain.choosing import count_told
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
from alpclusters.platform.evaluation.domain.common_ground import agree_on
from alpclusters.platform.evaluation.domain.groups import region_names
from alpclusters.platform.evaluation.domain.opened import (
    Labels,
    Opened,
    deal_out,
    exchange,
    labels_of,
    open_criteria,
    open_groups,
    shown_questions,
)
from alpclusters.platform.evaluation.domain.opinion_results import OpinionResult
from alpclusters.platform.evaluation.domain.opinions import find_opinions
from alpclusters.platform.evaluation.domain.protection import (
    Measures,
    Protected,
    describe_persons,
    protect,
    read_measures,
)
from alpclusters.platform.evaluation.domain.publications import Told, ever_public, read_told
from alpclusters.platform.evaluation.domain.ranked import rank_criterion, rank_together
from alpclusters.platform.evaluation.domain.records import REGION, CriterionResult, Evaluation, Item
from alpclusters.platform.evaluation.domain.science import (
    Arrivals,
    CombinedResult,
    SecondRoundResult,
    TopThreeResult,
)
from alpclusters.platform.evaluation.domain.second_rating import compare_criterion, withhold_changes
from alpclusters.platform.evaluation.domain.statements import View
from alpclusters.platform.evaluation.domain.tables import (
    Journal,
    RatingTable,
    read_journal,
    standing_table,
)
from alpclusters.platform.evaluation.domain.weighing import Margins, weigh

# --- Apply every method to what is shown of an AlpCafé, as precisely as may be shown --------------


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


# --- Compute the evaluation of an AlpCafé: rows in, records out, nothing stored -------------------


def compute(cafe: AlpCafe) -> Evaluation:
    """Evaluate an AlpCafé from its rows.

    Per criterion every measure is described as a whole, by region and by stakeholder group, as
    precisely as `protection` lets it be told beside everything that was ever public. All further
    methods see only what is left. Where people could rate twice, each counts with the last answer
    (`standing_table`), and the change of the same people stands beside the figures, where the
    audit of the whole lets it.
    """
    return compute_with_answers(cafe)[0]


def compute_with_answers(cafe: AlpCafe) -> tuple[Evaluation, RatingTable]:
    """Return an evaluation, and the answers after the exchange from which its figures come."""
    made = draft(cafe)
    return withhold_changes(made.evaluation, made.told, made.view), made.exchanged


class Draft(NamedTuple):
    """An evaluation of which the change between two ratings is not audited yet.

    Beside it what was ever public, the answers it counts, and these after the exchange.
    """

    evaluation: Evaluation
    told: Told
    view: View
    exchanged: RatingTable


def draft(cafe: AlpCafe) -> Draft:
    """Evaluate an AlpCafé up to the audit of the change."""
    journal = read_journal(cafe)
    measures = read_measures(cafe)
    criteria = [row.criterion for row in cafe.cafe_criteria.select_related("criterion")]
    told = read_told(
        cafe,
        ever_public(cafe),
        criteria=[one.pk for one in criteria],
        measures=[item.pk for item in measures.everything],
        journal=journal,
    )
    protected = protect(told, release=f"evaluation of {cafe.pk}")
    tables = protected.count(journal.counted())
    table = standing_table(tables)
    counted = [_criterion(table, one, measures, protected) for one in criteria]
    science = judge(table, tables, counted, protected.labels, cafe.margins)
    results = tuple(_said_again(one, journal) for one in science.criteria)
    summaries = [item.summary for r in results for item in r.description.measures if item.summary]
    n_people = _people(table, results, measures.everything)
    found = Evaluation(
        title=cafe.title.filled(),
        held_on=cafe.held_on.isoformat(),
        project=cafe.project.slug,
        region=region_names(cafe.region),
        n_people=n_people,
        n_ratings=None if n_people is None else sum(s.n for s in summaries),
        n_cannot_judge=None if n_people is None else sum(s.cannot_judge for s in summaries),
        measures=measures.opinions,
        criteria=results,
        groups=protected.groups,
        is_simulated=cafe.is_simulated,
        combined=science.combined,
        opinion=science.opinion,
        rounds=table.rounds or (1,),
        again=count_again(table, results, protected.labels),
        arrivals=None if n_people is None else _arrivals(table, results, measures.everything),
        top_three=_top_three(cafe, measures.opinions),
        protection=protected.record(
            has_late=journal.has_few_late, is_exchanged=n_people is not None
        ),
        persons=measures.persons,
        best_k=cafe.best_k,
    )
    return Draft(found, told, told.of(protected.people), science.exchanged)


def _said_again(result: CriterionResult, journal: Journal) -> CriterionResult:
    """Say why there is no second rating where one to nine people gave one, not how many."""
    if not journal.has_few_again:
        return result
    return replace(result, second_round=SecondRoundResult(None, reasons=("few_again",)))


def _criterion(
    table: RatingTable, criterion: Criterion, measures: Measures, protected: Protected
) -> CriterionResult:
    ratings = table.ratings(criterion.pk, [item.pk for item in measures.opinions])
    return CriterionResult(
        pk=criterion.pk,
        key=criterion.key,
        names=criterion.name.filled(),
        questions=criterion.question.filled(),
        scale=criterion.scale,
        description=protected.describe(ratings, criterion.pk, criterion.scale),
        persons=describe_persons(table, criterion, measures.persons, protected),
    )


def _top_three(cafe: AlpCafe, measures: Sequence[Item]) -> TopThreeResult | None:
    """Count the top three; None where nobody chose."""
    found = count_told(cafe)
    pks = {item.key: item.pk for item in measures}
    return None if found.n == 0 else top_three_result(found, pks)


def _people(
    table: RatingTable, results: Sequence[CriterionResult], measures: Sequence[Item]
) -> int | None:
    """Count the people with a standing answer; fewer than the smallest group are not told."""
    on_table = {item.pk for item in measures}
    on_sheet = {result.pk for result in results}
    people = {row[0] for row in table.rows if row[1] in on_table and row[2] in on_sheet}
    return None if 0 < len(people) < K_ANONYMITY else len(people)


def _arrivals(
    table: RatingTable, results: Sequence[CriterionResult], measures: Sequence[Item]
) -> Arrivals:
    on_table = {item.pk for item in measures}
    on_sheet = {result.pk for result in results}
    return count_arrivals(
        way for way in table.ways if way.measure in on_table and way.criterion in on_sheet
    )
