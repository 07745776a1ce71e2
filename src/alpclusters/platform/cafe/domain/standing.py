"""The answers that stand: of each person, measure and criterion the latest that arrived."""

from dataclasses import dataclass

from django.db.models import Max, QuerySet

from alpclusters.platform.cafe.models import AlpCafe, Participant, Rating


@dataclass(frozen=True, slots=True)
class Answer:
    """A standing answer: a step of the scale, or "cannot judge" (then ``value`` is None)."""

    participant_id: int
    measure_id: int
    criterion_id: int
    value: int | None
    cannot_judge: bool


def standing_ratings(cafe: AlpCafe) -> QuerySet[Rating]:
    """Select the ratings of an AlpCafé that stand; withdrawn answers are none."""
    return _latest(Rating.objects.filter(cafe=cafe))


def standing_of_cafe(cafe: AlpCafe) -> list[Answer]:
    """Return all standing answers of an AlpCafé in one query."""
    return _answers(standing_ratings(cafe))


def standing_of_participant(participant: Participant) -> dict[tuple[int, int], Answer]:
    """Return a person's standing answers by measure and criterion in one query."""
    rows = _answers(_latest(Rating.objects.filter(participant=participant)))
    return {(row.measure_id, row.criterion_id): row for row in rows}


def _latest(ratings: QuerySet[Rating]) -> QuerySet[Rating]:
    groups = ratings.order_by().values("participant_id", "measure_id", "criterion_id")
    latest = groups.annotate(last=Max("id")).values("last")
    # Neither value nor "cannot judge": the person took the answer back.
    return Rating.objects.filter(id__in=latest).exclude(value=None, cannot_judge=False)


def _answers(ratings: QuerySet[Rating]) -> list[Answer]:
    columns = ("participant_id", "measure_id", "criterion_id", "value", "cannot_judge")
    return [Answer(*row) for row in ratings.order_by("id").values_list(*columns)]
