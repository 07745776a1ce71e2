"""What comes out of an AlpCafé: evaluation, protocol, open data, and what became of a card."""

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.e2e.whole.place import Place


class Afterwards:
    """The facilitator after the close."""

    def __init__(self, page: Page, place: Place) -> None:
        self.page, self.place = page, place

    def link_insight(self) -> None:
        """Say which measure the insight belongs to."""
        self.page.goto(self.place.page("cards/"))
        form = self.page.locator("form.linkform").first
        form.locator("select").select_option(index=1)
        form.locator("button").click()
        expect(self.page.locator(".insight").first.locator("svg")).not_to_have_count(0)

    def evaluate(self) -> str:
        """Evaluate, show it to the public, and return what the page says."""
        self.page.goto(self.place.page())
        self.page.click("#evaluate button")
        self.page.wait_for_url("**/snapshots/**")
        text = self.page.locator("main").inner_text()
        self.page.click("a[href$='/release/']")
        self.page.click("main form button[type=submit]")
        return text

    def protocol(self, language: str, kind: str, folder: Path) -> Path:
        """Download a draft of the protocol."""
        self.page.goto(self.place.page("protocol/"))
        return self._download(f"a[href$='/0/{language}/{kind}']", folder)

    def open_data(self, folder: Path) -> Path:
        """Download the open data."""
        self.page.goto(self.place.page("data/"))
        return self._download("a[href$='/open-data.zip']", folder)

    def _download(self, link: str, folder: Path) -> Path:
        with self.page.expect_download() as loading:
            self.page.click(link)
        path = folder / re.sub(r"[^\w.-]", "_", loading.value.suggested_filename)
        loading.value.save_as(path)
        return path
