"""A visitor reads a plan: what is late and why, every view, one action, back to its source."""

import os
import re
import subprocess
import sys

import pytest
from playwright.sync_api import expect

from alpclusters.www.public.plans.plan_views import VIEWS
from tests.e2e.visiting import page_in_every_language, report, visit

pytestmark = [pytest.mark.e2e]
SLUG = "plan-9"
# Nine actions with money, indicators, reports, some of them late.
PREPARE = """
import django
django.setup()
from benchmarks._plan_pages_run import make_plan
print(make_plan(9, 45).slug)
"""


@pytest.fixture
def visitor(server, browser):
    environment = {
        **os.environ, "ALPCLUSTERS_HOME": str(server.home), "PYTHONPATH": "src:.",
        "DJANGO_SETTINGS_MODULE": "alpclusters.platform.settings",
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-c", PREPARE], env=environment, check=False, capture_output=True,
        text=True, timeout=120,
    )  # fmt: skip
    assert done.stdout.strip() == SLUG, done.stderr
    person = visit(browser, server)
    yield person
    person.context.close()


def test_from_the_plan_by_its_views_to_an_action_and_its_source(visitor, tmp_path):
    page, address = visitor.page, visitor.server.address
    visitor.resize(1280)
    page.goto(f"{address}/en/plans/{SLUG}/")
    expect(page.locator("#late-title")).to_have_text("What is late, and why?")
    assert page.locator(".plan-late > li").count() == 3

    page.get_by_role("link", name="Table", exact=True).click()
    page.get_by_label("Status").select_option(label="far behind")
    page.get_by_role("button", name="Show").click()
    expect(page.locator("tbody .ac-badge").first).to_have_text("far behind")

    page.locator("tbody th a").first.click()
    expect(page.locator("h1")).to_contain_text("Action")
    page.locator(".ac-trail a", has_text="Lesson").click()
    page.wait_for_url(re.compile(r"/en/lessons/"))

    wrong = []
    paths = ["", "progress/", "actions/X2/", *(f"views/{view}/" for view in VIEWS)]
    for path in paths:
        name = f"plan {path}".strip("/ ")
        wrong += page_in_every_language(visitor, f"/en/plans/{SLUG}/{path}", name, tmp_path)
    report(wrong)
