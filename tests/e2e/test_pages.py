"""Every page, in five languages, at 320 and 1280 pixels, light and dark, in a real Chromium.

axe without a violation, valid HTML, nothing wider than the window, one h1, the right language, no
request to another host, nothing the policy blocks, nothing in the console.
"""

import json
import os
import re
import shutil
import subprocess
from collections import Counter
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, Page

from alpclusters.platform.languages.codes import LANGUAGE_CODES
from tests.e2e.auditing import AXE, CONTRAST_ONLY, audit, examine
from tests.e2e.conftest import Watch
from tests.e2e.crawl import Found, crawl, in_language
from tests.e2e.reaching import ERRORS, FORMS, NOT_REACHED, PAGES, STARTS
from tests.e2e.serving import Server
from tests.permissions.table import ROWS
from tools.vendor import VendorError, fetched

pytestmark = pytest.mark.e2e

WIDTHS = (320, 1280)
# So high on the phone that nothing lies behind a bar at the bottom of the window.
HEIGHTS = {320: 3000, 1280: 900}
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
        context.add_init_script(AXE)
        self.page = context.new_page()
        self.width = 0
        self.resize(WIDTHS[0])

    def resize(self, width: int) -> None:
        """Make the window this wide."""
        if width != self.width:
            self.page.set_viewport_size({"width": width, "height": HEIGHTS[width]})
            self.width = width

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
            problems = examine(self.page, language)
            found += [f"{language} {width}: {problem}" for problem in problems]
        return found

    def examine_dark(self, language: str) -> list[str]:
        """List what is wrong with contrast in the dark theme, on a phone."""
        self.resize(WIDTHS[0])
        self.page.emulate_media(color_scheme="dark")
        self.page.evaluate(UNTIL_DARK)
        found = [f"{language} dark: {problem}" for problem in audit(self.page, CONTRAST_ONLY)]
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


# --- people and pages -------------------------------------------------------------------------


def open_code(visitor: Visit) -> str:
    """Return the code of the open AlpCafé of the demonstration, as a visitor reads it."""
    request, address = visitor.context.request, visitor.server.address
    listed = request.get(f"{address}/en/cafes/").text()
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


@pytest.fixture(scope="module")
def people(browser, server, administrator) -> dict[str, Visit]:
    """A visitor, an administrator, and somebody with a phone in the hall."""
    states = {"visitor": None, "administrator": administrator, "participant": None}
    found = {
        who: Visit(browser.new_context(locale="de-DE", storage_state=state), server)
        for who, state in states.items()
    }
    join(found["participant"], open_code(found["visitor"]))
    return found


@pytest.fixture(scope="module")
def addresses(people, server) -> dict[str, Found]:
    """One address for every kind of page, with the person who sees it."""
    found: dict[str, Found] = {}
    chief = people["administrator"]
    # Drafts come first: they lead to more pages than what is published.
    plan = press(chief, "/en/workspace/plans/", "/version/")
    snapshot = press(chief, "/en/workspace/cafes/", "/evaluate/")
    # The same ratings give the same snapshot, which is out: no link leads to its release.
    drafts = [plan, snapshot, f"{snapshot}release/"]
    everywhere = {**STARTS, "administrator": drafts + STARTS["administrator"]}
    for who, starts in everywhere.items():
        request = people[who].context.request
        each = 4 if who == "administrator" else 1
        pages = crawl(request, server.address, starts, who=who, each=each)
        found = {**pages, **found}
    return found


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """The HTML of every page, for the checker of HTML."""
    return tmp_path_factory.mktemp("html")


def keep(folder: Path, name: str, language: str, html: str) -> None:
    clean = re.sub(r"\W+", "_", name)
    (folder / f"{clean}.{language}.html").write_text(html, encoding="utf-8")


# --- the tests --------------------------------------------------------------------------------


def test_every_page_is_reached(addresses):
    pages = {name for name, row in ROWS.items() if row.is_page}

    missing = sorted(pages - set(addresses) - set(NOT_REACHED))

    assert missing == [], " ".join(missing)
    assert sorted(set(NOT_REACHED) - pages) == []


