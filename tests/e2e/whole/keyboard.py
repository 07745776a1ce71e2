"""A phone without fingers: Tab, Space, Enter and arrows alone."""

from playwright.sync_api import Page, expect

from tests.e2e.handsets import SAVED, WAIT_MS
from tests.e2e.whole.phones import Person


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until something has the focus."""
    for _turn in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    message = f"the keyboard does not reach {selector}"
    raise AssertionError(message)


def press(page: Page, selector: str, key: str = "Enter") -> None:
    """Go to something by Tab and press a key on it."""
    tab_to(page, selector)
    page.keyboard.press(key)


def join(person: Person) -> None:
    """Type the code, consent, say region and role, note the recovery code."""
    page, place = person.page, person.place
    page.goto(f"{place.url}/cafe/")
    tab_to(page, "[name=code]")
    page.keyboard.type(place.code)
    press(page, "[name=consent]", "Space")
    press(page, "#join button[type=submit]")
    person.wait_until_ready()
    press(page, "#about-region", "ArrowDown")
    press(page, "#about-role", "ArrowDown")
    assert page.input_value("#about-role")
    press(page, ".phonefoot [type=submit]")
    page.wait_for_selector("#view[data-view=code]")
    press(page, ".phonefoot [data-do=now]")


def go_on(person: Person, view: str) -> None:
    """Follow the room to another view."""
    page = person.page
    page.wait_for_selector(f"#view[data-view={view}], #go-on:not([hidden])", timeout=WAIT_MS)
    if person.view != view:
        press(page, "#go-on button")
    page.wait_for_selector(f"#view[data-view={view}]", timeout=WAIT_MS)


def rate(person: Person, values: list[tuple[str, str]]) -> None:
    """Answer every page; the arrows choose, Tab goes to the next question."""
    page = person.page
    go_on(person, "sheet")
    for pair in values:
        for number, value in enumerate(pair):
            name = person.question(number).get_attribute("data-criterion")
            tab_to(page, f"input[name={name}]")
            page.keyboard.press("Space")
            for _step in range(int(value) - 1):
                page.keyboard.press("ArrowDown")
        expect(page.locator(SAVED)).to_have_count(2, timeout=WAIT_MS)
        press(page, ".phonefoot [type=submit]")
    page.wait_for_selector("#overview", timeout=WAIT_MS)


def choose_three(person: Person) -> None:
    """Choose the first measure, the second, and let them change places."""
    page = person.page
    go_on(person, "topthree")
    press(page, "#place-1", "ArrowDown")
    for _step in range(2):
        press(page, "#place-2", "ArrowDown") if not _step else page.keyboard.press("ArrowDown")
    press(page, "li:has(#place-2) [data-move='-1']")
    press(page, ".phonefoot [type=submit]")
    expect(page.locator("[data-told]")).not_to_be_empty()
