"""What was not searched beside a large mix, and how to ask for it."""

import pytest
from django.urls import reverse

from alpclusters.platform.accounts.models import Role
from alpclusters.platform.funding.models import MixRun
from tests.factories.accounts import make_user_with
from tests.factories.mixes import make_done_run, tiny_mix
from tests.www.funding.mixes.mix_pages import address, text_of

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def make_large(run) -> MixRun:
    """Let a run have taken so much work that nothing was searched beside it."""
    solver = {**tiny_mix()["solver"], "work": 300_000}
    run.result = {**tiny_mix(), "solver": solver, "alternatives": [], "scenarios": []}
    run.save()
    return run


@pytest.mark.usefixtures("planner")
def test_large_case_says_what_was_not_searched_and_offers_to(client, run):
    page = client.get(address("mix", make_large(run)))
    scenarios = text_of(client.get(address("mix_scenarios", run)))
    asked = client.post(reverse("workspace:mix_ask", args=[run.case.pk]), {"thorough": "1"})

    n = page.context["left_out"].n_scenarios
    assert "No other mixes nearly as good were looked for." in text_of(page)
    assert f"For {n} large offers it was not examined" in text_of(page)
    assert 'name="thorough"' in text_of(page)
    assert "Each large offer was left out once" not in text_of(page)
    assert f"For {n} large offers it was not examined" in scenarios
    assert "was left out once" not in scenarios
    made = MixRun.objects.get(changes__thorough=True)
    assert (asked.url, made.state, made.kind) == (address("mix", made), "waiting", "best")


def test_member_reads_what_was_not_searched_without_a_button(client, project, run):
    client.force_login(make_user_with(Role.FACILITATOR, project=project))

    page = text_of(client.get(address("mix", make_large(run))))

    assert "No other mixes nearly as good were looked for." in page
    assert 'name="thorough"' not in page


@pytest.mark.usefixtures("planner")
def test_small_case_has_nothing_left_to_search(client, run):
    page = text_of(client.get(address("mix", run)))

    assert "Not searched" not in page
    assert "Each large offer was left out once" in page


@pytest.mark.usefixtures("planner")
def test_scenario_does_not_claim_refusals_of_its_own(client, run):
    derived = make_done_run(run.case, kind="scenario", base=run, changes={"rejected": ["X"]})

    page = text_of(client.get(address("mix", derived)))

    assert "Not searched" not in page
    assert "Each large offer was left out once" not in page
