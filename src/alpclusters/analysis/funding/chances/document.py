"""A weighed plan as plain data: what is stored, and what the command writes as JSON."""

import datetime as dt
from dataclasses import asdict
from typing import Any, Final

from alpclusters.analysis.funding.chances.weighing import Weighed

SCHEMA: Final = "alpclusters-chances/1"


def chances_part(weighed: Weighed) -> dict[str, Any]:
    """Return a weighed plan as JSON has it: cents, shares between 0 and 1, days as text."""
    found: dict[str, Any] = _plain(asdict(weighed))
    return {"schema": SCHEMA, **found}


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value.isoformat() if isinstance(value, dt.date) else value
