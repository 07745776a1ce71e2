import numpy as np
import pytest

from alpclusters.platform.evaluation.domain.opinion_places import bundle

pytestmark = pytest.mark.unit


@pytest.mark.parametrize("n", [10, 19, 20, 43, 60])
def test_every_bundle_has_at_least_ten_people_and_everybody_is_in_one(n):
    points = np.random.default_rng(n).normal(size=(n, 2))

    found = bundle(points)

    assert sorted(np.concatenate(found).tolist()) == list(range(n))
    assert all(10 <= rows.size < 20 for rows in found)


def test_bundles_hold_neighbours():
    near, far = np.zeros((10, 2)), np.full((10, 2), 9.0)

    found = bundle(np.concatenate([near, far]))

    assert sorted(rows.tolist() for rows in found) == [[*range(10)], [*range(10, 20)]]


def test_nobody_gives_no_bundle():
    assert bundle(np.zeros((0, 2))) == []
