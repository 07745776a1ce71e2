"""Cockpit and big screen."""

import re
from typing import Final

from playwright.sync_api import Browser, Locator, Page, expect

from tests.e2e.whole.place import Place

SOON_MS: Final = 20_000
# What the big screen shows in a phase when nobody chose anything else.
VIEWS: Final = {
    "lobby": "join",
    "presentation": "measures",
    "seating": "seats",
    "talk": "question",
    "harvest": "cards",
    "rating": "rating",
    "topthree": "rating",
    "results": "results",
    "rating2": "rating",
    "results2": "results",
}


class Cockpit:
    """The facilitator's page at 1280 px."""

    def __init__(self, page: Page, place: Place) -> None:
        self.page, self.place = page, place
        page.set_viewport_size({"width": 1280, "height": 800})
        page.goto(place.cockpit())

    def next(self, here: str) -> None:
        """Press the one big button and see where the room is."""
        self.page.click(".go form:has(input[value=next]) button")
        self.is_at(here)

    def is_at(self, here: str) -> None:
        """Wait until the page says where the room is."""
        expect(self.page.locator("#here")).to_contain_text(here, timeout=SOON_MS)

    def number(self, name: str) -> Locator:
        """Return a number that follows the stream."""
        return self.page.locator(f"[data-live={name}]").first

    def undo(self) -> None:
        """Take the latest command back."""
        self.page.click("#undo-latest button, #undo-latest a")

    def release(self, block: str) -> None:
        """Release a block of results."""
        self.page.click(f"#release form:has(input[value={block}]) button")
        hidden = f"#release form:has(input[value={block}]):has(input[value=withdraw])"
        expect(self.page.locator(hidden)).to_be_visible(timeout=SOON_MS)

    def close(self) -> None:
        """Close: a page asks first."""
        self.page.goto(self.place.page("close/"))
        self.page.click("main form button[type=submit]")
        self.page.goto(self.place.cockpit())
        expect(self.page.locator("#state")).to_contain_text("closed")

    def links(self) -> tuple[str, dict[int, str]]:
        """Return the link of the big screen and those of the hosts."""
        self.page.goto(self.place.page("live/links/"))
        beamer = self.page.locator("#beamer-link").input_value()
        found = self.page.locator("input[id^=host-]").all()
        hosts = {int(one.get_attribute("id").split("-")[1]): one.input_value() for one in found}
        self.page.goto(self.place.cockpit())
        return beamer, hosts


class Beamer:
    """The big screen in a browser of its own."""

    def __init__(self, browser: Browser, place: Place, link: str) -> None:
        size = {"width": 1280, "height": 720}
        self.context = browser.new_context(viewport=size, locale="de")
        self.page = self.context.new_page()
        self.page.goto(place.url + re.sub(r"^https?://[^/]+", "", link))
        self.page.wait_for_url(f"**/cafe/screen/{place.number}/")

    def shows(self, phase: str) -> None:
        """Wait until the big screen has followed."""
        view = VIEWS[phase]
        expect(self.page.locator(f"main.view-{view}")).to_be_visible(timeout=SOON_MS)

    @property
    def text(self) -> str:
        """Everything that can be read."""
        return self.page.locator("main").inner_text()
