"""A body reports on a phone by the link of a mail; the workspace closes the round and compares."""

import os
import subprocess
import sys

import pytest
from playwright.sync_api import expect

from tests.e2e.auditing import examine
from tests.e2e.conftest import Watch

pytestmark = [pytest.mark.e2e]
PHONE = {"width": 320, "height": 640}
DESK = {"width": 1280, "height": 900}

# What the people who keep a plan did before: a published plan, an open round, an address.
PREPARE = """
import django
django.setup()
from datetime import timedelta
from django.utils import timezone
from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.platform.partnership.models import Project
from alpclusters.platform.policy.domain.monitoring.rounds import set_address, token_of
from alpclusters.platform.policy.domain.monitoring.rounds import open_round
from alpclusters.platform.policy.models import Action, ActionPlan, Indicator, Milestone

def five(field, text):
    return {field: dict.fromkeys(LANGUAGE_CODES, text)}

now = timezone.now()
today = timezone.localdate()
project = Project.objects.create(
    slug="reporting", acronym="Poročanje", kind="demonstration", **five("name", "Poročanje")
)
plan = ActionPlan.objects.create(
    project=project, slug="reporting", state="published", published_at=now,
    **five("title", "Skupni načrt"),
)
for number, title in enumerate(("Skupni razpis", "Svetovanje"), start=1):
    action = Action.objects.create(
        plan=plan, code=f"X{number}", level="regional", responsible="Pokrajina", order=number,
        starts_on=today - timedelta(days=100), ends_on=today + timedelta(days=100),
        **five("title", title),
    )
    Milestone.objects.create(action=action, due=today, **five("title", "Žirija izbrana"))
    Indicator.objects.create(plan=plan, action=action, **five("name", "Razpisi"))
round_ = open_round(plan, opens_on=today, closes_on=today + timedelta(days=20))
link = set_address(round_, plan.actions.first(), email="ana@example.si", language="sl")
print(token_of(link))
print(plan.pk)
"""


@pytest.fixture
def prepared(server):
    """Return the secret of the link and the number of the plan."""
    environment = {
        **os.environ, "ALPCLUSTERS_HOME": str(server.home), "PYTHONPATH": "src",
        "DJANGO_SETTINGS_MODULE": "alpclusters.platform.settings",
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-c", PREPARE], env=environment, check=False, capture_output=True,
        text=True, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    token, plan = done.stdout.split()[-2:]
    return token, int(plan)


@pytest.fixture
def phone(server, browser):
    context = browser.new_context(locale="sl-SI", viewport=PHONE, has_touch=True)
    watch = Watch(context, server.address)
    yield context.new_page()
    watch.assert_clean()
    context.close()


@pytest.fixture
def desk(server, browser, administrator):
    context = browser.new_context(locale="de-DE", viewport=DESK, storage_state=administrator)
    watch = Watch(context, server.address)
    yield context.new_page()
    watch.assert_clean()
    context.close()


def test_report_by_link_then_close_then_compare(server, prepared, phone, desk):
    token, plan = prepared
    _report(server, phone, token)
    _close(server, desk, plan)
    _report_signed_in(desk)
    _compare(desk)


def _report(server, page, token):
    page.goto(f"{server.address}/sl/report/{token}/")
    assert examine(page, "sl") == []
    expect(page.locator("html")).to_have_attribute("lang", "sl")
    page.fill("#id_progress", "52,5")
    page.fill("#id_text", "Razpis je napisan.")
    page.locator("input[name^=milestone_]").first.fill(
        page.evaluate("new Date().toISOString().slice(0, 10)")
    )
    page.locator("input[name^=value_]").first.fill("2,5")
    page.click("#report-form button[type=submit]")

    expect(page.locator(".ac-msg.good").first).to_contain_text("Hvala")
    assert examine(page, "sl") == []


def _close(server, page, plan):
    page.goto(f"{server.address}/de/workspace/plans/{plan}/monitoring/")
    assert examine(page, "de") == []
    page.click("#rounds tbody a")
    assert examine(page, "de") == []
    page.click("text=Runde schließen")
    expect(page.locator("main")).to_contain_text("Zu 1 Aktion fehlt ein Bericht")
    page.click("main button[type=submit]")

    expect(page.locator("h1")).to_have_text("Monitoringbericht 1")
    expect(page.locator("#missing")).to_contain_text("X2")
    expect(page.locator("#hash")).to_have_text(page.locator("#hash").inner_text())
    assert len(page.locator("#hash").inner_text()) == 64
    assert examine(page, "de") == []


def _report_signed_in(page):
    page.click("text=Berichtigen")
    assert examine(page, "de") == []
    page.click("nav.ac-crumb >> text=Monitoring")
    page.click("#X2 >> text=Bericht")
    assert examine(page, "de") == []
    page.fill("#id_progress", "10")
    page.click("#report-form button[type=submit]")
    expect(page.locator("#X2")).to_contain_text("stark verzögert")


def _compare(page):
    page.click("text=Jetzt einen Bericht festhalten")
    page.click("text=Alle Änderungen seit dem Bericht davor")
    expect(page.locator("[data-group=status]")).to_contain_text("X2")
    assert examine(page, "de") == []
    page.goto(page.url.replace("/2/since/1/", "/"))
    expect(page.locator("#last-hash")).to_be_visible()
    assert examine(page, "de") == []
