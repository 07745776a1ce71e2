import pytest

from alpclusters.platform.cafe.models import TopThree
from alpclusters.platform.evaluation.domain.arriving import stored_top_three
from alpclusters.platform.evaluation.domain.computing import compute
from tests.factories.evaluation import NOW, make_measure
from tests.factories.judging import GOLDEN, four_cafe

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

FIRST = GOLDEN * 2


def choose(cafe, *choices):
    for person, keys in zip(cafe.participants.order_by("pk"), choices, strict=False):
        TopThree.objects.create(
            cafe=cafe, participant=person, key=f"top-{person.pk}", measures=keys, received_at=NOW
        )
    return cafe


def test_points_stand_beside_the_rating_and_change_no_estimate():
    plain = compute(four_cafe(FIRST))
    choices = [*[["label", "fair"]] * 6, *[["fair", "visit"]] * 5, ["visit", "label"]]
    chosen = compute(choose(four_cafe(FIRST), *choices))

    lines = [(line.measure, line.points) for line in chosen.top_three.lines[:3]]
    keys = ("fair", "label", "visit")
    assert lines == [(make_measure(key).pk, n) for key, n in zip(keys, (27, 20, 13), strict=True)]
    assert (chosen.top_three.n_people, chosen.top_three.points) == (12, (3, 2, 1))
    estimates = [
        [item.estimate for item in one.criteria[0].ranking.measures] for one in (plain, chosen)
    ]
    assert estimates[0] == estimates[1]


def test_nobody_who_chose_is_no_top_three():
    assert compute(four_cafe()).top_three is None


@pytest.mark.parametrize("n", [4, 6])
def test_few_people_or_few_who_chose_alike_are_withheld(n):
    found = compute(choose(four_cafe(), *[["fair", "label"]] * n)).top_three

    assert (found.n_people, found.lines, found.first) == (None if n < 5 else n, (), ())


def test_a_top_three_stored_with_people_and_places_tells_no_few():
    one = {"measure": 7, "points": 30, "n": 12, "places": [9, 0, 3]}
    few = {"measure": 8, "points": 3, "n": 1, "places": [1, 0, 0]}
    other = {"measure": 9, "points": 12, "n": 6, "places": [0, 6, 0]}
    stored = {"n_people": 14, "points": [3, 2, 1], "lines": [one, other, few]}

    found = stored_top_three(stored)

    assert [(line.measure, line.points) for line in found.lines] == [(7, 30), (9, None), (8, None)]
