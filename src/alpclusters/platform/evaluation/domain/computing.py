"""Compute the evaluation of an AlpCafé: rows in, records out, nothing stored."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from alpclusters.analysis.consensus import Description, describe
from alpclusters.analysis.consensus.ratings import Id
from alpclusters.analysis.conventions import K_ANONYMITY
from alpclusters.platform.cafe.models import AlpCafe, Criterion
from alpclusters.platform.evaluation.domain.again import count_again
from alpclusters.platform.evaluation.domain.arriving import count_arrivals
from alpclusters.platform.evaluation.domain.groups import region_groups, region_names, role_group
from alpclusters.platform.evaluation.domain.judging import judge
from alpclusters.platform.evaluation.domain.protection import protect_unanimity
from alpclusters.platform.evaluation.domain.records import (
    REGION,
    ROLE,
    CriterionResult,
    Evaluation,
    Group,
    Item,
    Words,
)
from alpclusters.platform.evaluation.domain.science import Arrivals
from alpclusters.platform.evaluation.domain.tables import (
    RatingTable,
    rating_tables,
    standing_table,
)
from alpclusters.platform.evaluation.domain.topping import read_top_three
from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.platform.measures.models import Measure

AGREE_FROM: Final = 4
"""Answers from this step on count as agreement that a measure has the quality asked for."""

type _Split = tuple[dict[Id, Id | None], list[Group]]


def compute(cafe: AlpCafe) -> Evaluation:
    """Evaluate an AlpCafé from its rows.

    Per criterion every measure is described as a whole, by region and by stakeholder group;
    groups below five people, and those that would give them away, are withheld here. All further
    methods see only what is left. Where people could rate twice, each counts with the last answer
    (`standing_table`), and the change of the same people stands beside the figures.
    """
    tables = rating_tables(cafe)
    table = standing_table(tables)
    rows = cafe.cafe_measures.select_related("measure")
    measures = tuple(_item(row.measure) for row in rows)
    criteria = [row.criterion for row in cafe.cafe_criteria.select_related("criterion")]
    splits = _splits(table)
    counted = [_criterion(table, criterion, measures, splits) for criterion in criteria]
    labels = {split: own for split, (own, _) in splits.items()}
    science = judge(table, tables, counted, labels)
    results = science.criteria
    summaries = [item.summary for r in results for item in r.description.measures if item.summary]
    n_people = _people(table, results, measures)
    return Evaluation(
        title=_words(cafe, "title"),
        held_on=cafe.held_on.isoformat(),
        project=cafe.project.slug,
        region=region_names(cafe.region),
        n_people=n_people,
        n_ratings=None if n_people is None else sum(s.n for s in summaries),
        n_cannot_judge=None if n_people is None else sum(s.cannot_judge for s in summaries),
        measures=measures,
        criteria=results,
        groups={split: tuple(_in_order(groups)) for split, (_, groups) in splits.items()},
        is_simulated=cafe.is_simulated,
        combined=science.combined,
        opinion=science.opinion,
        rounds=table.rounds or (1,),
        again=count_again(table, results, labels),
        arrivals=None if n_people is None else _arrivals(table, results, measures),
        top_three=read_top_three(cafe, measures),
    )


def _splits(table: RatingTable) -> dict[str, _Split]:
    regions = region_groups(table.regions.values())
    roles = {key: role_group(key) for key in set(table.roles.values())}
    return {
        REGION: (
            {person: regions[pk].key or None for person, pk in table.regions.items()},
            list(regions.values()),
        ),
        ROLE: (
            {person: roles[key].key or None for person, key in table.roles.items()},
            list(roles.values()),
        ),
    }


def _in_order(groups: list[Group]) -> list[Group]:
    """Sort groups by key, those who did not say last."""
    return sorted(groups, key=lambda group: (not group.key, group.key))


def _criterion(
    table: RatingTable,
    criterion: Criterion,
    measures: tuple[Item, ...],
    splits: Mapping[str, _Split],
) -> CriterionResult:
    ratings = table.ratings(criterion.pk, [item.pk for item in measures])
    description = describe(
        ratings,
        groups={name: labels for name, (labels, _) in splits.items()},
        k_anonymity=K_ANONYMITY,
        agree_from=AGREE_FROM,
    )
    return CriterionResult(
        pk=criterion.pk,
        key=criterion.key,
        names=_words(criterion, "name"),
        questions=_words(criterion, "question"),
        anchors=tuple(_words(criterion, f"anchor_{step}") for step, _ in criterion.anchors),
        description=_without_small_counts(protect_unanimity(description)),
    )


def _item(measure: Measure) -> Item:
    return Item(measure.pk, measure.key, _words(measure, "name"))


def _words(obj: Any, field: str) -> Words:
    """Return a translated field in the five languages, in English where one is missing."""
    fallback = getattr(obj, f"{field}_en", "") or getattr(obj, field)
    return {code: getattr(obj, f"{field}_{code}", "") or fallback for code in LANGUAGE_CODES}


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


def _without_small_counts(description: Description) -> Description:
    """Count only what is shown: sums over all would give away a measure that is withheld."""
    if all(item.state != "withheld" for item in description.measures):
        return description
    shown = [item.summary for item in description.measures if item.summary]
    standing = sum(summary.n + summary.cannot_judge for summary in shown)
    people = description.n_raters if description.n_raters >= K_ANONYMITY else 0
    return replace(description, n_raters=people, cast=standing, standing=standing)
