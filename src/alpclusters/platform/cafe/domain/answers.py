"""The answers that stand, in which order a person is asked, and how many there are."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from django.db.models import Count, F, OuterRef, QuerySet, Subquery, Window
from django.db.models.functions import Coalesce, RowNumber

from alpclusters.analysis.conventions import SMALLEST_GROUP
from alpclusters.platform.cafe.domain.orders import kept_order
from alpclusters.platform.cafe.models import (
    AlpCafe,
    Comment,
    Criterion,
    Participant,
    Rating,
    Source,
)
from alpclusters.platform.measures.models import Measure

# --- The answers that stand: of each person the latest that arrived -------------------------------


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


# --- How far an AlpCafé is: numbers only, never what was answered ---------------------------------


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


# --- How many people answered by phone, by proxy and on paper: persons, never entries -------------


@dataclass(frozen=True, slots=True)
class SourceCounts:
    """People with at least one standing rating, by the way it came in.

    Attributes
    ----------
    phone, proxy, paper : int
        Somebody whose ratings came in several ways counts where the person was added.
    n_invalid : int
        Marks on paper that could not be read or were made twice; in no number.
    n_after_release : int
        Paper sheets entered after results had been released.
    """

    phone: int
    proxy: int
    paper: int
    n_invalid: int = 0
    n_after_release: int = 0

    @property
    def n(self) -> int:
        """All people who rated."""
        return self.phone + self.proxy + self.paper


def count_sources(cafe: AlpCafe) -> SourceCounts:
    """Count the people of an AlpCafé who rated, by source, in two queries."""
    groups = standing_ratings(cafe).order_by().values("participant__source")
    counted = groups.annotate(n=Count("participant_id", distinct=True))
    found = dict(counted.values_list("participant__source", "n"))
    sheets = list(cafe.paper_sheets.filter(entered_at__isnull=False).order_by("pk"))
    return SourceCounts(
        phone=found.get(Source.PHONE, 0),
        proxy=found.get(Source.PROXY, 0),
        paper=found.get(Source.PAPER, 0),
        n_invalid=sum(sheet.n_invalid for sheet in sheets),
        n_after_release=sum(sheet.after_release for sheet in sheets),
    )


# --- Why somebody rated a measure so; one text per person and measure, the latest stands ----------


def comments_of_participant(participant: Participant) -> Mapping[int, str]:
    """Return a person's comments by measure."""
    rows = Comment.objects.filter(participant=participant).order_by("pk")
    return dict(rows.values_list("measure_id", "text"))


# --- The rating sheet of one person: every measure once, in an order of their own -----------------


@dataclass(frozen=True, slots=True)
class Leaf:
    """One page of the sheet: a measure, the answers to its criteria and the comment.

    In the second rating also the answers of the first; the reason is asked in the first alone.
    """

    number: int
    measure: Measure
    answers: dict[int, Answer | None]
    comment: str
    first: Mapping[int, Answer | None] = field(default_factory=dict)

    @property
    def n_answered(self) -> int:
        """How many criteria have an answer."""
        return sum(1 for answer in self.answers.values() if answer is not None)

    @property
    def is_complete(self) -> bool:
        """Say whether every criterion has an answer."""
        return self.n_answered == len(self.answers)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A person's pages and the criteria they ask."""

    leaves: tuple[Leaf, ...]
    criteria: tuple[Criterion, ...]
    round: int

    def leaf(self, number: int) -> Leaf | None:
        """Return a page by its number, counted from 1."""
        return self.leaves[number - 1] if 1 <= number <= len(self.leaves) else None

    @property
    def first_open(self) -> Leaf | None:
        """The first page with a question left; None when all are answered."""
        return next((leaf for leaf in self.leaves if not leaf.is_complete), None)


def build_sheet(participant: Participant, round: int = 1) -> Sheet:  # noqa: A002 - as the model
    """Read a person's sheet of a round of rating in four queries."""
    cafe = participant.cafe
    rows = cafe.cafe_measures.select_related("measure")
    measures = {row.measure_id: row.measure for row in rows}
    order = kept_order(participant.measure_order, measures, participant.pk)
    criteria = [row.criterion for row in cafe.cafe_criteria.select_related("criterion")]
    answers = standing_of_participant(participant, round)
    first = standing_of_participant(participant) if round > 1 else {}
    comments = {} if round > 1 else comments_of_participant(participant)
    leaves = tuple(
        Leaf(
            number=number,
            measure=measures[pk],
            answers={c.pk: answers.get((pk, c.pk)) for c in criteria},
            comment=comments.get(pk, ""),
            first={c.pk: first.get((pk, c.pk)) for c in criteria} if round > 1 else {},
        )
        for number, pk in enumerate(order, start=1)
    )
    return Sheet(leaves, tuple(criteria), round)
