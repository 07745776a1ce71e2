"""Who finances in between, over time."""

import pytest

from tests.factories.mixes import make_case, make_done_run
from tests.www.funding.mixes.mix_pages import address, mix_of

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.mark.slow
@pytest.mark.usefixtures("planner")
def test_time_page_draws_a_curve_for_who_finances_in_between(client, project):
    data, mix = mix_of("partnership")
    base = make_done_run(make_case(project, data), result=mix)

    page = client.get(address("mix_time", base))

    shown = [curve.name for curve in page.context["curves"]]
    names = {partner["id"]: partner["name"] for partner in data["partners"]}
    assert shown == [names[part["id"]] for part in mix["partners"] if any(part["cash"])]
    assert shown
