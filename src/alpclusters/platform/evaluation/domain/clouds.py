"""The cloud: how many people gave which pair of answers on two criteria, in steps.

A pair of answers joins two answers of a person: who knows one would read the other. So the pairs
are those after the exchange (`exchanged`), and a cell tells its size in steps.
"""

from collections import Counter
from collections.abc import Mapping
from typing import Any, Final

from alpclusters.analysis.conventions import K_ANONYMITY
from alpclusters.platform.cafe.models import AlpCafe
from alpclusters.platform.evaluation.domain.records import Evaluation
from alpclusters.platform.evaluation.domain.tables import RatingTable

STEPS: Final = ((1, 4), (5, 9), (10, 19), (20, 39), (40, None))
"""Smallest and largest number of people of the steps 1 to 5 of a cell."""
EXCHANGED: Final = "exchanged"
"""Says of a stored cloud that answers changed places before."""

type Json = dict[str, Any]
type Answers = Mapping[int, float | None]


def build_cloud(cafe: AlpCafe, found: Evaluation, exchanged: RatingTable) -> Json:
    """Count the pairs of answers to the two criteria of the cloud, measure by measure.

    Of a measure that ``found`` does not count on both nothing is told.
    """
    across, up = cafe.cloud_x_id, cafe.cloud_y_id
    if across is None or up is None:
        return {"rows": []}
    answers = exchanged.answers()
    counted = {result.pk: result for result in found.criteria}
    rows = []
    for item in found.measures:
        both = [counted.get(pk) for pk in (across, up)]
        is_told = all(one is not None and one.summary(item.pk) is not None for one in both)
        again = [found.n_again(pk, item.pk) for pk in (across, up)]
        x, y = (answers.get((item.pk, pk), {}) for pk in (across, up))
        rows.append(_row(item.pk, x, y, again) if is_told else _withheld(item.pk))
    steps = [list(step) for step in STEPS]
    return {"x": across, "y": up, "steps": steps, EXCHANGED: True, "rows": rows}


def stored_cloud(data: Json) -> Json:
    """Return a cloud that was stored; one of the true pairs tells nothing any more."""
    if data.get(EXCHANGED):
        return data
    return {**data, "rows": [_withheld(row["measure"]) for row in data["rows"]]}


def step_of(n: int) -> int:
    """Return the step of a number of people, from 1.

    Examples
    --------
    >>> [step_of(n) for n in (1, 4, 5, 19, 200)]
    [1, 1, 2, 3, 5]
    """
    return sum(1 for low, _high in STEPS if n >= low)


def _row(measure: int, across: Answers, up: Answers, again: list[int | None]) -> Json:
    pairs = Counter(
        (int(x), int(y))
        for who, x in across.items()
        if x is not None and (y := up.get(who)) is not None
    )
    if pairs.total() < K_ANONYMITY:
        return _withheld(measure)
    cells = [[x, y, step_of(n)] for (x, y), n in sorted(pairs.items())]
    few = None if None in again else min(n or 0 for n in again)
    return {"measure": measure, "n": pairs.total(), "again": few, "cells": cells}


def _withheld(measure: int) -> Json:
    return {"measure": measure, "withheld": True}
