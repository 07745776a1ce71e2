"""When a sentence about a result may be said."""

from datetime import date
from types import SimpleNamespace

import pytest

from alpclusters.analysis.claims import (
    Estimate,
    direction,
    may_follow,
    sole_leader,
    standing,
    within_reach,
)


def test_a_leader_is_named_only_where_its_interval_clears_every_other():
    fair, lab = Estimate("fair", 4.5, 4.2, 4.8), Estimate("lab", 3.0, 2.6, 3.4)
    near = Estimate("near", 4.0, 3.6, 4.4)
    assert sole_leader([lab, fair]) == fair
    assert sole_leader([lab, fair, near]) is None
    assert within_reach([lab, near, fair]) == [fair, near]


def test_the_only_item_leads_nobody():
    assert sole_leader([Estimate("fair", 4.5, 4.2, 4.8)]) is None
    assert within_reach([]) == []


def test_equal_answers_have_no_interval_and_prove_nothing():
    alike = Estimate("alike", 5.0, None, None, n=6)
    others = [Estimate("lab", 3.0, 2.6, 3.4), Estimate("fair", 2.0, 1.6, 2.4)]
    assert sole_leader([alike, *others]) is None
    assert within_reach([alike, *others]) == [alike, *others]
    behind = Estimate("behind", 1.0, None, None, n=6)
    assert within_reach([Estimate("top", 4.5, 4.2, 4.8), behind])[-1] == behind


@pytest.mark.parametrize(
    ("tiers", "ranks", "is_alone"),
    [
        ([(1,), (2, 3)], (1, 1), True),
        ([(1,), (2, 3)], (1, 2), False),
        ([(1,), (2, 3)], None, False),
        ([(1, 2), (3,)], (1, 1), False),
        ([(1, 2, 3)], (1, 1), False),
    ],
)
def test_alone_takes_the_first_tier_and_the_first_place_only(tiers, ranks, is_alone):
    found = standing([SimpleNamespace(measures=measures) for measures in tiers], ranks)
    assert found.is_alone is is_alone
    assert found.base == 3


def test_one_tier_has_no_first():
    found = standing([SimpleNamespace(measures=(1, 2, 3))], (1, 1))
    assert found.n_tiers == 1
    assert found.first == ()


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ((1.0, 2.0), (2.5, 3.0), "higher"),
        ((2.5, 3.0), (1.0, 2.0), "lower"),
        ((1.0, 2.0), (2.0, 3.0), "not_clear"),
        ((1.0, 2.0), (None, 3.0), None),
    ],
)
def test_a_direction_needs_intervals_that_are_apart(before, after, said):
    assert direction(before, after) == said


def test_nothing_follows_from_what_came_later():
    today, before = date(2026, 7, 1), date(2025, 3, 1)
    assert may_follow(before, today)
    assert may_follow(today, today)
    assert not may_follow(today, before)
    assert may_follow(today, None)
    assert may_follow(None, before)
