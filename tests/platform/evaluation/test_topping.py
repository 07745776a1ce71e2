import pytest

from alpclusters.platform.cafe.models import TopThree
from alpclusters.platform.evaluation.domain.computing import compute
from tests.factories.evaluation import NOW, make_measure
from tests.factories.judging import four_cafe

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def choose(cafe, *choices):
    for person, keys in zip(cafe.participants.order_by("pk"), choices, strict=False):
        TopThree.objects.create(
            cafe=cafe, participant=person, key=f"top-{person.pk}", measures=keys, received_at=NOW
        )
    return cafe


def test_points_stand_beside_the_rating_and_change_no_estimate():
    plain = compute(four_cafe())
    chosen = compute(choose(four_cafe(), *[["label", "fair"]] * 5, ["fair"], ["visit", "label"]))

    first, second = chosen.top_three.lines[:2]
    assert (first.measure, first.points, first.n) == (make_measure("label").pk, 17, 6)
    assert (second.places, second.points) == ((1, 5, 0), 13)
    assert (chosen.top_three.n_people, chosen.top_three.points) == (7, (3, 2, 1))
    estimates = [
        [item.estimate for item in one.criteria[0].ranking.measures] for one in (plain, chosen)
    ]
    assert estimates[0] == estimates[1]


def test_nobody_who_chose_is_no_top_three():
    assert compute(four_cafe()).top_three is None


@pytest.mark.parametrize("n", [4, 6])
def test_few_people_or_few_who_chose_alike_are_withheld(n):
    found = compute(choose(four_cafe(), *[["fair", "label"]] * n)).top_three

    assert (found.n_people, found.lines) == (None if n < 5 else n, ())
