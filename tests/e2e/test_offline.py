"""Phones that lose the network, the server, the tab: nothing is lost and nothing counts twice."""

import itertools

import pytest
from playwright.sync_api import expect

from tests.e2e.hall import Hall
from tests.e2e.handsets import ON_DEVICE, SAVED, WAIT_MS, Handset
from tests.e2e.steering import steer

pytestmark = pytest.mark.e2e


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """One server for all tests of this file."""
    hall = Hall(tmp_path_factory.mktemp("hall"))
    hall.start()
    yield hall
    hall.kill()


@pytest.fixture(scope="module")
def numbers():
    return itertools.count(1)


@pytest.fixture
def hall(server, numbers):
    """An AlpCafé in which nobody has rated yet."""
    if not server.running:
        server.start()
    return server.room(next(numbers))


@pytest.fixture
def context(browser):
    context = browser.new_context(viewport={"width": 320, "height": 700}, locale="en-GB")
    yield context
    context.close()


@pytest.fixture
def phone(context, hall):
    phone = Handset(context.new_page(), hall)
    phone.join()
    return phone


def values(hall):
    return [value for _, _, value, _ in hall.ratings()]


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
    phone.expect_word("Offline, 6 unsent entries")
    assert hall.ratings() == []

    context.set_offline(False)

    expect(phone.page.locator("#connection")).to_contain_text(
        "Connected again, everything sent", timeout=WAIT_MS
    )
    phone.expect_word("Saved")
    assert [(value, cannot) for _, _, value, cannot in hall.ratings()] == [(4, 0), (None, 1)] * 3


def test_killed_server_and_closed_tab_lose_nothing(context, hall, phone):
    phone.choose(0, "5")
    phone.wait_for(SAVED)
    hall.kill()
    acknowledged = hall.ratings()
    phone.choose(1, "2")
    phone.page.fill("#comment", "Because it lasts")
    phone.page.locator("#comment").blur()
    phone.wait_for("[data-comment-state] .ac-saved[data-state=device]")
    phone.page.close()

    hall.start()
    again = Handset(context.new_page(), hall)
    again.page.goto(f"{again.address}#sheet-1")
    again.wait_until_ready()

    again.wait_for("[data-comment-state] .ac-saved[data-state=saved]")
    assert (again.chosen(0), again.chosen(1)) == ("5", "2")
    assert hall.ratings()[:1] == acknowledged
    assert values(hall) == [5, 2]
    assert hall.comments() == [("Because it lasts",)]


def test_reload_and_other_language_keep_everything(hall, phone):
    phone.choose(0, "3")
    phone.page.fill("#comment", "Half a sen")

    phone.speak("sl")

    phone.wait_for(SAVED)
    assert phone.page.get_attribute("html", "lang") == "sl"
    assert phone.chosen(0) == "3"
    assert phone.page.input_value("#comment") == "Half a sen"
    assert len(hall.ratings()) == 1


def test_second_tap_offers_to_clear_the_selection(hall, phone):
    phone.choose(0, "4")
    assert phone.page.locator("[data-clear]").count() == 0

    phone.question(0).locator("input[value='4']").click()
    phone.page.click("[data-clear]")

    expect(phone.question(0).locator("[data-saved]")).to_be_empty()
    assert phone.chosen(0) is None
    phone.expect_word("Saved")
    phone.page.reload()
    phone.wait_until_ready()
    assert phone.chosen(0) is None
    assert values(hall) == [4, None]


def test_double_tap_counts_once(hall, phone):
    phone.question(0).locator("input[value='3']").dblclick()

    phone.wait_for(SAVED)

    assert values(hall) == [3]


def test_answers_that_come_too_late_are_listed_and_the_queue_goes_on(context, hall, phone):
    context.set_offline(True)
    phone.choose(0, "1")
    phone.wait_for(ON_DEVICE)
    steer(hall, phase="closed")

    context.set_offline(False)

    phone.wait_for("#rejected li")
    expect(phone.page.locator("#rejected")).to_contain_text("The AlpCafé is closed")
    expect(phone.page.locator("#rejected")).to_contain_text("Not accepted")
    assert hall.ratings() == []
    assert phone.page.locator("#view").get_attribute("data-view") == "sheet"
    phone.page.reload()
    phone.wait_for("#rejected li")
    phone.go_to_what_is_on()
    phone.wait_for("#closed")


