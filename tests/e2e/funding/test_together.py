"""A case of the demonstration and a copy of it weighed together; the pages in five languages."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.e2e.visiting import page_in_every_language, report, visit

pytestmark = [pytest.mark.e2e]
# A mix of a few partners takes seconds; the worker may be at other work before.
COMPUTED_WITHIN_MS = 180_000


@pytest.fixture
def planner(server, browser, administrator):
    person = visit(browser, server, administrator)
    yield person
    person.context.close()


def test_a_case_and_its_copy_are_weighed_together(planner, server, tmp_path):
    page = planner.page
    page.goto(f"{server.address}/en/workspace/funding/cases/")
    page.get_by_role("link", name="Demonstrator Leichtbau").first.click()
    page.get_by_role("button", name="Duplicate").first.click()
    page.wait_for_url(re.compile(r"/funding/cases/\d+/"))
    page.goto(f"{server.address}/en/workspace/funding/cases/")
    page.get_by_role("link", name="Several cases on one account").click()
    choose = urlsplit(page.url).path
    page.get_by_role("button", name="Weigh them together").first.click()
    page.wait_for_url(re.compile(r"/funding/together/\d+/$"))

    expect(page.get_by_text("What each case gets, in euros")).to_be_visible(
        timeout=COMPUTED_WITHIN_MS
    )
    answer = urlsplit(page.url).path
    wrong = page_in_every_language(planner, answer, "answer", tmp_path)
    wrong += page_in_every_language(planner, choose, "choose", tmp_path)

    report(wrong)
