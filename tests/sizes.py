"""Cases that ./check tries, and those that are only more of the same and wait for ./check full."""

import os
from collections.abc import Collection, Iterable
from typing import Any, Final

import pytest

# Set by ./check full, for what runs in each ./check but asks for more there.
IS_FULL: Final = bool(os.environ.get("ALPCLUSTERS_FULL"))


def all_in_full(cases: Iterable[Any], *, always: Collection[Any]) -> list[Any]:
    """Return all cases as parameters; those not in ``always`` wait for ./check full."""
    return [one if one in always else pytest.param(one, marks=pytest.mark.full) for one in cases]
