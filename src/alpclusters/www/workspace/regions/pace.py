"""How often somebody may ask for proposals: so many in a minute and process."""

import threading
from typing import Final

ALLOWED: Final = 120
PERIOD_S: Final = 60
_MOST_PEOPLE: Final = 10_000

_lock = threading.Lock()
_asked: dict[tuple[int, int], int] = {}


def may_ask(person_id: int, *, now_s: float) -> bool:
    """Count a question and say whether it may be answered."""
    period = int(now_s // PERIOD_S)
    with _lock:
        if len(_asked) > _MOST_PEOPLE:
            _asked.clear()
        for key in [key for key in _asked if key[1] < period]:
            del _asked[key]
        _asked[person_id, period] = _asked.get((person_id, period), 0) + 1
        return _asked[person_id, period] <= ALLOWED


def forget() -> None:
    """Count from zero again."""
    with _lock:
        _asked.clear()
