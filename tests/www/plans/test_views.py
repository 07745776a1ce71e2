import csv
import io
import json
import re
from datetime import date, timedelta

import pytest
from django.utils import timezone

from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.platform.policy.models import (
    Action,
    Cost,
    Dependency,
    FundingLine,
    Indicator,
    IndicatorValue,
    Milestone,
    ProgressReport,
    Target,
)
from alpclusters.www.public.plans.plan_views import VIEWS
from tests.factories.evaluation import NOW, make_project, make_region
from tests.factories.policy import make_large_plan, make_plan

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def get(client, plan, path="", language="en"):
    return client.get(f"/{language}/plans/{plan.slug}/{path}")


def text(client, plan, path="", language="en"):
    return get(client, plan, path, language).content.decode()


def today():
    return timezone.localdate()


def move(plan, code="X1", *, started, ends, **fields):
    """Set the dates of an action relative to today."""
    Action.objects.filter(plan=plan, code=code).update(
        starts_on=today() - timedelta(days=started),
        ends_on=today() + timedelta(days=ends),
        **fields,
    )
    return plan.actions.get(code=code)


def report(action, progress, days_ago=1, **fields):
    return ProgressReport.objects.create(
        action=action,
        progress=progress,
        confirmed_on=today() - timedelta(days=days_ago),
        reported_at=NOW,
        **fields,
    )


def arrows(page):
    """Count the arrows of the logic chart."""
    drawing = page[page.index('<svg class="logic') :]
    return drawing[: drawing.index("</svg>")].count('class="f-none s-lake"')


def late_plan():
    """Three actions: on track, far behind, never heard of."""
    plan = make_plan(("fair", "pilot", "label"), published=True)
    report(move(plan, "X1", started=180, ends=180), 0.6)
    report(move(plan, "X2", started=300, ends=60), 0.1, obstacles="No partner yet.")
    move(plan, "X3", started=300, ends=60)
    return plan


def test_plan_says_what_is_late_and_why_the_worst_first(client):
    plan = late_plan()

    page = text(client, plan)

    late = re.findall(r'<a class="strong" href="[^"]+">(X\d)', page)
    assert late == ["X2", "X3"]
    assert "days late (up to 36 still count as on track" in page
    assert "Nobody has reported for 300 days (limit: 212)" in page
    assert 'What stands in the way: <span lang="en">No partner yet.</span>' in page


def test_grey_action_shows_what_was_last_known(client):
    plan = late_plan()

    page = text(client, plan, "views/table/")

    assert "last known: far behind" in page


def test_table_lists_late_grey_and_on_track_in_this_order_and_filters(client):
    plan = late_plan()

    every, late = (
        re.findall(r'<th scope="row"><span[^>]*><a href="[^"]+">(X\d)', text(client, plan, path))
        for path in ("views/table/", "views/table/?status=far-behind")
    )

    assert (every, late) == (["X2", "X3", "X1"], ["X2"])


def test_progress_page_names_forecast_as_computed(client):
    page = text(client, late_plan(), "progress/")

    assert re.search(r"expected end: [^<]+\(computed\)", page)
    assert "A forecast is computed, nobody promised it." in page


def test_schedule_draws_progress_forecast_and_milestones(client):
    plan = late_plan()
    Milestone.objects.create(
        action=plan.actions.get(code="X2"),
        title={"en": "Call is open"},
        due=today(),
        done_on=today(),
    )

    page = text(client, plan, "views/schedule/")

    assert 'class="dots gantt"' in page
    assert page.count('stroke-dasharray="4 3"') == 2  # two forecasts beyond the planned end
    assert "Call is open" in page


def test_dependencies_are_drawn_with_an_arrow_and_said_in_a_table(client):
    plan = late_plan()
    first, second, _ = plan.actions.order_by("code")
    Dependency.objects.create(before=second, after=first, lag_days=5)

    page = text(client, plan, "views/dependencies/")

    assert page.count('marker-end="url(#dep-tip)"') == 1
    assert "1 of 3 actions wait for others" in page
    assert "waits for X2" in page


