"""The whole trail in a real browser: from a code on six phones to a plan in the hand."""

import os
import re
import time
import zipfile
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pypdf import PdfReader

from tests.e2e.conftest import Watch
from tests.e2e.serving import Server, free_port
from tests.postgres_homes import copy_installation, drop

pytestmark = [pytest.mark.e2e, pytest.mark.trail]

# Twice: below ten judgements of a measure no exact figures are shown.
LANGUAGES = ["de", "en", "fr", "it", "sl", "de"] * 2
N_MEASURES = 4
# One row a phone, two columns a measure (effectiveness, durability); "cj" is cannot judge.
ANSWERS = [
    [5, 4, 4, 3, 3, "cj", 2, 2],
    [4, 4, 4, 3, 3, 2, 2, 1],
    [5, 5, 3, 3, 2, 2, 3, 2],
    [4, 3, 4, 4, 3, 3, 1, 2],
    [5, 4, 5, 3, 4, 3, 2, 3],
    [3, 4, 3, 2, 3, 2, 2, 2],
] * 2
TITLE = {"de": "AlpCafé Probe", "en": "AlpCafé rehearsal", "fr": "AlpCafé essai"}
TITLE |= {"it": "AlpCafé prova", "sl": "AlpCafé preizkus"}


@pytest.fixture(scope="module")
def server(request, tmp_path_factory):
    """The server of this file; on PostgreSQL one on a copy that is set up already."""
    if not os.environ.get("DATABASE_URL", "").startswith("postgres"):
        yield request.getfixturevalue("server")
        return
    name = f"trail_{os.getpid()}"
    home = tmp_path_factory.mktemp("served")
    address = copy_installation(home, name)
    running = Server(home, free_port(), {"DATABASE_URL": address})
    running.start()
    yield running
    running.stop()
    drop(name)


def sign_in_by_mailed_code(page: Page, server: Server, email: str) -> None:
    """Ask for a code and read it from the console, where mail goes by default."""
    page.goto(f"{server.address}/en/account/login/code/")
    page.fill("input[type=email]", email)
    page.click("main button[type=submit]")
    code = mailed_code(server, email)
    page.fill("input[name=code]", code)
    page.click("main button[type=submit]:not([formaction])")
    page.wait_for_url("**/workspace/**")


def mailed_code(server: Server, email: str) -> str:
    until = time.monotonic() + 10
    while time.monotonic() < until:
        mails = server.printed.split("Content-Type: text/plain")
        mine = [m for m in mails if f"To: {email}" in m]
        found = (
            re.findall(r"^\s*([A-Z0-9]{3,4}-?[A-Z0-9]{3,4})\s*$", mine[-1], re.MULTILINE)
            if mine
            else []
        )
        if found:
            return found[-1]
        time.sleep(0.2)
    raise AssertionError(server.printed[-2000:])


def invite_facilitator(page: Page, server: Server, email: str) -> None:
    page.goto(f"{server.address}/en/workspace/people/invite/")
    page.fill("#id_email", email)
    page.select_option("#id_role", "facilitator")
    page.select_option("#id_project", index=1)
    page.click("main form button[type=submit]")
    page.wait_for_url("**/people/")


def prepare_cafe(page: Page, server: Server) -> str:
    """Create and open an AlpCafé; return its code."""
    page.goto(f"{server.address}/en/workspace/cafes/new/")
    page.select_option("#id_project", index=1)
    page.select_option("#id_region", label="Salzburg (AT32)")
    page.fill("#id_held_on", timezone.localdate().isoformat())
    page.fill("#id_place", "Salzburg")
    for language, title in TITLE.items():
        page.fill(f"#id_title_{language}", title)
    page.uncheck("#id_in_hall")
    boxes = page.locator("input[name=measures]")
    for number in range(N_MEASURES):
        boxes.nth(number * 3).check()
    page.click("#cafe-form button[type=submit]")
    page.click("#open button")
    expect(page.locator("#state")).to_contain_text("open")
    ways_in = page.locator(".panel:has(#join-title)").inner_text()
    return re.search(r"[0-9B-Z]{4} [0-9B-Z]{4}", ways_in)[0]


