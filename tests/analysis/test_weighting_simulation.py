"""Simulated regions of which some come more often than others: what weighting gets back.

As in the paper: 6 regions, 4 roles, 3 sizes; odds of joining e^N(0, 0.8) by region and by role;
effects of SD 0.4, 0.5, 0.2 and an interaction of 0.15; answers rounded to 1 to 5.
"""

from functools import cache

import numpy as np
import pytest

from alpclusters.analysis.weighting import mrp, poststratify

pytestmark = pytest.mark.unit

SIZES = (6, 4, 3)
EFFECTS = (0.4, 0.5, 0.2)
CELLS = np.array(list(np.ndindex(*SIZES)))


def expected_answers(middle, random):
    """The mean answer of each cell over many people: the truth is not known in closed form."""
    noise = random.normal(0, 0.8, 4000)
    return np.clip(np.rint(middle[:, None] + noise), 1, 5).mean(axis=1)


def room(seed, n):
    random = np.random.default_rng(seed)
    shares = [random.dirichlet(np.full(size, 5.0)) for size in SIZES]
    population = np.prod([share[CELLS[:, c]] for c, share in enumerate(shares)], axis=0)
    effects = [random.normal(0, sd, size) for sd, size in zip(EFFECTS, SIZES, strict=True)]
    middle = 3.3 + sum(effect[CELLS[:, c]] for c, effect in enumerate(effects))
    middle = middle + random.normal(0, 0.15, SIZES[:2])[CELLS[:, 0], CELLS[:, 1]]
    odds = [np.exp(random.normal(0, 0.8, size)) for size in SIZES[:2]]
    joining = population * odds[0][CELLS[:, 0]] * odds[1][CELLS[:, 1]]
    truth = float(population @ expected_answers(middle, random))
    who = random.choice(len(CELLS), n, p=joining / joining.sum())
    y = np.clip(np.rint(middle[who] + random.normal(0, 0.8, n)), 1, 5)
    return y, [CELLS[who, c] for c in range(3)], shares, truth


@cache
def errors_and_coverage(n, sets):
    plain, weighted, covered = [], [], []
    for seed in range(sets):
        y, groups, shares, truth = room(seed, n)
        found = mrp(y, groups, shares)
        plain.append(y.mean() - truth)
        weighted.append(found.value - truth)
        covered.append(found.low <= truth <= found.high)
    return (
        float(np.sqrt(np.mean(np.square(plain)))),
        float(np.sqrt(np.mean(np.square(weighted)))),
        float(np.mean(covered)),
    )


def test_the_model_is_nearer_to_the_population_than_the_room_is():
    plain, weighted, covered = errors_and_coverage(150, 60)

    assert weighted < 0.75 * plain
    assert 0.75 <= covered <= 0.98  # two standard errors of 60 sets around the bar


@pytest.mark.full
@pytest.mark.parametrize(("n", "least"), [(40, 0.78), (150, 0.84), (600, 0.84)])
def test_intervals_of_the_model_cover_what_they_promise(n, least):
    plain, weighted, covered = errors_and_coverage(n, 300)

    assert weighted < plain
    assert least <= covered <= 0.93


@pytest.mark.full
def test_the_raked_interval_is_too_short_below_a_few_hundred_people():
    rooms = [room(seed, 150) for seed in range(150)]
    found = [poststratify(y, groups, shares) for y, groups, shares, _ in rooms]
    told = [
        one.low <= truth <= one.high
        for one, (*_, truth) in zip(found, rooms, strict=True)
        if one.low is not None
    ]

    assert 0.3 <= np.mean([one.effective_n / 150 for one in found]) <= 0.6  # the paper: 0.41-0.44
    assert np.mean(told) < 0.90