def test_offline_across_a_phase_change(context, hall, phone):
    context.set_offline(True)
    phone.choose(0, "2")
    phone.wait_for(ON_DEVICE)
    steer(hall, phase="topthree", in_hall=1)

    context.set_offline(False)

    phone.wait_for(SAVED)
    assert values(hall) == [2]
    phone.go_to_what_is_on()
    phone.wait_for("#place-1")


def test_back_button_turns_pages_without_the_network(context, phone):
    first = phone.page.locator("h1").inner_text()
    context.set_offline(True)
    phone.go_on()
    assert phone.page.locator("h1").inner_text() != first

    phone.page.go_back()

    expect(phone.page.locator("h1")).to_have_text(first)


def test_page_opens_again_without_a_network(context, hall, phone):
    phone.choose(0, "3")
    phone.wait_for(SAVED)
    phone.page.evaluate("navigator.serviceWorker.ready.then(() => undefined)")
    phone.page.wait_for_timeout(1500)  # the worker fetches what the page uses
    context.set_offline(True)

    phone.page.reload()

    phone.wait_until_ready()
    assert phone.chosen(0) == "3"
    phone.choose(1, "5")
    phone.wait_for(ON_DEVICE)
    context.set_offline(False)
    phone.expect_word("Saved")
    assert values(hall) == [3, 5]


def test_page_that_goes_away_at_once_takes_no_answer_along(hall, phone):
    phone.page.evaluate(
        """() => { document.querySelector("fieldset[data-criterion] input[value='3']").click();
                   location.reload(); }"""
    )

    phone.wait_until_ready()

    expect(phone.page.locator(SAVED)).to_have_count(1, timeout=WAIT_MS)
    assert values(hall) == [3]


def test_pushes_while_typing_keep_caret_text_and_focus(hall, phone):
    box = phone.page.locator("#comment")
    box.focus()
    for number, letter in enumerate("Why not at once"):
        phone.page.keyboard.type(letter)
        steer(hall, announcement=f"News {number}")
        phone.page.wait_for_timeout(200)
    phone.page.keyboard.press("ArrowLeft")
    steer(hall, phase="topthree", in_hall=1)
    phone.wait_for("#go-on button")

    state = phone.page.evaluate(
        "() => [document.activeElement.id, document.activeElement.selectionStart]"
    )

    assert state == ["comment", len("Why not at once") - 1]
    assert box.input_value() == "Why not at once"


def test_two_tabs_show_and_send_the_same(context, hall, phone):
    other = Handset(context.new_page(), hall)
    other.page.goto(f"{other.address}#sheet-1")
    other.wait_until_ready()

    phone.choose(0, "4")

    expect(other.question(0).locator("input[value='4']")).to_be_checked(timeout=WAIT_MS)
    other.choose(1, "2")
    expect(phone.question(1).locator("input[value='2']")).to_be_checked(timeout=WAIT_MS)
    other.expect_word("Saved")
    expect(other.page.locator(SAVED)).to_have_count(2, timeout=WAIT_MS)
    assert values(hall) == [4, 2]


def another_phone(browser, hall, code):
    context = browser.new_context(viewport={"width": 320, "height": 700}, locale="en-GB")
    other = Handset(context.new_page(), hall)
    other.page.goto(f"{hall.url}/cafe/#{hall.code}")
    other.page.click("#recovery summary")
    other.page.fill("#recovery-code", code)
    other.page.click("#join button[type=submit]")
    other.wait_until_ready()
    return other


def test_recovery_code_brings_the_person_to_another_phone(browser, context, hall):
    phone = Handset(context.new_page(), hall)
    code = phone.join()
    phone.choose(0, "4")
    phone.wait_for(SAVED)

    other = another_phone(browser, hall, code)

    other.page.goto(f"{other.address}#sheet-1")
    other.wait_until_ready()
    expect(other.question(0).locator("input[value='4']")).to_be_checked(timeout=WAIT_MS)
    assert hall._rows("SELECT count(*) FROM cafe_participant WHERE cafe_id = ?") == [(1,)]
    other.page.context.close()


