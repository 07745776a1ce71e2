"""A run of the worker: waiting, failed, cancelled, stored, older than its case."""

import pytest
from django.urls import reverse

from alpclusters.platform.funding.models import MixRun
from tests.factories.mixes import make_done_run, make_run, tiny_mix
from tests.www.funding.mixes.mix_pages import address, text_of

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.mark.usefixtures("planner")
def test_waiting_run_shows_how_far_it_is(client, run):
    running = make_run(
        run.case, state="running",
        progress={"phase": "start", "objective": 12_345_600, "gap": 0.021},
    )  # fmt: skip

    page = text_of(client.get(address("mix", running)))
    told = client.get(address("mix_progress", running)).json()

    assert "best mix so far €123,456, gap 2.1%" in page
    assert (told["is_over"], told["total"]) == (False, 100)
    assert told["told"] in page


@pytest.mark.usefixtures("planner")
def test_failed_run_says_why_and_offers_another_attempt(client, run):
    error = {"code": "mix.worker_ended", "values": {"reason": "memory"}}
    failed = make_run(run.case, state="failed", error=error)

    page = text_of(client.get(address("mix", failed)))

    assert "There is no mix." in page
    assert "It needed more memory than it may have." in page
    assert "Nothing of it was stored." in page


@pytest.mark.usefixtures("planner")
def test_cancelled_run_keeps_its_mix(client, run):
    cancelled = make_done_run(
        run.case, state="cancelled", result={**tiny_mix(), "status": "cancelled"}
    )

    page = text_of(client.get(address("mix", cancelled)))

    assert "Cancelled: this is the best mix until then." in page


@pytest.mark.usefixtures("planner")
def test_cancel_asks_the_worker_to_end(client, run):
    running = make_run(run.case, state="running", started_at=run.asked_at)

    client.post(address("mix_cancel", running))

    running.refresh_from_db()
    assert running.cancel_asked or running.state == "failed"


@pytest.mark.usefixtures("planner")
def test_case_with_faults_shows_all_of_them(client, run):
    run.case.data["lines"][0]["cost_ct"] = -1
    run.case.data["partners"][0]["nuts"] = "XX99"
    run.case.save()

    answer = client.post(reverse("workspace:mix_ask", args=[run.case.pk]))

    assert answer.status_code == 422
    found = [fault.partition(":")[0] for fault in answer.context["faults"]]
    assert found == ["/lines/0/cost_ct", "/partners/0/country", "/partners/0/nuts"]
    assert MixRun.objects.count() == 1


@pytest.mark.usefixtures("planner")
def test_stored_mix_is_shown_instead_of_computing_it_again(client, run):
    answer = client.post(reverse("workspace:mix_ask", args=[run.case.pk]))

    assert answer.url == address("mix", run)
    assert MixRun.objects.count() == 1


@pytest.mark.usefixtures("planner")
def test_list_keeps_older_runs(client, run):
    make_run(run.case, state="failed")

    page = client.get(reverse("workspace:mixes", args=[run.case.pk]))

    assert [row.run.state for row in page.context["page"].object_list] == ["failed", "done"]


@pytest.mark.usefixtures("planner")
def test_mix_of_an_older_case_says_so(client, run):
    MixRun.objects.filter(pk=run.pk).update(case_version=run.case.version - 1)

    assert "The case was changed since." in text_of(client.get(address("mix", run)))
