"""What a history says stood at each moment is what the answers of that moment say."""

from hypothesis import given
from hypothesis import strategies as st

from alpclusters.analysis.disclosure import MISSING
from alpclusters.analysis.scales import Kind, Scale
from alpclusters.platform.evaluation.domain.histories import CANNOT, History, trace
from alpclusters.platform.evaluation.domain.tables import (
    FIRST,
    SECOND,
    RatingTable,
    standing_table,
)

CRITERION, MEASURE = 7, 3
FIVE = Scale(Kind.ORDERED, (1, 2, 3, 4, 5))
ANSWERS = st.dictionaries(st.integers(1, 14), st.one_of(st.none(), st.integers(1, 5)))
MOMENTS = st.lists(st.tuples(ANSWERS, ANSWERS), min_size=1, max_size=3)


def table(given_):
    rows = tuple((who, MEASURE, CRITERION, value) for who, value in given_.items())
    return RatingTable(rows, scales={CRITERION: FIVE})


def tables(first, second):
    both = {FIRST: table(first), SECOND: table(second)}
    # A way names who answered again; the standing table needs them of the second round.
    return {number: one for number, one in both.items() if one.rows}


def labels_of(history, people, moment):
    block = history.at(moment)
    return {who: block.part(0)[block.answers[place]] for place, who in enumerate(people)}


@given(MOMENTS)
def test_history_gives_back_what_stood_at_every_moment(moments):
    people = sorted({who for pair in moments for answers in pair for who in answers})
    history = History((CRITERION, MEASURE), people, [tables(*pair) for pair in moments], FIVE)

    for number, (first, second) in enumerate(moments):
        expected = {
            who: MISSING if who not in said else said[who] or CANNOT
            for said in [{**first, **second}]
            for who in people
        }
        assert labels_of(history, people, number) == expected


@given(MOMENTS)
def test_values_that_people_have_are_among_those_a_world_may_have(moments):
    people = sorted({who for pair in moments for answers in pair for who in answers})

    block = History((CRITERION, MEASURE), people, [tables(*pair) for pair in moments], FIVE).block

    assert len(set(block.values)) == len(block.values)
    assert block.n_people == len(people)
    for name, labels in block.features:
        assert len(labels) == len(block.values), name


def test_moments_at_which_nothing_was_different_are_one_answer():
    same = tables(dict.fromkeys(range(12), 4), {})

    block = History((CRITERION, MEASURE), range(12), [same, same, same], FIVE).block

    assert len(block.values) == 7
    assert [name for name, _labels in block.features] == ["answer"]


def test_everyone_at_a_moment_are_those_who_had_answered():
    early, late = table({1: 4, 2: 5}), table({1: 4, 2: 5, 9: 1})

    found = trace([{FIRST: early}, {FIRST: late}], {CRITERION: FIVE}, [MEASURE])

    assert found.people == (1, 2, 9)
    assert found.everyone == (frozenset({0, 1}), frozenset({0, 1, 2}))
    assert standing_table({FIRST: late}).rows == late.rows


def test_question_that_nobody_answered_is_no_question():
    found = trace([{FIRST: table({1: 4, 2: 5})}], {CRITERION: FIVE}, [MEASURE, MEASURE + 1])

    assert list(found.questions) == [(CRITERION, MEASURE)]
