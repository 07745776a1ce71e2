"""Somebody who opens page after page, and what is asked of every page."""

import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from alpclusters.platform.languages.codes import LANGUAGE_CODES
from tests.e2e.auditing import AXE_LANGUAGES, CONTRAST_ONLY, audit, own_rules
from tests.e2e.conftest import Watch
from tests.e2e.crawl import in_language
from tests.e2e.serving import Server

WIDTHS = (320, 1280)
# So high on the phone that nothing lies behind a bar at the bottom of the window.
HEIGHTS = {320: 3000, 700: 900, 1000: 900, 1280: 900}
# Between them, shortly after tables are no cards any more, and columns stand side by side.
TABLETS = (700, 1000)
# Without transitions: half-way colours have no contrast. By hand, since the policy forbids both
# what add_style_tag and what wait_for_function do.
UNTIL_DARK = """async () => {
  const still = new CSSStyleSheet();
  still.replaceSync("* { transition: none !important; animation: none !important; }");
  document.adoptedStyleSheets = [still];
  for (let i = 0; i < 100 && document.documentElement.dataset.theme !== "dark"; i++)
    await new Promise(done => setTimeout(done, 20));
}"""
# What the console says of an answer that is an error on purpose.
EXPECTED_ERROR = re.compile(r"the server responded with a status of 4\d\d|status of 500")


class Visit:
    """The window of one person, narrow or wide as it is wanted."""

    def __init__(self, context: BrowserContext, server: Server) -> None:
        self.context = context
        self.server = server
        self.watch = Watch(context, server.address)
        self.page = context.new_page()
        self.resize(WIDTHS[0])

    def resize(self, width: int) -> None:
        """Make the window this wide."""
        self.width = width
        self.page.set_viewport_size({"width": width, "height": HEIGHTS[width]})

    def speak(self, language: str) -> None:
        """Set the language of pages that have none in their address."""
        cookie = {"name": "language", "value": language, "url": self.server.address}
        self.context.add_cookies([cookie])

    def open(self, path: str) -> tuple[int, str]:
        """Open a page as wide as the window is; return status and HTML."""
        answer = self.page.goto(self.server.address + path)
        return answer.status, answer.text()

    def examine(self, language: str, widths: tuple[int, ...] = WIDTHS) -> list[str]:
        """List what is wrong: as wide as the page was opened, then in the other width.

        The window stays as it was last, so that by turns a page is opened narrow and wide.
        """
        found = []
        for width in sorted(widths, key=lambda width: width != self.width):
            self.resize(width)
            problems = own_rules(self.page, language)
            problems += audit(self.page) if language in AXE_LANGUAGES else []
            found += [f"{language} {width}: {problem}" for problem in problems]
        return found

    def examine_on_tablets(self, language: str) -> list[str]:
        """List what our own rules find between the widths; the window is as wide as before."""
        found, before = [], self.width
        for width in TABLETS:
            self.resize(width)
            problems = own_rules(self.page, language)
            found += [f"{language} {width}: {problem}" for problem in problems]
        self.resize(before)
        return found

    def examine_dark(self, language: str) -> list[str]:
        """List what is wrong with contrast in the dark theme, on a phone."""
        self.resize(WIDTHS[0])
        self.page.emulate_media(color_scheme="dark")
        self.page.evaluate(UNTIL_DARK)
        found = [f"{language} dark: {line}" for line in audit(self.page, CONTRAST_ONLY)]
        self.page.emulate_media(color_scheme="light")
        return found

    def complaints(self) -> list[str]:
        """Return and forget what the browser complained about."""
        watch = self.watch
        found = [f"foreign request: {url}" for url in watch.foreign]
        found += [f"policy: {text}" for text in watch.blocked]
        found += [f"console: {t}" for t in watch.errors if not EXPECTED_ERROR.search(t)]
        watch.foreign, watch.blocked, watch.errors = [], [], []
        return found


def visit(browser: Browser, server: Server, state: dict | None = None) -> Visit:
    """Let somebody with this signed-in state come."""
    context = browser.new_context(locale="de-DE", storage_state=state)
    return Visit(context, server)


# --- ways to pages ----------------------------------------------------------------------------


def open_code(visitor: Visit) -> str:
    """Return the code of the open AlpCafé of the demonstration, as a visitor reads it."""
    request, address = visitor.context.request, visitor.server.address
    listed = request.get(f"{address}/en/cafes/?simulated=1").text()
    for path in re.findall(r'href="(/en/cafes/\d+/)"', listed):
        found = re.search(r"\b[0-9A-Z]{4} [0-9A-Z]{4}\b", request.get(address + path).text())
        if found:
            return found[0]
    pytest.fail("the demonstration has no open AlpCafé with a code to try")


