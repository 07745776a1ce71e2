"""What if offers are rejected."""

import pytest

from alpclusters.platform.funding.models import MixRun
from tests.factories.mixes import tiny_mix
from tests.www.funding.mixes.mix_pages import address, text_of

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.mark.usefixtures("planner")
def test_scenarios_stand_side_by_side(client, run):
    rows = client.get(address("mix_scenarios", run)).context["rows"]

    assert rows[0].name == "All offers are granted"
    assert len(rows) == 1 + len(tiny_mix()["scenarios"])


@pytest.mark.usefixtures("planner")
def test_scenario_can_be_asked_for(client, run):
    client.post(address("mix_scenarios", run), {"rejected": ["X"]})

    asked = MixRun.objects.get(kind="scenario")
    assert (asked.base, asked.changes, asked.state) == (run, {"rejected": ["X"]}, "waiting")
    assert "Scenario" in text_of(client.get(address("mix", run)))


@pytest.mark.usefixtures("planner")
def test_scenario_without_a_choice_is_refused(client, run):
    assert client.post(address("mix_scenarios", run), {}).status_code == 422
