"""A visitor finds an offer, reads its terms and takes its deadline away: with the keyboard too."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import Watch
from tests.e2e.serving import Server

pytestmark = [pytest.mark.e2e]


@pytest.fixture
def visitor(server: Server, browser: Browser) -> Iterator[Page]:
    """Somebody without an account and a phone in the hand, watched."""
    context = browser.new_context(
        locale="de-DE", accept_downloads=True, viewport={"width": 320, "height": 700}
    )
    watch = Watch(context, server.address)
    yield context.new_page()
    watch.assert_clean()
    context.close()


def test_a_visitor_finds_an_offer_and_takes_its_days_away(server: Server, visitor: Page):
    page = visitor
    page.goto(f"{server.address}/de/funding/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Förderung")

    page.get_by_role("searchbox").fill("messen salzburg")
    page.get_by_role("searchbox").press("Enter")
    page.get_by_role("link", name="Die simulierten zeigen").press("Enter")
    expect(page.get_by_text("1 Treffer für")).to_be_visible()
    page.get_by_role("link", name="Gemeinschaftsstände auf Messen, Salzburg").press("Enter")

    expect(page.get_by_text("Dieses Geld gibt es nicht")).to_be_visible()
    expect(page.get_by_role("heading", name="Wie viel?")).to_be_visible()
    expect(page.get_by_text("De-minimis-Beihilfe", exact=True)).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="In meinen Kalender").press("Enter")
    content = Path(download.value.path()).read_text(encoding="utf-8")
    assert "UID:offer-simulated-at32-fairs-2127-closes@" in content
    assert "DTSTART;VALUE=DATE:20270630" in content


def test_filters_and_figures_work_without_scripts(server: Server, browser: Browser):
    context = browser.new_context(locale="sl-SI", java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{server.address}/sl/funding/?show=programmes")

    page.locator('input[name="level"][value="macro_regional"]').check()
    page.locator('input[name="standing"][value="unverified"]').check()
    page.get_by_role("button", name="Pokaži zadetke").click()
    page.locator("main ol.res a", has_text="Interreg Območje Alp").first.click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Interreg Območje Alp")
    figures = page.get_by_role("table", name="Kaj pravijo viri")
    expect(figures.get_by_role("row", name="Stopnja financiranja")).to_contain_text("nepreverjeno")
    context.close()
