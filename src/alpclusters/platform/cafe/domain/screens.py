"""Commands of the big screen, of the ways in, and of the timer."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Final

from alpclusters.analysis.errors import InputError, StateError
from alpclusters.platform.cafe.domain.codes import unused_code
from alpclusters.platform.cafe.domain.commands import (
    TIMER,
    Change,
    Order,
    Revert,
    State,
    read_time,
    register,
    written_time,
)
from alpclusters.platform.cafe.models import AlpCafe, Screen
from alpclusters.platform.fields import length_of

# --- Commands of the big screen and of the ways in: what is shown, announcement, links, code ------


LONGEST_ANNOUNCEMENT: Final = length_of(AlpCafe, "announcement")


def screen(order: Order) -> Change:
    """Choose what the big screen shows."""
    wanted = str(order.arguments.get("screen"))
    if wanted not in Screen.values:
        raise InputError("cafe.no_such_screen", found=wanted)
    return _set(order, "screen", wanted)


def announce(order: Order) -> Change:
    """Show a sentence on all screens; an empty one takes it away."""
    text = str(order.arguments.get("text") or "").strip()
    if len(text) > LONGEST_ANNOUNCEMENT:
        raise InputError("cafe.announcement", expected=str(LONGEST_ANNOUNCEMENT))
    return _set(order, "announcement", text)


def renew_links(order: Order) -> Change:
    """Make all links of hosts and screens and the printed QR codes void; new ones are made."""
    return _set(order, "link_epoch", order.cafe.link_epoch + 1)


def renew_code(order: Order) -> Change:
    """Draw another code to type; who is in stays in."""
    if order.cafe.state == AlpCafe.State.CLOSED:
        raise StateError("cafe.not_open", found=order.cafe.state, expected=AlpCafe.State.OPEN)
    return _set(order, "code", unused_code())


def _set(order: Order, name: str, value: Any) -> Change:
    before = {name: getattr(order.cafe, name)}
    setattr(order.cafe, name, value)
    return Change(before, {name: value}, [name])


def _restore(name: str) -> Revert:
    def revert(cafe: AlpCafe, before: State, after: State, now: datetime) -> None:
        del after, now
        setattr(cafe, name, before[name])

    return revert


_COMMANDS: Final[tuple[tuple[str, Callable[[Order], Change], str], ...]] = (
    ("screen", screen, "screen"),
    ("announce", announce, "announcement"),
    ("renew_links", renew_links, "link_epoch"),
    ("renew_code", renew_code, "code"),
)
for _name, _apply, _field in _COMMANDS:
    register(_name, _apply, _restore(_field))


# --- Commands of the timer: pause, resume, more minutes, another end. A timer locks nothing -------


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
