from datetime import date

import pytest

from alpclusters.platform.evaluation.domain.snapshots import evaluation_of, side_by_side
from tests.factories.evaluation import make_cafe, make_project, make_snapshot
from tests.factories.judging import FOUR, four_cafe

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def snapshot(project, *, on, region="AT32", released=True):
    cafe = make_cafe(project=project, measures=FOUR, region=region)
    cafe.held_on = on
    cafe.save()
    return make_snapshot(cafe=four_cafe(cafe=cafe), released=released)


def beside(second):
    return side_by_side(second, evaluation_of(second))


def test_earlier_cafe_of_project_and_region_stands_beside_this_one():
    project = make_project()
    first = snapshot(project, on=date(2025, 5, 1))
    second = snapshot(project, on=date(2026, 5, 1))

    found = beside(second)

    assert (found.earlier.pk, found.is_model, len(found.rows)) == (first.pk, True, 4)
    assert (found.rows[0].first.n, found.rows[0].second.n) == (20, 20)


def test_first_cafe_has_nothing_beside_it():
    project = make_project()
    first = snapshot(project, on=date(2025, 5, 1))
    snapshot(project, on=date(2026, 5, 1))

    assert beside(first) is None


@pytest.mark.parametrize("fields", [{"region": "ITC4"}, {"released": False}])
def test_other_region_or_hidden_evaluation_is_not_shown_beside(fields):
    project = make_project()
    snapshot(project, on=date(2025, 5, 1), **fields)

    assert beside(snapshot(project, on=date(2026, 5, 1))) is None


def test_other_project_is_not_shown_beside():
    snapshot(make_project(), on=date(2025, 5, 1))

    assert beside(snapshot(make_project(), on=date(2026, 5, 1))) is None
