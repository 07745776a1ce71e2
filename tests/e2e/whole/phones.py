"""The phones of the hall; each keeps a list of what the server acknowledged."""

import json
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.e2e.handsets import SAVED, WAIT_MS, Handset
from tests.e2e.whole.place import Place

SIZE = {"width": 320, "height": 640}
# Tells the test what was acknowledged, and nothing else: requests go their way untouched.
LISTEN = """(() => {
  const plain = window.fetch;
  window.fetch = async (...said) => {
    const answer = await plain(...said);
    if (/\\/live\\/\\d+\\/commands?$/.test(String(said[0]))) {
      const sent = JSON.parse(said[1].body);
      answer.clone().json().then(found => window.acknowledged(sent, found)).catch(() => undefined);
    }
    return answer;
  };
})();"""

type Command = dict[str, Any]


@dataclass
class Diary:
    """Commands by key, once the server has said that they are durable."""

    kept: dict[str, Command] = field(default_factory=dict)
    refused: list[tuple[Command, str]] = field(default_factory=list)

    def note(self, sent: Command, found: Command) -> None:
        """Note one request with its answer."""
        commands = {one["k"]: one for one in sent.get("commands", [sent])}
        for result in found.get("results", [found]):
            if result.get("status") == 200:
                self.kept[result["k"]] = commands[result["k"]]
            elif "status" in result:
                self.refused.append((commands.get(result["k"], {}), result.get("code", "")))

    def of(self, kind: str) -> list[Command]:
        """Return what was acknowledged of one kind."""
        return [one for one in self.kept.values() if one["t"] == kind]


class Person(Handset):
    """A participant with a phone of 320 px."""

    def __init__(self, context: BrowserContext, place: Place, language: str, diary: Diary) -> None:
        self.context, self.place, self.language, self.diary = context, place, language, diary
        context.expose_function("acknowledged", diary.note)
        context.add_init_script(LISTEN)
        super().__init__(context.new_page(), place)
        self.recovery = ""

    @property
    def view(self) -> str | None:
        """The view that is shown."""
        return self.page.locator("#view").get_attribute("data-view")

    def reach(self, *views: str) -> None:
        """Be in one of these views: by itself, or by the button that offers it."""
        wanted = ",".join(f"#view[data-view={view}]" for view in views)
        found = f"{wanted},#go-on:not([hidden]) button"
        self.page.wait_for_selector(found, timeout=WAIT_MS)
        if self.view not in views:
            self.page.click("#go-on button")
        self.page.wait_for_selector(wanted, timeout=WAIT_MS)

    def tell(self, region: int, role: int) -> None:
        """Say region and role, keep the recovery code, go on."""
        self.page.select_option("#about-region", index=region)
        self.page.select_option("#about-role", index=role)
        self.go_on()
        self.page.wait_for_selector("#view[data-view=code]")
        self.recovery = self.page.locator("[data-code]").inner_text()
        self.page.click(".phonefoot [data-do=now]")

    def write_card(self, text: str) -> None:
        """Send a card and wait until it is among one's own."""
        self.page.fill("#card-text", text)
        self.go_on()
        expect(self.page.locator("[data-mine]")).to_contain_text(text)

    def rate_page(self, first: str, second: str, *, waits_for: str = SAVED) -> None:
        """Answer both questions of a page and turn it."""
        self.choose(0, first)
        self.choose(1, second)
        if waits_for:
            expect(self.page.locator(waits_for)).to_have_count(2, timeout=WAIT_MS)
        self.go_on()

    def rate_all(self, values: list[tuple[str, str]]) -> None:
        """Answer every page and arrive at the overview."""
        for first, second in values:
            self.rate_page(first, second)
        self.page.wait_for_selector("#overview")

    def choose_three(self, *indexes: int) -> None:
        """Choose measures of the list (1 is the first) and save."""
        for place, index in enumerate(indexes, start=1):
            self.page.select_option(f"#place-{place}", index=index)
        self.go_on()
        expect(self.page.locator("[data-told]")).not_to_be_empty()

    def everything_is_saved(self) -> None:
        """Wait until nothing on this phone is unsent."""
        self.page.wait_for_selector("#word[data-word=saved]", timeout=WAIT_MS)

    def ask(self, path: str) -> tuple[int, str]:
        """Return status and text of an address, asked with this phone's cookies."""
        answer = self.context.request.get(self.place.url + path, max_redirects=0)
        return answer.status, answer.text()

    def me(self) -> dict[str, Any]:
        """Return what the server knows of this person."""
        return json.loads(self.ask(f"/live/{self.place.number}/me")[1])


def new_phone(
    browser: Browser, place: Place, language: str, diary: Diary, *, is_mobile: bool = True
) -> Person:
    """Take a phone out of the pocket; one with a keyboard is not mobile."""
    context = browser.new_context(
        viewport=SIZE, locale=language, has_touch=is_mobile, is_mobile=is_mobile
    )
    return Person(context, place, language, diary)


class Paperless:
    """A participant whose browser runs no scripts: ordinary forms."""

    def __init__(self, browser: Browser, place: Place, language: str) -> None:
        self.context = browser.new_context(
            viewport=SIZE, locale=language, java_script_enabled=False
        )
        self.page: Page = self.context.new_page()
        self.place = place

    def join(self) -> None:
        """Follow the address of the code, consent, skip the profile."""
        self.page.goto(f"{self.place.url}/cafe/{self.place.code}/")
        self.page.check("#id_consent")
        self.page.click("#join button[type=submit]")
        self.page.locator(".phonefoot a").first.click()

    def look(self) -> str:
        """Load what is on and return what stands there."""
        self.page.goto(f"{self.place.url}/cafe/now/")
        return self.page.locator("main").inner_text()

    def rate_all(self, values: list[tuple[str, str]]) -> None:
        """Answer every page by its form."""
        self.look()
        for first, second in values:
            for number, value in enumerate((first, second)):
                question = self.page.locator("fieldset[data-criterion]").nth(number)
                question.locator(f"input[value='{value}']").check()
            self.page.click(".phonefoot button[value=next]")
        expect(self.page.locator(".overview .ac-badge.good")).to_have_count(len(values))
