import pytest

from alpclusters.platform.cafe.domain.top_threes import tally
from alpclusters.platform.cafe.models import TopThree
from tests.factories.evaluation import NOW, join, make_cafe
from tests.factories.top_threes import count_top_three

KEYS = ["fair", "pilot", "label"]


def choose(person, *measures, key, round_=1):
    TopThree.objects.create(
        cafe=person.cafe, participant=person, key=key, round=round_, measures=list(measures),
        received_at=NOW,
    )  # fmt: skip


def lines_of(found):
    return [(line.measure, line.points) for line in found.lines]


class TestTally:
    pytestmark = pytest.mark.unit

    def test_points_go_by_place_and_fewer_than_three_places_count(self):
        choices = [("fair", "pilot", "label")] * 6 + [("pilot",)] * 4 + [("label", "fair")] * 5

        found = tally(choices, KEYS, weights=[3, 2, 1])

        assert lines_of(found) == [("fair", 28), ("pilot", 24), ("label", 21)]
        assert (found.n, found.first, found.is_withheld) == (15, (), False)

    def test_fewer_than_five_people_are_withheld_with_their_number(self):
        found = tally([("fair",)] * 4, KEYS, weights=[3, 2, 1])

        assert (found.n, found.lines, found.first, found.is_withheld) == (None, (), (), True)

    def test_small_group_of_one_mind_is_withheld_but_counted(self):
        found = tally([("fair", "pilot")] * 9, KEYS, weights=[3, 2, 1])

        assert (found.n, found.lines, found.first, found.is_withheld) == (9, (), (), True)

    def test_below_ten_people_only_the_order_of_the_first_three_is_told(self):
        choices = [("fair", "pilot", "label")] * 5 + [("pilot", "fair")] * 3 + [("visit",)]

        found = tally(choices, [*KEYS, "visit"], weights=[3, 2, 1])

        assert (found.n, found.lines, found.first) == (9, (), ("fair", "pilot", "label"))

    def test_what_fewer_than_five_chose_has_no_points_and_stands_in_the_order_of_the_table(self):
        choices = [("fair", "pilot")] * 6 + [("pilot", "label")] * 4 + [("fair", "visit")] * 2

        found = tally(choices, ["visit", *KEYS, "school"], weights=[3, 2, 1])

        assert lines_of(found) == [
            ("fair", 24), ("pilot", 24), ("visit", None), ("label", None), ("school", None),
        ]  # fmt: skip

    def test_points_of_one_person_do_not_follow_from_the_sum_of_all_points(self):
        # 288 points were given; without a second measure hidden, 287 would be shown.
        choices = [("fair", "pilot", "label")] * 42 + [("pilot", "label", "fair")] * 5
        choices += [("fair", "pilot", "visit")]

        found = tally(choices, [*KEYS, "visit"], weights=[3, 2, 1])

        assert lines_of(found) == [
            ("fair", 134), ("pilot", 101), ("label", None), ("visit", None),
        ]  # fmt: skip

    def test_nearly_all_points_that_are_possible_would_name_the_choice_of_everybody(self):
        choices = [("fair", "pilot", "label")] * 9 + [("pilot", "label", "fair")]

        found = tally(choices, KEYS, weights=[3, 2, 1])

        assert (found.n, found.lines, found.first) == (10, (), ("fair", "pilot", "label"))

    def test_nobody_is_nobody(self):
        found = tally([], KEYS, weights=[3, 2, 1])

        assert (found.n, found.is_withheld, found.lines, found.first) == (0, False, (), ())


@pytest.mark.integration
@pytest.mark.django_db
def test_latest_choice_of_a_person_stands_and_an_empty_one_takes_it_back():
    cafe = make_cafe(measures=KEYS)
    people = [join(cafe) for _ in range(12)]
    for number, person in enumerate(people):
        choose(person, "pilot", key=f"a{number}")
        choose(person, "fair", "label", key=f"b{number}")
    choose(people[0], key="gone")
    for number, person in enumerate(people[1:5]):
        choose(person, "label", key=f"changed{number}")

    found = count_top_three(cafe)

    assert found.n == 11
    assert lines_of(found) == [("label", 26), ("fair", 21), ("pilot", None)]


@pytest.mark.integration
@pytest.mark.django_db
def test_rounds_are_counted_apart_in_two_queries(django_assert_num_queries):
    cafe = make_cafe(measures=KEYS)
    for number in range(5):
        person = join(cafe)
        choose(person, "fair" if number else "pilot", key=f"a{number}")
        choose(person, "label" if number else "pilot", key=f"b{number}", round_=2)

    with django_assert_num_queries(2):
        second = count_top_three(cafe, 2)

    assert second.first[0] == "label"
