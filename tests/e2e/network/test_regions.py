"""From the matrix to what is missing, who could bridge it, and a file: with the keyboard too."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import Watch
from tests.e2e.serving import Server

pytestmark = [pytest.mark.e2e]


@pytest.fixture
def measured(server: Server) -> Server:
    """The network of the demonstration, measured as an operator does it."""
    environment = {**os.environ, "ALPCLUSTERS_HOME": str(server.home), "PYTHONPATH": "src"}
    done = subprocess.run(
        [sys.executable, "-m", "alpclusters", "--language", "en", "index", "network"],
        env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "Links (simulated): organisations" in done.stdout
    return server


@pytest.fixture
def visitor(measured: Server, browser: Browser) -> Iterator[Page]:
    """Somebody without an account, watched."""
    context = browser.new_context(locale="en-GB", accept_downloads=True)
    watch = Watch(context, measured.address)
    yield context.new_page()
    watch.assert_clean()
    context.close()


def test_a_visitor_finds_what_is_missing_and_takes_it_away(measured: Server, visitor: Page):
    page = visitor
    page.goto(f"{measured.address}/en/network/?simulated=1")
    expect(page.get_by_role("heading", level=1)).to_have_text("How closely are the regions tied?")
    expect(page.get_by_text("Example data (simulated)").first).to_be_visible()
    matrix = page.locator("table.heat.net")
    expect(matrix.get_by_role("rowheader").first).to_be_visible()

    page.get_by_label("By", exact=True).select_option("nuts2")
    page.get_by_role("button", name="Show").press("Enter")
    expect(page.get_by_label("By", exact=True)).to_have_value("nuts2")
    page.get_by_label("By", exact=True).select_option("country")
    page.get_by_role("button", name="Show").press("Enter")

    page.get_by_text("All pairs with intervals").press("Enter")
    page.locator("details[open] table a").first.press("Enter")
    expect(page.get_by_text("Pair of regions")).to_be_visible()

    page.get_by_role("navigation", name="Breadcrumb").get_by_role("link", name="Network").click()
    page.get_by_role("link", name="As a picture", exact=True).click()
    page.locator("svg.netpic a").first.press("Enter")
    expect(page.get_by_role("heading", name="Partners", exact=True)).to_be_visible()

    with page.expect_download() as download:
        page.locator('a[href*="export.json"]').click()
    taken = json.loads(Path(download.value.path()).read_text(encoding="utf-8"))
    assert taken["about"]["simulated"] is True
    assert taken["partners"]
