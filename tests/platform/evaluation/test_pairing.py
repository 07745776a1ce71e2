import pytest
from hypothesis import given
from hypothesis import strategies as st

from alpclusters.analysis.consensus import Ratings
from alpclusters.analysis.second_round import TwoRounds
from alpclusters.platform.evaluation.domain import histories
from alpclusters.platform.evaluation.domain.histories import aside_seed, is_safe, set_aside
from alpclusters.platform.evaluation.domain.tables import (
    SECOND,
    chance_of,
    read_journal,
    two_rounds,
)
from tests.factories.evaluation import make_cafe, make_project
from tests.factories.judging import GOLDEN, four_cafe, rate_again, rate_rows

pytestmark = pytest.mark.unit

SEED = 20260601


def pairs_of(rounds, seed=SEED):
    return histories.pairs_of(rounds, seed=seed)


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


# --- the seed -----------------------------------------------------------------------------

# Eighteen of twenty rated again: three of the pairs are set aside beside the two who did not.
LEAVING = [f"{row[1]}{row[0]}{row[3]}{row[2]}".replace(".", "3") for row in GOLDEN[:18]]


def asides(cafe):
    """Say per question what those set aside answered: their numbers change with the seal."""
    tables = read_journal(cafe).counted()
    return {
        (measure, criterion): sorted((rounds.first[who], rounds.second[who]) for who in aside)
        for (measure, criterion), rounds in two_rounds(tables).items()
        for aside in [pairs_of(rounds, aside_seed(tables, criterion, measure)).aside]
    }


@pytest.mark.django_db
def test_who_does_not_know_the_key_draws_other_pairs(settings):
    cafe = rate_again(four_cafe(GOLDEN), LEAVING)
    drawn = asides(cafe)
    assert any(drawn.values())
    public = read_journal(cafe).counted()[SECOND]

    others = []
    for number in range(4):
        settings.SECRET_KEY = f"another key {number}"
        others.append(asides(cafe))

    assert any(other != drawn for other in others)
    assert chance_of(cafe).seed("aside", 1, 1) != public.chance.seed("aside", 1, 1)
    assert len({chance_of(other).seed("aside", 1, 1) for other in (cafe, four_cafe(GOLDEN))}) == 2


@pytest.mark.django_db
def test_same_pairs_are_set_aside_after_people_got_new_numbers():
    cafe = rate_again(four_cafe(GOLDEN), LEAVING)
    before = asides(cafe)

    # As the seal does: the same answers under numbers drawn anew, in another order.
    again = [(row, rows) for row, rows in zip(GOLDEN, [*LEAVING, "", ""], strict=True)][::-1]
    cafe.ratings.all().delete()
    people = list(cafe.participants.order_by("pk"))
    rate_rows(people, [row for row, _again in again])
    rated = [(who, rows) for who, (_row, rows) in zip(people, again, strict=True) if rows]
    rate_rows([who for who, _ in rated], [rows for _, rows in rated], round=2, is_informed=True)

    assert asides(cafe) == before


@pytest.mark.django_db
def test_simulated_people_are_drawn_alike_on_every_machine(settings):
    cafe = make_cafe(project=make_project(slug="demo", kind="demonstration"))
    assert cafe.is_simulated

    seeds = set()
    for key in ("one", "two"):
        settings.SECRET_KEY = key
        seeds.add(chance_of(cafe).seed("aside", 1, 1))

    assert len(seeds) == 1
