"""Rows and the top three, compared with trying every world person by person."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alpclusters.analysis.disclosure import (
    Choices,
    ChoiceStatement,
    RowGroup,
    RowRelease,
    attack_rows,
    audit_choices,
)
from alpclusters.analysis.disclosure.systems import Row, System

pytestmark = pytest.mark.unit

OPTIONS = [(a, b) for a in range(-1, 3) for b in range(-1, 3) if a != b or a == -1]


# --- rows ---------------------------------------------------------------------------------------


@st.composite
def row_releases(draw):
    n, width = draw(st.integers(2, 7)), draw(st.integers(1, 3))
    cells = st.lists(st.integers(-1, 2), min_size=width, max_size=width)
    rows = draw(st.lists(cells, min_size=n, max_size=n))
    side = draw(st.lists(st.integers(0, 2), min_size=n, max_size=n))
    columns = st.frozensets(st.integers(0, width - 1))
    groups = [
        RowGroup("role", name, frozenset(r for r in range(n) if side[r] == name), draw(columns))
        for name in range(draw(st.integers(1, 2)))
    ]
    return RowRelease(np.array(rows), tuple(groups))


def counts(release, members, columns):
    return {
        (column, value): sum(int(release.answers[row, column] == value) for row in members)
        for column in columns
        for value in range(3)
    }


def all_memberships(release):
    """Every way to give each row to a group or to none that shows the same counts."""
    names = [one.name for one in release.groups]
    told = [counts(release, one.members, one.shown) for one in release.groups]
    for world in product([*names, None], repeat=len(release.answers)):
        sets = [{row for row, name in enumerate(world) if name == one} for one in names]
        if told == [counts(release, s, g.shown) for s, g in zip(sets, release.groups, strict=True)]:
            yield sets


@given(row_releases())
def test_memberships_that_are_certain_are_certain_in_every_world(release):
    found = attack_rows(release)
    worlds = list(all_memberships(release))

    assert not found.undecided.any()
    for place, group in enumerate(release.groups):
        for row in range(len(release.answers)):
            ways = {row in sets[place] for sets in worlds}
            assert found.certain[row, place] == (len(ways) == 1)
            assert (row in group.members) in ways


# --- the top three ------------------------------------------------------------------------------


@st.composite
def choice_cases(draw):
    n = draw(st.integers(1, 4))
    chosen = draw(st.lists(st.sampled_from(OPTIONS), min_size=n, max_size=n))
    choices = Choices(np.array(chosen), 3)
    told = []
    for _ in range(draw(st.integers(0, 5))):
        people = draw(st.frozensets(st.integers(0, n - 1), min_size=1))
        ends = st.tuples(st.integers(0, 1), st.integers(0, 2))
        weights = tuple((at, draw(st.integers(1, 3))) for at in draw(st.sets(ends, min_size=1)))
        n_now = total(chosen, people, weights)
        slack = draw(st.integers(0, 1))
        told.append(ChoiceStatement(people, weights, n_now - slack, n_now + slack, "r"))
    return choices, told


def total(world, people, weights):
    return sum(w for p in people for (place, m), w in weights if world[p][place] == m)


def certain_choices(choices, told):
    """(person, measure, feature, attacker) that holds in every world an attacker sees."""
    n, truth = len(choices.chosen), [tuple(row) for row in choices.chosen.tolist()]
    worlds = [
        world
        for world in product(OPTIONS, repeat=n)
        if all(one.low <= total(world, one.people, one.weights) <= one.high for one in told)
    ]
    found = set()
    for own in (None, *range(n)):
        seen = [world for world in worlds if own is None or world[own] == truth[own]]
        attacker = "insider" if own is None else "participant"
        for person, measure in product(range(n), range(3)):
            if person != own:
                if all(measure in world[person] for world in seen):
                    found.add((person, measure, "any place", attacker))
                for place in range(2):
                    if all(world[person][place] == measure for world in seen):
                        found.add((person, measure, f"place {place}", attacker))
    return found | {(*one, "participant") for *one, who in found if who == "insider"}


@given(choice_cases())
@pytest.mark.slow
def test_choices_that_are_certain_are_certain_in_every_world(case):
    choices, told = case

    found = audit_choices(choices, told)

    assert found.undecided == 0
    assert certain_choices(choices, told) == {
        (person, block[1], feature, attacker)
        for one in found.found
        for block, feature, person, attacker in one.told
    }


# --- systems ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("world", "lower", "holds"),
    [
        ([1, 1], None, True),
        ([2, 0], None, False),  # the row
        ([-1, 3], None, False),  # below zero
        ([0, 2], None, False),  # no choice is met
        ([1, 1], [2, 0], False),  # less than the attacker knows
    ],
)
def test_a_world_is_taken_only_after_a_check_in_whole_numbers(world, lower, holds):
    system = System((3, 3), (Row((0, 1), (1, 2), 3, 4),), ((Row((0,), (1,), 1, 3),),))

    known = None if lower is None else np.array(lower)

    assert system.holds(np.array(world), known) is holds
