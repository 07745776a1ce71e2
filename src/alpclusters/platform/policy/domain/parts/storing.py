"""All parts of an action at once: read for a form, store from a form."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from alpclusters.platform.accounts.models import User
from alpclusters.platform.policy.domain.parts.dependencies import store_dependencies
from alpclusters.platform.policy.domain.parts.indicators import indicator_rows, store_indicators
from alpclusters.platform.policy.domain.parts.rows import PARTS, Row, rows_of, store_rows
from alpclusters.platform.policy.models import Action

type Parts = Mapping[str, Sequence[Row]]
"""Rows by kind: those of `PARTS`, ``indicators``, and ``dependencies`` (``before``, ``lag_days``).

A kind that is not there stays as it is.
"""

INDICATORS: Final = "indicators"
DEPENDENCIES: Final = "dependencies"


def store_parts(action: Action, parts: Parts, *, by: User | None) -> None:
    """Make the parts of an action those that are given.

    Raises
    ------
    InputError
        A dependency or target that is refused.
    """
    for name, rows in parts.items():
        if name == INDICATORS:
            store_indicators(action.plan, action, rows, by=by)
        elif name == DEPENDENCIES:
            store_dependencies(action, [(row["before"], row["lag_days"]) for row in rows])
        else:
            store_rows(action, name, rows)


def parts_of(action: Action) -> dict[str, list[dict[str, Any]]]:
    """Return all parts of an action as `store_parts` takes them."""
    waiting = action.dependencies.select_related("before")
    return {
        **{name: rows_of(action, name) for name in PARTS},
        INDICATORS: indicator_rows(action.plan, action),
        DEPENDENCIES: [{"before": row.before, "lag_days": row.lag_days} for row in waiting],
    }
