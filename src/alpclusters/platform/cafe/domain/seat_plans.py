"""The seat plan of an AlpCafé: made before the first round, kept for everybody afterwards."""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from django.db import models, transaction
from django.utils import timezone

from alpclusters.analysis.errors import AnalysisError, StateError
from alpclusters.analysis.rotation import (
    ApartInfeasible,
    Languages,
    PinConflict,
    SeatChoices,
    add_guest,
    remove_guest,
    seat,
    seat_choices,
)
from alpclusters.analysis.rotation import SeatPlan as Rotation
from alpclusters.platform.cafe.domain.plan_records import (
    PlanData,
    read_plan,
    write_plan,
)
from alpclusters.platform.cafe.models import AlpCafe, Guest, Seat, SeatPlan, Source, Table

type Weights = Literal["balanced", "mix_most", "language_first"]

# Cards for people who come unannounced: two, or one for every ten guests.
LEAST_SPARE: Final = 2
GUESTS_PER_SPARE: Final = 10


@dataclass(frozen=True, slots=True)
class Room:
    """Everything a plan is made from, in the order of its rows and columns."""

    guests: Sequence[Guest]
    tables: Sequence[Table]
    rounds: int
    event: Sequence[str]
    apart: Sequence[tuple[int, int]]

    @property
    def numbers(self) -> list[int]:
        """The guests as the analysis knows them."""
        return [guest.number for guest in self.guests]


def read_room(cafe: AlpCafe) -> Room:
    """Read guests, open tables and wishes of an AlpCafé in three queries."""
    guests = list(cafe.guests.filter(is_spare=False, left_after__isnull=True))
    pairs = cafe.aparts.values_list("first__number", "second__number")
    known = {guest.number for guest in guests}
    return Room(
        guests=guests,
        tables=list(cafe.tables.filter(is_open=True)),
        rounds=cafe.n_rounds,
        event=cafe.languages,
        apart=[pair for pair in pairs if set(pair) <= known],
    )


def current_plan(cafe: AlpCafe) -> SeatPlan | None:
    """Return the plan that counts; None means that people sit where they like."""
    return cafe.seat_plans.filter(is_current=True).first()


def fits_room(plan: SeatPlan, cafe: AlpCafe) -> bool:
    """Say whether a plan still has the guests, open tables and rounds of its AlpCafé."""
    guests = cafe.guests.filter(is_spare=False).values_list("number", flat=True)
    tables = cafe.tables.filter(is_open=True).values_list("number", flat=True)
    return (
        set(plan.data["numbers"]) >= set(guests)
        and plan.data["tables"] == list(tables)
        and len(plan.data["planned"]["sizes"]) == cafe.n_rounds
    )


@transaction.atomic
def make_plan(
    cafe: AlpCafe, *, seed: int = 0, weights: Weights = "balanced", now: datetime | None = None
) -> SeatPlan:
    """Plan who sits where in all rounds; the plan before it is kept, but no longer used.

    Raises
    ------
    StateError
        ``cafe.seats_taken`` once people have been led to tables, ``cafe.nobody_to_seat``
        without guests or tables.
    AnalysisError
        Too many of them.
    PinConflict, ApartInfeasible
        Wishes that exclude each other.
    """
    if Seat.objects.filter(guest__cafe=cafe).exists():
        raise StateError("cafe.seats_taken")
    _drop_unused_spares(cafe)
    room = read_room(cafe)
    if not room.guests or not room.tables:
        raise StateError("cafe.nobody_to_seat")
    plan, choices = _planned(room, seed=seed, weights=weights)
    data = write_plan(plan, tables=[table.number for table in room.tables])
    data["weights"] = weights
    data["choices"] = choices.as_record() if choices else []
    data["unknown_languages"] = sum(not guest.languages for guest in room.guests)
    _reserve(cafe, plan, data)
    return _store(cafe, data, now or timezone.now())


@transaction.atomic
def plan_for_room(cafe: AlpCafe, *, now: datetime | None = None) -> SeatPlan:
    """Plan anew for those who have come: as many places without a name as phones need.

    Places with a name stay; places without one that nobody has are given up.

    Raises
    ------
    StateError, AnalysisError
        As `make_plan`.
    """
    if Seat.objects.filter(guest__cafe=cafe).exists():
        raise StateError("cafe.seats_taken")
    plan = current_plan(cafe)
    cafe.guests.filter(name="", participant__isnull=True).delete()
    waiting = cafe.participants.filter(source=Source.PHONE, guest__isnull=True).order_by("pk")
    first = (cafe.guests.aggregate(last=models.Max("number"))["last"] or 0) + 1
    cafe.guests.filter(is_spare=True).update(is_spare=False)
    Guest.objects.bulk_create(
        Guest(cafe=cafe, number=number, participant=person, languages=[person.language])
        for number, person in enumerate(waiting, start=first)
    )
    weights: Weights = plan.data["weights"] if plan else "balanced"
    return make_plan(cafe, weights=weights, now=now)


