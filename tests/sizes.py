"""Cases that ./check tries, and those that are only more of the same and wait for ./check full."""

from collections.abc import Collection, Iterable
from typing import Any

import pytest


def all_in_full(cases: Iterable[Any], *, always: Collection[Any]) -> list[Any]:
    """Return all cases as parameters; those not in ``always`` wait for ./check full."""
    return [one if one in always else pytest.param(one, marks=pytest.mark.full) for one in cases]
