"""Simulated rooms with a known structure: how often is a word wrong, how often are camps found?"""

from collections import Counter

import pytest

from alpclusters.analysis.opinion import opinion_structure
from tests.analysis.structure_data import CONTINUA, EMPTY, rated, simulated

pytestmark = pytest.mark.unit

FILLED = (0.15, 0.30, 0.60)
SIZES = ((60, 40), (300, 60), (2_000, 100))


def words(kind, n, p, filled, sets):
    """Count the verdicts; what only tells readiness to agree counts as no camps."""
    found = Counter()
    for seed in range(sets):
        structure = opinion_structure(simulated(kind, n, p, filled, seed), seed=seed)
        found["groups" if structure.has_groups else structure.verdict] += 1
    return found


def test_rooms_without_camps_are_rarely_given_camps():
    found = sum((words(kind, 100, 30, 0.5, 2) for kind in CONTINUA + EMPTY), Counter())

    assert found.total() == 16
    assert found["groups"] <= 1


def test_two_equal_camps_are_mostly_found():
    assert words("camps", 300, 60, 0.6, 5)["groups"] >= 4


@pytest.mark.full
@pytest.mark.parametrize(("n", "p"), SIZES)
def test_without_camps_at_most_one_room_in_twenty_is_given_camps(n, p):
    found = Counter()
    for kind in CONTINUA + EMPTY:
        for place in range(3):
            found += words(kind, n, p, FILLED[place], 7)

    assert found["groups"] + found["camps"] <= 0.05 * found.total()


@pytest.mark.full
@pytest.mark.parametrize(("filled", "least"), [(0.30, 0.80), (0.60, 0.90)])
def test_two_equal_camps_of_three_hundred_people_are_found(filled, least):
    found = words("camps", 300, 60, filled, 40)

    assert found["groups"] >= least * found.total()
    assert found["gradient"] <= 0.10 * found.total()


@pytest.mark.full
@pytest.mark.parametrize("kind", ["camps", "uneven", "three"])
def test_camps_are_rarely_called_a_gradient(kind):
    found = sum((words(kind, 300, 60, filled, 12) for filled in FILLED), Counter())

    assert found["gradient"] <= 0.10 * found.total()


@pytest.mark.full
def test_ratings_without_camps_are_rarely_given_camps():
    found = Counter(
        opinion_structure(rated(kind, 300, 40, filled, seed), seed=seed).verdict
        for kind in ("normal", "uniform", "skewed")
        for filled in (0.3, 0.6)
        for seed in range(8)
    )

    assert found["camps"] <= 0.05 * found.total()