def test_logic_draws_an_arrow_only_where_an_edge_exists(client):
    plan = make_plan(published=True)
    action = plan.actions.get()
    empty = arrows(text(client, plan, "views/logic/"))
    FundingLine.objects.create(action=action, source="ERDF", amount_cents=100_000)
    Indicator.objects.create(plan=plan, action=action, name={"en": "Pilots"}, stage="output")
    Indicator.objects.create(plan=plan, name={"en": "Value chains"}, stage="impact")

    page = text(client, plan, "views/logic/")

    assert (empty, arrows(page)) == (0, 2)
    assert "Value chains" in page


def test_logic_lists_actions_without_a_result_indicator(client):
    plan = make_plan(("fair", "pilot"), published=True)
    measured = plan.actions.get(code="X1")
    Indicator.objects.create(plan=plan, action=measured, name={"en": "Taken up"}, stage="result")

    page = text(client, plan, "views/logic/")

    assert "1 action without a result indicator" in page
    listed = page[page.index('id="unmeasured-title"') :]
    assert "X2 " in listed
    assert "X1 " not in listed


def test_levels_stand_side_by_side_for_one_recommendation(client):
    plan = make_plan(("fair", "pilot"), published=True)
    european, regional = plan.actions.order_by("code")
    Action.objects.filter(pk=european.pk).update(level="european")
    regional.recommendations.set(european.recommendations.all())

    page = text(client, plan, "views/levels/")

    row = page[page.index('class="pb-row"') :]
    assert "European level" in page
    assert row.index("X1") < row.index("X2")


def test_action_has_six_headings_status_path_and_trail(client):
    plan = make_plan(published=True)
    action = move(plan, started=180, ends=180)
    report(action, 0.5, text="Two meetings.", next_step="Open the call.")
    Cost.objects.create(action=action, year=2027, type="staff", amount_cents=12_000_000)
    indicator = Indicator.objects.create(
        plan=plan, action=action, name={"en": "Firms"}, baseline=0, baseline_on=date(2026, 1, 1)
    )
    Target.objects.create(indicator=indicator, due=date(2028, 1, 1), value=30)
    IndicatorValue.objects.create(
        indicator=indicator, refers_to=today(), value=12, reported_at=NOW, status="confirmed"
    )

    page = text(client, plan, "actions/X1/")

    headings = re.findall(r"<h2[^>]*>([^<]+)</h2>", page)
    six = ["Background", "Action", "Players", "Timeframe", "Costs", "Funding"]
    assert [h for h in headings if h in six] == six
    assert page.count('class="ac-trail') == 1
    assert "Matchmaking fair" in page
    assert "3.3–4.2" in page
    assert "50% (as reported)" in page
    assert "€120,000" in page
    assert '<svg class="nar lines"' in page
    assert "Open the call." in page


def test_action_that_was_stopped_says_why(client):
    plan = make_plan(published=True)
    move(
        plan,
        started=10,
        ends=10,
        stopped_on=today(),
        reason_not_done={"en": "The programme ended."},
    )

    page = text(client, plan, "actions/X1/")

    assert "Why it was not carried out" in page
    assert "The programme ended." in page


def test_unknown_view_action_or_file_is_not_found(client):
    plan = make_plan(published=True)

    for path in ("views/pie/", "actions/X9/", "data/people.csv", "data/actions.xml"):
        assert get(client, plan, path).status_code == 404, path


def test_feed_tells_of_reports_milestones_and_ends_without_people(client, admin_user):
    plan = late_plan()
    action = plan.actions.get(code="X1")
    Milestone.objects.create(action=action, title={"en": "Jury met"}, due=today(), done_on=today())
    ProgressReport.objects.update(reported_by=admin_user)

    feed = text(client, plan, "changes.atom")

    assert "Reported: 60% done." in feed
    assert "Milestone reached: Jury met" in feed
    assert "Version 1 was published" in feed
    assert admin_user.email not in feed


def test_embedded_page_may_be_framed_and_shows_published_plans_only(client, admin_client):
    shown, draft = make_plan(published=True), make_plan()

    page = get(client, shown, "embed/")

    assert "frame-ancestors *" in page["Content-Security-Policy"]
    assert "X-Frame-Options" not in page
    assert get(admin_client, draft, "embed/").status_code == 404


def test_open_data_carry_licence_convention_and_status(client):
    plan = late_plan()

    content = b"".join(get(client, plan, "data/actions.csv").streaming_content).decode()
    rows = list(csv.DictReader(io.StringIO(content.removeprefix("\ufeff"))))

    assert {row["code"]: row["status_shown"] for row in rows} == {
        "X1": "green",
        "X2": "red",
        "X3": "grey",
    }
    assert rows[2]["status_last_known"] == "red"
    assert {row["status_convention"] for row in rows} == {"ap-1"}
    assert all("name the publisher" in row["licence"] for row in rows)


