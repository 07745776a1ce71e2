"""Commands of the big screen and of the ways in: what is shown, announcement, links, code."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

from alpclusters.analysis.errors import InputError, StateError
from alpclusters.platform.cafe.domain.codes import unused_code
from alpclusters.platform.cafe.domain.commands import Change, Order, Revert, State, register
from alpclusters.platform.cafe.models import AlpCafe, Screen

LONGEST_ANNOUNCEMENT: Final = 200


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