def test_two_phones_of_one_person_are_asked_which_answer_counts(browser, context, hall):
    phone = Handset(context.new_page(), hall)
    other = another_phone(browser, hall, phone.join())
    other.page.goto(f"{other.address}#sheet-1")
    other.wait_until_ready()
    context.set_offline(True)
    phone.choose(0, "3")
    phone.wait_for(ON_DEVICE)
    other.choose(0, "5")
    other.wait_for(SAVED)

    context.set_offline(False)

    question = phone.page.locator("#conflicts li")
    expect(question).to_contain_text("Your other phone says 5, this one 3: which?", timeout=WAIT_MS)
    assert values(hall) == [5]
    question.locator("[data-take=theirs]").click()
    expect(phone.page.locator("#conflicts")).to_be_hidden()
    expect(phone.question(0).locator("input[value='5']")).to_be_checked()
    phone.expect_word("Saved")
    assert values(hall) == [5]
    other.page.context.close()


def test_the_own_answer_of_a_conflict_can_win(browser, context, hall):
    phone = Handset(context.new_page(), hall)
    other = another_phone(browser, hall, phone.join())
    other.page.goto(f"{other.address}#sheet-1")
    other.wait_until_ready()
    context.set_offline(True)
    phone.choose(0, "3")
    phone.wait_for(ON_DEVICE)
    other.choose(0, "5")
    other.wait_for(SAVED)
    context.set_offline(False)
    phone.wait_for("#conflicts [data-take=ours]")

    phone.page.click("#conflicts [data-take=ours]")

    expect(other.question(0).locator("input[value='3']")).to_be_checked(timeout=WAIT_MS)
    assert values(hall) == [5, 3]
    other.page.context.close()


def test_the_next_person_on_a_shared_phone_is_another_one(hall, phone):
    phone.choose(0, "4")
    phone.wait_for(SAVED)
    phone.expect_word("Saved")

    phone.menu("other")
    phone.page.click("[data-do=other-now]")
    phone.page.wait_for_url("**/cafe/")
    phone.page.check("#id_consent")
    phone.page.click("#join button[type=submit]")
    phone.wait_until_ready()
    phone.page.click("[data-do=skip]")
    phone.page.click(".phonefoot [data-do=now]")

    assert phone.chosen(0) is None
    assert hall._rows("SELECT count(*) FROM cafe_participant WHERE cafe_id = ?") == [(2,)]


def test_leaving_deletes_everything_and_forgets_the_phone(hall, phone):
    phone.choose(0, "4")
    phone.wait_for(SAVED)

    phone.menu("leave")
    phone.page.click("[data-do=leave-now]")

    phone.wait_for("#left:not([hidden])")
    assert hall.ratings() == []
    phone.page.goto(phone.address)
    phone.wait_for("#gone:not([hidden])")


def test_half_a_card_survives_a_new_round_and_a_reload(hall, phone):
    steer(hall, phase="talk", round_index=1, in_hall=1)
    phone.go_to_what_is_on()
    phone.page.fill("#card-text", "Different rul")
    steer(hall, phase="seating", round_index=2)
    expect(phone.page.locator("#go-on")).to_contain_text("Go to round 2", timeout=WAIT_MS)
    assert phone.page.input_value("#card-text") == "Different rul"

    phone.page.reload()
    phone.wait_until_ready()

    assert phone.page.input_value("#card-text") == "Different rul"


def test_card_written_offline_is_sent_once(context, hall, phone):
    steer(hall, phase="talk", round_index=1, in_hall=1)
    phone.go_to_what_is_on()
    context.set_offline(True)
    phone.page.fill("#card-text", "Different rules")
    phone.page.locator(".phonefoot button[type=submit]").dblclick()
    expect(phone.page.locator("[data-mine] li")).to_have_count(1)
    expect(phone.page.locator("[data-mine]")).to_contain_text("not sent yet")

    context.set_offline(False)

    phone.expect_word("Saved")
    assert hall._rows("SELECT text FROM cafe_card WHERE cafe_id = ?") == [("Different rules",)]


def test_captive_portal_is_not_believed(hall, phone):
    portal = "<html><body>Please sign in</body></html>"
    phone.page.route("**/live/**", lambda route: route.fulfill(status=200, body=portal))
    phone.choose(0, "4")
    phone.wait_for(ON_DEVICE)

    phone.page.unroute("**/live/**")

    phone.wait_for(SAVED)
    assert values(hall) == [4]


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
    assert values(hall) == [4, None]
    page.goto(f"{hall.url}/cafe/here/1/")
    page.wait_for_url("**/cafe/rate/2/")
    context.close()
