"""Ratings as they arrive: each counts once, however often a phone sends it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db import IntegrityError, transaction

from alpclusters.platform.cafe.domain.participants import require_open
from alpclusters.platform.cafe.models import (
    CafeCriterion,
    CafeMeasure,
    Criterion,
    Participant,
    Rating,
)


class Refusal(StrEnum):
    """Why one rating was not taken; the others of the same call are."""

    KEY_REUSED = "key_reused"
    NOT_ON_SHEET = "not_on_sheet"
    OFF_SCALE = "off_scale"


@dataclass(frozen=True, slots=True)
class RatingCommand:
    """One choice on a phone.

    Attributes
    ----------
    key : str
        Made by the phone when the choice is made and kept until it is acknowledged.
    measure_id, criterion_id : int
        What is rated.
    value : int or None
        A step of the scale; None with ``cannot_judge`` is an answer, without it the earlier
        answer is withdrawn.
    cannot_judge : bool
        The person says that he or she cannot judge.
    """

    key: str
    measure_id: int
    criterion_id: int
    value: int | None = None
    cannot_judge: bool = False

    @property
    def is_on_scale(self) -> bool:
        """Say whether the value exists and fits "cannot judge"."""
        low, high = Criterion.SCALE
        return self.value is None or (not self.cannot_judge and low <= self.value <= high)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a command; a repeated one is neither new nor refused."""

    key: str
    is_new: bool = False
    refusal: Refusal | None = None


@dataclass(frozen=True, slots=True)
class _Sheet:
    """The measures and criteria an AlpCafé has."""

    measures: frozenset[int]
    criteria: frozenset[int]

    def has(self, command: RatingCommand) -> bool:
        return command.measure_id in self.measures and command.criterion_id in self.criteria


def record_ratings(
    participant: Participant, commands: Sequence[RatingCommand], *, now: datetime
) -> list[Outcome]:
    """Store choices in their order, all or none of the accepted ones.

    When it returns outside a transaction the ratings are on the disk, so the caller may
    acknowledge them.

    Returns
    -------
    list of Outcome
        One for each command, in order.

    Raises
    ------
    StateError
        ``cafe.not_open``; nothing was stored.
    """
    try:
        return _record(participant, commands, now=now)
    except IntegrityError:
        # A phone sent the same key twice at the same moment: the second time it is known.
        return _record(participant, commands, now=now)


@transaction.atomic
def _record(
    participant: Participant, commands: Sequence[RatingCommand], *, now: datetime
) -> list[Outcome]:
    require_open(participant.cafe)
    known = _known(participant, commands)
    sheet = _sheet(participant.cafe_id)
    outcomes = []
    fresh: list[Rating] = []
    for command in commands:
        outcome = _judge(participant, command, known, sheet)
        if outcome.is_new:
            known[command.key] = _row(participant, command, now=now)
            fresh.append(known[command.key])
        outcomes.append(outcome)
    Rating.objects.bulk_create(fresh)
    Participant.objects.filter(pk=participant.pk).update(seen_at=now)
    return outcomes


def _judge(
    participant: Participant, command: RatingCommand, known: Mapping[str, Rating], sheet: _Sheet
) -> Outcome:
    earlier = known.get(command.key)
    if earlier is not None:
        is_same = _is_same(participant, command, earlier)
        return Outcome(command.key, refusal=None if is_same else Refusal.KEY_REUSED)
    if not sheet.has(command):
        return Outcome(command.key, refusal=Refusal.NOT_ON_SHEET)
    if not command.is_on_scale:
        return Outcome(command.key, refusal=Refusal.OFF_SCALE)
    return Outcome(command.key, is_new=True)


def _is_same(participant: Participant, command: RatingCommand, earlier: Rating) -> bool:
    return (
        earlier.participant_id,
        earlier.measure_id,
        earlier.criterion_id,
        earlier.value,
        earlier.cannot_judge,
    ) == (
        participant.pk,
        command.measure_id,
        command.criterion_id,
        command.value,
        command.cannot_judge,
    )


def _row(participant: Participant, command: RatingCommand, *, now: datetime) -> Rating:
    return Rating(
        cafe_id=participant.cafe_id,
        participant=participant,
        measure_id=command.measure_id,
        criterion_id=command.criterion_id,
        key=command.key,
        value=command.value,
        cannot_judge=command.cannot_judge,
        received_at=now,
    )


def _known(participant: Participant, commands: Sequence[RatingCommand]) -> dict[str, Rating]:
    keys = {command.key for command in commands}
    rows = Rating.objects.filter(cafe_id=participant.cafe_id, key__in=keys).order_by("pk")
    return {str(row.key): row for row in rows}


def _sheet(cafe_id: int) -> _Sheet:
    measures = CafeMeasure.objects.filter(cafe_id=cafe_id).values_list("measure_id", flat=True)
    criteria = CafeCriterion.objects.filter(cafe_id=cafe_id).values_list("criterion_id", flat=True)
    return _Sheet(frozenset(measures.order_by()), frozenset(criteria.order_by()))
