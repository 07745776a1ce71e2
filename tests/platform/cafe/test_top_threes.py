import pytest

from alpclusters.platform.cafe.domain.top_threes import count_top_three, tally
from alpclusters.platform.cafe.models import TopThree
from tests.factories.evaluation import NOW, join, make_cafe

KEYS = ["fair", "pilot", "label"]


def choose(person, *measures, key, round_=1):
    TopThree.objects.create(
        cafe=person.cafe, participant=person, key=key, round=round_, measures=list(measures),
        received_at=NOW,
    )  # fmt: skip


class TestTally:
    pytestmark = pytest.mark.unit

    def test_points_go_by_place_and_fewer_than_three_places_count(self):
        choices = [("fair", "pilot", "label"), ("pilot",), ("fair",), ("label", "fair"), ("fair",)]

        found = tally(choices, KEYS, weights=[3, 2, 1])

        assert [(x.measure, x.points, x.n, x.places) for x in found.lines] == [
            ("fair", 11, 4, (3, 1, 0)),
            ("pilot", 5, 2, (1, 1, 0)),
            ("label", 4, 2, (1, 0, 1)),
        ]
        assert found.n == 5

    def test_fewer_than_five_people_are_withheld_with_their_number(self):
        found = tally([("fair",)] * 4, KEYS, weights=[3, 2, 1])

        assert (found.n, found.lines, found.is_withheld) == (None, (), True)

    def test_small_group_of_one_mind_is_withheld_but_counted(self):
        found = tally([("fair", "pilot")] * 9, KEYS, weights=[3, 2, 1])

        assert (found.n, found.lines, found.is_withheld) == (9, (), True)
        assert tally([("fair",)] * 10, KEYS, weights=[3, 2, 1]).lines[0].points == 30

    def test_nobody_is_nobody(self):
        found = tally([], KEYS, weights=[3, 2, 1])

        assert (found.n, found.is_withheld) == (0, False)
        assert [line.points for line in found.lines] == [0, 0, 0]


@pytest.mark.integration
@pytest.mark.django_db
def test_latest_choice_of_a_person_stands_and_an_empty_one_takes_it_back():
    cafe = make_cafe(measures=KEYS)
    people = [join(cafe) for _ in range(7)]
    for number, person in enumerate(people):
        choose(person, "pilot", key=f"a{number}")
        choose(person, "fair", "label", key=f"b{number}")
    choose(people[0], key="gone")
    choose(people[1], "label", key="changed")

    found = count_top_three(cafe)

    assert found.n == 6
    assert {x.measure: x.points for x in found.lines} == {"fair": 15, "label": 13, "pilot": 0}


@pytest.mark.integration
@pytest.mark.django_db
def test_rounds_are_counted_apart_in_two_queries(django_assert_num_queries):
    cafe = make_cafe(measures=KEYS)
    for number in range(5):
        person = join(cafe)
        choose(person, "fair" if number else "pilot", key=f"a{number}")
        choose(person, "label" if number else "pilot", key=f"b{number}", round_=2)

    with django_assert_num_queries(2):
        second = count_top_three(cafe, round=2)

    assert second.lines[0].measure == "label"
