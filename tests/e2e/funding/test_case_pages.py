"""Every page of a case: accessible in five languages, on a phone and a desk, nothing foreign."""

import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.e2e.visiting import page_in_every_language, report, visit

pytestmark = [pytest.mark.e2e]

EXAMPLE = Path(__file__).parents[3] / "docs" / "examples" / "funding" / "partnership.json"
PAGES = (
    "",
    "frame/",
    "partners/new/?find=agency",
    "partners/D/",
    "packages/WP1/",
    "costs/new/",
    "costs/A1/",
    "remove/partners/D/",
    "upload/",
    "fits/",
    "fits/why/?partner=C",
    "offers/",
    "links/",
    "history/",
    "delete/",
)


@pytest.fixture
def planner(server, browser, administrator):
    person = visit(browser, server, administrator)
    yield person
    person.context.close()


def test_pages_of_an_imported_case_are_without_fault(planner, server, tmp_path):
    page = planner.page
    page.goto(f"{server.address}/en/workspace/funding/cases/import/")
    page.get_by_label("File").set_input_files(EXAMPLE)
    page.get_by_role("button", name="Import").click()
    page.wait_for_url(re.compile(r"/funding/cases/\d+/$"))
    case = urlsplit(page.url).path

    wrong = []
    for part in PAGES:
        name = part or "case"
        found = page_in_every_language(planner, case + part, re.sub(r"\W", "-", name), tmp_path)
        wrong += [f"{name} {problem}" for problem in found]

    report(wrong)


def test_account_of_a_partner_is_without_fault(planner, server, tmp_path):
    page = planner.page
    page.goto(f"{server.address}/en/workspace/funding/cases/import/")
    page.get_by_label("File").set_input_files(EXAMPLE)
    page.get_by_role("button", name="Import").click()
    page.wait_for_url(re.compile(r"/funding/cases/\d+/$"))
    case = urlsplit(page.url).path
    page.goto(f"{server.address}{case}partners/new/?find=cluster")
    page.get_by_role("link", name="Take").first.click()
    page.locator("#thing-form").get_by_role("button", name="Save").click()
    page.wait_for_url(f"**{case}*")
    page.goto(f"{server.address}{case}partners/P1/")
    page.get_by_role("link", name="Open the account").click()
    page.get_by_label("Granted on").fill("2026-02-01")
    page.get_by_label("Amount in euro").fill("100000")
    page.get_by_label("State that granted it").fill("AT")
    page.get_by_role("button", name="Add", exact=True).click()
    page.get_by_text("Added to the account.").wait_for()

    wrong = []
    for part in ("accounts/P1/", "accounts/P1/register/"):
        found = page_in_every_language(planner, case + part, re.sub(r"\W", "-", part), tmp_path)
        wrong += [f"{part} {problem}" for problem in found]

    report(wrong)
