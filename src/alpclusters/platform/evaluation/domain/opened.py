"""What the methods may see: measures that are shown, and groups of which nothing is withheld.

A method that saw a withheld measure or told a withheld group apart would give it away: effects of
measures add up to 0, and so do those of regions. People of closed groups count, without their
group.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

import numpy as np
from numpy.typing import NDArray

from alpclusters.analysis.consensus import Description, GroupCell, MeasureDescription, Ratings
from alpclusters.analysis.consensus.ratings import Id
from alpclusters.analysis.disclosure import deal_answers, exchange_answers
from alpclusters.analysis.scales import Scale, join_scales
from alpclusters.platform.evaluation.domain.records import CriterionResult
from alpclusters.platform.evaluation.domain.tables import Block, RatingTable

type Labels = Mapping[Id, Id | None]


@dataclass(frozen=True, slots=True)
class Opened:
    """One criterion as the methods see it: answers that changed places, and how many judged."""

    pk: int
    key: str
    measures: tuple[int, ...]
    ratings: Ratings
    description: Description
    n_raters: int
    scale: Scale


def open_criteria(
    exchanged: RatingTable, results: Iterable[CriterionResult], given: RatingTable
) -> list[Opened]:
    """Read the answers to the measures that are shown, per criterion; people are those who gave."""
    return [_opened(exchanged, result, given) for result in results]


def shown_questions(results: Iterable[CriterionResult]) -> set[Block]:
    """Return measure and criterion of every question of which the counts are shown."""
    return {
        (int(item.measure), result.pk) for result in results for item in _shown(result.description)
    }


def is_clean(description: Description, split: str) -> bool:
    """Say whether no cell of a split is withheld."""
    cells = (cell for item in _shown(description) for cell in item.splits[split])
    return all(cell.state != "withheld" for cell in cells)


def open_groups(descriptions: Sequence[Description], split: str) -> frozenset[Id]:
    """Return the groups that named themselves and of which no cell is withheld anywhere."""
    columns = [column for one in descriptions for column in _columns(one, split)]
    closed = {group for group, cells in columns if not _is_open(cells)}
    return frozenset(group for group, _ in columns if group is not None) - closed


def labels_of(labels: Labels, groups: frozenset[Id]) -> dict[Id, Id | None]:
    """Return the group of each person, None where the group is not open."""
    return {person: group if group in groups else None for person, group in labels.items()}


def ratings_of(table: RatingTable, opened: Sequence[Opened]) -> Ratings:
    """Join the answers on several criteria that have an order: an item is a measure on one."""
    names = [item_name(one.pk, measure) for one in opened for measure in one.measures]
    wanted = set(names)
    rows = [row for row in table.rows if item_name(row[2], row[1]) in wanted]
    joined = join_scales([one.scale for one in opened])
    return Ratings.from_arrays(
        [row[0] for row in rows],
        [item_name(row[2], row[1]) for row in rows],
        [0.0 if row[3] is None else joined.place(row[3], table.scales[row[2]]) for row in rows],
        cannot=[row[3] is None for row in rows],
        at=list(range(len(rows))),
        scale=joined.points,
        measures=names,
    )


def item_name(criterion: int, measure: int) -> str:
    """Name a measure on a criterion."""
    return f"{criterion}:{measure}"


def item_of(name: Id) -> tuple[int, int]:
    """Return criterion and measure of such a name."""
    criterion, measure = str(name).split(":")
    return int(criterion), int(measure)


def _opened(exchanged: RatingTable, result: CriterionResult, given: RatingTable) -> Opened:
    measures = tuple(int(item.measure) for item in _shown(result.description))
    ratings = exchanged.ratings(result.pk, measures)
    questions = {(measure, result.pk) for measure in measures}
    raters = {row[0] for row in given.rows if row[1:3] in questions and row[3] is not None}
    return Opened(
        result.pk, result.key, measures, ratings, result.description, len(raters), result.scale
    )


def _shown(description: Description) -> list[MeasureDescription]:
    return [item for item in description.measures if item.summary is not None and item.summary.n]


def _columns(description: Description, split: str) -> list[tuple[Id | None, list[GroupCell]]]:
    shown = _shown(description)
    return [
        (group, [item.splits[split][place] for item in shown])
        for place, group in enumerate(description.groups[split])
    ]


def _is_open(cells: Sequence[GroupCell]) -> bool:
    return all(cell.state != "withheld" for cell in cells) and any(
        cell.summary is not None and cell.summary.n for cell in cells
    )


# --- The answers as figures see them that join several answers of a person ------------------------
#
# Rankings and values by region are computed from answers that are dealt out anew, question by
# question: they follow from the counts that are shown. Opinion groups, agreement of orders and two
# criteria in one picture would be empty then; they see answers of which some changed places.
# `analysis.disclosure.exchanging` says why that gives nobody away.


_MISSING: Final = 0

type IntArray = NDArray[np.int64]
type Groups = Mapping[int, Labels]
"""Per criterion the group of every person; None is a group too, a criterion left out has one.

Only groups of which the counts are shown for every measure that is.
"""


def deal_out(table: RatingTable, groups: Groups) -> RatingTable:
    """Return answers of which no two of a person stand together, but by chance."""
    return _moved(table, groups, deal_answers)


def exchange(table: RatingTable, groups: Groups, *, purpose: str) -> RatingTable:
    """Return the answers after some of them changed places within groups.

    ``purpose`` says what the draw is for.
    """
    seed = table.chance.seed("exchange", purpose)
    return _moved(table, groups, partial(exchange_answers, seed=seed))


def _moved(
    table: RatingTable, groups: Groups, move: Callable[[IntArray, IntArray], IntArray]
) -> RatingTable:
    people = sorted({row[0] for row in table.rows})
    questions = sorted({row[1:3] for row in table.rows})
    places = {who: place for place, who in enumerate(people)}
    columns = {question: place for place, question in enumerate(questions)}
    given = np.full((len(people), len(questions)), _MISSING)
    # The place of a step on its scale, from 1; "cannot judge" comes after the highest.
    answers = {pk: (*scale.steps, None) for pk, scale in table.scales.items()}
    for who, measure, criterion, value in table.rows:
        number = answers[criterion].index(value) + 1
        given[places[who], columns[measure, criterion]] = number
    own = [_numbered(groups.get(criterion, {}), people) for _measure, criterion in questions]
    moved = move(given, np.array(own, dtype=np.int64).reshape(given.shape[::-1]).T)
    rows = tuple(
        (who, *questions[column], answers[questions[column][1]][number - 1])
        for who, numbers in zip(people, moved.tolist(), strict=True)
        for column, number in enumerate(numbers)
        if number != _MISSING
    )
    return replace(table, rows=rows, ways=())


def _numbered(labels: Labels, people: list[int]) -> list[int]:
    """Number groups in the order of their names: people have other numbers after the seal."""
    named = [str(labels.get(who) or "") for who in people]
    numbers = {name: number for number, name in enumerate(sorted(set(named)))}
    return [numbers[name] for name in named]
