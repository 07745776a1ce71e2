"""Known answers of the shared fixtures, and samples of our own that always run."""

import csv
import json
from dataclasses import replace

import numpy as np
import pytest

from alpclusters.analysis.disclosure import (
    MISSING,
    Block,
    Choices,
    ChoiceStatement,
    Register,
    RowGroup,
    RowRelease,
    attack_rows,
    audit,
    audit_choices,
    count_statements,
    knowledge_attack,
    mean_statements,
)
from alpclusters.analysis.disclosure.systems import Row, Search, System, atoms_of, system_of
from tests.analysis.disclosure.attack import Plain, bounds, fixed_by_equations, worlds

pytestmark = pytest.mark.unit

SCALE = (MISSING, 1, 2, 3, 4, 5)
SYSTEMS = (
    "table_primary_only",
    "table_best_complements",
    "linear_misses",
    "late_sheet",
    "leavers",
    "top_three_first_place",
    "mean_and_sd",
    "mean_one_decimal",
)


def shown(block, *groups):
    """A register with the counts of some groups, all in one release."""
    told = [one for group in groups for one in count_statements(block, group, release="table")]
    return Register().add(told)


def people_with(counts, *, first=1):
    """One answer per person, so that counts of first, first + 1, ... are these."""
    return [first + place for place, n in enumerate(counts) for _ in range(n)]


# --- the shared systems -------------------------------------------------------------------------


@pytest.fixture
def systems(shared):
    text = (shared / "data" / "disclosure" / "systems.json").read_text("utf-8")
    return {one["name"]: one for one in json.loads(text)}


def solved_bounds(system, truth):
    """Least and greatest value of each column, by the search of the audit."""
    search, found = Search(system), []
    for column in range(len(truth)):
        ends = []
        for sign in (1, -1):
            cost, best = np.zeros(len(truth), dtype=np.int64), truth
            cost[column] = sign
            while True:
                outcome, world = search.smallest(cost, int(cost @ best))
                if outcome != "moved":
                    break
                best = world
            assert outcome == "fixed"
            ends.append(int(best[column]))
        found.append(ends)
    return found


@pytest.mark.parametrize("name", SYSTEMS)
def test_search_and_enumeration_find_the_known_bounds(systems, name):
    one = systems[name]
    rows = [tuple(zip(r["columns"], map(int, r["coefficients"]), strict=True)) for r in one["rows"]]
    ends = [(r["low"], r["high"]) for r in one["rows"]]
    plain = Plain(tuple(one["upper"]), tuple((r, *e) for r, e in zip(rows, ends, strict=True)))
    ours = tuple(
        Row(tuple(c for c, _ in r), tuple(w for _, w in r), *e)
        for r, e in zip(rows, ends, strict=True)
    )

    found = worlds(plain)
    solved = solved_bounds(System(plain.upper, ours), np.array(one["truth"]))

    assert len(found) == one["worlds"]
    assert [list(end) for end in bounds(found)] == one["integer_bounds"] == solved
    assert [i for i, (low, high) in enumerate(solved) if low == high] == one["pinned"]
    assert fixed_by_equations(plain) <= set(one["pinned"])


# --- tables and rows ----------------------------------------------------------------------------


@pytest.fixture
def tables_only(shared):
    folder = shared / "data" / "disclosure" / "tables_only"
    with (folder / "people.csv").open(encoding="utf-8") as file:
        people = list(csv.DictReader(file))
    expected = json.loads((folder / "expected.json").read_text("utf-8"))
    return people, expected


def groups(people, column, *joined):
    """The people of each group; codes that are joined make one."""
    names = dict.fromkeys(one[column] for one in people)
    sets = [name for name in names if name not in joined]
    parts = [[i for i, one in enumerate(people) if one[column] == name] for name in sets]
    if joined:
        parts.append([i for i, one in enumerate(people) if one[column] in joined])
    return parts