def phone(browser: Browser, language: str) -> BrowserContext:
    return browser.new_context(
        viewport={"width": 320, "height": 640}, locale=language, is_mobile=True, has_touch=True
    )


def join(page: Page, server: Server, code: str) -> None:
    """Type the code, say nothing of oneself, go on to the first measure."""
    page.goto(f"{server.address}/cafe/")
    page.fill("#id_code", code.lower())
    page.check("#id_consent")
    page.click("#join button[type=submit]")
    page.wait_for_selector("html[data-phone=ready]")
    page.click("[data-do=skip]")
    page.click(".phonefoot [data-do=now]")


def choose(page: Page, value: int | str, position: int) -> None:
    fieldset = page.locator("fieldset[data-criterion]").nth(position)
    fieldset.locator(f"input[value='{value}']").check(force=True)


def go_on(page: Page) -> None:
    page.click(".phonefoot button[type=submit]")


def measure_of(page: Page) -> str:
    """Return the key of the measure that is shown, the same in every language."""
    return page.locator("[data-evidence] a").get_attribute("href").rstrip("/").rsplit("/", 1)[1]


def rate_everything(
    page: Page, answers: list, order: dict[str, int], *, lose_network: bool
) -> None:
    """Rate each measure in the order of this phone; one phone loses its network on the way."""
    for number in range(N_MEASURES):
        place = order.setdefault(measure_of(page), len(order))
        if lose_network and number == 1:
            page.context.set_offline(True)
        choose(page, answers[2 * place], 0)
        choose(page, answers[2 * place + 1], 1)
        if lose_network and number == 2:
            expect(page.locator("#connection")).not_to_be_empty()
            page.context.set_offline(False)
        go_on(page)
    expect(page.locator("#overview")).to_be_visible()


@pytest.fixture(scope="module")
def story(server, browser, administrator, tmp_path_factory):
    """The whole way, walked once; the tests below look at what came out."""
    folder = tmp_path_factory.mktemp("documents")
    chief = browser.new_context(storage_state=administrator, locale="en-GB")
    watch = Watch(chief, server.address)
    page = chief.new_page()
    invite_facilitator(page, server, "facilitator@example.org")
    hall = browser.new_context(locale="en-GB")
    cockpit = hall.new_page()
    sign_in_by_mailed_code(cockpit, server, "facilitator@example.org")
    code = prepare_cafe(cockpit, server)
    rate_on_twelve_phones(browser, server, code)
    expect(cockpit.locator("[data-live=participants]").first).to_have_text("12", timeout=15_000)
    evaluation = close_and_evaluate(cockpit)
    snapshot = re.search(r"/snapshots/(\d+)/", cockpit.url)[1]
    names = derive(page, server, snapshot)
    plan = make_plan(page, server, names)
    files = download(page, plan, folder)
    watch.assert_clean()
    yield {"evaluation": evaluation, "names": names, "files": files}
    chief.close()
    hall.close()


def rate_on_twelve_phones(browser: Browser, server: Server, code: str) -> None:
    contexts = [phone(browser, language) for language in LANGUAGES]
    order: dict[str, int] = {}
    for number, context in enumerate(contexts):
        watch = Watch(context, server.address)
        page = context.new_page()
        join(page, server, code)
        assert page.locator("html").get_attribute("lang") == LANGUAGES[number]
        lose = number == 2
        rate_everything(page, ANSWERS[number], order, lose_network=lose)
        expect(page.locator(".overview .ac-badge.good")).to_have_count(N_MEASURES, timeout=15_000)
        page.reload()
        expect(page.locator(".overview .ac-badge.good")).to_have_count(N_MEASURES)
        if not lose:
            watch.assert_clean()
        context.close()


def close_and_evaluate(page: Page) -> str:
    page.get_by_role("link", name="Close AlpCafé").click()
    page.click("main form button[type=submit]")
    page.click("#evaluate button")
    page.wait_for_url("**/snapshots/**")
    return page.locator("main").inner_text()