@transaction.atomic
def drop_plan(cafe: AlpCafe) -> None:
    """Let people sit where they like: no plan counts any more.

    Raises
    ------
    StateError
        ``cafe.seats_taken`` once people have been led to tables.
    """
    if Seat.objects.filter(guest__cafe=cafe).exists():
        raise StateError("cafe.seats_taken")
    _drop_unused_spares(cafe)
    cafe.seat_plans.update(is_current=False)


def extend_plan(plan: SeatPlan, guest: Guest, *, from_round: int = 1) -> None:
    """Give one more guest a place; nobody else moves."""
    found = read_plan(plan.data)
    spoken = _spoken(guest, plan.cafe.languages)
    _keep(plan, add_guest(found, guest=guest.number, from_round=from_round, languages=spoken))


def shrink_plan(plan: SeatPlan, guest: Guest) -> None:
    """Take a guest out of the plan; nobody else moves."""
    if guest.number in plan.data["numbers"]:
        _keep(plan, remove_guest(read_plan(plan.data), guest.number))


def _keep(plan: SeatPlan, changed: Rotation) -> None:
    kept = {name: plan.data[name] for name in ("weights", "choices", "reserved")}
    kept["unknown_languages"] = plan.data["unknown_languages"]
    plan.data = write_plan(changed, tables=plan.data["tables"]) | kept
    plan.save(update_fields=["data"])


def _store(cafe: AlpCafe, data: PlanData, now: datetime) -> SeatPlan:
    cafe.seat_plans.update(is_current=False)
    return SeatPlan.objects.create(cafe=cafe, made_at=now, data=data)


def _planned(room: Room, *, seed: int, weights: Weights) -> tuple[Rotation, SeatChoices | None]:
    size = (room.numbers, len(room.tables), room.rounds)
    languages, pins = room_languages(room), room_pins(room)
    try:
        if languages is None:
            return seat(*size, pins=pins, apart=room.apart, seed=seed), None
        choices = seat_choices(*size, languages=languages, pins=pins, apart=room.apart, seed=seed)
    except (PinConflict, ApartInfeasible) as error:
        raise _named(error, room) from error
    chosen: Rotation = getattr(choices, weights)
    return chosen, choices


def _named(error: AnalysisError, room: Room) -> AnalysisError:
    """Return the error with the numbers of guests and tables for those of rows and columns."""

    def number(row: re.Match[str]) -> str:
        return str(room.guests[int(row[0]) - 1].number)

    found = re.sub(r"\d+", number, error.found or "")
    place, mark, size = (error.expected or "").partition(": ")
    expected = f"{room.tables[int(place) - 1].number}: {size}" if mark else error.expected
    return type(error)(error.code, found=found, expected=expected, values=error.values)


def room_languages(room: Room) -> Languages | None:
    """Return who speaks what; None if no guest or some table has no language.

    The first language of a table is the one it works in. Guests whose languages nobody knows
    count as speaking all of them: nothing is known against any seat.
    """
    if not all(table.languages for table in room.tables):
        return None
    if not any(guest.languages for guest in room.guests):
        return None
    spoken = [_spoken(guest, room.event) for guest in room.guests]
    return Languages.of(spoken, [t.languages[0] for t in room.tables], event=room.event)


def room_pins(room: Room) -> Mapping[tuple[int, int], int]:
    """Return the fixed tables, those within reach of a wheelchair included."""
    places = {table.number: place for place, table in enumerate(room.tables, start=1)}
    pins = {
        (guest.number, int(round_)): places[table]
        for guest in room.guests
        for round_, table in guest.pins.items()
        if table in places and int(round_) <= room.rounds
    }
    return _within_reach(room, places) | pins


def _within_reach(room: Room, places: Mapping[int, int]) -> dict[tuple[int, int], int]:
    # A different table within reach in every round, and not all wheelchairs at the same one.
    within = [places[table.number] for table in room.tables if table.is_accessible]
    if len(within) in (0, len(room.tables)):
        return {}
    needing = [guest.number for guest in room.guests if guest.needs_access]
    return {
        (number, round_): within[(index + round_ - 1) % len(within)]
        for index, number in enumerate(needing)
        for round_ in range(1, room.rounds + 1)
    }


def _spoken(guest: Guest, event: Sequence[str]) -> list[str]:
    return list(guest.languages or event)


def _drop_unused_spares(cafe: AlpCafe) -> None:
    cafe.guests.filter(is_spare=True, participant__isnull=True).delete()


def _reserve(cafe: AlpCafe, plan: Rotation, data: PlanData) -> None:
    """Give cards for late guests a number and a word, so that they can be printed."""
    first = max(data["numbers"]) + 1
    n_spare = max(LEAST_SPARE, math.ceil(len(data["numbers"]) / GUESTS_PER_SPARE))
    for number in range(first, first + n_spare):
        plan = add_guest(plan, guest=number, languages=cafe.languages)
        data["reserved"][str(number)] = plan.seats[-1].tolist()
    data["spare"] = plan.spare.tolist()
    Guest.objects.bulk_create(
        Guest(cafe=cafe, number=number, is_spare=True) for number in range(first, first + n_spare)
    )
