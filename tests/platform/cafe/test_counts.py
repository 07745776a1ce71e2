import pytest

from alpclusters.platform.cafe.domain.answers import (
    build_sheet,
    comments_of_participant,
    count_cafe,
)
from tests.factories.cafe import choice, command, join_cafe, make_open_cafe, send

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def test_counts_tell_people_and_answers_but_no_values():
    cafe = make_open_cafe(measures=["fair", "pilot"], criteria=["effectiveness"])
    quick, slow = join_cafe(cafe).participant, join_cafe(cafe).participant
    join_cafe(cafe)
    unsure = choice(cafe, None, measure="pilot", cannot_judge=True)
    send(quick, choice(cafe, 4), choice(cafe, 2), unsure)
    send(slow, choice(cafe, 1))

    counts = count_cafe(cafe)

    assert (counts.n_participants, counts.n_rating, counts.n_finished) == (3, 2, 1)
    assert (counts.n_received, counts.n_expected) == (3, 6)
    assert [(m.n_people, m.n_answers) for m in counts.measures] == [(2, 2), (1, 1)]


def test_empty_cafe_counts_zero():
    counts = count_cafe(make_open_cafe())

    assert (counts.n_participants, counts.n_finished, counts.n_received) == (0, 0, 0)


@pytest.mark.parametrize("n", [1, 3])
def test_counting_takes_as_many_queries_for_one_as_for_three(n, django_assert_num_queries):
    cafe = make_open_cafe()
    for _ in range(n):
        send(join_cafe(cafe).participant, choice(cafe, 3))

    with django_assert_num_queries(5):
        count_cafe(cafe)


def test_everybody_has_an_order_of_their_own_and_keeps_it():
    keys = ["fair", "pilot", "label", "a", "b", "c", "d", "e"]
    cafe = make_open_cafe(measures=keys)
    people = [join_cafe(cafe).participant for _ in range(6)]

    orders = [[leaf.measure.key for leaf in build_sheet(p).leaves] for p in people]

    assert all(sorted(order) == sorted(keys) for order in orders)
    assert len({tuple(order) for order in orders}) > 1
    assert [leaf.measure.key for leaf in build_sheet(people[0]).leaves] == orders[0]


def test_the_latest_comment_stands_and_an_empty_one_takes_it_back():
    cafe = make_open_cafe()
    person = join_cafe(cafe).participant
    measure = cafe.measures.get(key="fair")

    for text in ("Prvo", "Drugo"):
        send(person, command("comment", m=measure.pk, text=text, language="sl"))
    assert comments_of_participant(person) == {measure.pk: "Drugo"}

    send(person, command("comment", m=measure.pk, text="  ", language="sl"))
    assert comments_of_participant(person) == {}
