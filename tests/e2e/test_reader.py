"""A coder adds a report, reads it with the keyboard and quotes selected words."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.auditing import examine
from tests.e2e.conftest import Watch
from tests.factories.written import make_pdf

pytestmark = pytest.mark.e2e

WIDTHS = (320, 1280)
DESK = "/sl/workspace/evidence"
PAGES = ("Uvod", "Simulirano. Kdo financira po koncu?\nSamo skupina.", "Konec")
# The key of the first initiative of the list with an activity: something to quote for.
WITH_ACTIVITY = """rows => rows.find(row => Number(row.lastElementChild.innerText) > 0)
  .querySelector("th a").href.split("/").at(-3)"""
SELECT = """text => {
  const mark = text.querySelector("mark");
  getSelection().selectAllChildren(mark);
}"""


@pytest.fixture
def page(server, browser, administrator):
    """A browser of somebody who may code, watched."""
    context = browser.new_context(storage_state=administrator)
    watch = Watch(context, server.address)
    yield context.new_page()
    context.close()
    watch.assert_clean()


def test_report_is_read_with_the_keyboard_and_quoted(page, server, tmp_path):
    path = tmp_path / "simulirano-porocilo.pdf"
    path.write_bytes(make_pdf(PAGES, labels="0 << /S /r >> 1 << /S /D >>"))
    page.goto(f"{server.address}{DESK}/initiatives/")
    key = page.locator("tbody tr").evaluate_all(WITH_ACTIVITY)
    page.goto(f"{server.address}{DESK}/documents/new/?initiative={key}")
    page.set_input_files("input[name=file]", path)
    page.click("#document-form button[type=submit]")
    # The worker is called, reads, and the page shows it by itself.
    text = page.locator("[data-text]")
    expect(text).to_have_text("Uvod", timeout=30_000)

    text.focus()
    page.keyboard.press("PageDown")
    expect(page.locator("[data-place]")).to_have_text("str. 1 (list 2)")
    expect(page.locator("[data-picture] img")).to_have_attribute(
        "src", re.compile(r"/page-2\.png$")
    )
    text.focus()
    page.keyboard.press("/")
    page.keyboard.type("KDO financira")
    page.keyboard.press("Enter")
    expect(text.locator("mark")).to_have_text("Kdo financira")
    expect(page.locator("[data-hits]")).to_contain_text("1 mesto na 1 strani")
    found = problems(page)
    text.focus()
    text.evaluate(SELECT)
    expect(page.locator("[data-pick]")).to_be_visible()
    page.keyboard.press("q")
    expect(page.locator("#quote-words")).to_have_value("Kdo financira")
    expect(page.locator("#quote-page")).to_have_value("2")
    page.click("[data-quote] button[type=submit]")

    expect(page.locator("section:has(#supports) q")).to_have_text("Kdo financira")
    assert found == []


def problems(page) -> list[str]:
    """List what is wrong with the reader, narrow and wide."""
    found = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        found += [f"{width}: {problem}" for problem in examine(page, "sl")]
    return found
