"""Commands of the course: open, next, go to, stop the input, close, open again."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Final

from alpclusters.analysis.errors import InputError, StateError
from alpclusters.platform.cafe.domain.agendas import Step, course_of, next_step
from alpclusters.platform.cafe.domain.commands import (
    INPUT,
    PHASE,
    TIMER,
    Change,
    Order,
    State,
    put_back,
    register,
    stand_of,
)
from alpclusters.platform.cafe.domain.seats import seat_round
from alpclusters.platform.cafe.models import AlpCafe, Phase, Seat
from alpclusters.platform.trail.domain.edges import tie_all
from alpclusters.platform.trail.models import Edge

# Entering these phases ends the input of the rating before, if nobody stopped it.
_AFTER_RATING: Final = frozenset({Phase.RESULTS, Phase.RESULTS_2})
_TOUCHES: Final = (PHASE, TIMER, INPUT)
_SEATS: Final = "seats"

type SeatRow = list[Any]


def open_(order: Order) -> Change:
    """Let people in: the first phase of the course begins."""
    cafe = order.cafe
    if cafe.state != AlpCafe.State.DRAFT:
        raise _wrong("cafe.not_in_preparation", cafe, AlpCafe.State.DRAFT)
    _require_content(cafe)
    change = _go(order, course_of(cafe)[1])
    _tie_measures(order)
    return change


def next_(order: Order) -> Change:
    """Go one step along the course."""
    cafe = order.cafe
    if cafe.state == AlpCafe.State.DRAFT:
        return open_(order)
    step = next_step(cafe)
    if step is None:
        raise StateError("cafe.at_the_end")
    return _go(order, step)


def go_to(order: Order) -> Change:
    """Skip to a later step or return to an earlier one; what was entered there goes on."""
    _require_open(order.cafe)
    step = _step(order.arguments)
    if step.phase == Phase.DRAFT or step not in course_of(order.cafe):
        raise InputError("cafe.no_such_step", found=str(step.phase))
    if step == Step(Phase(order.cafe.phase), order.cafe.round_index):
        raise StateError("cafe.here_already")
    return _go(order, step)


def stop_input(order: Order) -> Change:
    """Take no more answers; those made offline before may still arrive for a short while."""
    cafe = order.cafe
    _require_open(cafe)
    if cafe.rating_round is None:
        raise StateError("cafe.no_input_now")
    if cafe.input_stopped_at is not None:
        raise StateError("cafe.input_stopped_before")
    return _changed(order, lambda: setattr(cafe, "input_stopped_at", order.now), [INPUT])


def close(order: Order) -> Change:
    """End the AlpCafé; what was acknowledged counts, nobody new comes in."""
    _require_open(order.cafe)
    return _go(order, Step(Phase.CLOSED))


def reopen(order: Order) -> Change:
    """Go back to where the AlpCafé stood when it was closed."""
    cafe = order.cafe
    if cafe.state != AlpCafe.State.CLOSED:
        raise _wrong("cafe.not_closed", cafe, AlpCafe.State.CLOSED)
    closing = cafe.entries.filter(after__phase=Phase.CLOSED).order_by("number").last()
    last = course_of(cafe)[-2]
    stand = {"phase": last.phase, "round_index": last.round_index, "left_ms": None}
    return _changed(
        order,
        lambda: _come_back(order, closing.before if closing else stand),
        _TOUCHES,
    )


def revert(cafe: AlpCafe, before: State, after: State, now: datetime) -> None:
    """Go back to the stand before: with the time that was left, seats as they were."""
    put_back(cafe, before, now)
    for index in {*before.get(_SEATS, {}), *after.get(_SEATS, {})}:
        _put_seats(cafe, int(index), before.get(_SEATS, {}).get(index, []))


def revert_input(cafe: AlpCafe, before: State, after: State, now: datetime) -> None:
    """Take answers again, or stop again."""
    del after
    stand = stand_of(cafe, now) | {"input_stopped_at": before["input_stopped_at"]}
    put_back(cafe, stand, now)


def _go(order: Order, step: Step) -> Change:
    cafe = order.cafe
    if step.phase != Phase.SEATING:
        return _changed(order, lambda: _enter(cafe, step, order.now), _TOUCHES)
    before = _seat_rows(cafe, step.round_index)
    change = _changed(order, lambda: _enter(cafe, step, order.now), _TOUCHES)
    seat_round(cafe, step.round_index)
    index = str(step.round_index)
    change.before[_SEATS] = {index: before}
    change.after[_SEATS] = {index: _seat_rows(cafe, step.round_index)}
    change.touches.append(f"seats:{index}")
    return change


def _changed(order: Order, apply: Callable[[], None], touches: Any) -> Change:
    before = stand_of(order.cafe, order.now)
    apply()
    return Change(before, stand_of(order.cafe, order.now), list(touches))


def _enter(cafe: AlpCafe, step: Step, now: datetime) -> None:
    cafe.phase, cafe.round_index = step.phase, step.round_index
    cafe.paused_left_ms = None
    minutes = _minutes(cafe, step.phase)
    cafe.ends_at = now + timedelta(minutes=minutes) if minutes else None
    if cafe.rating_round is not None:
        cafe.input_stopped_at = None
    elif step.phase in _AFTER_RATING and cafe.input_stopped_at is None:
        cafe.input_stopped_at = now
    if step.phase == Phase.CLOSED:
        cafe.state, cafe.closed_at = AlpCafe.State.CLOSED, now
    else:
        cafe.state, cafe.opened_at = AlpCafe.State.OPEN, cafe.opened_at or now


def _come_back(order: Order, stand: State) -> None:
    cafe = order.cafe
    full = stand_of(cafe, order.now) | {"paused_left_ms": None, "input_stopped_at": None}
    known = {name: value for name, value in stand.items() if name in full}
    put_back(cafe, full | known, order.now)
    cafe.state, cafe.closed_at = AlpCafe.State.OPEN, None


def _minutes(cafe: AlpCafe, phase: Phase) -> int:
    minutes = {Phase.TALK: cafe.minutes_per_round, Phase.SEATING: cafe.minutes_to_change}
    return minutes.get(phase, 0)


def _require_open(cafe: AlpCafe) -> None:
    if cafe.state != AlpCafe.State.OPEN:
        raise _wrong("cafe.not_open", cafe, AlpCafe.State.OPEN)


def _require_content(cafe: AlpCafe) -> None:
    if cafe.round == AlpCafe.Round.MEASURES or not cafe.in_hall:
        is_ready = cafe.cafe_measures.exists() and cafe.cafe_criteria.exists()
    else:
        is_ready = cafe.questions.exists()
    if not is_ready:
        raise StateError("cafe.nothing_to_rate")


def _wrong(code: str, cafe: AlpCafe, expected: AlpCafe.State) -> StateError:
    return StateError(code, found=cafe.state, expected=expected)


def _step(arguments: State) -> Step:
    try:
        return Step(Phase(str(arguments.get("phase"))), int(arguments.get("round_index") or 0))
    except ValueError as error:
        raise InputError("cafe.no_such_step", found=str(arguments.get("phase"))) from error


def _seat_rows(cafe: AlpCafe, round_index: int) -> list[SeatRow]:
    rows = Seat.objects.filter(guest__cafe=cafe, round_index=round_index).order_by("guest_id")
    return [
        list(row) for row in rows.values_list("guest_id", "table_id", "planned_table_id", "state")
    ]


def _put_seats(cafe: AlpCafe, round_index: int, rows: list[SeatRow]) -> None:
    Seat.objects.filter(guest__cafe=cafe, round_index=round_index).delete()
    guests = set(cafe.guests.values_list("pk", flat=True))
    tables = set(cafe.tables.values_list("pk", flat=True))
    Seat.objects.bulk_create(
        Seat(
            guest_id=guest,
            round_index=round_index,
            table_id=table,
            planned_table_id=planned,
            state=state,
        )
        for guest, table, planned, state in rows
        if guest in guests and {table, planned} <= tables
    )


def _tie_measures(order: Order) -> None:
    if order.cafe.is_rehearsal:
        return
    measures = list(order.cafe.measures.all())
    tie_all(Edge.Kind.SHOWN_AS, measures, order.cafe, by=order.by, now=order.now)


register("open", open_, revert)
register("next", next_, revert)
register("go_to", go_to, revert)
register("stop_input", stop_input, revert_input)
register("close", close, revert)
register("reopen", reopen, revert)
