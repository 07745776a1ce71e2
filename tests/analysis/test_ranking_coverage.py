"""Simulated rooms with agreed and divided measures: do intervals and tiers keep their promise?

The same rooms as in docs/methods/ranking.md; there the figures of 100 rooms of each kind.
"""

from functools import cache

import numpy as np
import pytest

from alpclusters.analysis.ranking import rank_measures
from tests.factories.ranking import FIRST_MODEL
from tests.factories.rated_kinds import KINDS, simulated_room

pytestmark = pytest.mark.unit

SIZES = {"12 x 8": (12, 8, 0.8), "60 x 20": (60, 20, 0.4), "200 x 30": (200, 30, 0.4)}
DESIGNS = ("camps", "one opinion", "clumps")
MANY = 100
FEW = 12
LEAST, MOST = 0.84, 0.95
WRONG = 0.10


@cache
def simulated(design: str, size: str, n_rooms: int, *, first: bool = False):
    """Return covered shares by kind of measure, wrong statements between tiers, ends outside."""
    covered: dict[str, list[bool]] = {kind: [] for kind in KINDS}
    wrong, outside = [], 0
    for seed in range(n_rooms):
        room = simulated_room(1000 + seed, design, *SIZES[size])
        model = FIRST_MODEL if first else {}
        found = rank_measures(*room.table, scale=(1, 5), draws=200, **model)
        places = [int(item.measure) for item in found.measures]
        for item, place in zip(found.measures, places, strict=True):
            low, high = item.interval.low, item.interval.high
            covered[room.kind[place]].append(low <= room.truth[place] <= high)
            outside += low < 1 or high > 5
        tier = np.array([item.tier for item in found.measures])
        truth = room.truth[places]
        above, below = np.nonzero(tier[:, None] < tier)
        wrong += [np.mean(truth[above] < truth[below])] if above.size else []
    shares = {kind: np.mean(hits) for kind, hits in covered.items() if hits}
    return shares, np.mean(wrong) if wrong else 0.0, outside


@pytest.mark.full
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("design", DESIGNS)
def test_intervals_cover_every_kind_of_measure_alike(design, size):
    shares, wrong, outside = simulated(design, size, MANY)

    assert all(LEAST <= share <= MOST for share in shares.values()), shares
    assert wrong <= WRONG
    assert outside == 0


@pytest.mark.parametrize("design", DESIGNS)
def test_a_few_rooms_show_what_many_show(design):
    """Bars are three standard errors wider than those of many rooms."""
    shares, wrong, outside = simulated(design, "60 x 20", FEW)

    n = FEW * 20 / len(shares)
    error = 3 * (0.9 * 0.1 / n) ** 0.5
    assert all(LEAST - error <= share <= min(MOST + error, 1) for share in shares.values()), shares
    assert wrong <= 1.5 * WRONG
    assert outside == 0


def test_one_variance_for_all_covers_divided_measures_too_rarely():
    first, _, _ = simulated("camps", "60 x 20", FEW, first=True)
    found, _, _ = simulated("camps", "60 x 20", FEW)

    assert first["divided"] < first["consensus"] - 0.08
    assert abs(found["divided"] - found["consensus"]) < 0.08


@pytest.mark.full
@pytest.mark.parametrize("size", ["60 x 20", "200 x 30"])
def test_clumps_break_the_promise_of_tiers_under_a_normal_prior_alone(size):
    _, first, _ = simulated("clumps", size, MANY, first=True)
    _, found, _ = simulated("clumps", size, MANY)

    assert found < first
    assert found <= WRONG
