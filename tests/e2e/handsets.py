"""A person's browser in the hall: joins, goes through the phases, loses the network."""

import time
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.e2e.hall import Hall

SAVED = "fieldset[data-criterion] .ac-saved[data-state=saved]"
ON_DEVICE = "fieldset[data-criterion] .ac-saved[data-state=device]"
WAIT_MS = 20_000


def eventually(read: Callable[[], Any], wanted: Any) -> None:
    """Wait until what is on the disk is as wanted."""
    until = time.monotonic() + WAIT_MS / 1000
    while read() != wanted and time.monotonic() < until:
        time.sleep(0.1)
    assert read() == wanted


class Handset:
    """One phone with one page."""

    def __init__(self, page: Page, hall: Hall) -> None:
        self.page, self.hall = page, hall

    @property
    def address(self) -> str:
        """The address of the page of the AlpCafé."""
        return f"{self.hall.url}/cafe/here/{self.hall.number}/"

    def join(self, *, skips: bool = True) -> str:
        """Type the code, consent, say nothing of oneself; return the recovery code."""
        self.page.goto(f"{self.hall.url}/cafe/#{self.hall.code}")
        self.page.check("#id_consent")
        self.page.click("#join button[type=submit]")
        self.wait_until_ready()
        if not skips:
            return ""
        self.page.click("[data-do=skip]")
        code = self.page.locator("[data-code]").inner_text()
        self.page.click(".phonefoot [data-do=now]")
        return code

    def open(self) -> None:
        """Open the page again."""
        self.page.goto(self.address)
        self.wait_until_ready()

    def wait_until_ready(self) -> None:
        """Wait for the script."""
        self.page.wait_for_selector("html[data-phone=ready]", timeout=WAIT_MS)

    def question(self, number: int) -> Locator:
        """Return a question of the page that is shown."""
        return self.page.locator("fieldset[data-criterion]").nth(number)

    def choose(self, question: int, value: str) -> None:
        """Tap an answer of the first (0) or second (1) question."""
        self.question(question).locator(f"input[value='{value}']").check()

    def chosen(self, question: int) -> str | None:
        """Return the chosen value, or None."""
        found = self.question(question).locator("input:checked")
        return found.get_attribute("value") if found.count() else None

    def go_on(self) -> None:
        """Press the button that leads on."""
        self.page.click(".phonefoot button[type=submit]")

    def go_to_what_is_on(self) -> None:
        """Press the button that appears when the phase has changed."""
        self.page.click("#go-on button", timeout=WAIT_MS)

    def wait_for(self, selector: str) -> None:
        """Wait until something is shown."""
        self.page.wait_for_selector(selector, timeout=WAIT_MS)

    def expect_word(self, word: str) -> None:
        """Wait until the line at the top says how the connection is."""
        expect(self.page.locator("#word")).to_contain_text(word, timeout=WAIT_MS)

    def menu(self, name: str) -> None:
        """Choose something in the menu."""
        self.page.click("#menu summary")
        self.page.click(f"#menu [data-do={name}]")

    def speak(self, language: str) -> None:
        """Change the language in the menu."""
        self.page.click("#menu summary")
        with self.page.expect_navigation():
            self.page.click(f"#menu [data-language={language}]")
        self.wait_until_ready()
