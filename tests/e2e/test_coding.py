"""From an uploaded PDF to a lesson on a measure's page: two coders by keyboard, a third settles."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.e2e.auditing import audit
from tests.e2e.conftest import Watch
from tests.e2e.serving import Server
from tests.e2e.test_trail import (
    N_MEASURES,
    join,
    phone,
    prepare_cafe,
    sign_in_by_mailed_code,
)
from tests.factories.written import make_pdf

pytestmark = pytest.mark.e2e

FIRST, SECOND = "first-coder@example.org", "second-coder@example.org"
TEXTS = (
    "Ridge, final report (simulated)\nFour firms from two countries build a demonstrator.",
    "What became of it\nThe members pay for it 26 months later.",
)
LESSON = "Demonstrators last where members pay for them (simulated)"
# Per question: the key of the answer. Numbers are typed.
TYPE, NUMBER = "a", "26"
ANSWERS = (TYPE, "2", "12", "1", NUMBER, "1", "1", "1", "a", "")


@pytest.fixture
def report(tmp_path: Path) -> Path:
    """A small report, as a newcomer has it."""
    path = tmp_path / "ridge.pdf"
    path.write_bytes(make_pdf(TEXTS))
    return path


def invite(page: Page, server: Server, email: str) -> None:
    page.goto(f"{server.address}/en/workspace/people/invite/")
    page.fill("#id_email", email)
    page.select_option("#id_role", "evidence_coder")
    page.select_option("#id_project", index=1)
    page.click("main form button[type=submit]")
    page.wait_for_url("**/people/")


def begin_corpus(page: Page, server: Server) -> None:
    """Make a corpus of the same project with an invented initiative that nobody coded."""
    page.goto(f"{server.address}/en/workspace/evidence/corpora/new/")
    page.select_option("#id_project", index=1)
    page.fill("#id_name", "Ridges (simulated)")
    page.click("main form button[type=submit]")
    page.fill("#id_words", "Terrace 5")
    page.click("#filter button")
    page.click("#all button")
    expect(page.locator("main")).to_contain_text("1 initiative added.")


def upload(page: Page, server: Server, report: Path) -> None:
    """Go from the list of what is to code to the initiative, and give it its report."""
    page.goto(f"{server.address}/en/workspace/evidence/")
    page.click("main a:has-text('Ridges (simulated)')")
    page.click("main table a:has-text('Terrace 5')")
    page.click("main a:has-text('Add a document')")
    page.set_input_files("input[type=file]", report)
    page.fill("#id_title", "Ridge, final report (simulated)")
    page.click("main form[enctype] button[type=submit]")
    # The page loads itself again when the worker has read the file.
    page.wait_for_selector("[data-text]", timeout=30_000)


def code(page: Page, *, reach: str) -> None:
    """Answer every question without the mouse; nothing is sent by a button."""
    for place, keys in enumerate(ANSWERS):
        chosen = reach if place == 1 else keys
        page.keyboard.type(chosen)
        page.keyboard.press("Enter")
    expect(page.locator("[data-rest-list]")).to_have_text("All answers are there. You can close.")


def new_activity(page: Page, server: Server) -> None:
    page.goto(f"{server.address}/en/workspace/evidence/coding/simulated-terrace-5/")
    page.locator("#id_name").focus()
    page.keyboard.type("Demonstrator for lightweight parts (simulated)")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.wait_for_selector("#sheet")
    expect(page.locator("#field-measure_type")).to_be_focused()


def undo_turn_and_quote(page: Page) -> None:
    """Take the last answer back and give it again, turn a page, quote selected words twice."""
    page.keyboard.press("Control+z")
    expect(page.locator("[data-said]")).to_have_text("Taken back: What helped")
    page.locator("#field-success_factors").focus()
    page.keyboard.type("a")
    page.keyboard.press("Alt+PageDown")
    expect(page.locator("[data-place]")).to_contain_text("p. 2")
    for answer in ("After the funding", "Who pays now"):
        page.locator("[data-text]").evaluate("box => getSelection().selectAllChildren(box)")
        page.click("[data-pick]")
        expect(page.locator("#quotations")).to_contain_text(f"p. 2 {answer}")
    page.locator("#field-failure_reasons").focus()
    page.keyboard.press("?")
    expect(page.locator("dialog[data-keys]")).to_be_visible()
    page.keyboard.press("Escape")


def close(page: Page, *, has_quoted: bool) -> None:
    page.locator("#field-failure_reasons").focus()
    page.keyboard.press("Control+Enter")
    if not has_quoted:
        expect(page.locator("main")).to_contain_text("Where does the source say so?")
        page.click("button[value=close-unquoted]")
    page.wait_for_url("**/coding/simulated-terrace-5/")


def follow(page: Page, words: str) -> None:
    """Follow the link and wait for all of its page: keys are heard once its script has run."""
    with page.expect_navigation():
        page.click(f"main a:has-text('{words}')")


def settle(page: Page, server: Server) -> None:
    """Decide as a third person; the list of disagreements is empty then."""
    page.goto(f"{server.address}/en/workspace/evidence/corpora/ridges-simulated/disagreements/")
    follow(page, "Compare and decide")
    expect(page.locator("#sides")).to_contain_text("p. 2")
    page.locator("#field-scope").focus()
    page.keyboard.type("2")
    expect(page.locator("#field-scope input:checked")).to_have_count(1)
    page.fill("#id_reason", "Page 2 names both countries (simulated).")
    page.click("#decide button[type=submit]")
    expect(page.locator("main")).to_contain_text("Nothing to settle")
    page.goto(f"{server.address}/en/workspace/evidence/corpora/ridges-simulated/agreement/")
    expect(page.locator("#agreement")).to_contain_text("too few")


def write_lesson(page: Page, server: Server) -> str:
    """Write it and tie it to the first measure of the catalogue; return its address."""
    page.goto(f"{server.address}/en/workspace/evidence/lessons/new/")
    page.fill("#id_statement_en", LESSON)
    page.check("input[name=verdict][value=works]")
    page.click("#edit button[type=submit]")
    page.wait_for_url("**/lessons/demonstrators*/")
    address = page.url
    with page.expect_navigation():
        page.click("#suggest button")
    return address


def support(first: Page, second: Page, lesson: str) -> None:
    """One ties the activity; the other one finds it among those that wait for a second coder."""
    first.goto(f"{lesson}?find=lightweight")
    first.locator("#tie li").filter(has_text="Terrace 5").locator("[value=supports]").click()
    second.goto(lesson)
    expect(second.locator("main")).not_to_contain_text("Coder 1")
    second.click(".bearing button[value=supports]")
    expect(second.locator("main")).to_contain_text("1 activity supports it")


def signed_in(browser: Browser, server: Server, email: str) -> BrowserContext:
    context = browser.new_context(locale="en-GB", viewport={"width": 1280, "height": 900})
    sign_in_by_mailed_code(context.new_page(), server, email)
    return context


def test_a_newcomer_codes_a_report_by_keyboard_and_its_lesson_reaches_measure_and_card(
    server: Server, browser: Browser, administrator: dict, report: Path
):
    chief = browser.new_context(storage_state=administrator, locale="en-GB")
    desk = chief.new_page()
    for email in (FIRST, SECOND):
        invite(desk, server, email)
    begin_corpus(desk, server)
    people = [signed_in(browser, server, email) for email in (FIRST, SECOND)]
    watches = [Watch(person, server.address) for person in people]
    first, second = (person.new_page() for person in people)

    upload(first, server, report)
    new_activity(first, server)
    code(first, reach="2")
    undo_turn_and_quote(first)
    assert audit(first) == []
    close(first, has_quoted=True)

    second.goto(f"{server.address}/en/workspace/evidence/coding/")
    follow(second, "Demonstrator for lightweight parts")
    expect(second.locator("#sheet input:checked")).to_have_count(0)
    expect(second.locator("#quotations")).not_to_contain_text("p. 2")
    code(second, reach="3")
    close(second, has_quoted=False)
    settle(desk, server)
    lesson = write_lesson(desk, server)
    support(first, second, lesson)
    desk.goto(lesson)
    desk.click("button[value=publish]")
    expect(desk.locator("main")).to_contain_text("Lesson published.")

    visitor = browser.new_context(locale="en-GB").new_page()
    visitor.goto(f"{server.address}/en/measures/{tied_measure(desk)}/?simulated=1")
    expect(visitor.locator("#evidence")).to_contain_text(LESSON)
    measure = tied_measure(desk)
    card = phone(browser, "en").new_page()
    join(card, server, prepare_cafe(desk, server))
    link = turn_to(card, measure)
    expect(link).to_contain_text("(1)")
    card.goto(server.address + link.get_attribute("href"))
    expect(card.locator("#evidence")).to_contain_text(LESSON)
    watches[0].assert_clean()
    # The question whether to close without a quoted place is an answer with status 422.
    assert [error for error in watches[1].errors if "422" not in error] == []


def turn_to(card: Page, measure: str) -> Locator:
    """Turn the sheets, which every phone has in an order of its own, to the one of a measure."""
    link = card.locator("[data-evidence] a")
    for _ in range(N_MEASURES - 1):
        if f"/{measure}/" in (link.get_attribute("href") or ""):
            break
        position = card.locator("[data-position]").inner_text()
        card.click(".phonefoot button[type=submit]")
        expect(card.locator("[data-position]")).not_to_have_text(position)
    return link


def tied_measure(page: Page) -> str:
    """Return the key of the measure to which the lesson on the page is tied."""
    return page.locator("#measures li a").first.get_attribute("href").rstrip("/").split("/")[-1]
