import itertools
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alpclusters.analysis.errors import StateError
from alpclusters.platform.cafe.domain.events import close_cafe
from alpclusters.platform.cafe.domain.ratings import (
    Outcome,
    RatingCommand,
    Refusal,
    record_ratings,
)
from alpclusters.platform.cafe.domain.standing import standing_of_cafe, standing_of_participant
from alpclusters.platform.cafe.models import Rating
from tests.factories.cafe import NOW, choice, join_cafe, make_open_cafe
from tests.factories.evaluation import make_measure

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def cafe():
    return make_open_cafe()


@pytest.fixture
def person(cafe):
    return join_cafe(cafe).participant


def test_the_latest_answer_stands_and_the_earlier_is_kept(cafe, person):
    record_ratings(person, [choice(cafe, 3)], now=NOW)
    record_ratings(person, [choice(cafe, 5)], now=NOW)

    assert [a.value for a in standing_of_cafe(cafe)] == [5]
    assert Rating.objects.count() == 2


def test_a_key_sent_again_counts_once_and_gets_the_same_answer(cafe, person):
    command = choice(cafe, 4)

    first = record_ratings(person, [command, command], now=NOW)
    again = record_ratings(person, [command], now=NOW)

    assert [o.is_new for o in first] == [True, False]
    assert again == [Outcome(command.key)]
    assert Rating.objects.count() == 1


def test_a_key_with_another_body_is_refused_and_the_others_are_taken(cafe, person):
    command = choice(cafe, 4)
    record_ratings(person, [command], now=NOW)

    outcomes = record_ratings(person, [replace(command, value=5), choice(cafe, 2)], now=NOW)

    assert [o.refusal for o in outcomes] == [Refusal.KEY_REUSED, None]
    assert [a.value for a in standing_of_cafe(cafe)] == [2]


def test_a_key_of_somebody_else_is_refused(cafe, person):
    command = choice(cafe, 4)
    record_ratings(person, [command], now=NOW)

    [outcome] = record_ratings(join_cafe(cafe).participant, [command], now=NOW)

    assert outcome.refusal == Refusal.KEY_REUSED


def test_cannot_judge_stands_as_an_answer_of_its_own(cafe, person):
    record_ratings(person, [choice(cafe, None, cannot_judge=True)], now=NOW)

    [answer] = standing_of_cafe(cafe)
    assert (answer.value, answer.cannot_judge) == (None, True)


def test_a_withdrawn_answer_does_not_stand(cafe, person):
    record_ratings(person, [choice(cafe, 4), choice(cafe, None)], now=NOW)

    assert standing_of_cafe(cafe) == []
    assert standing_of_participant(person) == {}


@pytest.mark.parametrize("value", [0, 6, 99])
def test_a_step_off_the_scale_is_refused(cafe, person, value):
    [outcome] = record_ratings(person, [choice(cafe, value)], now=NOW)

    assert outcome.refusal == Refusal.OFF_SCALE


def test_a_measure_that_is_not_on_the_table_is_refused(cafe, person):
    foreign = replace(choice(cafe, 4), measure_id=make_measure("label").pk)

    [outcome] = record_ratings(person, [foreign], now=NOW)

    assert outcome.refusal == Refusal.NOT_ON_SHEET


def test_a_closed_cafe_refuses_and_stores_nothing(cafe, person):
    close_cafe(cafe, by=None, now=NOW)

    with pytest.raises(StateError, match="not_open"):
        record_ratings(person, [choice(cafe, 4)], now=NOW)

    assert Rating.objects.count() == 0


def test_storing_fifty_answers_takes_a_constant_number_of_queries(
    cafe, person, django_assert_num_queries
):
    commands = [choice(cafe, n % 5 + 1) for n in range(50)]

    with django_assert_num_queries(8):
        record_ratings(person, commands, now=NOW)


bodies = st.tuples(st.integers(0, 1), st.integers(0, 1), st.sampled_from([None, "cj", 1, 3, 5]))
deliveries = st.lists(st.tuples(st.integers(0, 5), bodies), max_size=25)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deliveries=deliveries, cuts=st.sets(st.integers(0, 25)))
def test_repeated_and_mixed_up_deliveries_end_as_the_model_says(cafe, deliveries, cuts):
    """The model: the first body of a key counts, in the order in which keys first arrived."""
    person = join_cafe(cafe).participant
    measures, criteria = list(cafe.measures.all()), list(cafe.criteria.all())
    commands = [as_command(person, key, body, measures, criteria) for key, body in deliveries]

    outcomes = []
    for batch in cut(commands, cuts):
        outcomes += record_ratings(person, batch, now=NOW)

    accepted, expected = {}, {}
    for command, outcome in zip(commands, outcomes, strict=True):
        known = accepted.setdefault(command.key, command)
        assert (outcome.refusal is None) == (known == command)
        assert outcome.is_new == (known is command)
        if outcome.is_new:
            expected[command.measure_id, command.criterion_id] = command
    stands = {place: c for place, c in expected.items() if c.value is not None or c.cannot_judge}
    found = standing_of_participant(person)
    assert {p: (a.value, a.cannot_judge) for p, a in found.items()} == {
        p: (c.value, c.cannot_judge) for p, c in stands.items()
    }


def as_command(person, key, body, measures, criteria):
    measure, criterion, value = body
    return RatingCommand(
        key=f"{person.pk}-{key}".ljust(16, "-"),
        measure_id=measures[measure].pk,
        criterion_id=criteria[criterion].pk,
        value=value if isinstance(value, int) else None,
        cannot_judge=value == "cj",
    )


def cut(commands, cuts):
    edges = [0, *sorted(c for c in cuts if 0 < c < len(commands)), len(commands)]
    return [commands[a:b] for a, b in itertools.pairwise(edges)]
