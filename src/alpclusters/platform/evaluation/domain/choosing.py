"""What every showing of the top three tells of choices, as one system of statements.

The top three is told of everybody alone: sums of points, or an order. No statement names a group,
a rating or a person, and none of the ratings names a choice. So the two have no unknown in common,
and a second world of each is a second world of both.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Final

import numpy as np

from alpclusters.analysis.conventions import K_ANONYMITY
from alpclusters.analysis.disclosure import ChoiceAudit, Choices, ChoiceStatement, audit_choices
from alpclusters.platform.cafe.domain.top_threes import (
    POINTS_FROM,
    Choice,
    ChoiceLog,
    TopThreeCount,
    count_log,
    latest_choices,
    read_log,
)
from alpclusters.platform.cafe.models import AlpCafe
from alpclusters.platform.cafe.models import Block as Shown
from alpclusters.platform.evaluation.domain.publications import (
    HallBlock,
    Publication,
    PublicEvaluation,
    audited_publications,
)

NOTHING: Final = -1
type People = frozenset[int]
type Weights = tuple[tuple[tuple[int, int], int], ...]


@dataclass(frozen=True, slots=True)
class Showing:
    """What was shown: points by measure (None: withheld), or instead the first measures."""

    name: str
    shown_at: datetime
    n: int | None
    weights: tuple[int, ...]
    points: Mapping[int, int | None]
    first: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ToldChoices:
    """The whole system of choices.

    Attributes
    ----------
    choices : Choices
        One row per person; who chose anew counts as two people, so that less is free.
    statements : tuple of ChoiceStatement
    people : tuple of int
        Participant of each row.
    n_untrue : int
        Statements about choices that are no longer kept.
    """

    choices: Choices
    statements: tuple[ChoiceStatement, ...]
    people: tuple[int, ...]
    n_untrue: int

    def audit(self) -> ChoiceAudit:
        """Attack it."""
        return audit_choices(self.choices, self.statements)


def count_told(cafe: AlpCafe) -> TopThreeCount:
    """Count the top three as it may be told beside all that was ever shown of it.

    Where choices given later would follow from the difference, they stay out like those of few.
    """
    log = read_log(cafe)
    fresh = count_log(cafe, log.counted)
    shown_at = log.shown_at
    if shown_at is None or all(row.received_at <= shown_at for row in log.counted):
        return fresh
    earlier = showings_of(audited_publications(cafe))
    keys = dict(cafe.cafe_measures.values_list("measure__key", "measure_id"))
    last = max(row.received_at for row in log.counted)
    now = Showing(
        "now",
        last,
        fresh.n,
        fresh.weights,
        {keys[line.measure]: line.points for line in fresh.lines},
        tuple(keys[key] for key in fresh.first),
    )
    before, after = (read_choices(cafe, one).audit() for one in (earlier, [*earlier, now]))
    if len(after.found) <= len(before.found):
        return fresh
    return count_log(cafe, [row for row in log.counted if row.received_at <= shown_at])


def showings_of(publications: Sequence[Publication]) -> list[Showing]:
    """Return what publications show of the top three."""
    return [found for one in publications if (found := showing_of(one)) is not None]


def read_choices(cafe: AlpCafe, showings: Sequence[Showing]) -> ToldChoices:
    """Write showings of the top three as statements, each of the choices that stood then."""
    measures = list(cafe.cafe_measures.values_list("measure_id", "measure__key"))
    numbers = {pk: number for number, (pk, _key) in enumerate(measures)}
    stood = _moments(read_log(cafe), [one.shown_at for one in showings])
    rows = list(dict.fromkeys(row for each in stood for own in each for row in own.items()))
    choices = _choices([choice for _who, choice in rows], [key for _pk, key in measures])
    places = {row: place for place, row in enumerate(rows)}
    told: list[ChoiceStatement] = []
    n_untrue = 0
    for showing, candidates in zip(showings, stood, strict=True):
        read = [
            list(choice_statements(showing, choices, people, numbers))
            for own in candidates
            for people in [frozenset(places[row] for row in own.items())]
        ]
        best = max(read, key=lambda said: sum(_is_true(one, choices) for one in said))
        told += [one for one in best if _is_true(one, choices)]
        n_untrue += sum(not _is_true(one, choices) for one in best)
    return ToldChoices(choices, tuple(told), tuple(who for who, _choice in rows), n_untrue)


def _moments(log: ChoiceLog, shown_at: Sequence[datetime]) -> list[list[dict[int, Choice]]]:
    """Return per showing what may have stood: what counts, with late ones, at that time or now.

    After the seal times are those of phases only.
    """
    kinds = (log.counted, sorted([*log.counted, *log.late]))
    return [
        [
            *(latest_choices(row for row in kind if row.received_at <= at) for kind in kinds),
            *map(latest_choices, kinds),
        ]
        for at in shown_at
    ]


def showing_of(publication: Publication) -> Showing | None:
    """Return what a publication shows of the top three."""
    of = (publication.name, publication.shown_at)
    if isinstance(publication, PublicEvaluation):
        found = publication.evaluation.top_three
        if found is None:
            return None
        points = {line.measure: line.points for line in found.lines}
        return Showing(*of, found.n_people, found.points, points, found.first)
    if isinstance(publication, HallBlock) and publication.block == Shown.TOP_THREE:
        data = publication.blocks[Shown.TOP_THREE]
        points = {row["measure"]: row.get("points") for row in data["rows"]}
        first = tuple(data.get("first", ()))
        return Showing(*of, data["n"], tuple(data["points"]), points, first)
    return None


def choice_statements(
    showing: Showing, choices: Choices, people: People, numbers: Mapping[int, int]
) -> Iterator[ChoiceStatement]:
    """Say what a showing tells of these people; ``numbers`` of measures as in the choices."""
    weighed = {
        pk: tuple(((place, number), weight) for place, weight in enumerate(showing.weights))
        for pk, number in numbers.items()
    }
    width = choices.chosen.shape[1]
    weighed = {pk: own[:width] for pk, own in weighed.items()}
    most = sum(showing.weights) * len(people)
    for pk, points in showing.points.items():
        if points is not None:
            yield ChoiceStatement(people, weighed[pk], points, points, showing.name)
        else:
            yield from _few(numbers[pk], choices, people, showing.name)
    for more, less in _order(showing.first, list(numbers)):
        difference = (*weighed[more], *((at, -weight) for at, weight in weighed[less]))
        yield ChoiceStatement(people, difference, 0, most, showing.name)
    if showing.first and (showing.n or 0) >= POINTS_FROM:
        # That only the order is told says that one measure has nearly all points.
        least = max(showing.weights) * (len(people) - 2)
        yield ChoiceStatement(people, weighed[showing.first[0]], least, most, showing.name)


def _few(measure: int, choices: Choices, people: People, release: str) -> Iterator[ChoiceStatement]:
    """Say that fewer than five chose a measure, where that is why nothing is told of it."""
    chosen = tuple(((place, measure), 1) for place in range(choices.chosen.shape[1]))
    one = ChoiceStatement(people, chosen, 0, K_ANONYMITY - 1, release)
    if _is_true(one, choices):
        yield one


def _order(first: Sequence[int], measures: Sequence[int]) -> Iterator[tuple[int, int]]:
    yield from pairwise(first)
    yield from ((first[-1], pk) for pk in measures if first and pk not in first)


def _choices(rows: Sequence[Choice], keys: Sequence[str]) -> Choices:
    width = max((len(choice) for choice in rows), default=1)
    numbers = {key: number for number, key in enumerate(keys)}
    chosen = [
        [*(numbers.get(key, NOTHING) for key in choice), *[NOTHING] * (width - len(choice))]
        for choice in rows
    ]
    return Choices(np.array(chosen, dtype=np.int64).reshape(len(rows), width), len(keys))


def _is_true(one: ChoiceStatement, choices: Choices) -> bool:
    counts = choices.counts(one.people)
    total = sum(int(counts[at]) * weight for at, weight in one.weights)
    return one.low <= total <= one.high
