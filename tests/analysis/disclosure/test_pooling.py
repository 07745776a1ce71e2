"""People who put their answers together know what everybody public is minus their own."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alpclusters.analysis.disclosure import (
    Block,
    Mark,
    Register,
    Statement,
    audit,
    count_statements,
    pooled_attack,
    without,
)
from alpclusters.analysis.disclosure.systems import is_true
from alpclusters.analysis.errors import ScaleError
from tests.analysis.disclosure.events import VALUES, event

SCALE = (1, 2, 3, 4, 5)


def counts(block, *groups):
    told = [one for group in groups for one in count_statements(block, group, release="r")]
    return Register().add(told)


def test_four_who_said_something_else_read_the_other_six():
    block = Block.of("clarity", [4] * 6 + [1, 2, 3, 5], values=SCALE)
    register = counts(block, range(10))
    assert audit(register, [block]).is_safe

    rest, others = without(register, [block], frozenset(range(6, 10)))

    found = audit(rest, others, attackers=("insider",))
    assert found.answers("insider") == others[0].n_people == 6


def test_nothing_is_certain_for_a_table_that_holds_only_some_of_the_others():
    block = Block.of("clarity", [4] * 6 + [1, 2, 3, 5], values=SCALE)

    rest, others = without(counts(block, range(10)), [block], frozenset(range(7, 10)))

    assert audit(rest, others, attackers=("insider",)).answers("insider") == 0


def test_marks_are_told_of_the_others_too():
    block = Block.of("clarity", [4] * 10, values=SCALE)
    alike = Statement("clarity", frozenset(range(10)), (1, 1, 1, 0, 1), 0, 1, "r")

    rest, others = without(
        Register().add([Mark("clarity", (alike,), "r")]), [block], frozenset({0, 1})
    )

    assert rest.marks[0].alternatives[0].people == frozenset(range(8))
    assert is_true(rest.marks[0].alternatives[0], others[0])


def test_somebody_who_is_not_there_cannot_pool():
    block = Block.of("clarity", [4, 5], values=SCALE)

    with pytest.raises(ScaleError):
        without(Register(), [block], frozenset({7}))


@given(st.integers(10, 30), st.integers(0, 2**16), st.data())
def test_whoever_pools_with_nobody_learns_no_more_than_the_audit_of_participants_allows(
    n, seed, data
):
    """Two ways to the same: a participant's own answer as a bound, and the person taken out."""
    blocks, splits = event(n, 2, seed)
    register = Register()
    for block in blocks:
        groups = [
            [person for person in range(n) if split.codes[person] == code]
            for split in splits
            for code in sorted(set(split.codes), key=str)
        ]
        told = data.draw(st.lists(st.sampled_from(groups), max_size=3))
        register = register.add(counts(block, range(n), *told).statements)
    whole = audit(register, blocks)
    person = data.draw(st.integers(0, n - 1))

    rest, others = without(register, blocks, frozenset({person}))
    alone = audit(rest, others, attackers=("insider",))

    left = [who for who in range(n) if who != person]
    known = {(one.block, who) for one in whole.found for who in one.people}
    found = {
        (one.block, left[place])
        for one in alone.found
        if one.feature == "answer"
        for place in one.people
    }
    assert found <= known


@given(st.integers(0, 2**16), st.integers(1, 5))
def test_shares_are_shares_and_the_worst_table_is_no_better_than_the_mean(seed, size):
    blocks, _splits = event(16, 1, seed)

    found = pooled_attack(counts(blocks[0], range(16)), blocks, size=size, n_tables=5)

    assert 0 <= found.share <= found.worst <= 1
    assert (found.size, found.n_tables) == (size, 5)


def test_fewer_people_than_a_table_are_no_table():
    block = Block.of("clarity", [4, 5], values=VALUES)

    assert pooled_attack(Register(), [block]).n_tables == 0
