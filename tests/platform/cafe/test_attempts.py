from datetime import timedelta

import pytest
from django.core.cache import cache

from alpclusters.platform.cafe.domain.attempts import (
    CAPACITY,
    PACE_PER_S,
    count_wrong_code,
    may_try_code,
)
from tests.factories.cafe import NOW

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture(autouse=True)
def _fresh_cache():
    cache.clear()


def empty_bucket(at):
    cache.set("cafe-wrong-codes", (0.0, at.timestamp()), timeout=60)


def test_a_full_bucket_lets_a_whole_hall_pass():
    for _ in range(50):
        count_wrong_code(NOW)

    assert all(may_try_code(NOW) for _ in range(200))
    assert CAPACITY >= 1000


def test_an_empty_bucket_lets_codes_pass_at_a_walking_pace():
    empty_bucket(NOW)

    passed = [may_try_code(NOW) for _ in range(20)]

    assert passed == [True] * PACE_PER_S + [False] * (20 - PACE_PER_S)


def test_an_empty_bucket_fills_again():
    empty_bucket(NOW)
    later = NOW + timedelta(seconds=30)

    assert all(may_try_code(later) for _ in range(20))