def test_two_tables_of_one_measure_give_away_what_neither_does_alone(tables_only):
    people, expected = tables_only
    block = Block.of("m", [int(one["answer"]) for one in people], values=SCALE)
    roles, regions = groups(people, "role"), groups(people, "region")

    both = audit(shown(block, *roles, *regions), [block])
    without_roles = audit(shown(block, *regions), [block])
    joined = audit(shown(block, *groups(people, "role", "a", "b"), *regions), [block])

    assert both.answers("insider") == expected["answers_read"] == 1
    assert both.answers("participant") == expected["more_for_one_participant"] == 8
    assert without_roles.answers("insider") == expected["after_dropping_roles"] == 0
    assert (joined.answers("insider"), joined.answers("participant")) == (0, 4)


def test_every_cell_of_the_two_tables_has_its_known_bounds(tables_only):
    people, expected = tables_only
    block = Block.of("m", [int(one["answer"]) for one in people], values=SCALE)
    register = shown(block, *groups(people, "role"), *groups(people, "region"))
    atoms = atoms_of(register.groups(), block.n_people)
    z = np.zeros((len(atoms.sizes), len(SCALE)), dtype=np.int64)
    np.add.at(z, (atoms.of, block.answers), 1)

    solved = solved_bounds(system_of(register, atoms, len(SCALE)), z.ravel())

    for name, known in expected["bounds"].items():
        cell, value = name.split("=")
        members = [i for i, one in enumerate(people) if one["role"] + one["region"] == cell]
        column = atoms.of[members[0]] * len(SCALE) + SCALE.index(int(value))
        assert solved[column] == known, name


def test_rows_and_counts_of_groups_give_away_every_membership(shared):
    folder = shared / "data" / "disclosure" / "two_files"
    expected = json.loads((folder / "expected.json").read_text("utf-8"))
    answers = ("cannot_judge", "1", "2", "3", "4", "5")
    rows = np.full((expected["people"], 6), -1)
    with (folder / "rows.csv").open(encoding="utf-8") as file:
        for one in csv.DictReader(file):
            rows[int(one["row"]) - 1, int(one["measure"][1:]) - 1] = answers.index(one["value"])
    members = {int(name.split()[1]) - 1: pair for name, pair in expected["members"].items()}
    made = tuple(
        RowGroup(split, name, frozenset(r for r, m in members.items() if m[at] == name), columns)
        for columns in [frozenset(range(6))]
        for at, split in enumerate(("role", "region"))
        for name in (key.split(":")[1] for key in expected["pinned_rows"] if split in key)
    )

    found = attack_rows(RowRelease(rows, made))

    assert [int(n) for n in found.certain.sum(axis=0)] == list(expected["pinned_rows"].values())
    assert found.groups_read == (True,) * 4
    assert len(found.tied) == sum(expected["cells"].values()) == 13
    assert (len(found.tied_below), len(found.tied_alone)) == (4 + 3 + 1, 1)


def test_rows_are_read_without_the_shared_data_too():
    rows = np.array([[0, 1, 2], [0, 0, 1], [1, 1, 0], [1, 0, 2], [1, 0, 2]])
    group = RowGroup("role", "firm", frozenset({0, 1, 3}), frozenset({0, 1, 2}))

    found = attack_rows(RowRelease(rows, (group,)))

    # The last two rows are the same: one of them is in the group, nobody can say which.
    assert found.certain[:, 0].tolist() == [True, True, True, False, False]
    assert found.groups_read == (False,)


def test_without_rows_no_neighbour_finds_anybody():
    assert [one.share for one in knowledge_attack([])] == [0.0] * 6


def test_a_neighbour_who_knows_enough_finds_a_row_unless_another_is_the_same():
    rows = [[0, 1, 2], [0, 1, 2], [1, 2, 0], [2, 0, 1]]

    found = knowledge_attack(rows, known=(1, 3))

    assert [(one.share, one.is_exact) for one in found] == [(0.5, True), (0.5, True)]


def test_drawn_sets_come_close_to_all_sets(monkeypatch):
    rows = np.random.default_rng(3).integers(0, 3, size=(30, 12))
    exact = knowledge_attack(rows, known=(4,))[0]
    monkeypatch.setattr("alpclusters.analysis.disclosure.knowledge.MOST_EXACT", 10)

    drawn = knowledge_attack(rows, known=(4,))[0]

    assert (exact.is_exact, drawn.is_exact) == (True, False)
    assert drawn.share == pytest.approx(exact.share, abs=0.02)


