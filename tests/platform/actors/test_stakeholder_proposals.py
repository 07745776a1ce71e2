"""Whom to invite next: pure, so any map and any list may be tried."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alpclusters.platform.actors.domain.stakeholders.targets import (
    Candidate,
    Goal,
    Seat,
    Targets,
    deficits_of,
    propose,
)

pytestmark = pytest.mark.unit

REGIONS = ("AT32", "ITC4", "SI04")
HELIXES = ("business", "research", "public", "civil", "intermediary", "finance", "unknown")
SEATS = st.builds(
    Seat,
    region=st.sampled_from((*REGIONS, "")),
    helix=st.sampled_from(HELIXES),
    level=st.sampled_from(("local", "regional", "national", "")),
)
GOALS = st.builds(
    Goal,
    regions=st.lists(st.sampled_from(REGIONS), unique=True, min_size=1).map(tuple),
    targets=st.builds(
        Targets,
        least_helixes=st.integers(1, 4),
        least_share=st.integers(0, 25),
        least_levels=st.integers(1, 5),
        least_of_region=st.integers(5, 8),
        least_of_cell=st.integers(1, 3),
    ),
)
CANDIDATES = st.lists(st.tuples(st.integers(1, 12), SEATS, st.integers(0, 9)), max_size=25).map(
    lambda rows: [Candidate(pk, body, seat, weight) for pk, (body, seat, weight) in enumerate(rows)]
)


@given(CANDIDATES, st.lists(SEATS, max_size=20), GOALS, st.frozensets(st.integers(1, 12)))
def test_nobody_is_proposed_twice_or_who_is_on_the_list_and_each_makes_less_missing(
    candidates, listed, goal, on_list
):
    found = propose(candidates, listed, goal, on_list=on_list)

    bodies = [one.candidate.organisation for one in found]
    assert len(set(bodies)) == len(bodies)
    assert not set(bodies) & on_list
    assert all(one.after < one.before for one in found)
    assert all(one.reasons for one in found)
    steps = [deficits_of(listed, goal).total, *(one.after for one in found)]
    assert [one.before for one in found] == steps[:-1]


@given(CANDIDATES, st.lists(SEATS, max_size=20), GOALS)
def test_proposals_end_only_when_nobody_left_helps(candidates, listed, goal):
    found = propose(candidates, listed, goal)

    size, taken = len(listed), {one.candidate.organisation for one in found}
    seats = [*listed, *(one.candidate.seat for one in found)]
    now = deficits_of(seats, goal, size=size).total
    left = [one for one in candidates if one.organisation not in taken]
    assert all(deficits_of([*seats, c.seat], goal, size=size).total >= now for c in left)


@given(st.lists(SEATS, max_size=30), SEATS, GOALS)
def test_one_more_person_never_makes_anything_worse(seats, more, goal):
    before = deficits_of(seats, goal, size=len(seats))
    after = deficits_of([*seats, more], goal, size=len(seats))

    assert after.total <= before.total


def test_among_equals_influence_and_interest_decide():
    seat = Seat("AT32", "civil", "local")
    quiet, loud = Candidate(1, 1, seat, weight=2), Candidate(2, 2, seat, weight=9)

    first = propose([quiet, loud], [], Goal(("AT32",)))[0]

    assert first.candidate == loud
    assert first.reasons == ("cell", "group", "level", "region")


def test_intermediaries_never_count_as_a_group_of_society():
    seats = [Seat("AT32", "intermediary", "local")] * 9

    assert deficits_of(seats, Goal(("AT32",))).groups == 3
    assert len(deficits_of(seats, Goal(("AT32",))).cells) == 4
