"""Seats as commands that can be undone.

``mark_seat``, ``move_guest``, ``walk_out``, ``no_show`` change one guest; ``seat_late`` gives a
place to every phone that has none, or to the one named ``participant``; the live process orders
it when somebody comes while people sit. Arguments are ids
(``guest``, ``table``); ``round`` counts from 1; ``state`` is one of `Seat.State`.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from alpclusters.analysis.errors import StateError
from alpclusters.platform.cafe.domain.commands import Change, Order, State, register
from alpclusters.platform.cafe.domain.seats import (
    late_from,
    late_phones,
    mark,
    move_guest,
    no_show,
    place_late,
    walk_out,
)
from alpclusters.platform.cafe.models import AlpCafe, Guest, Participant, Seat


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
