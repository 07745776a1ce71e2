import hashlib
import json
import re
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from alpclusters.platform.policy.domain.monitoring.rounds import open_round, set_address, token_of
from alpclusters.platform.policy.domain.monitoring.snapshots import take_snapshot
from alpclusters.platform.policy.models import (
    Cost,
    Indicator,
    IndicatorValue,
    Milestone,
    ProgressReport,
)
from tests.factories.evaluation import NOW
from tests.factories.policy import make_plan

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


# --- by the link of a mail ----------------------------------------------------------------------


@pytest.fixture
def link():
    plan = make_plan(published=True)
    today = timezone.localdate()
    round_ = open_round(plan, opens_on=today, closes_on=today + timedelta(days=20))
    return set_address(round_, plan.actions.get(), email="ana@example.si", language="sl")


def test_link_opens_the_form_in_the_language_of_the_mail_without_an_account(link):
    page = Client().get(f"/sl/report/{token_of(link)}/").content.decode()

    assert '<html lang="sl"' in page
    assert "report-form" in page
    assert "noindex" in page
    assert "ana@" not in page


def test_report_by_link_is_stored_with_milestone_and_value(link):
    action = link.action
    milestone = Milestone.objects.create(action=action, title="Jury", due=date(2026, 10, 1))
    indicator = Indicator.objects.create(plan=action.plan, action=action, name="Calls")
    today = timezone.localdate()
    address = f"/de/report/{token_of(link)}/"

    answer = Client().post(
        address,
        {
            "progress": "25",
            "text": "Der Aufruf ist geschrieben.",
            f"milestone_{milestone.pk}": today,
            f"value_{indicator.pk}": "1.234,5",
            f"value_on_{indicator.pk}": today,
        },
    )

    report = ProgressReport.objects.get()
    milestone.refresh_from_db()
    link.refresh_from_db()
    assert answer.url == address
    assert (report.progress, report.language, report.way) == (0.25, "de", "link")
    assert (milestone.done_on, IndicatorValue.objects.get().value) == (today, 1234.5)
    assert link.used_at is not None


def test_unknown_link_says_so_without_naming_anything(link):
    page = Client().get("/en/report/not-a-token/")

    assert page.status_code == 404
    assert "This link works no more" in page.content.decode()
    assert link.action.title not in page.content.decode()


def test_expired_link_works_no_more_and_takes_no_report(link):
    token = token_of(link)
    link.expires_on = timezone.localdate() - timedelta(days=2)
    link.save()

    assert Client().post(f"/en/report/{token}/", {"progress": "25"}).status_code == 404
    assert not ProgressReport.objects.exists()


def test_day_in_the_future_is_refused_at_its_field(link):
    milestone = Milestone.objects.create(action=link.action, title="Jury", due=date(2026, 10, 1))
    tomorrow = timezone.localdate() + timedelta(days=2)

    page = Client().post(
        f"/en/report/{token_of(link)}/", {"progress": "5", f"milestone_{milestone.pk}": tomorrow}
    )

    assert page.status_code == 422
    assert "This day has not come yet." in page.content.decode()
    assert not ProgressReport.objects.exists()


def test_link_of_one_action_does_not_reach_the_milestones_of_another(link):
    other = make_plan(("pilot",))
    foreign = Milestone.objects.create(
        action=other.actions.get(), title="Foreign", due=date(2026, 10, 1)
    )

    Client().post(
        f"/en/report/{token_of(link)}/",
        {"progress": "5", f"milestone_{foreign.pk}": timezone.localdate()},
    )

    foreign.refresh_from_db()
    assert foreign.done_on is None


def test_closed_round_says_that_the_report_is_late(link):
    link.round.closed_at = timezone.now()
    link.round.save()

    page = Client().get(f"/en/report/{token_of(link)}/").content.decode()

    assert "The round is closed." in page


# --- kept reports -------------------------------------------------------------------------------


def two_reports():
    plan = make_plan(published=True)
    take_snapshot(plan, now=NOW)
    action = plan.actions.get()
    cost = Cost.objects.create(
        action=action, year=2027, type="staff", amount_cents=1_250_000, currency="CHF"
    )
    action.title = action.title.put({"en": "Found the Alpine board"})
    action.ends_on = date(2027, 12, 31)
    action.stopped_on = date(2026, 10, 1)
    action.save()
    return plan, take_snapshot(plan, now=NOW + timedelta(days=90)), cost


