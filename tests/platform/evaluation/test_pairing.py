import pytest
from hypothesis import given
from hypothesis import strategies as st

from alpclusters.analysis.consensus import Ratings
from alpclusters.analysis.second_round import TwoRounds
from alpclusters.platform.evaluation.domain.pairing import is_safe, pairs_of, set_aside

pytestmark = pytest.mark.unit

ROUNDS = st.dictionaries(
    st.integers(0, 60),
    st.tuples(st.integers(0, 6), st.integers(0, 6)),  # 0 is no answer, 6 "cannot judge"
    max_size=45,
)


def rounds_of(answers):
    return (
        {who: None if pair[at] == 6 else pair[at] for who, pair in answers.items() if pair[at]}
        for at in (0, 1)
    )


@given(ROUNDS)
def test_those_outside_the_pairs_are_none_or_five_who_differ(answers):
    first, second = rounds_of(answers)
    found = pairs_of(TwoRounds(first, second))
    both = {w for w in first.keys() & second.keys() if None not in (first[w], second[w])}
    used = both - set(found.aside)

    # What stands in the end is told too: in it the first answer of those who came once.
    for values in (first, second, {**first, **second}):
        outside = [v for who, v in values.items() if who not in used and v is not None]
        assert found.is_closed or not used or is_safe(outside)
    assert found.is_closed == (not used and found.n_both > 0)
    assert not used or len(used) >= 5
    assert found.n_both == len(both)


@given(ROUNDS)
def test_same_answers_set_the_same_pairs_aside(answers):
    first, second = rounds_of(answers)

    assert pairs_of(TwoRounds(first, second)) == pairs_of(
        TwoRounds(dict(reversed(first.items())), second)
    )


def test_pairs_stay_whole_where_everybody_rated_twice():
    first = dict.fromkeys(range(12), 3)

    assert pairs_of(TwoRounds(first, dict.fromkeys(first, 4))).aside == ()


def test_people_set_aside_still_count_in_their_round():
    first = {who: float(1 + who % 5) for who in range(20)}
    rows = [(who, "fair", value) for who, value in first.items()]
    pairs = pairs_of(TwoRounds(first, {who: value for who, value in first.items() if who > 1}))

    parted = set_aside(Ratings.from_rows(rows, scale=(1, 5)), {"fair": pairs}, mark="first")

    assert len(parted.rater_ids) == 20
    assert sum(str(who).startswith("first:") for who in parted.rater_ids) == len(pairs.aside) == 5
    assert parted.value.sum() == sum(first.values())
