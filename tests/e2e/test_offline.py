"""Phones that lose the network, the server, the tab: nothing is lost and nothing counts twice."""

import shutil
import time
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.e2e.hall import Hall, Phone

pytestmark = pytest.mark.e2e
SAVED = "[data-criterion] .ac-saved[data-state=saved]"
ON_DEVICE = "[data-criterion] .ac-saved[data-state=device]"


@pytest.fixture(scope="module")
def prepared(tmp_path_factory):
    """The data directory of a hall in which nobody has rated yet."""
    return Hall(tmp_path_factory.mktemp("hall")).home


@pytest.fixture
def hall(prepared, tmp_path):
    hall = Hall(Path(shutil.copytree(prepared, tmp_path / "home")))
    hall.start()
    yield hall
    hall.kill()


@pytest.fixture
def context(browser):
    context = browser.new_context(viewport={"width": 320, "height": 700}, locale="en-GB")
    yield context
    context.close()


@pytest.fixture
def phone(context, hall):
    phone = Phone(context.new_page(), hall)
    phone.join()
    return phone


def test_whole_sheet_can_be_finished_without_a_network(context, hall, phone):
    context.set_offline(True)
    for _ in range(3):
        phone.choose(0, "4")
        phone.choose(1, "cj")
        phone.wait_for(ON_DEVICE)
        phone.go_on()
    phone.wait_for("#overview")
    expect(phone.page.locator("#connection")).to_contain_text("6 entries wait to be sent")
    expect(phone.page.locator(".overview .good")).to_have_count(3)
    assert hall.ratings() == []

    context.set_offline(False)

    expect(phone.page.locator("#connection")).to_contain_text(
        "Connected again, everything sent", timeout=20_000
    )
    assert [(value, cannot) for _, _, value, cannot in hall.ratings()] == [(4, 0), (None, 1)] * 3


def test_killed_server_and_closed_tab_lose_nothing(context, hall, phone):
    phone.choose(0, "5")
    phone.wait_for(SAVED)
    hall.kill()
    acknowledged = hall.ratings()
    phone.choose(1, "2")
    phone.page.fill("[data-comment]", "Because it lasts")
    phone.page.locator("[data-comment]").blur()
    phone.wait_for("[data-comment-state] .ac-saved[data-state=device]")
    phone.page.close()

    hall.start()
    again = Phone(context.new_page(), hall)
    again.page.goto(f"{hall.url}/cafe/rate/1/")
    again.wait_until_ready()

    again.wait_for("[data-comment-state] .ac-saved[data-state=saved]")
    assert [(again.chosen(0), again.chosen(1))] == [("5", "2")]
    assert hall.ratings()[:1] == acknowledged
    assert [value for _, _, value, _ in hall.ratings()] == [5, 2]
    assert hall.comments() == [("Because it lasts",)]


def test_reload_and_other_language_keep_everything(hall, phone):
    phone.choose(0, "3")
    phone.page.fill("[data-comment]", "Half a sen")
    phone.page.click("#language-menu")

    phone.page.click(".panel-drop button[value=sl]")

    phone.wait_until_ready()
    phone.wait_for(SAVED)
    assert phone.page.get_attribute("html", "lang") == "sl"
    assert phone.chosen(0) == "3"
    assert phone.page.input_value("[data-comment]") == "Half a sen"
    assert len(hall.ratings()) == 1


def test_second_tap_offers_to_clear_the_selection(hall, phone):
    phone.choose(0, "4")
    assert phone.page.locator("[data-clear]").count() == 0

    phone.question(0).locator("input[value='4']").click()
    phone.page.click("[data-clear]")

    expect(phone.question(0).locator("[data-saved]")).to_be_empty()
    assert phone.chosen(0) is None
    phone.page.reload()
    phone.wait_until_ready()
    assert phone.chosen(0) is None
    assert [value for _, _, value, _ in hall.ratings()] == [4, None]


def test_answers_that_come_too_late_are_listed_with_the_reason(context, hall, phone):
    context.set_offline(True)
    phone.choose(0, "1")
    phone.wait_for(ON_DEVICE)
    hall.close_cafe()

    context.set_offline(False)

    phone.wait_for("#rejected li")
    expect(phone.page.locator("#rejected")).to_contain_text("The AlpCafé is closed")
    assert hall.ratings() == []
    phone.page.reload()
    phone.wait_for("#closed")
    expect(phone.page.locator("#unsent")).to_be_visible()


def test_back_button_turns_pages_without_the_network(context, phone):
    first = phone.page.locator("h1").inner_text()
    context.set_offline(True)
    phone.go_on()
    assert phone.page.locator("h1").inner_text() != first

    phone.page.go_back()

    expect(phone.page.locator("h1")).to_have_text(first)


def test_without_scripts_the_sheet_is_an_ordinary_form(browser, hall):
    context = browser.new_context(java_script_enabled=False, locale="de")
    page = context.new_page()
    page.goto(f"{hall.url}/cafe/{hall.code}/")
    page.check("#id_consent")
    page.click("#join button[type=submit]")
    page.click("button[form=profile]")
    question = page.locator("fieldset[data-criterion]")
    question.nth(0).locator("input[value='4']").check()
    question.nth(1).locator("input[value=cj]").check()

    page.click(".phonefoot button[value=next]")

    assert page.url.endswith("/cafe/rate/2/")
    assert [value for _, _, value, _ in hall.ratings()] == [4, None]
    context.close()


def test_tap_before_the_sheet_is_ready_is_saved_all_the_same(hall, phone):
    def slowly(route):
        time.sleep(1.5)
        route.continue_()

    phone.page.route("**/icons*", slowly)
    phone.page.goto(phone.page.url, wait_until="commit")
    phone.choose(0, "5")
    phone.choose(1, "2")

    phone.wait_until_ready()

    assert (phone.chosen(0), phone.chosen(1)) == ("5", "2")
    expect(phone.page.locator(SAVED)).to_have_count(2, timeout=20_000)
    assert sorted(value for _, _, value, _ in hall.ratings()) == [2, 5]


def test_page_that_goes_away_at_once_takes_no_answer_along(hall, phone):
    phone.page.evaluate(
        """() => { document.querySelector("fieldset[data-criterion] input[value='3']").click();
                   location.reload(); }"""
    )

    phone.wait_until_ready()

    expect(phone.page.locator(SAVED)).to_have_count(1, timeout=20_000)
    assert [value for _, _, value, _ in hall.ratings()] == [3]