def test_values_as_json_leave_out_what_is_not_confirmed(client):
    plan = make_plan(published=True)
    indicator = Indicator.objects.create(plan=plan, name={"en": "Firms"}, baseline=0)
    for status in ("confirmed", "reported", "rejected"):
        IndicatorValue.objects.create(
            indicator=indicator, refers_to=today(), value=7, reported_at=NOW, status=status
        )

    content = b"".join(get(client, plan, "data/values.json").streaming_content)

    assert [row["value"] for row in json.loads(content)["plan-values"]] == [7]


def test_simulated_plan_says_so_on_every_view_and_in_every_record(client):
    plan = make_large_plan(3, 9)

    for path in ("", "progress/", "actions/X2/", "embed/", *(f"views/{v}/" for v in VIEWS)):
        assert "simulated" in text(client, plan, path), path
    content = b"".join(get(client, plan, "data/plan.json").streaming_content)
    assert json.loads(content)["plan-plan"][0]["is_simulated"] is True


@pytest.mark.parametrize("language", LANGUAGE_CODES)
@pytest.mark.parametrize("view", VIEWS)
def test_views_are_shown_in_every_language(client, view, language):
    assert get(client, late_plan(), f"views/{view}/", language).status_code == 200


def test_empty_plan_says_in_each_view_that_there_is_nothing(client):
    plan = make_plan(published=True)
    plan.actions.all().delete()

    for path in ("", "progress/", *(f"views/{view}/" for view in VIEWS)):
        assert get(client, plan, path).status_code == 200, path


def test_plan_of_a_hidden_project_shows_no_view_and_no_data(client):
    plan = make_plan(published=True, project=make_project(is_public=False))

    for path in ("views/board/", "progress/", "actions/X1/", "changes.atom", "data/plan.json"):
        assert get(client, plan, path).status_code == 404, path


def test_board_says_of_which_group_it_does_not_draw_all_and_leads_to_them(client):
    plan = make_large_plan(60, 60)
    plan.actions.update(done_on=today())

    board = get(client, plan, "views/board/").context["view"]
    (cut,) = board.cuts
    rest = client.get(cut.url).context["view"]

    assert cut.text == "done: 40 of 60 actions are drawn; list of all"
    assert cut.text in text(client, plan, "views/board/")
    assert rest.page.paginator.count == 60


def test_regions_say_where_they_cut_and_the_list_is_of_that_region_and_level(client):
    plan = make_large_plan(120, 120)
    plan.actions.update(level="regional")
    salzburg = make_region("AT32")
    for action in plan.actions.order_by("order", "pk"):
        action.regions.set([salzburg] if action.order % 2 else [])

    cuts = get(client, plan, "views/regions/").context["view"].cuts
    counts = [client.get(cut.url).context["view"].page.paginator.count for cut in cuts]

    assert [cut.text for cut in cuts] == [
        f"{name}, Regional level: 40 of 60 actions are drawn; list of all"
        for name in (str(salzburg.name), "no region named")
    ]
    assert counts == [60, 60]


def test_small_board_cuts_nothing(client):
    plan = make_large_plan(12, 12)

    for kind in ("board", "regions", "levels"):
        assert get(client, plan, f"views/{kind}/").context["view"].cuts in ([], ())
        assert "Not all actions have a mark" not in text(client, plan, f"views/{kind}/")


QUERIES = {
    "": 34,
    "progress/": 20,
    "actions/X1/": 58,
    "changes.atom": 22,
    "views/schedule/": 32,
    "views/table/": 22,
    "views/board/": 19,
    "views/levels/": 22,
    "views/regions/": 19,
    "views/dependencies/": 19,
    "views/logic/": 33,
}


@pytest.mark.parametrize("n", [2, 12])
@pytest.mark.parametrize("path", QUERIES)
def test_page_takes_the_same_queries_for_few_and_many_actions(
    client, path, n, django_assert_num_queries
):
    plan = make_large_plan(n, 5 * n)
    get(client, plan, path)

    with django_assert_num_queries(QUERIES[path]):
        get(client, plan, path)
