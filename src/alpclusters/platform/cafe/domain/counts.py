"""How far an AlpCafé is: numbers only, never what was answered."""

from dataclasses import dataclass

from django.db.models import Count

from alpclusters.platform.cafe.domain.standing import standing_ratings
from alpclusters.platform.cafe.models import AlpCafe


@dataclass(frozen=True, slots=True)
class MeasureCount:
    """How many people answered a measure, and how many of its questions in all."""

    measure_id: int
    n_people: int
    n_answers: int


@dataclass(frozen=True, slots=True)
class Counts:
    """Where the rating stands.

    Attributes
    ----------
    n_participants : int
        People who joined and did not leave.
    n_rating : int
        Of them, who gave at least one answer that stands; while people rate, in this round.
    n_finished : int
        Of them, who answered every question of the sheet ("cannot judge" is an answer).
    n_received, n_expected : int
        Standing answers, and participants times measures times criteria.
    measures : tuple of MeasureCount
        In the order of the table.
    """

    n_participants: int
    n_rating: int
    n_finished: int
    n_received: int
    n_expected: int
    measures: tuple[MeasureCount, ...]


def count_cafe(cafe: AlpCafe) -> Counts:
    """Count people and standing answers of an AlpCafé in five queries."""
    measures = list(cafe.cafe_measures.values_list("measure_id", flat=True))
    n_questions = len(measures) * cafe.cafe_criteria.count()
    n_participants = cafe.participants.count()
    people = _answers_per_person(cafe)
    return Counts(
        n_participants=n_participants,
        n_rating=len(people),
        n_finished=sum(1 for n in people if n >= n_questions > 0),
        n_received=sum(people),
        n_expected=n_participants * n_questions,
        measures=_per_measure(cafe, measures),
    )


def _answers_per_person(cafe: AlpCafe) -> list[int]:
    groups = standing_ratings(cafe, cafe.rating_round).order_by().values("participant_id")
    return list(groups.annotate(n=Count("id")).values_list("n", flat=True))


def _per_measure(cafe: AlpCafe, measures: list[int]) -> tuple[MeasureCount, ...]:
    groups = standing_ratings(cafe, cafe.rating_round).order_by().values("measure_id")
    counted = groups.annotate(people=Count("participant_id", distinct=True), answers=Count("id"))
    found = {row["measure_id"]: row for row in counted}
    return tuple(
        MeasureCount(pk, found[pk]["people"], found[pk]["answers"])
        if pk in found
        else MeasureCount(pk, 0, 0)
        for pk in measures
    )
