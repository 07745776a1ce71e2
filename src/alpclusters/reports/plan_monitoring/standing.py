"""The status of an action as a snapshot keeps it, read back into the records of the analysis."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from alpclusters.analysis.plans import ActionState, ActionStatus, Colour, Reason

_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_FRACTION: Final = re.compile(r"-?\d+\.\d+")


@dataclass(frozen=True, slots=True)
class KeptStanding:
    """An action of a snapshot: what was computed and what was shown."""

    status: ActionStatus
    shown: Colour


def standing_of(action: Mapping[str, Any]) -> KeptStanding:
    """Return the status of an action of a snapshot."""
    told = action["status"]
    last_known = told.get("last_known")
    status = ActionStatus(
        key=action["code"],
        state=ActionState(told["state"]),
        colour=Colour(told["colour"]),
        last_known=Colour(last_known) if last_known else None,
        progress=float(told["progress"]) if told.get("progress") is not None else None,
        forecast=day_of(told.get("forecast")),
        delay_days=told.get("delay_days"),
        reasons=reasons_of(told),
        convention=told["convention"],
    )
    return KeptStanding(status, Colour(told["shown"]))


def reasons_of(told: Mapping[str, Any]) -> tuple[Reason, ...]:
    """Return the reasons, their dates and numbers as such."""
    return tuple(
        Reason(one["key"], {name: _value(value) for name, value in one["params"].items()})
        for one in told["reasons"]
    )


def day_of(text: str | None) -> date | None:
    """Return a date of a snapshot."""
    return date.fromisoformat(text) if text else None


def _value(value: Any) -> Any:
    if isinstance(value, str) and _DAY.fullmatch(value):
        return date.fromisoformat(value)
    if isinstance(value, str) and _FRACTION.fullmatch(value):
        return float(value)
    return value
