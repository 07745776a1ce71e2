"""Seats while the AlpCafé runs: who sits where in which round.

Nobody else moves when somebody comes or leaves. Only where people have left and a round begins
with tables that are more than one apart, phones lead as few people as needed to another table.

All functions change rows and nothing else: whoever calls them raises the revision and tells the
screens (`running`). Without a plan people sit where they like and there are no seats.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import models, transaction

from alpclusters.analysis.errors import StateError
from alpclusters.analysis.rotation import Certificate, add_guest, certify, even_out, remove_guest
from alpclusters.analysis.rotation import SeatPlan as Rotation
from alpclusters.platform.cafe.domain.commands import Change, Order, State, register
from alpclusters.platform.cafe.domain.plan_records import (
    Word,
    match_places,
    read_plan,
    tables_in_need,
    words_of,
)
from alpclusters.platform.cafe.domain.seat_plans import current_plan
from alpclusters.platform.cafe.models import (
    AlpCafe,
    Guest,
    Participant,
    Phase,
    Seat,
    SeatPlan,
    Source,
    Table,
)

SEATED_PHASES = (Phase.SEATING, Phase.TALK, Phase.HARVEST)


@transaction.atomic
def seat_round(cafe: AlpCafe, round_index: int) -> list[Seat]:
    """Lead everybody to a table: phones get a place, places get a seat of this round.

    Asking again changes nothing for those who have a seat. Returns the seats of the round;
    none where no plan was made.
    """
    plan = current_plan(cafe)
    if plan is None:
        return []
    for person in _match(cafe, plan, round_index):
        _give_new_place(plan, person, from_round=round_index)
    words = words_of(plan.data)
    tables = {table.number: table for table in cafe.tables.all()}
    taken = Seat.objects.filter(guest__cafe=cafe, round_index=round_index)
    seated = set(taken.values_list("guest_id", flat=True))
    expected = _expected(cafe, round_index)
    moved = {} if seated else _moved(plan, expected, round_index)
    Seat.objects.bulk_create(
        _seat(guest, round_index, tables.get(moved.get(guest.number, 0), table), planned=table)
        for guest in expected
        if guest.pk not in seated
        and (table := tables.get(_place(words.get(guest.number), round_index)))
    )
    return list(taken.select_related("guest", "table"))


def _moved(plan: SeatPlan, expected: Sequence[Guest], round_index: int) -> dict[int, int]:
    """Return the tables of those who make up for people who have left, by number.

    Only who has a phone, which says so, and no wish that the new table could break.
    """
    if not plan.cafe.guests.filter(left_after__lt=round_index).exists():
        return {}
    found = _as_it_stands(plan)
    for number in set(found.guests) - {guest.number for guest in expected}:
        found = remove_guest(found, number, from_round=round_index)
    bound = {pk for pair in plan.cafe.aparts.values_list("first_id", "second_id") for pk in pair}
    movable = {
        guest.number
        for guest in expected
        if guest.participant_id and not (guest.pins or guest.needs_access or guest.pk in bound)
    }
    evened = even_out(found, round_index, movable=movable)
    places = zip(evened.guests, evened.seats[:, round_index - 1].tolist(), strict=True)
    return {int(str(number)): plan.data["tables"][place] for number, place in places if place >= 0}


@transaction.atomic
def place_late(cafe: AlpCafe, participant: Participant) -> Guest | None:
    """Give somebody who came late a place, and a seat if a round is on.

    First a place nobody has taken; then that of somebody who did not come, where the table has
    become small; then the next card for late guests; at last the sequence of tables with the
    fewest repeats. Who has a place already, by the number of a name card, only sits down. None
    where no plan was made.
    """
    plan = current_plan(cafe)
    guest = Guest.objects.filter(participant=participant).first()
    if plan is None:
        return guest
    start = late_from(cafe)
    guest = guest or _new_place(cafe, plan, participant, start)
    if cafe.phase in SEATED_PHASES and cafe.round_index == start:
        _seat_one(cafe, guest, words_of(plan.data).get(guest.number), start)
    return guest


def _new_place(cafe: AlpCafe, plan: SeatPlan, participant: Participant, start: int) -> Guest:
    free = _free(cafe, start).filter(name="")
    pairs = match_places([participant], list(free), words_of(plan.data), _spoken_at(cafe))
    return _take(*pairs[0]) if pairs else _give_new_place(plan, participant, from_round=start)


def waiting_phones(cafe: AlpCafe) -> list[Participant]:
    """List the phones without a place in the plan, first come first; none without a plan."""
    if current_plan(cafe) is None:
        return []
    phones = cafe.participants.filter(source=Source.PHONE, guest__isnull=True)
    return list(phones.order_by("pk"))


def late_phones(cafe: AlpCafe) -> list[Participant]:
    """List the phones without a place or, while people sit, without a seat; first come first."""
    if current_plan(cafe) is None:
        return []
    start = late_from(cafe)
    late = models.Q(guest__isnull=True)
    if cafe.phase in SEATED_PHASES and cafe.round_index == start:
        seated = Seat.objects.filter(guest__cafe=cafe, round_index=start)
        late |= ~models.Q(guest__in=seated.values("guest"))
    return list(cafe.participants.filter(late, source=Source.PHONE).order_by("pk"))


def late_from(cafe: AlpCafe) -> int:
    """Return the round in which somebody who comes now sits down first."""
    if cafe.phase == Phase.HARVEST:
        return min(cafe.round_index + 1, cafe.n_rounds)
    return max(cafe.round_index, 1)


def mark(cafe: AlpCafe, guest: Guest, round_index: int, state: str) -> Seat | None:
    """Say whether a guest is at the table; who turns up after all is expected again."""
    if state in Seat.ARRIVED and guest.left_after is not None and guest.left_after < round_index:
        _set_left(guest, None)
    seat = _seat_of(cafe, guest, round_index)
    if seat is not None:
        seat.state = state
        seat.save(update_fields=["state"])
    return seat


def move_guest(cafe: AlpCafe, guest: Guest, round_index: int, table: Table) -> Seat:
    """Let a guest sit at another table in this round; the plan of the other rounds stands."""
    seat = _seat_of(cafe, guest, round_index)
    if seat is None:
        seat = _seat(guest, round_index, table)
    seat.table = table
    is_planned = seat.planned_table_id == table.pk
    seat.state = Seat.State.HERE if is_planned else Seat.State.MOVED
    seat.save()
    return seat


@transaction.atomic
def walk_out(cafe: AlpCafe, guest: Guest, round_index: int) -> None:
    """Let a guest go: absent from this round on, earlier rounds stand."""
    _set_left(guest, round_index - 1)
    later = Seat.objects.filter(guest__cafe=cafe, guest=guest, round_index__gte=round_index)
    later.update(state=Seat.State.ABSENT)


@transaction.atomic
def no_show(cafe: AlpCafe, guest: Guest, round_index: int = 1) -> None:
    """Say that a guest has not come; from now on a late guest may take the place."""
    walk_out(cafe, guest, round_index)


def happened(cafe: AlpCafe) -> Certificate:
    """Count who really met whom, from the seats as they were used.

    A seat counts where the host or the phone said so, and where a phone has it and nobody
    said that the person is not there. Places without a phone count only when marked.
    """
    return certify(_rounds(cafe, _used(cafe)))


def interpreters_of(cafe: AlpCafe, round_index: int) -> dict[str, list[int]]:
    """Return for each language the tables of a round that need an interpreter of it.

    Counted from the seats of the round, or from the plan while nobody sits yet.
    """
    seats = Seat.objects.filter(guest__cafe=cafe, round_index=round_index)
    here = seats.exclude(state=Seat.State.ABSENT).select_related("guest", "table")
    pairs = [(seat.guest, seat.table) for seat in here] or _planned_pairs(cafe, round_index)
    return tables_in_need(pairs, cafe.languages)


def _planned_pairs(cafe: AlpCafe, round_index: int) -> list[tuple[Guest, Table]]:
    plan = current_plan(cafe)
    words = words_of(plan.data) if plan else {}
    tables = {table.number: table for table in cafe.tables.all()}
    return [
        (guest, table)
        for guest in _expected(cafe, round_index)
        if (table := tables.get(_place(words.get(guest.number), round_index)))
    ]


def _match(cafe: AlpCafe, plan: SeatPlan, round_index: int) -> list[Participant]:
    """Give phones the places that are free; return the phones for which there was none."""
    waiting = waiting_phones(cafe)
    free = list(_free(cafe, round_index).order_by("number"))
    unnamed_first = sorted(free, key=lambda guest: (bool(guest.name), guest.number))
    pairs = match_places(waiting, unnamed_first, words_of(plan.data), _spoken_at(cafe))
    for person, guest in pairs:
        _take(person, guest)
    return waiting[len(free) :]


def _take(person: Participant, guest: Guest) -> Guest:
    guest.participant = person
    guest.languages = guest.languages or [person.language]
    guest.save(update_fields=["participant", "languages"])
    return guest


def _free(cafe: AlpCafe, round_index: int) -> models.QuerySet[Guest]:
    """Select places of the plan that nobody has: no phone, not seen at a table, not gone."""
    free = cafe.guests.filter(participant__isnull=True, is_spare=False, left_after__isnull=True)
    free = free.exclude(pk__in=_seen(cafe))
    return free if round_index <= 1 else free.filter(name="")


def _expected(cafe: AlpCafe, round_index: int) -> list[Guest]:
    """List who should sit somewhere in a round.

    Cards for late guests only when taken; places without phone and name only in the first
    round, or when somebody was seen there.
    """
    guests = list(cafe.guests.exclude(is_spare=True, participant__isnull=True))
    seen = _seen(cafe) if round_index > 1 else {guest.pk for guest in guests}
    return [
        guest
        for guest in guests
        if (guest.left_after is None or guest.left_after >= round_index)
        and (guest.participant_id or guest.name or guest.pk in seen)
    ]


def _seen(cafe: AlpCafe) -> set[int]:
    seats = Seat.objects.filter(guest__cafe=cafe, state__in=Seat.ARRIVED)
    return set(seats.values_list("guest_id", flat=True))


def _give_new_place(plan: SeatPlan, person: Participant, *, from_round: int) -> Guest:
    found = _as_it_stands(plan)
    added = add_guest(found, from_round=from_round, languages=[person.language])
    card = _next_card(plan)
    if card is None or len(added.freed) < len(found.freed):
        card = Guest(cafe=plan.cafe, number=_next_number(plan.cafe))
        word = added.seats[-1].tolist()
        plan.data["spare"] = added.spare.tolist()
    else:
        reserved = plan.data["reserved"].pop(str(card.number), [])
        word = [place if r >= from_round else -1 for r, place in enumerate(reserved, start=1)]
    card.participant, card.languages = person, [person.language]
    card.save()
    # A card that was given out and taken back has its word in the plan already.
    if card.number not in plan.data["numbers"]:
        _append(plan, card.number, word, person.language)
    return card


def _next_number(cafe: AlpCafe) -> int:
    return (cafe.guests.aggregate(last=models.Max("number"))["last"] or 0) + 1


def _as_it_stands(plan: SeatPlan) -> Rotation:
    """Return the plan without those who have left, so that their places are known as free."""
    found = read_plan(plan.data)
    gone = plan.cafe.guests.filter(left_after__lt=plan.cafe.n_rounds)
    for number, after in gone.values_list("number", "left_after"):
        if number in found.guests:
            found = remove_guest(found, number, from_round=(after or 0) + 1)
    return found


def _next_card(plan: SeatPlan) -> Guest | None:
    spare = plan.cafe.guests.filter(is_spare=True, participant__isnull=True)
    known = {*plan.data["numbers"], *map(int, plan.data["reserved"])}
    return next((guest for guest in spare if guest.number in known), None)


def _append(plan: SeatPlan, number: int, word: Sequence[int], language: str) -> None:
    plan.data["numbers"].append(number)
    plan.data["seats"].append(list(word))
    if plan.data["languages"] is not None:
        plan.data["languages"]["guests"].append([language])
    plan.save(update_fields=["data"])


def _seat_one(cafe: AlpCafe, guest: Guest, word: Word | None, round_index: int) -> None:
    table = cafe.tables.filter(number=_place(word, round_index)).first()
    if table is not None and not guest.seats.filter(round_index=round_index).exists():
        _seat(guest, round_index, table).save()


def _seat(guest: Guest, round_index: int, table: Table, *, planned: Table | None = None) -> Seat:
    return Seat(guest=guest, round_index=round_index, table=table, planned_table=planned or table)


def _seat_of(cafe: AlpCafe, guest: Guest, round_index: int) -> Seat | None:
    seats = Seat.objects.filter(guest__cafe=cafe, guest=guest, round_index=round_index)
    return seats.select_related("table", "planned_table").first()


def _place(word: Word | None, round_index: int) -> int:
    """Return the number of the table in a round; 0, which no table has, where there is none."""
    if word is None or not 1 <= round_index <= len(word):
        return 0
    return word[round_index - 1] or 0


def _set_left(guest: Guest, after: int | None) -> None:
    guest.left_after = after
    guest.save(update_fields=["left_after"])


def _spoken_at(cafe: AlpCafe) -> dict[int, list[str]]:
    return dict(cafe.tables.values_list("number", "languages"))


def _used(cafe: AlpCafe) -> list[tuple[int, int, int]]:
    seats = Seat.objects.filter(guest__cafe=cafe).exclude(state=Seat.State.ABSENT)
    rows = seats.values_list(
        "round_index", "table__number", "guest__number", "state", "guest__participant"
    )
    return [
        (round_, table, guest)
        for round_, table, guest, state, phone in rows
        if state in Seat.ARRIVED or phone is not None
    ]


def _rounds(cafe: AlpCafe, used: Sequence[tuple[int, int, int]]) -> list[list[list[int]]]:
    tables = [table.number for table in cafe.tables.all()]
    return [
        [[g for r, t, g in used if r == round_ and t == table] for table in tables]
        for round_ in range(1, max((r for r, _t, _g in used), default=0) + 1)
    ]


# --- Seats as commands that can be undone ---------------------------------------------------------
#
# ``mark_seat``, ``move_guest``, ``walk_out``, ``no_show`` change one guest; ``seat_late`` gives a
# place to every phone that has none, or to the one named ``participant``; the live process orders
# it when somebody comes while people sit. Arguments are ids
# (``guest``, ``table``); ``round`` counts from 1; ``state`` is one of `Seat.State`.


def _marking(order: Order) -> Change:
    guest, index = _guest(order), _round(order)
    state = str(order.arguments.get("state", ""))
    if state not in Seat.State.values:
        raise StateError("cafe.unknown_seat", found=state)
    return _changing(guest, [index], lambda: mark(order.cafe, guest, index, state))


def _moving(order: Order) -> Change:
    guest, index = _guest(order), _round(order)
    table = order.cafe.tables.filter(pk=_id(order, "table")).first()
    if table is None:
        raise StateError("cafe.unknown_seat", found=str(order.arguments.get("table")))
    return _changing(guest, [index], lambda: move_guest(order.cafe, guest, index, table))


def _leaving(order: Order) -> Change:
    guest, index = _guest(order), _round(order)
    rounds = range(index, order.cafe.n_rounds + 1)
    return _changing(guest, rounds, lambda: walk_out(order.cafe, guest, index))


def _missing(order: Order) -> Change:
    guest, index = _guest(order), _round(order)
    rounds = range(index, order.cafe.n_rounds + 1)
    return _changing(guest, rounds, lambda: no_show(order.cafe, guest, index))


def _seating_late(order: Order) -> Change:
    only = _id(order, "participant") if "participant" in order.arguments else None
    waiting = [one for one in late_phones(order.cafe) if only in {None, one.pk}]
    known = order.cafe.guests.filter(participant__in=waiting).order_by("pk")
    before = [_place_picture(guest) for guest in known]
    found = [place_late(order.cafe, person) for person in waiting]
    places = [_place_picture(guest) for guest in found if guest is not None]
    if not places:
        raise StateError("cafe.nobody_waits")
    touches = [f"seat:{place['guest']}:{late_from(order.cafe)}" for place in places]
    return Change({"places": before}, {"places": places}, touches)


def _place_picture(guest: Guest) -> dict[str, Any]:
    seats = guest.seats.values_list("round_index", "table_id", "planned_table_id", "state")
    return {
        "guest": guest.pk,
        "participant": guest.participant_id,
        "seats": {str(index): list(rest) for index, *rest in seats},
    }


def _restore_places(cafe: AlpCafe, before: State, after: State, now: datetime) -> None:  # noqa: ARG001 - the interface
    """Give the places of ``before`` and free those of ``after``; nobody else moves."""
    for place in after["places"]:
        guest = cafe.guests.get(pk=place["guest"])
        _hold(guest, None)
        guest.seats.filter(round_index__in=list(place["seats"])).delete()
    for place in before["places"]:
        guest = cafe.guests.get(pk=place["guest"])
        _hold(guest, cafe.participants.filter(pk=place["participant"]).first())
        for index, seat in place["seats"].items():
            _set_seat(guest, int(index), seat)


def _hold(guest: Guest, person: Participant | None) -> None:
    guest.participant = person
    guest.save(update_fields=["participant"])


def _guest(order: Order) -> Guest:
    found = order.cafe.guests.filter(pk=_id(order, "guest")).first()
    if found is None:
        raise StateError("cafe.unknown_seat", found=str(order.arguments.get("guest")))
    return found


def _id(order: Order, name: str) -> int:
    value = order.arguments.get(name)
    return value if isinstance(value, int) else 0


def _round(order: Order) -> int:
    index = order.arguments.get("round", order.cafe.round_index)
    if not isinstance(index, int) or not 1 <= index <= order.cafe.n_rounds:
        raise StateError("cafe.unknown_seat", found=str(index))
    return index


def _changing(guest: Guest, rounds: Iterable[int], change: Callable[[], object]) -> Change:
    chosen = list(rounds)
    before = _picture(guest, chosen)
    change()
    after = _picture(guest, chosen)
    touches = [f"seat:{guest.pk}:{index}" for index in chosen]
    # Seats rest on the seating of their round: who takes that back takes them back first.
    return Change(before, after, [*touches, *(f"?seats:{index}" for index in chosen)])


def _picture(guest: Guest, rounds: list[int]) -> dict[str, Any]:
    """Return the seats of a guest in some rounds, None where there is none."""
    rows = Seat.objects.filter(guest=guest, round_index__in=rounds)
    columns = ("round_index", "table_id", "planned_table_id", "state")
    seats: dict[str, list[Any] | None] = {str(index): None for index in rounds}
    seats |= {str(index): list(rest) for index, *rest in rows.values_list(*columns)}
    return {"guest": guest.pk, "left_after": guest.left_after, "seats": seats}


def _restore(cafe: AlpCafe, before: State, after: State, now: datetime) -> None:  # noqa: ARG001 - the interface
    guest = cafe.guests.filter(pk=before["guest"]).first()
    if guest is None:
        return
    guest.left_after = before["left_after"]
    guest.save(update_fields=["left_after"])
    for index, seat in before["seats"].items():
        _set_seat(guest, int(index), seat)


def _set_seat(guest: Guest, index: int, seat: list[Any] | None) -> None:
    if seat is None:
        guest.seats.filter(round_index=index).delete()
        return
    table, planned, state = seat
    values = {"table_id": table, "planned_table_id": planned, "state": state}
    guest.seats.update_or_create(round_index=index, defaults=values)


for _name, _apply in (
    ("mark_seat", _marking),
    ("move_guest", _moving),
    ("walk_out", _leaving),
    ("no_show", _missing),
):
    register(_name, _apply, _restore, is_strict=False)
register("seat_late", _seating_late, _restore_places, is_strict=False)
