import pytest

from alpclusters.platform.cafe.domain.answers import (
    people_who_took_part,
    standing_of_cafe,
    standing_of_participant,
)
from alpclusters.platform.cafe.models import AlpCafe, Phase, Rating
from tests.factories.cafe import choice, join_cafe, make_open_cafe, send

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def cafe():
    return make_open_cafe()


@pytest.fixture
def person(cafe):
    return join_cafe(cafe).participant


def test_the_latest_answer_stands_and_the_earlier_is_kept(cafe, person):
    send(person, choice(cafe, 3))
    send(person, choice(cafe, 5))

    assert [a.value for a in standing_of_cafe(cafe)] == [5]
    assert Rating.objects.count() == 2


def test_the_order_of_the_writer_decides_and_not_that_of_the_rows(cafe, person):
    send(person, choice(cafe, 3), choice(cafe, 5))
    Rating.objects.filter(value=3).update(seq=Rating.objects.get(value=5).seq + 1)

    assert [a.value for a in standing_of_cafe(cafe)] == [3]


def test_cannot_judge_stands_as_an_answer_of_its_own(cafe, person):
    send(person, choice(cafe, None, cannot_judge=True))

    [answer] = standing_of_cafe(cafe)
    assert (answer.value, answer.cannot_judge) == (None, True)


def test_a_withdrawn_answer_does_not_stand(cafe, person):
    send(person, choice(cafe, 4), choice(cafe, None))

    assert standing_of_cafe(cafe) == []
    assert standing_of_participant(person) == {}


def rate_twice(cafe, people, value):
    """Let people rate again who said 2 before."""
    for someone in people:
        send(someone, choice(cafe, 2))
    AlpCafe.objects.filter(pk=cafe.pk).update(phase=Phase.RATING_2)
    for someone in people:
        send(someone, choice(cafe, value, round_=2))


def test_who_does_not_rate_again_stands_with_the_first_answer(cafe, person):
    send(person, choice(cafe, 4))
    rate_twice(cafe, [join_cafe(cafe).participant for _ in range(10)], 5)

    assert sorted(a.value for a in standing_of_cafe(cafe)) == [4, *[5] * 10]


@pytest.mark.parametrize(("n", "stands"), [(1, 2), (9, 2), (10, 5)])
def test_second_answers_count_from_ten_people_on(cafe, n, stands):
    rate_twice(cafe, [join_cafe(cafe).participant for _ in range(n)], 5)

    assert [a.value for a in standing_of_cafe(cafe)] == [stands] * n
    # How far the second rating is does not depend on it.
    assert [a.value for a in standing_of_cafe(cafe, 2)] == [5] * n


def test_each_round_of_rating_stands_by_itself(cafe, person):
    send(person, choice(cafe, 2))
    AlpCafe.objects.filter(pk=cafe.pk).update(phase=Phase.RATING_2)
    send(person, choice(cafe, 5, round_=2))

    assert [a.value for a in standing_of_cafe(cafe, 1)] == [2]
    assert [a.value for a in standing_of_cafe(cafe, 2)] == [5]
    # One second answer counts nowhere yet.
    assert [a.value for a in standing_of_cafe(cafe)] == [2]
    assert [a.value for a in standing_of_participant(person, 1).values()] == [2]


@pytest.mark.parametrize(("n", "counted"), [(0, 2), (1, 2), (9, 2), (10, 12)])
def test_answers_given_after_results_stand_from_ten_people_on(cafe, n, counted):
    for value in (2, 4):
        send(join_cafe(cafe).participant, choice(cafe, value))
    late = [join_cafe(cafe).participant for _ in range(n)]
    for someone in late:
        send(someone, choice(cafe, 3))
    Rating.objects.filter(participant__in=late).update(is_informed=True)

    assert len(standing_of_cafe(cafe)) == counted
    assert people_who_took_part(cafe).count() == counted
