"""Two people write one recommendation at the same time, in real browsers: nothing is lost."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.auditing import audit
from tests.e2e.conftest import Watch
from tests.e2e.serving import Server
from tests.e2e.test_trail import sign_in_by_mailed_code

pytestmark = [pytest.mark.e2e]

SECOND = "second-writer@example.org"
# The draft is kept every five seconds.
KEPT_WITHIN_MS = 15_000


@pytest.fixture
def writers(server: Server, browser: Browser, administrator: dict):
    """Two pages: the administrator, and a policy maker whom the administrator invited."""
    first = browser.new_context(storage_state=administrator, locale="en-GB")
    second = browser.new_context(locale="en-GB")
    watches = [Watch(first, server.address), Watch(second, server.address)]
    pages = first.new_page(), second.new_page()
    invite(pages[0], server)
    sign_in_by_mailed_code(pages[1], server, SECOND)
    yield pages
    for watch in watches:
        watch.assert_clean()
    first.close()
    second.close()


def invite(page: Page, server: Server) -> None:
    page.goto(f"{server.address}/en/workspace/people/invite/")
    page.fill("#id_email", SECOND)
    page.select_option("#id_role", "policy_maker")
    page.select_option("#id_project", index=1)
    page.click("main form button[type=submit]")
    page.wait_for_url("**/people/")


def begin(page: Page, server: Server) -> str:
    """Begin a recommendation by hand in the project of both, and return its editor."""
    page.goto(f"{server.address}/en/workspace/plans/")
    address = page.locator("main a[href*='/plans/new/']").first.get_attribute("href")
    slug = re.search(r"/projects/([^/]+)/plans/", address)[1]
    page.goto(f"{server.address}/en/workspace/projects/{slug}/recommendations/new/")
    page.fill("#id_title", "Common calls (simulated)")
    page.click("main form button[type=submit]")
    page.wait_for_url("**/edit/")
    page.fill("#id_text_en", "One.\n\nTwo.\n\nThree.")
    page.fill("#id_addressee", "Ministries (simulated)")
    save(page)
    return page.url + "edit/"


def save(page: Page) -> None:
    page.locator("#edit").get_by_role("button", name="Save").click()
    page.wait_for_url(re.compile(r"/(recommendations/\d+|conflict)/$"))


def test_two_people_write_at_once_and_nothing_is_lost(writers, server):
    one, two = writers
    editor = begin(one, server)
    for page in writers:
        page.goto(editor)

    # What is typed is kept as a draft, and the other one is told.
    two.fill("#id_text_en", "One.\n\nTwo, by the second.\n\nThree.")
    expect(two.locator("[data-autosave-said]")).to_have_text("Draft kept.", timeout=KEPT_WITHIN_MS)
    one.fill("#id_text_en", "One.\n\nTwo.\n\nThree, by the first.")
    expect(one.locator("[data-autosave-others]")).to_contain_text(
        "is editing too.", timeout=KEPT_WITHIN_MS
    )

    # Different paragraphs: both are kept without a question.
    save(one)
    save(two)
    expect(two.locator("main")).to_contain_text("Two, by the second.")
    expect(two.locator("main")).to_contain_text("Three, by the first.")

    # The same paragraph: three versions side by side, and a choice.
    for page in writers:
        page.goto(editor)
    one.fill("#id_title_en", "Calls together (simulated)")
    one.fill("#id_text_en", "Theirs.")
    save(one)
    two.fill("#id_text_en", "Mine.")
    save(two)
    conflict = two.locator("#conflict")
    expect(conflict).to_contain_text("Two, by the second.")
    expect(conflict).to_contain_text("Theirs.")
    expect(conflict).to_contain_text("Mine.")
    assert audit(two) == []

    # It waits until it is solved, also after the tab is gone.
    two.goto(editor)
    expect(two).to_have_url(re.compile("/conflict/$"))
    two.get_by_label("Take both").check()
    two.get_by_role("button", name="Save the choice").click()
    two.wait_for_url(re.compile(r"/recommendations/\d+/$"))
    expect(two.get_by_role("heading", level=1)).to_have_text("Calls together (simulated)")
    expect(two.locator("main")).to_contain_text("Theirs.")
    expect(two.locator("main")).to_contain_text("Mine.")

    # What is typed and not saved stands in the form again, on any machine.
    two.goto(editor)
    two.fill("#id_theme", "Half a thought")
    expect(two.locator("[data-autosave-said]")).to_have_text("Draft kept.", timeout=KEPT_WITHIN_MS)
    two.goto(editor)
    expect(two.locator("#id_theme")).to_have_value("Half a thought")
    expect(two.locator("#draft")).to_contain_text("Your draft stands in the form.")
