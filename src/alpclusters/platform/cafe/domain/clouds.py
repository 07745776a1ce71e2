"""The cloud: how many people gave which pair of answers on two criteria, in steps.

Exact joint counts beside the figures of each criterion would give away those few who judged one
criterion only. So a cell tells its size in steps, and a measure whose cells would follow exactly
is withheld.
"""

from collections import Counter
from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from alpclusters.analysis.conventions import K_ANONYMITY
from alpclusters.analysis.small_groups import told_count
from alpclusters.platform.cafe.domain.standing import standing_ratings
from alpclusters.platform.cafe.models import AlpCafe

STEPS: Final = ((1, 4), (5, 9), (10, 19), (20, 39), (40, None))
"""Smallest and largest number of people of the steps 1 to 5 of a cell."""
UNANIMOUS_BELOW: Final = 10

type Pair = tuple[int, int]
type Json = dict[str, Any]


class _Answer(NamedTuple):
    """A standing value; ``is_again`` of the second rating."""

    value: int
    is_again: bool


def build_cloud(cafe: AlpCafe) -> Json:
    """Count the pairs of answers to the two criteria of the cloud, measure by measure."""
    if cafe.cloud_x_id is None or cafe.cloud_y_id is None:
        return {"rows": []}
    across, up = _answers(cafe, cafe.cloud_x_id), _answers(cafe, cafe.cloud_y_id)
    measures = cafe.cafe_measures.values_list("measure_id", flat=True)
    return {
        "x": cafe.cloud_x_id,
        "y": cafe.cloud_y_id,
        "steps": [list(step) for step in STEPS],
        "rows": [_row(pk, across.get(pk, {}), up.get(pk, {})) for pk in measures],
    }


def step_of(n: int) -> int:
    """Return the step of a number of people, from 1.

    Examples
    --------
    >>> [step_of(n) for n in (1, 4, 5, 19, 200)]
    [1, 1, 2, 3, 5]
    """
    return sum(1 for low, _high in STEPS if n >= low)


def _row(measure: int, across: Mapping[int, _Answer], up: Mapping[int, _Answer]) -> Json:
    people = across.keys() & up.keys()
    pairs = Counter((across[who].value, up[who].value) for who in people)
    if not _may_be_told(pairs):
        return {"measure": measure, "withheld": True}
    cells = [[x, y, step_of(n)] for (x, y), n in sorted(pairs.items())]
    again = told_count(sum(across[who].is_again or up[who].is_again for who in people))
    return {"measure": measure, "n": pairs.total(), "again": again, "cells": cells}


def _may_be_told(pairs: Counter[Pair]) -> bool:
    n = pairs.total()
    if n < K_ANONYMITY or (len(pairs) == 1 and n < UNANIMOUS_BELOW):
        return False
    # So many people could sit in other cells than they do, as far as the steps tell.
    free = n - sum(STEPS[step_of(count) - 1][0] for count in pairs.values())
    return free >= K_ANONYMITY


def _answers(cafe: AlpCafe, criterion: int) -> dict[int, dict[int, _Answer]]:
    """Return the standing values on a criterion: by measure, by person."""
    rows = standing_ratings(cafe).filter(criterion=criterion).order_by("pk")
    found: dict[int, dict[int, _Answer]] = {}
    for measure, person, value, number in rows.values_list(
        "measure_id", "participant_id", "value", "round"
    ):
        if value is not None:
            found.setdefault(measure, {})[person] = _Answer(value, is_again=number > 1)
    return found
