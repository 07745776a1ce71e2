"""The answers that stand: of each person the latest that arrived, in their last round."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import Count, F, OuterRef, QuerySet, Subquery, Window
from django.db.models.functions import Coalesce, RowNumber

from alpclusters.analysis.conventions import SMALLEST_GROUP
from alpclusters.platform.cafe.models import AlpCafe, Participant, Rating

_LATE: Final = {"round": 1, "is_informed": True}
_AGAIN: Final = {"round": 2}


@dataclass(frozen=True, slots=True)
class Answer:
    """A standing answer: a step of the scale, or "cannot judge" (then ``value`` is None)."""

    participant_id: int
    measure_id: int
    criterion_id: int
    value: int | None
    cannot_judge: bool


def standing_ratings(cafe: AlpCafe, round: int | None = None) -> QuerySet[Rating]:  # noqa: A002 - as the model
    """Select the ratings that stand; withdrawn answers are none.

    Parameters
    ----------
    cafe : AlpCafe
    round : int, optional
        The round of rating, also a second one that few have begun; by default, per measure and
        criterion, the last one in which the person answered that counts: nobody drops out because
        others rated again.
    """
    if round is not None:
        return _latest(_without_few(Rating.objects.filter(cafe=cafe), _LATE).filter(round=round))
    ratings = counted_ratings(cafe)
    last_first = Window(
        RowNumber(),
        partition_by=[F("participant_id"), F("measure_id"), F("criterion_id")],
        order_by=F("round").desc(),
    )
    placed = _latest(ratings).order_by().annotate(place=last_first).filter(place=1)
    return Rating.objects.filter(id__in=placed.values("id"))


def counted_ratings(cafe: AlpCafe) -> QuerySet[Rating]:
    """Select the answers that count: none late or second ones of few people.

    Until ten people have given one they are left out everywhere: with them and without them beside
    each other figures would show what they answered.
    """
    return _without_few(_without_few(Rating.objects.filter(cafe=cafe), _LATE), _AGAIN)


def _without_few(ratings: QuerySet[Rating], kind: Mapping[str, object]) -> QuerySet[Rating]:
    """Leave out the answers of a kind where one to nine people gave one."""
    own = Rating.objects.filter(cafe=OuterRef("cafe"), **kind).order_by().values("cafe")
    n = own.annotate(n=Count("participant", distinct=True)).values("n")
    counted = ratings.alias(n_of_kind=Coalesce(Subquery(n), 0))
    return counted.exclude(**kind, n_of_kind__lt=SMALLEST_GROUP)


def are_results_shown(cafe: AlpCafe, *, now: datetime) -> bool:
    """Say whether people may have seen results: what is entered from now on is late."""
    return cafe.releases.filter(visible_from__lte=now).exists()


def do_late_ratings_count(cafe: AlpCafe) -> bool:
    """Say whether ten people gave a first answer after results were shown."""
    return _are_enough(cafe, _LATE)


def do_second_ratings_count(cafe: AlpCafe) -> bool:
    """Say whether ten people gave a second answer."""
    return _are_enough(cafe, _AGAIN)


def _are_enough(cafe: AlpCafe, kind: Mapping[str, object]) -> bool:
    ratings = Rating.objects.filter(cafe=cafe, **kind)
    return ratings.values("participant").distinct().count() >= SMALLEST_GROUP


def people_who_took_part(cafe: AlpCafe) -> QuerySet[Participant]:
    """Select those who rated; where nobody rated those who joined.

    Beside the number of those who rated, the number of those who joined would tell of the few who
    did not rate.
    """
    raters = standing_ratings(cafe).order_by().values("participant")
    who_rated = cafe.participants.filter(pk__in=raters)
    return who_rated if who_rated.exists() else cafe.participants.all()


def standing_of_cafe(cafe: AlpCafe, round: int | None = None) -> list[Answer]:  # noqa: A002
    """Return all standing answers in one query, of one round or of each person's last."""
    return _answers(standing_ratings(cafe, round))


def standing_of_participant(
    participant: Participant,
    round: int = 1,  # noqa: A002
) -> dict[tuple[int, int], Answer]:
    """Return a person's standing answers by measure and criterion in one query."""
    rows = _answers(_latest(Rating.objects.filter(participant=participant, round=round)))
    return {(row.measure_id, row.criterion_id): row for row in rows}


def _latest(ratings: QuerySet[Rating]) -> QuerySet[Rating]:
    # The order of the writer decides; rows from before it, or made by nobody, have no number.
    newest_first = Window(
        RowNumber(),
        partition_by=[F("participant_id"), F("measure_id"), F("criterion_id"), F("round")],
        order_by=[F("seq").desc(), F("id").desc()],
    )
    placed = ratings.order_by().annotate(place=newest_first).filter(place=1)
    # Neither value nor "cannot judge": the person took the answer back.
    return Rating.objects.filter(id__in=placed.values("id")).exclude(value=None, cannot_judge=False)


def _answers(ratings: QuerySet[Rating]) -> list[Answer]:
    columns = ("participant_id", "measure_id", "criterion_id", "value", "cannot_judge")
    return [Answer(*row) for row in ratings.order_by("id").values_list(*columns)]
