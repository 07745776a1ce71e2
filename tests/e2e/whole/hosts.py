"""The page of a table host at 320 px."""

import re

from playwright.sync_api import Browser, expect

from tests.e2e.whole.place import Place

SOON_MS = 20_000


class HostPage:
    """One host, who came by the link of a table."""

    def __init__(self, browser: Browser, place: Place, link: str, language: str) -> None:
        context = browser.new_context(viewport={"width": 320, "height": 640}, locale=language)
        context.add_cookies([{"name": "language", "value": language, "url": place.url}])
        self.context, self.language, self.place = context, language, place
        self.page = context.new_page()
        self.page.goto(place.url + re.sub(r"^https?://[^/]+", "", link))
        self.page.wait_for_url(f"**/cafe/host/{place.number}/")
        expect(self.page.locator("#connection.good")).to_be_visible(timeout=SOON_MS)

    def mark_here(self) -> int:
        """Mark every guest as being here; return how many the table has."""
        guests = self.page.locator(".hostlist li")
        expect(guests.first).to_be_visible(timeout=SOON_MS)
        missing = self.page.locator("button[id^=here-]")
        while n := missing.count():  # phones say so at the same time
            missing.first.click()
            expect(missing).not_to_have_count(n, timeout=SOON_MS)
        return guests.count()

    def add_card(self, text: str) -> None:
        """Write a card for somebody without a phone."""
        self.page.fill("#card-text", text)
        self.page.click("#card-form button[type=submit]")
        expect(self.page.locator(".hostcards")).to_contain_text(text, timeout=SOON_MS)

    def speak(self, language: str) -> None:
        """Show the page in another language."""
        cookie = {"name": "language", "value": language, "url": self.place.url}
        self.context.add_cookies([cookie])
        self.page.reload()

    def make_insight(self, title: str, *texts: str) -> None:
        """Choose cards by their text and say what they say together."""
        for text in texts:
            self.page.locator(".hostcards li", has_text=text).locator("[id^=pick-]").check()
        self.page.fill("#group-title", title)
        self.page.click("#group-form button[type=submit]")
        expect(self.page.locator(".insight h3", has_text=title)).to_be_visible(timeout=SOON_MS)

    def hand_over(self, text: str) -> None:
        """Give the summary to the next guests."""
        self.page.fill("#summary-text", text)
        self.page.click("form[data-form^=summary] button[type=submit]")
        expect(self.page.locator("[data-part=summary-state] .ac-msg")).to_be_visible(
            timeout=SOON_MS
        )

    def enter_for_somebody(self, value: int) -> None:
        """Enter the answers of a guest without a phone."""
        self.page.goto(f"{self.place.url}/cafe/host/{self.place.number}/proxy/")
        self.page.check("#id_consent")
        for number, field in enumerate(self.page.locator("select[name^=q]").all()):
            field.select_option(str(1 + (value + number) % 5))
        self.page.click("#proxy button[type=submit]")
        expect(self.page.locator("dl.told")).to_be_visible()
        self.page.goto(f"{self.place.url}/cafe/host/{self.place.number}/")
