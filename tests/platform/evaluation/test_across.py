from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alpclusters.platform.evaluation.domain.across import across_project, pool
from alpclusters.platform.evaluation.domain.science import RegionFigure
from tests.factories.evaluation import make_cafe, make_measure, make_project, make_snapshot
from tests.factories.judging import FOUR, TEN, four_cafe

FIGURES = st.lists(
    st.builds(
        RegionFigure,
        measure=st.just(1),
        region=st.just("AT32"),
        n=st.integers(5, 40),
        value=st.floats(1, 5),
        error=st.floats(0.05, 1),
    ),
    min_size=1,
    max_size=5,
)


def held(project, *, place, regions, rows=TEN * 2, on=date(2026, 5, 1), released=True):
    cafe = make_cafe(project=project, measures=FOUR, region=place)
    cafe.held_on = on
    cafe.save()
    return make_snapshot(cafe=four_cafe(rows, cafe=cafe, regions=regions), released=released)


def criterion_of(project):
    return across_project(project).criteria[0]


@pytest.mark.unit
@given(FIGURES)
def test_joined_value_lies_between_and_is_at_least_as_sure(figures):
    (one,) = pool(figures)

    values = [figure.value for figure in figures]
    assert min(values) - 1e-9 <= one.value <= max(values) + 1e-9
    assert one.error <= min(figure.error for figure in figures) + 1e-9
    assert one.n == sum(figure.n for figure in figures)


@pytest.mark.integration
@pytest.mark.django_db
def test_cafe_of_one_region_counts_as_a_whole_for_its_place():
    project = make_project()
    held(project, place="AT32", regions=("AT32",))
    held(project, place="ITC4", regions=("ITC4", "ITC4", "ITC4", "ITC4", "CH07"))

    found = criterion_of(project)

    assert found.regions == {"AT32": 20, "ITC4": 20}
    verdicts = {item.measure: item.verdict for item in found.found.measures}
    assert verdicts[make_measure("fair").pk] == "common"
    assert verdicts[make_measure("visit").pk] != "common"
    assert "CH07" not in {figure.region for figure in found.figures}


@pytest.mark.integration
@pytest.mark.django_db
def test_region_of_two_cafes_is_joined_and_each_cafe_has_its_tiers():
    project = make_project()
    regions = ("AT32", "ITC4")
    first = held(project, place="AT32", regions=regions, rows=TEN * 4, on=date(2025, 5, 1))
    second = held(project, place="ITC4", regions=regions, rows=TEN * 2)

    found = criterion_of(project)

    assert found.regions == {"AT32": 30, "ITC4": 30}
    assert [one.snapshot.pk for one in across_project(project).released] == [second.pk, first.pk]
    fair = make_measure("fair").pk
    assert {pk: tiers[fair] for pk, tiers in found.tiers.items()} == {first.pk: 1, second.pk: 1}


@pytest.mark.integration
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("places", "reason"),
    [(("AT32",), "too_few_in_regions"), (("AT32", "AT33"), "one_country")],
)
def test_reason_is_told_where_the_rule_cannot_be_applied(places, reason):
    project = make_project()
    for place in places:
        held(project, place=place, regions=(place,))

    assert (criterion_of(project).found, criterion_of(project).reasons) == (None, (reason,))


@pytest.mark.integration
@pytest.mark.django_db
def test_hidden_evaluations_and_other_projects_are_left_out():
    project = make_project()
    held(project, place="AT32", regions=("AT32",), released=False)
    held(make_project(), place="ITC4", regions=("ITC4",))

    assert across_project(project).released == ()
    assert across_project(project).criteria == ()
