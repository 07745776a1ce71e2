"""How much of a figure is of the second rating: figures of two moments may lie too close."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from alpclusters.analysis.consensus.ratings import Id
from alpclusters.analysis.small_groups import told_count
from alpclusters.platform.evaluation.domain.records import Again, CriterionResult
from alpclusters.platform.evaluation.domain.tables import SECOND, Pair, RatingTable


def count_again(
    table: RatingTable,
    results: Sequence[CriterionResult],
    labels: Mapping[str, Mapping[Id, Id | None]],
) -> tuple[Again, ...]:
    """Count the people whose second rating stands behind each figure.

    One to four are not told: they are None.
    """
    if SECOND not in table.rounds:
        return ()
    measures = {int(item.measure) for result in results for item in result.description.measures}
    people: dict[tuple[int, int], set[int]] = {}
    for person, measure, criterion in _values_of_the_second(table):
        if measure in measures:
            for place in ((criterion, measure), (criterion, 0), (0, 0)):
                people.setdefault(place, set()).add(person)
    wholes = [Again(*place, "", "", told_count(len(own))) for place, own in people.items()]
    return tuple(wholes) + tuple(
        Again(result.pk, measure, split, group, told_count(len(own)))
        for result in results
        for measure, split, group in _groups(result)
        for own in [_of_group(people.get((result.pk, measure), ()), labels[split], group)]
        if own
    )


def _values_of_the_second(table: RatingTable) -> list[Pair]:
    answers = table.answers()
    return [
        way.pair
        for way in table.ways
        if way.round == SECOND and answers[way.measure, way.criterion][way.person] is not None
    ]


def _of_group(people: Iterable[int], labels: Mapping[Id, Id | None], group: str) -> list[int]:
    return [person for person in people if str(labels.get(person) or "") == group]


def _groups(result: CriterionResult) -> Iterator[tuple[int, str, str]]:
    """Yield measure, split and group of the cells that are shown."""
    for item in result.description.measures:
        for split, cells in item.splits.items():
            for cell in cells:
                if cell.summary is not None:
                    yield int(item.measure), split, str(cell.group or "")