def test_list_shows_every_report_and_the_last_hash():
    plan, last, _cost = two_reports()

    page = Client().get(f"/en/plans/{plan.slug}/monitoring/").content.decode()

    assert re.findall(r">(Report \d)</a>", page) == ["Report 2", "Report 1"]
    assert last.digest in page


def test_plan_without_reports_says_when_the_first_comes():
    plan = make_plan(published=True)

    page = Client().get(f"/en/plans/{plan.slug}/monitoring/").content.decode()

    assert "The first one is kept when a reporting round closes." in page


def test_changes_show_status_first_then_dates_money_and_texts():
    plan, _last, _cost = two_reports()

    page = Client().get(f"/en/plans/{plan.slug}/monitoring/2/since/1/").content.decode()

    groups = re.findall(r'data-group="(\w+)"', page)
    assert groups == ["status", "object", "date", "text"]
    assert "stopped" in page
    assert "31\N{NO-BREAK SPACE}December\N{NO-BREAK SPACE}2027" in page
    assert "Found the Alpine board" in page


def test_changed_amount_keeps_its_currency():
    plan, _last, cost = two_reports()
    cost.amount_cents = 1_300_000
    cost.save()
    take_snapshot(plan, now=NOW + timedelta(days=180))

    page = Client().get(f"/en/plans/{plan.slug}/monitoring/3/since/2/").content.decode()

    assert re.findall(r'data-group="(\w+)"', page) == ["money"]
    assert re.search(r"<del>CHF\s12,500</del> → <ins>CHF\s13,000</ins>", page)


def test_page_of_a_report_speaks_five_languages():
    plan, _last, _cost = two_reports()

    for code in ("de", "en", "fr", "it", "sl"):
        page = Client().get(f"/{code}/plans/{plan.slug}/monitoring/2/")
        assert page.status_code == 200


def test_content_is_the_text_that_was_hashed():
    plan, last, _cost = two_reports()

    answer = Client().get(f"/en/plans/{plan.slug}/monitoring/2/content.json")

    lines = ["alpclusters-snapshot-v1", last.previous, answer.content.decode()]
    assert hashlib.sha256("\n".join(lines).encode()).hexdigest() == last.digest
    assert json.loads(answer.content)["number"] == 2


def test_changes_between_reports_that_are_not_there_are_not_found():
    plan, _last, _cost = two_reports()

    assert Client().get(f"/en/plans/{plan.slug}/monitoring/2/since/7/").status_code == 404


def test_form_of_the_link_carries_its_own_token(link):
    """An include with "only" drops it, and every report would be refused."""
    client = Client(enforce_csrf_checks=True)
    address = f"/en/report/{token_of(link)}/"
    page = client.get(address).content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[1]

    client.post(address, {"progress": "5", "csrfmiddlewaretoken": token})

    assert ProgressReport.objects.get().progress == 0.05


# --- a hash that somebody holds ---------------------------------------------------------------


def check(plan, digest, language="en"):
    address = f"/{language}/plans/{plan.slug}/monitoring/"
    page = Client().get(address, {"hash": digest}).content.decode()
    return re.sub(r"\s+", " ", page.replace("\u00a0", " "))


def test_hash_of_a_file_that_was_fetched_is_found_on_the_page():
    plan = make_plan(published=True)
    name = Client().get(f"/en/plans/{plan.slug}/html")["Content-Disposition"]
    digits = re.search(r"_([0-9a-f]{12})_en", name)[1]

    page = check(plan, f"{digits[:4]} {digits[4:8]} {digits[8:]}")

    assert "The hash of the document “Political action plan” (en)" in page
    assert "text of version 1.0 of 1 July 2026" in page


def test_hash_that_left_by_the_feed_names_its_report():
    plan = make_plan(published=True)
    kept = take_snapshot(plan, now=NOW)
    feed = Client().get(f"/en/plans/{plan.slug}/changes.atom").content.decode()

    assert f"SHA-256 {kept.digest}" in feed
    assert "The hash of report 1, kept on 1 July 2026." in check(plan, kept.digest)


@pytest.mark.parametrize("digest", ["ab" * 32, "tomorrow"])
def test_hash_that_nothing_bears_and_what_is_none_are_told_apart(digest):
    plan = make_plan(published=True)

    page = check(plan, digest)

    assert ("Nothing here bears this hash" in page) is (digest == "ab" * 32)
    assert ("is no hash" in page) is (digest == "tomorrow")


def test_hash_of_a_draft_is_not_told_to_the_public():
    plan, draft = make_plan(published=True), make_plan()
    kept = take_snapshot(draft, now=NOW)

    assert "Nothing here bears this hash" in check(plan, kept.digest)
