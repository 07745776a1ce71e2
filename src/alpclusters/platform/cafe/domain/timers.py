"""Commands of the timer: pause, resume, more minutes, another end. A timer locks nothing."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Final

from alpclusters.analysis.errors import InputError, StateError
from alpclusters.platform.cafe.domain.commands import Change, Order, State, register
from alpclusters.platform.cafe.domain.stand import TIMER, read_time, written_time
from alpclusters.platform.cafe.models import AlpCafe

LONGEST_MINUTES: Final = 240
_MILLISECOND: Final = timedelta(milliseconds=1)


def pause(order: Order) -> Change:
    """Stop the clock; what is left is kept."""
    cafe = order.cafe
    if cafe.ends_at is None:
        raise StateError("cafe.no_timer")

    def apply() -> None:
        left = max(0, ((cafe.ends_at or order.now) - order.now) // _MILLISECOND)
        cafe.ends_at, cafe.paused_left_ms = None, left

    return _changed(cafe, apply)


def resume(order: Order) -> Change:
    """Let the clock go on."""
    cafe = order.cafe
    if cafe.paused_left_ms is None:
        raise StateError("cafe.not_paused")
    return _changed(cafe, lambda: _run(cafe, order.now))


def extend(order: Order) -> Change:
    """Give more minutes; after the end they count from now, without a timer one begins."""
    cafe = order.cafe
    _require_open(cafe)
    more = timedelta(minutes=_minutes(order.arguments.get("minutes")))

    def apply() -> None:
        if cafe.paused_left_ms is not None:
            cafe.paused_left_ms += more // _MILLISECOND
        else:
            cafe.ends_at = max(cafe.ends_at or order.now, order.now) + more

    return _changed(cafe, apply)


def set_end(order: Order) -> Change:
    """Set the end: in so many minutes, or none."""
    cafe = order.cafe
    _require_open(cafe)
    minutes = order.arguments.get("minutes")
    left = None if minutes is None else timedelta(minutes=_minutes(minutes))

    def apply() -> None:
        cafe.ends_at = None if left is None else order.now + left
        cafe.paused_left_ms = None

    return _changed(cafe, apply)


def revert(cafe: AlpCafe, before: State, after: State, now: datetime) -> None:
    """Set the timer as it was; if it stood still, it goes on with what was left."""
    del after
    cafe.ends_at = read_time(before["ends_at"])
    cafe.paused_left_ms = before["paused_left_ms"]
    del now


def revert_pause(cafe: AlpCafe, before: State, after: State, now: datetime) -> None:
    """Undo a pause by going on, a resumption by pausing: no minute is lost in between."""
    left = after["paused_left_ms"] if before["paused_left_ms"] is None else None
    cafe.ends_at = None if left is None else now + left * _MILLISECOND
    cafe.paused_left_ms = before["paused_left_ms"]


def _run(cafe: AlpCafe, now: datetime) -> None:
    cafe.ends_at = now + (cafe.paused_left_ms or 0) * _MILLISECOND
    cafe.paused_left_ms = None


def _changed(cafe: AlpCafe, apply: Callable[[], None]) -> Change:
    before = _timer(cafe)
    apply()
    return Change(before, _timer(cafe), [TIMER])


def _timer(cafe: AlpCafe) -> dict[str, Any]:
    return {"ends_at": written_time(cafe.ends_at), "paused_left_ms": cafe.paused_left_ms}


def _require_open(cafe: AlpCafe) -> None:
    if cafe.state != AlpCafe.State.OPEN:
        raise StateError("cafe.not_open", found=cafe.state, expected=AlpCafe.State.OPEN)


def _minutes(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise InputError("cafe.minutes", found=str(value), expected=str(LONGEST_MINUTES))
    if not 1 <= value <= LONGEST_MINUTES:
        raise InputError("cafe.minutes", found=str(value), expected=str(LONGEST_MINUTES))
    return value


register("pause", pause, revert_pause)
register("resume", resume, revert_pause)
register("extend", extend, revert)
register("set_end", set_end, revert)
