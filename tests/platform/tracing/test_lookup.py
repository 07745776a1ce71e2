"""Things of the trail by their names."""

import pytest

from alpclusters.analysis.errors import InputError
from alpclusters.platform.tracing.domain.lookup import find_thing
from tests.factories.evaluation import make_measure, make_project
from tests.factories.policy import make_plan

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def test_things_are_found_by_number_code_and_key():
    action = make_plan().actions.get()
    recommendation = action.recommendations.get()

    assert find_thing(f"action:{action.pk}") == action
    assert find_thing("action:X1") == action
    assert find_thing("recommendation:E1") == recommendation
    assert find_thing("measure:fair") == make_measure("fair")


def test_code_of_two_projects_is_refused_with_the_numbers():
    first = make_plan(project=make_project(slug="one")).actions.get()
    second = make_plan(project=make_project(slug="two")).actions.get()

    with pytest.raises(InputError) as refused:
        find_thing("action:X1")

    assert refused.value.code == "trail.several"
    assert f"action:{first.pk}" in refused.value.expected
    assert f"action:{second.pk}" in refused.value.expected


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("", "trail.unknown_kind"),
        ("action", "trail.unknown_kind"),
        ("action:", "trail.unknown_kind"),
        ("person:1", "trail.unknown_kind"),
        ("action:99", "trail.unknown_thing"),
        ("action:X9", "trail.unknown_thing"),
        ("measure:²", "trail.unknown_thing"),
    ],
)
def test_name_that_leads_nowhere_is_refused(name, code):
    with pytest.raises(InputError) as refused:
        find_thing(name)

    assert refused.value.code == code
