"""Known answers of the shared fixtures, and of a sample of our own that always runs."""

import csv
import json

import pytest

from alpclusters.analysis.disclosure import MISSING, Block, Register, audit, count_statements

pytestmark = pytest.mark.unit

SCALE = (MISSING, 1, 2, 3, 4, 5)


def shown(block, *groups):
    """A register with the counts of some groups, all in one release."""
    told = [one for group in groups for one in count_statements(block, group, release="table")]
    return Register().add(told)


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


def test_a_group_in_which_all_answer_alike_is_given_away():
    block = Block.of("m", [4] * 5 + [3, 5, 3, 5, 2], values=SCALE)

    found = audit(shown(block, range(5), range(10)), [block])

    assert found.people == frozenset(range(5))
    assert [one.code for one in found.found if one.attacker == "insider"] == ["D2"]