@pytest.mark.parametrize("name", PAGES)
def test_page_is_sound_in_every_language(name, addresses, people, folder):
    found = addresses.get(name) or pytest.fail("no link leads to it")
    person = people[found.who]
    wrong = []
    for language in LANGUAGE_CODES:
        person.speak(language)
        status, html = person.open(in_language(found.path, language))
        keep(folder, name, language, html)
        wrong += [f"{language}: {status}"] if status != 200 else []
        wrong += person.examine(language)
        wrong += person.examine_dark(language) if language == "de" else []
        wrong += person.complaints()

    report(wrong)


@pytest.mark.parametrize("name", ERRORS)
def test_error_is_sound_in_every_language(name, people, folder):
    person = people["visitor"]
    wrong = []
    for language in LANGUAGE_CODES:
        person.speak(language)
        status, html = person.open(in_language(ERRORS[name], language))
        keep(folder, name, language, html)
        wrong += [f"{language}: {status}"] if status < 400 else []
        wrong += person.examine(language)
        wrong += person.complaints()

    report(wrong)


SPOIL = """() => {
  const forms = [...document.querySelectorAll("main form")].filter(f => f.method === "post");
  const size = f => f.querySelectorAll("input:not([type=hidden]), select, textarea").length;
  const form = forms.sort((a, b) => size(b) - size(a))[0];
  form.noValidate = true;
  for (const field of form.querySelectorAll("input, textarea")) {
    if (["checkbox", "radio"].includes(field.type)) field.checked = false;
    else if (!["hidden", "submit", "button"].includes(field.type)) field.value = "";
  }
  form.submit();
}"""


def spoil(page: Page) -> tuple[int, str]:
    """Empty the largest form of a page and send it; return status and HTML."""
    with page.expect_navigation(wait_until="load") as navigation:
        page.evaluate(SPOIL)
    return navigation.value.status, navigation.value.text()


@pytest.mark.parametrize("name", FORMS)
def test_form_says_what_is_wrong_in_every_language(name, addresses, people, folder):
    person, found = people[FORMS[name]], addresses[name]
    wrong = []
    for language in LANGUAGE_CODES:
        person.speak(language)
        person.open(in_language(found.path, language))
        status, html = spoil(person.page)
        keep(folder, f"{name} wrong", language, html)
        wrong += [f"{language}: {status}"] if status not in {200, 422} else []
        shown = person.page.locator("[aria-invalid=true]").count()
        wrong += [] if shown else [f"{language}: no error"]
        # The wide window once: the errors stand at the same fields.
        wrong += person.examine(language, WIDTHS if language == "de" else WIDTHS[:1])
        wrong += person.complaints()

    report(wrong)


def report(wrong: list[str]) -> None:
    """Fail with each problem once, and the languages and widths it was found in."""
    places: dict[str, list[str]] = {}
    for line in wrong:
        place, _, problem = line.partition(": ")
        places.setdefault(problem, []).append(place)
    if places:
        lines = [f"[{', '.join(found)}] {text}" for text, found in places.items()]
        pytest.fail("\n".join(lines), pytrace=False)


# --- HTML -------------------------------------------------------------------------------------

# What the checker warns of -> why we leave it so.
WARNINGS: dict[str, str] = {
    "Section lacks heading": "a part of a page whose head stands in the chart or card it holds",
}


def checker() -> list[str]:
    """Return how to start the checker of HTML; skip visibly where it cannot run."""
    java = shutil.which("java")
    try:
        jar = fetched("vnu-jar")
    except VendorError as error:
        jar, java = error, None
    if java is None:
        reason = f"HTML was not checked: Java or the checker is missing ({jar})"
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(reason)
    return [java, "-jar", str(jar)]


def test_html_of_all_pages_is_valid(folder):
    files = sorted(folder.glob("*.html"))
    assert files, "run the whole file: the pages are collected by the tests above"

    command = [*checker(), "--format", "json", "--exit-zero-always", "--stdout"]
    done = subprocess.run(
        [*command, *map(str, files)], check=False, capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stderr[-2000:]
    messages = json.loads(done.stdout)["messages"]
    found = Counter()
    where: dict[str, str] = {}
    for message in messages:
        text = f"{message.get('subType') or message['type']}: {message['message']}"
        if any(part in text for part in WARNINGS):
            continue
        found[text] += 1
        name, line = Path(message["url"]).name, message.get("lastLine")
        where.setdefault(text, f"{name}:{line}: {message.get('extract', '')[:120]!r}")

    if found:
        lines = [f"{n} x {text} ({where[text]})" for text, n in found.most_common()]
        pytest.fail("\n".join(lines), pytrace=False)
