"""What fits an organisation, a measure, an action: found from their pages, without fault."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.visiting import page_in_every_language, report, visit

pytestmark = [pytest.mark.e2e]


@pytest.fixture
def visitor(server, browser):
    person = visit(browser, server)
    yield person
    person.context.close()


def in_english(page: Page) -> str:
    """The address of the page, in the language from which the others are made."""
    return re.sub(r"^/\w\w/", "/en/", urlsplit(page.url).path)


def test_a_visitor_sees_what_fits_and_why_on_a_phone(visitor, server, tmp_path):
    page, wrong = visitor.page, []
    visitor.resize(320)
    page.goto(f"{server.address}/sl/directory/mustercluster-holz-salzburg-simuliert/")

    page.get_by_role("link", name="Vse ponudbe z razlogi in tem, kar manjka").click()

    expect(page.get_by_role("heading", name="Kaj ustreza")).to_be_visible()
    fitting = page.locator("#fits article").first
    expect(fitting.get_by_text("navedeno in izpolnjeno").first).to_be_visible()
    expect(fitting.get_by_text("simulirano").first).to_be_visible()
    earlier = page.locator("#earlier details")
    expect(earlier.locator("article").first).to_be_hidden()
    earlier.locator("summary").press("Enter")
    expect(earlier.locator("article").first).to_be_visible()
    wrong += page_in_every_language(visitor, in_english(page), "organisation", tmp_path)

    report(wrong)


def test_an_action_of_the_plan_leads_to_its_funding(visitor, server, tmp_path):
    page, wrong = visitor.page, []
    visitor.resize(1280)
    page.goto(f"{server.address}/de/plans/linking-cluster-organisations-of-the-alps/actions/X1/")

    page.get_by_role("link", name="Welche Förderangebote zu dieser Aktion passen").first.click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("Passende Förderung")
    expect(page.get_by_text("Entscheidungshilfe, keine Rechtsberatung.").first).to_be_visible()
    wrong += page_in_every_language(visitor, in_english(page), "action", tmp_path)

    report(wrong)