def join(person: Visit, code: str) -> None:
    page = person.page
    page.goto(f"{person.server.address}/cafe/")
    page.fill("main [name=code]", code)
    for box in page.locator("main input[type=checkbox]").all():
        box.check()
    page.locator("main form:has([name=code]) button[type=submit]").click()
    page.wait_for_url("**/cafe/here/*/")


def press(person: Visit, listed: str, action: str) -> str:
    """Press a button on the first page of a list that has it; return where it leads."""
    page, address = person.page, person.server.address
    page.goto(address + listed)
    links = page.locator(f'main a[href^="{listed}"]').evaluate_all("all => all.map(a => a.href)")
    for link in dict.fromkeys(links):
        page.goto(link)
        button = page.locator(f'main form[action$="{action}"] button').first
        if button.count():
            with page.expect_navigation():
                button.click()
            return urlsplit(page.url).path
    pytest.fail(f"no page of {listed} has a button for {action}")


# --- examining: from here on nobody presses a button of this window ----------------------------


def page_in_every_language(
    person: Visit, path: str, name: str, folder: Path, *, is_sent: bool = False
) -> list[str]:
    """List what is wrong with a page; with ``is_sent`` also with the answer to its spoilt form."""
    wrong = []
    for language in LANGUAGE_CODES:
        person.speak(language)
        status, html = person.open(in_language(path, language))
        keep(folder, name, language, html)
        wrong += [f"{language}: {status}"] if status != 200 else []
        wrong += person.examine(language)
        if language == "de":
            wrong += person.examine_on_tablets(language) + person.examine_dark(language)
        wrong += person.complaints()
        wrong += _answer_to_spoilt_form(person, language, name, folder) if is_sent else []
    return wrong


def error_in_every_language(person: Visit, path: str, name: str, folder: Path) -> list[str]:
    """List what is wrong with the page of an error."""
    wrong = []
    for language in LANGUAGE_CODES:
        person.speak(language)
        status, html = person.open(in_language(path, language))
        keep(folder, name, language, html)
        wrong += [f"{language}: {status}"] if status < 400 else []
        wrong += person.examine(language)
        wrong += person.complaints()
    return wrong


SPOIL = """() => {
  const forms = [...document.querySelectorAll("main form")].filter(f => f.method === "post");
  const size = f => f.querySelectorAll("input:not([type=hidden]), select, textarea").length;
  // Forms that can be filled in wrongly leave it to the server to say so.
  const rank = f => (f.noValidate ? 1000 : 0) + size(f);
  const form = forms.sort((a, b) => rank(b) - rank(a))[0];
  form.noValidate = true;
  for (const field of form.querySelectorAll("input, textarea")) {
    if (["checkbox", "radio"].includes(field.type)) field.checked = false;
    else if (!["hidden", "submit", "button"].includes(field.type)) field.value = "";
  }
  form.submit();
}"""


def spoil(page: Page) -> tuple[int, str]:
    """Empty the largest form that the server checks and send it; return status and HTML."""
    with page.expect_navigation(wait_until="load") as navigation:
        page.evaluate(SPOIL)
    return navigation.value.status, navigation.value.text()


def _answer_to_spoilt_form(person: Visit, language: str, name: str, folder: Path) -> list[str]:
    """List what is wrong with what a form says that was filled in wrongly."""
    before = person.width
    status, html = spoil(person.page)
    keep(folder, f"{name} wrong", language, html)
    wrong = [] if status in {200, 422} else [f"{language}: {status}"]
    # Locators bring 300 kB of script to each document.
    is_shown = person.page.evaluate("document.querySelector('[aria-invalid=true]') !== null")
    wrong += [] if is_shown else [f"{language}: no error"]
    # The wide window once: the errors stand at the same fields.
    wrong += person.examine(language, WIDTHS if language == "de" else WIDTHS[:1])
    person.resize(before)
    return wrong + person.complaints()


def keep(folder: Path, name: str, language: str, html: str) -> None:
    clean = re.sub(r"\W+", "_", name)
    (folder / f"{clean}.{language}.html").write_text(html, encoding="utf-8")


def report(wrong: list[str]) -> None:
    """Fail with each problem once, and the languages and widths it was found in."""
    places: dict[str, list[str]] = {}
    for line in wrong:
        place, _, problem = line.partition(": ")
        places.setdefault(problem, []).append(place)
    if places:
        lines = [f"[{', '.join(found)}] {text}" for text, found in places.items()]
        pytest.fail("\n".join(lines), pytrace=False)
