"""An administrator reads which texts lack a language, and goes on to where one is written."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.auditing import examine
from tests.e2e.conftest import Watch

pytestmark = pytest.mark.e2e

PAGE = "/sl/workspace/missing-texts/"
WIDTHS = (320, 1280)


@pytest.fixture
def page(server, browser, administrator):
    """The page of the administrator, watched."""
    context = browser.new_context(storage_state=administrator)
    watch = Watch(context, server.address)
    page = context.new_page()
    page.goto(f"{server.address}{PAGE}")
    yield page
    context.close()
    watch.assert_clean()


@pytest.mark.parametrize("width", WIDTHS)
def test_the_page_lists_what_is_to_do_and_leads_to_the_form(page, width):
    page.set_viewport_size({"width": width, "height": 900})
    cells = page.locator("table.sparse td").filter(visible=True)
    links = page.locator("table.sparse td a")
    numbers = links.evaluate_all("all => all.map(one => parseInt(one.textContent))")
    assert numbers
    assert min(numbers) > 0
    if width == WIDTHS[0]:  # on a card each line says how many
        assert cells.count() == len(numbers)
    assert examine(page, "sl") == []

    links.first.click()
    expect(page.locator("#rows")).to_be_visible()
    assert examine(page, "sl") == []
    page.locator("section[aria-labelledby=rows] .res a").first.click()

    expect(page).to_have_url(re.compile(r"/sl/workspace/(?!missing-texts).+"))
    expect(page.locator("form textarea").first).to_be_attached()