def derive(page: Page, server: Server, snapshot: str) -> list[str]:
    """Tick three measures and return their names."""
    page.goto(f"{server.address}/en/workspace/snapshots/{snapshot}/")
    boxes = page.locator("#derive input[name=measures]")
    names = []
    for number in range(3):
        boxes.nth(number).check()
        box = boxes.nth(number).get_attribute("id")
        names.append(page.locator(f"label[for='{box}']").inner_text().strip())
    page.click("#derive button[type=submit]")
    page.wait_for_url("**/recommendations/")
    return names


def make_plan(page: Page, server: Server, names: list[str]) -> str:
    """Order the three recommendations into a plan, complete it, publish it."""
    slug = re.search(r"/projects/([^/]+)/recommendations/", page.url)[1]
    page.goto(f"{server.address}/en/workspace/projects/{slug}/plans/new/")
    page.get_by_role("button", name="Begin the plan").click()
    page.wait_for_url(re.compile(r"/plans/\d+/$"))
    plan = page.url
    for name, level in zip(names, ["european", "macro_regional", "regional"], strict=True):
        page.locator("#add label", has_text=name).last.click()
        page.click("#add button[type=submit]")
        page.wait_for_url(re.compile(r"/actions/\d+/$"))
        complete(page, level)
    page.goto(plan)
    page.locator("a[href$='/publish/']").click()
    page.click("main form button[type=submit]")
    page.wait_for_url(re.compile(r"/plans/"))
    page.goto(plan)
    page.get_by_role("link", name="See the public page").click()
    return page.url


def complete(page: Page, level: str) -> None:
    page.select_option("#id_level", level)
    page.fill("#id_responsible", "Example body (simulated)")
    page.fill("#id_starts_on", "2027-01-01")
    page.fill("#id_ends_on", "2028-12-31")
    for summary in page.locator("#action details > summary").all():
        summary.click()
    for area in page.locator("#action textarea").all():
        if not area.input_value():
            area.fill("Example text (simulated).")
    for text in page.locator("#edit input[name^=title_]").all():
        if not text.input_value():
            text.fill("Example title (simulated)")
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_url(re.compile(r"/plans/\d+/#X\d+$"))


def download(page: Page, plan: str, folder: Path) -> dict[str, Path]:
    page.goto(plan)
    files = {}
    for kind in ("docx", "pdf"):
        with page.expect_download() as loading:
            page.click(f"a[href$='/{kind}']")
        files[kind] = folder / loading.value.suggested_filename
        loading.value.save_as(files[kind])
    return files


def text_of_docx(path: Path) -> str:
    from docx import Document

    document = Document(str(path))
    cells = [c.text for t in document.tables for row in t.rows for c in row.cells]
    return "\n".join([*(p.text for p in document.paragraphs), *cells])


def text_of_pdf(path: Path) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(path).pages)


def flat(text: str) -> str:
    """One kind of space, no soft hyphens: what the eye reads."""
    return re.sub(
        r"\s+", " ", text.replace("\u00ad", "").replace("\u00a0", " ").replace("\u202f", " ")
    )


def test_evaluation_shows_n_and_intervals(story):
    text = flat(story["evaluation"])

    assert "n = 12" in text
    assert re.search(r"\d\.\d \(\d\.\d to \d\.\d\)", text) or re.search(r"\d\.\d–\d\.\d", text)


@pytest.mark.parametrize(("kind", "read"), [("docx", text_of_docx), ("pdf", text_of_pdf)])
def test_document_holds_measures_n_and_intervals(story, kind, read):
    text = flat(read(story["files"][kind]))

    for name in story["names"]:
        assert name in text
    assert re.search(r"n = 12|\b12\b", text)
    assert re.search(r"\d\.\d+ ?–|\d\.\d+ to \d\.\d+|\d\.\d+–\d\.\d+", text)
    assert "simulated" in text.lower()


def test_docx_is_a_sound_archive_and_pdf_is_tagged(story):
    with zipfile.ZipFile(story["files"]["docx"]) as packed:
        assert packed.testzip() is None
    root = PdfReader(story["files"]["pdf"]).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"]
