"""Answers in other places: counts stay, and no world with these counts is ruled out.

The attack here tries every world there is, without the audit and without a solver.
"""

from collections import Counter
from itertools import permutations, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alpclusters.analysis.disclosure import (
    Block,
    Register,
    audit,
    count_statements,
    deal_answers,
    exchange_answers,
)
from alpclusters.analysis.errors import ScaleError, ShapeError
from tests.analysis.disclosure.events import event

pytestmark = pytest.mark.unit

NUMBERS = st.integers(0, 6)


@st.composite
def rooms(draw):
    """Answers of some people to some questions, and groups for each."""
    n, m = draw(st.integers(0, 12)), draw(st.integers(0, 4))
    answers = [[draw(NUMBERS) for _ in range(m)] for _ in range(n)]
    groups = [[draw(st.integers(0, 1)) for _ in range(m)] for _ in range(n)]
    shape = (n, m)
    return np.array(answers).reshape(shape).astype(int), np.array(groups).reshape(shape).astype(int)


def counts(answers, groups):
    return [
        Counter(zip(answers[:, q].tolist(), groups[:, q].tolist(), strict=True))
        for q in range(answers.shape[1])
    ]


def rows_of(answers, groups):
    return sorted(map(tuple, np.column_stack([groups, answers]).tolist()))


@given(rooms(), st.integers(0, 2**64), st.sampled_from([0.0, 0.2, 1.0]))
def test_every_count_of_every_group_stays_what_it_was(room, seed, share):
    answers, groups = room

    exchanged = exchange_answers(answers, groups, seed=seed, share=share)

    assert counts(exchanged, groups) == counts(answers, groups)
    assert counts(deal_answers(answers, groups), groups) == counts(answers, groups)
    assert share or (exchanged == answers).all()


@given(rooms(), st.integers(0, 2**64), st.randoms())
def test_new_numbers_of_people_change_nothing(room, seed, random):
    answers, groups = room
    order = list(range(len(answers)))
    random.shuffle(order)

    found = exchange_answers(answers, groups, seed=seed)
    again = exchange_answers(answers[order], groups[order], seed=seed)

    assert rows_of(again, groups[order]) == rows_of(found, groups)


@given(rooms(), st.randoms())
def test_dealt_answers_follow_from_counts_alone(room, random):
    answers, groups = room
    # Another world with the same counts: within each group any answers changed hands.
    other = answers.copy()
    for q in range(answers.shape[1]):
        for group in np.unique(groups[:, q]):
            people = np.flatnonzero(groups[:, q] == group).tolist()
            other[people, q] = answers[random.sample(people, len(people)), q]

    assert (deal_answers(other, groups) == deal_answers(answers, groups)).all()


def test_no_world_is_ruled_out_by_what_came_out():
    """Four people and two questions: what comes out of one world comes out of every other."""
    column = sorted(set(permutations([0, 0, 1, 1])))
    worlds = [np.array(pair).T for pair in product(column, column)]
    alone = np.zeros((4, 2), dtype=int)

    def outcomes(world):
        return {
            exchange_answers(world, alone, seed=seed, share=0.8).tobytes() for seed in range(3_000)
        }

    linked, crossed = (outcomes(worlds[place]) for place in (0, 5))

    assert len(worlds) == len(linked) == 36
    assert linked == crossed


def test_every_witness_of_an_audit_could_have_given_the_same_exchanged_answers():
    blocks, _splits = event(14, 5, seed=3)
    everybody = range(14)
    said = [one for block in blocks for one in count_statements(block, everybody, release="r")]
    register = Register().add(said)
    found = audit(register, blocks)
    answers = np.array([block.answers for block in blocks]).T
    exchanged = exchange_answers(answers, np.zeros_like(answers), seed=11)

    # A world that moves what is asked, by hand: exchanged with somebody who said something else.
    n_worlds = 0
    for question, who in product(range(5), everybody):
        others = np.flatnonzero(answers[:, question] != answers[who, question])
        for other in others[:1]:
            world = answers.copy()
            world[[who, other], question] = answers[[other, who], question]
            moves = where_from(world, exchanged)
            assert (np.take_along_axis(world, moves, axis=0) == exchanged).all()
            assert all(sorted(moves[:, q].tolist()) == list(everybody) for q in range(5))
            n_worlds += 1
    assert found.is_safe
    assert n_worlds == 14 * 5


def where_from(world, exchanged):
    """Return who of a world gave each answer that came out, everybody once per question."""
    moves = np.empty_like(world)
    for q in range(world.shape[1]):
        moves[np.argsort(exchanged[:, q], kind="stable"), q] = np.argsort(
            world[:, q], kind="stable"
        )
    return moves


def test_some_answers_move_and_most_stay():
    draw = np.random.default_rng(1)
    answers = draw.integers(0, 7, (200, 30))

    moved = exchange_answers(answers, np.zeros_like(answers), seed=4) != answers

    assert 0.1 < moved.mean() < 0.2


@pytest.mark.parametrize("move", [deal_answers, lambda *a: exchange_answers(*a, seed=1)])
def test_groups_are_given_for_every_answer(move):
    with pytest.raises(ShapeError):
        move(np.zeros((4, 2)), np.zeros((4, 1)))


def test_a_share_lies_between_0_and_1():
    with pytest.raises(ScaleError):
        exchange_answers(np.zeros((4, 2)), np.zeros((4, 2)), seed=1, share=1.1)


def test_a_block_of_one_answer_each_is_what_the_audit_calls_it():
    """The exchange adds nothing: what is certain from counts alone is certain, nothing more."""
    alike = Block.of("m", [4] * 12, values=(1, 2, 3, 4, 5))
    found = audit(Register().add(count_statements(alike, range(12), release="r")), [alike])
    answers = alike.answers[:, None]

    assert not found.is_safe
    assert (exchange_answers(answers, np.zeros_like(answers), seed=1) == answers).all()
