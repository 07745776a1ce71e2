"""The table of a mix with seven offers on a laptop, and its first column where it must scroll."""

import re

import pytest
from playwright.sync_api import Page

from tests.e2e.conftest import Watch

pytestmark = [pytest.mark.e2e]

SCROLLED = "e => e.scrollWidth - e.clientWidth"


@pytest.fixture
def page(server, browser, administrator):
    context = browser.new_context(
        storage_state=administrator, locale="de-DE", viewport={"width": 1280, "height": 900}
    )
    watch = Watch(context, server.address)
    yield context.new_page()
    watch.assert_clean()
    context.close()


def to_the_mix(page: Page, address: str) -> None:
    """Go to the mix of the demonstration's case."""
    page.goto(f"{address}/de/workspace/funding/cases/")
    page.get_by_role("link", name="Demonstrator Leichtbau").first.click()
    page.get_by_role("link", name="3 Mischung").click()
    page.wait_for_url(re.compile(r"/funding/mixes/\d+/$"))


def test_seven_offers_fit_a_laptop_and_partners_stay_in_sight(server, page):
    to_the_mix(page, server.address)
    table = page.get_by_role("region", name="Zuordnung")

    assert table.locator("thead th.source").count() == 7
    assert table.evaluate(SCROLLED) == 0

    page.set_viewport_size({"width": 800, "height": 900})
    assert table.evaluate(SCROLLED) > 0
    first = table.locator("tbody th").first
    before = first.bounding_box()["x"]
    table.evaluate("e => e.scrollTo(e.scrollWidth, 0)")
    assert abs(first.bounding_box()["x"] - before) < 1
