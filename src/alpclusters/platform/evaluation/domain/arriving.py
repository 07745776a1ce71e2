"""How the answers came in, how many are of the second rating, and what people put first."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from alpclusters.analysis.consensus.ratings import Id
from alpclusters.analysis.small_groups import told_count, withhold_groups
from alpclusters.platform.cafe.domain.top_threes import Chosen, TopThreeCount, tell
from alpclusters.platform.cafe.models import Source
from alpclusters.platform.evaluation.domain.plain import from_plain
from alpclusters.platform.evaluation.domain.records import Again, CriterionResult
from alpclusters.platform.evaluation.domain.science import (
    Arrivals,
    SourceLine,
    TopLine,
    TopThreeResult,
)
from alpclusters.platform.evaluation.domain.tables import SECOND, Pair, RatingTable, Way

# --- How the answers came in: by phone, in somebody's place, on paper; late, after first results


def count_arrivals(ways: Iterable[Way]) -> Arrivals:
    """Count people and standing answers by source; no figure is ever split by it.

    Everybody counts once, where the first answer came in: the sources add up to the people.
    """
    found = list(ways)
    came = {way.person: way.source for way in reversed(found)}
    by_source = {
        source: [way for way in found if came[way.person] == source] for source in Source.values
    }
    return protected(
        Arrivals(
            sources=tuple(
                SourceLine(source, len({way.person for way in own}), len(own))
                for source, own in by_source.items()
                if own
            ),
            n_answers=len(found),
            n_late=_told([way for way in found if way.is_late], found),
            n_informed=_told([way for way in found if way.is_informed], found),
        )
    )


def protected(found: Arrivals) -> Arrivals:
    """Leave out the numbers of sources by which few people answered, and what gives them away."""
    people = [line.n_people for line in found.sources if line.n_people is not None]
    if len(people) < len(found.sources):
        return found
    hidden = withhold_groups(people).groups
    lines = (
        SourceLine(line.source, None, None) if flag else line
        for line, flag in zip(found.sources, hidden, strict=True)
    )
    return replace(
        found,
        sources=tuple(lines),
        n_late=told_count(found.n_late) if found.n_late else found.n_late,
        n_informed=told_count(found.n_informed) if found.n_informed else found.n_informed,
    )


def stored_arrivals(value: Mapping[str, Any] | None) -> Arrivals | None:
    """Return how the answers came in as it was stored, few people left out."""
    found = from_plain(Arrivals, value)
    return None if found is None else protected(found)


def _told(some: Sequence[Way], found: Sequence[Way]) -> int | None:
    """Return how many answers, unless few people gave them, or only few gave all others."""
    people, everybody = {way.person for way in some}, {way.person for way in found}
    return None if told_count(len(people), of=len(everybody)) is None else len(some)


# --- How much of a figure is of the second rating: figures of two moments may lie too close -------


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


# --- The measures people put first, as they stand beside the rating -------------------------------


def stored_top_three(value: Mapping[str, Any] | None) -> TopThreeResult | None:
    """Return a top three that was stored; of one with people and places what may be told."""
    lines = value["lines"] if value else []
    if value is None or not any("n" in line for line in lines):
        return from_plain(TopThreeResult, value)
    chosen = [Chosen(str(line["measure"]), line["points"], line["n"]) for line in lines]
    found = tell(chosen, n=value["n_people"] or 0, weights=value["points"])
    return top_three_result(found, {one.measure: int(one.measure) for one in chosen})


def top_three_result(found: TopThreeCount, pks: Mapping[str, int]) -> TopThreeResult:
    """Return what may be told, of measures by their numbers."""
    return TopThreeResult(
        n_people=found.n,
        points=found.weights,
        lines=tuple(
            TopLine(pks[line.measure], line.points) for line in found.lines if line.measure in pks
        ),
        first=tuple(pks[key] for key in found.first if key in pks),
    )
