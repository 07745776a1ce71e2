"""Wrong passwords slow down and lock nobody out."""

import pytest
from django.core.cache import cache

from alpclusters.platform.accounts.domain import throttle
from alpclusters.platform.accounts.domain.throttle import (
    ACCOUNT,
    ADDRESS,
    Counter,
    begin_try,
    may_mail_stranger,
)

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

NOON = 1_800_000_000.0


@pytest.fixture(autouse=True)
def fresh_counters():
    cache.clear()
    yield
    cache.clear()


def ana(address: str = "192.0.2.7") -> list[Counter]:
    """What a try for Ana's account counts for."""
    return [Counter(ACCOUNT, "ana@example.org"), Counter(ADDRESS, address)]


def test_after_ten_wrong_tries_the_wait_doubles_up_to_a_quarter_of_an_hour():
    now, waits = NOON, []
    for n in range(24):
        # Each try from another place, so that only the account counts.
        assert begin_try(ana(f"192.0.2.{n}"), now) == 0
        waits.append(round(Counter(ACCOUNT, "ana@example.org").wait_s(now)))
        now += waits[-1]

    assert waits[:9] == [0] * 9
    assert waits[9:19] == [1, 2, 4, 8, 16, 32, 64, 128, 256, 512]
    assert max(waits) == 900


def test_a_try_that_comes_early_does_not_make_the_wait_longer():
    for _ in range(10):
        begin_try(ana(), NOON)
    for _ in range(1_000):
        assert begin_try(ana(), NOON + 0.5) > 0

    assert begin_try(ana(), NOON + 1) == 0


def test_wrong_tries_are_forgotten_with_time():
    for _ in range(10):
        begin_try(ana(), NOON)

    later = NOON + 10 * ACCOUNT.longest_s
    assert all(begin_try(ana(), later) == 0 for _ in range(9))


def test_a_right_password_takes_back_its_own_try_only():
    for _ in range(9):
        begin_try(ana(), NOON)
    for _ in range(50):
        assert begin_try(ana(), NOON) == 0
        throttle.take_back(ana())
    begin_try(ana(), NOON)

    assert begin_try(ana(), NOON) > 0


def test_forty_accounts_tried_from_one_address_are_slowed_and_others_are_not():
    now, looked_at = NOON, 0
    while now < NOON + 60:
        counters = [Counter(ACCOUNT, f"{looked_at}@example.org"), Counter(ADDRESS, "192.0.2.7")]
        looked_at += begin_try(counters, now) == 0
        now += 0.1

    assert 20 <= looked_at < 28
    assert begin_try([Counter(ACCOUNT, "0@example.org"), Counter(ADDRESS, "192.0.2.8")], now) == 0
    # Whoever waits is let in within a minute, whatever the others at the address do.
    assert begin_try(ana("192.0.2.7"), now) <= ADDRESS.longest_s


def test_counters_survive_a_thousand_others():
    for _ in range(10):
        begin_try(ana(), NOON)
    for n in range(1_000):
        begin_try([Counter(ACCOUNT, f"{n}@example.org"), Counter(ADDRESS, f"2001:db8:{n:x}::")])

    assert begin_try(ana(), NOON + 0.5) > 0


def test_the_names_of_counters_tell_nobody():
    names = {counter.key for counter in ana()}

    assert not any("ana" in name or "192" in name for name in names)


def test_strangers_get_one_mail_a_day_and_all_together_thirty_an_hour():
    told = [throttle.may_mail_stranger(f"{n}@example.org") for n in range(40)]

    assert throttle.STRANGERS_PER_HOUR == 30
    assert 30 <= sum(told) <= 60  # an hour may end meanwhile
    assert not throttle.may_mail_stranger("0@example.org")


def test_strangers_get_one_mail_a_day_and_all_of_them_thirty_in_an_hour(monkeypatch):
    monkeypatch.setattr(throttle.time, "time", lambda: NOON)
    asked = [may_mail_stranger(f"{n}@example.org") for n in range(40)]

    again = may_mail_stranger("0@Example.org")
    monkeypatch.setattr(throttle.time, "time", lambda: NOON + 3_600)

    assert asked == [True] * 30 + [False] * 10
    assert not again
    assert may_mail_stranger("somebody@example.org")
    assert not may_mail_stranger("0@example.org")