# --- differences in time, pairs, sums, top three ------------------------------------------------


def test_a_late_sheet_is_read_from_two_releases():
    block = Block.of("m", [*people_with([1, 2, 6, 9, 6]), 4], values=SCALE)
    first = count_statements(block, range(24), release="Monday")
    second = count_statements(block, range(25), release="Friday")

    both = audit(Register().add(first).add(second), [block])
    last_only = audit(Register().add(second), [block])

    assert [(one.code, one.people) for one in both.found if one.attacker == "insider"] == [
        ("D4", frozenset({24}))
    ]
    assert last_only.is_safe


def of_first_answers(register, block):
    """What was said of the first round, said of pairs."""
    told = [
        replace(one, weights=tuple(one.weights[SCALE.index(value)] for value in block.part(0)))
        for one in register.statements
    ]
    return Register().add(told)


def test_answers_of_leavers_follow_from_all_minus_paired():
    before = people_with([3, 4, 8, 10, 5])
    values = [(one, other) for one in SCALE for other in SCALE]
    leavers = (before.index(4), before.index(5))
    after = [MISSING if i in leavers else 3 for i in range(len(before))]
    block = Block.of("m", list(zip(before, after, strict=True)), values=values)
    plain = Block.of("m", before, values=SCALE)
    stayed = frozenset(range(30)) - set(leavers)

    told = of_first_answers(shown(plain, range(30), stayed), block)
    found = audit(told, [block])

    assert [(one.code, one.people) for one in found.found if one.attacker == "insider"] == [
        ("D3", frozenset(leavers))
    ]
    # Each of the two subtracts the own answer and knows the other's.
    assert {p for one in found.found if one.code == "D2" for p in one.people} == set(leavers)


def spread(block, people):
    """Number, sum and sum of squares: what n, mean and standard deviation tell."""
    values = [block.values[block.answers[p]] for p in people]
    counted, summed = mean_statements(block, people, decimals=3, release="r")
    n = sum(value**2 for value in values)
    squares = tuple(value**2 for value in block.values)
    return counted, summed, replace(summed, weights=squares, low=n, high=n)


def test_n_mean_and_standard_deviation_are_the_counts():
    block = Block.of("m", people_with([0, 0, 1, 3, 3]), values=(1, 2, 3, 4, 5))
    told = spread(block, range(7))
    rounded = mean_statements(block, range(7), decimals=1, release="r")

    def worlds_of(statements):
        rows = [(tuple(enumerate(map(int, s.weights))), s.low, s.high) for s in statements]
        return worlds(Plain((7,) * 5, tuple(rows)))

    assert worlds_of(told) == [(0, 0, 1, 3, 3)]
    assert len(worlds_of(rounded)) == 6


def test_five_who_agree_on_the_first_place_are_given_away_by_places():
    choices = Choices(np.array([[0], [0], [0], [0], [0]]), 4)
    people = frozenset(range(5))
    told = [ChoiceStatement(people, (((0, m), 1),), n, n, "r") for m, n in enumerate([5, 0, 0, 0])]

    found = audit_choices(choices, told)

    assert found.people == people
    assert {one.feature for one in found.found} == {"place 0"}


def test_a_group_in_which_all_answer_alike_is_given_away():
    block = Block.of("m", [4] * 5 + [3, 5, 3, 5, 2], values=SCALE)

    found = audit(shown(block, range(5), range(10)), [block])

    assert found.people == frozenset(range(5))
    assert [one.code for one in found.found if one.attacker == "insider"] == ["D2"]


def test_two_who_answered_alike_are_each_given_away_to_the_other():
    block = Block.of("m", [2, 2, 1, 3, 3], values=(1, 2, 3))

    # Two people, mean 2: both said 2, or one 1 and one 3; who said 2 knows which.
    found = audit(Register().add(mean_statements(block, (0, 1), decimals=1, release="r")), [block])

    assert found.answers("insider") == 0
    assert [one.people for one in found.found if one.code == "D2"] == [frozenset({0, 1})]
