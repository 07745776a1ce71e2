"""Where an AlpCafé stands, as JSON that can be put back later: phase, timer, input."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from alpclusters.platform.cafe.models import AlpCafe

PHASE: Final = "phase"
TIMER: Final = "timer"
INPUT: Final = "input"

_PLAIN: Final = ("phase", "round_index", "state", "paused_left_ms")
_TIMES: Final = ("opened_at", "closed_at", "input_stopped_at")
_MILLISECOND: Final = timedelta(milliseconds=1)


def stand_of(cafe: AlpCafe, now: datetime) -> dict[str, Any]:
    """Return phase, timer and input; of the timer the time that is left, not its end."""
    left = None if cafe.ends_at is None else (cafe.ends_at - now) // _MILLISECOND
    return {
        **{name: getattr(cafe, name) for name in _PLAIN},
        **{name: written_time(getattr(cafe, name)) for name in _TIMES},
        "left_ms": left,
    }


def put_back(cafe: AlpCafe, stand: Mapping[str, Any], now: datetime) -> None:
    """Set the AlpCafé to a stand; a timer goes on with the time that was left."""
    for name in _PLAIN:
        setattr(cafe, name, stand[name])
    for name in _TIMES:
        setattr(cafe, name, read_time(stand[name]))
    left = stand["left_ms"]
    cafe.ends_at = None if left is None else now + left * _MILLISECOND


def written_time(moment: datetime | None) -> str | None:
    """Write a moment as JSON has it."""
    return None if moment is None else moment.isoformat()


def read_time(text: str | None) -> datetime | None:
    """Read what `written_time` wrote."""
    return None if text is None else datetime.fromisoformat(text)
