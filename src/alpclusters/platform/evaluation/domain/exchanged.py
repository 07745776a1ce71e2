"""The answers as figures see them that join several answers of a person.

Rankings and values by region are computed from answers that are dealt out anew, question by
question: they follow from the counts that are shown. Opinion groups, agreement of orders and two
criteria in one picture would be empty then; they see answers of which some changed places.
`analysis.disclosure.exchanging` says why that gives nobody away.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Final

import numpy as np
from numpy.typing import NDArray

from alpclusters.analysis.disclosure import deal_answers, exchange_answers
from alpclusters.platform.evaluation.domain.opened import Labels
from alpclusters.platform.evaluation.domain.tables import RatingTable

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
