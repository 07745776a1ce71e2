"""What the audit says, compared with an attack that shares no code with it."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from alpclusters.analysis.disclosure import (
    MISSING,
    Block,
    Mark,
    Register,
    Statement,
    audit,
    band_statements,
    count_statements,
    mean_statements,
    repair,
)
from tests.analysis.disclosure.attack import (
    TooManyNodesError,
    all_worlds,
    certain_answers,
    classes_of,
    fixed_by_equations,
    freed_by_exchanges,
)
from tests.analysis.disclosure.events import event

pytestmark = pytest.mark.unit

VALUES = (MISSING, 1, 2, 3)
MOST_NODES = 20_000


@st.composite
def small_events(draw):
    """A few people, one question, some groups with statements of several kinds and releases."""
    n = draw(st.integers(3, 9))
    answers = draw(st.lists(st.sampled_from(VALUES), min_size=n, max_size=n))
    block = Block.of("m", answers, values=VALUES)
    one, other = (draw(st.lists(st.integers(0, 1), min_size=n, max_size=n)) for _ in range(2))
    groups = [[p for p in range(n) if of[p] == side] for of in (one, other) for side in (0, 1)]
    groups.append(range(draw(st.integers(1, n))))
    register = Register()
    for place, group in enumerate(groups):
        if group:
            told = draw(st.sampled_from((counted, banded, averaged, unsaid)))
            register = register.add(told(block, group, f"release {place % 2}"))
    return block, register


def counted(block, group, release):
    return count_statements(block, group, release=release)


def banded(block, group, release):
    return band_statements(block, group, [(1, 2), (3,)], release=release)


def averaged(block, group, release):
    judged = any(block.values[block.answers[p]] != MISSING for p in group)
    return mean_statements(block, group, decimals=1, release=release) if judged else ()


def unsaid(_block, _group, _release):
    return ()


def told_by(found):
    """(person, attacker) of everything but the figures of small sets."""
    return {
        (person, attacker)
        for one in found.found
        if one.feature != "counts"
        for _, _, person, attacker in one.told
    }


@given(small_events())
def test_audit_and_exact_enumeration_agree_on_every_answer(case):
    block, register = case
    classes = classes_of(register, block)
    try:
        possible = all_worlds(classes, MOST_NODES)
    except TooManyNodesError:
        assume(False)  # noqa: FBT003 - the signature of hypothesis

    found = audit(register, [block])

    assert found.undecided == 0
    assert classes.truth() in possible
    assert told_by(found) == certain_answers(classes, possible)


@given(small_events(), st.data())
@pytest.mark.slow
def test_audit_and_enumeration_agree_where_marks_depend_on_answers(case, data):
    block, register = case
    n = len(block.answers)
    made = st.builds(
        Statement,
        st.just("m"),
        st.sets(st.integers(0, n - 1), min_size=1).map(frozenset),
        st.tuples(*[st.integers(-1, 2)] * len(VALUES)),
        st.integers(-3, 2),
        st.integers(2, 8),
        st.just("mark"),
    )
    alternatives = data.draw(st.lists(made, min_size=1, max_size=3))
    mark = Mark("m", tuple(alternatives), "mark")
    classes = classes_of(register.add([mark]), block)
    assume(any(row[1] <= sum(c * classes.truth()[i] for i, c in row[0]) <= row[2]
               for row in classes.marks[0]))  # fmt: skip
    try:
        possible = all_worlds(classes, MOST_NODES)
    except TooManyNodesError:
        assume(False)  # noqa: FBT003 - the signature of hypothesis

    found = audit(register.add([mark]), [block])

    assert told_by(found) == certain_answers(classes, possible)


@given(small_events())
def test_small_sets_that_are_pinned_are_pinned_in_every_world(case):
    block, register = case
    classes = classes_of(register, block)
    try:
        possible = all_worlds(classes, MOST_NODES)
    except TooManyNodesError:
        assume(False)  # noqa: FBT003 - the signature of hypothesis

    found = audit(register, [block], attackers=("insider",))

    for one in found.found:
        if one.feature == "counts":
            places = [i for i, members in enumerate(classes.people) if members[0] in one.people]
            assert {p for i in places for p in classes.people[i]} == one.people
            assert any(
                len(counts) == 1 and counts != {0}
                for value in range(len(VALUES))
                for counts in [{sum(w[classes.column(i, value)] for i in places) for w in possible}]
            )


def check_release(n, seed, n_blocks=6):
    """Attack a repaired release; nothing that the audit calls safe may be found."""
    blocks, splits = event(n, n_blocks, seed)

    done = repair(blocks, splits)

    assert done.is_safe
    assert done.audit.undecided == 0
    for block in blocks:
        classes = classes_of(done.register, block)
        fixed = fixed_by_equations(classes.system)
        width = len(classes.values)
        for place, members in enumerate(classes.people):
            answers = {classes.answers[person] for person in members}
            if len(answers) == 1:  # only these could be read at all
                columns = {place * width + value for value in range(width)}
                freed = freed_by_exchanges(classes, tries=20_000)
                assert not columns <= fixed
                assert set(members) <= freed
    return done


@pytest.mark.parametrize(("n", "seed"), [(22, 1), (40, 2), (75, 3), (149, 4)])
def test_what_a_repair_releases_withstands_the_second_attack(n, seed):
    check_release(n, seed)


@pytest.mark.full
@pytest.mark.parametrize("seed", range(100))
def test_a_hundred_generated_events_withstand_the_second_attack(seed):
    check_release(20 + seed * 13 // 10, 1000 + seed, n_blocks=16)
