"""Work in blocks of bounded memory gives what one block gives."""

from importlib import import_module

import numpy as np
import pytest

from alpclusters.analysis.network import (
    betweenness,
    brokerage,
    brokerage_between,
    clustering,
    components,
    constraint,
    effective_size,
)
from alpclusters.analysis.network.distances import distances_from
from tests.analysis.positions_data import random_ties

pytestmark = pytest.mark.unit

PACKAGE = "alpclusters.analysis.network"
ONE_BLOCK = {
    ("triangles", "MAX_WEDGES"): 10**6,
    ("triangles", "MAX_CELLS"): 10**6,
    ("triangles", "MAX_WAITING"): 10**6,
    ("brokerage", "ROWS"): 10**6,
    ("distances", "AT_ONCE"): 10**4,
    ("distances", "TIES_AT_ONCE"): 10**6,
}
MANY = {
    ("triangles", "MAX_WEDGES"): 7,
    ("triangles", "MAX_CELLS"): 130,
    ("triangles", "MAX_WAITING"): 5,
    ("brokerage", "ROWS"): 3,
    ("distances", "AT_ONCE"): 13,
    ("distances", "TIES_AT_ONCE"): 9,
}


def change(monkeypatch, limits):
    """A function of the package may bear the name of its module, so modules are asked for."""
    for (module, name), value in limits.items():
        monkeypatch.setattr(import_module(f"{PACKAGE}.{module}"), name, value)


def everything(ties):
    giant = components(ties).giant
    steps = distances_from(ties.matrix[giant][:, giant], np.arange(len(giant)))
    vectors = [f(ties, form="weighted").values for f in (constraint, effective_size)]
    closed, pair = clustering(ties), brokerage_between(ties, 0, 1)
    whole = [brokerage(ties).counts, pair.score, closed.local, steps.total, steps.farthest]
    return [part.ravel() for part in (*vectors, *whole, steps.reached)]


@pytest.mark.parametrize("seed", range(12))
def test_many_small_blocks_give_what_one_gives(seed, monkeypatch):
    ties = random_ties(seed, n=60)
    change(monkeypatch, ONE_BLOCK)
    one = everything(ties)

    change(monkeypatch, MANY)

    for first, second in zip(one, everything(ties), strict=True):
        np.testing.assert_allclose(first, second, rtol=1e-12)
    np.testing.assert_allclose(
        betweenness(ties, batch=3).values, betweenness(ties).values, atol=1e-9
    )
