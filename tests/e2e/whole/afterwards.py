"""What comes out of an AlpCafé: evaluation, protocol, open data, and what became of a card."""

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.e2e.whole.place import Place


class Afterwards:
    """The facilitator after the close."""

    def __init__(self, page: Page, place: Place) -> None:
        self.page, self.place = page, place
        self.snapshot = ""

    def link_insight(self) -> str:
        """Say which measure the insight belongs to; return its name."""
        self.page.goto(self.place.page("cards/"))
        form = self.page.locator("form.linkform").first
        name = form.locator("option").nth(1).inner_text()
        form.locator("select").select_option(label=name)
        form.locator("button").click()
        expect(self.page.locator(".insight + form option:checked").first).to_have_text(name)
        self.page.wait_for_load_state()
        return name

    def evaluate(self) -> str:
        """Evaluate, show it to the public; return what the page says."""
        self.page.goto(self.place.page())
        self.page.click("#evaluate button")
        self.page.wait_for_url("**/snapshots/**")
        text = self.page.locator("main").inner_text()
        self.snapshot = self.page.url.partition("?")[0]
        self.page.click("a[href$='/release/']")
        self.page.click("main form button[type=submit]")
        self.page.wait_for_url(self.snapshot)
        return text

    def derive(self, measure: str, page: Page) -> None:
        """Take the findings of a measure into a recommendation, as somebody who may."""
        page.goto(self.snapshot)
        page.locator("#derive label", has_text=measure).last.click()
        page.click("#derive button[type=submit]")
        page.wait_for_url("**/recommendations/")

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
