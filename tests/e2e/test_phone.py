"""Every view of the phone's page: axe, width, one h1, language; in five languages, by keyboard."""

import re
from contextlib import closing

import pytest
from playwright.sync_api import Page, expect

from alpclusters.platform.cafe.domain.codes import CONSENT_VERSION
from alpclusters.platform.languages.codes import LANGUAGE_CODES
from tests.e2e.auditing import examine
from tests.e2e.conftest import Watch
from tests.e2e.hall import Hall
from tests.e2e.handsets import SAVED, WAIT_MS, Handset, eventually
from tests.e2e.steering import database_of, seat_everybody, steer

pytestmark = pytest.mark.e2e
# So high that nothing lies behind the bar at the bottom.
SIZES = {320: 3000, 1280: 1800}
TARGETS = """() => [...document.querySelectorAll("button, a[href], select, summary, textarea")]
  .filter(e => e.offsetParent && !e.closest(".vh, .phonebar > .in > a, .ac-skip")
    && !e.matches(".ac-skip, .vh"))
  .map(e => [e, e.getBoundingClientRect()]).filter(([, box]) => box.height < 43.5)
  .map(([e, box]) => `target ${e.tagName}.${e.className} ${Math.round(box.height)} px`)"""
N_ROOMS = 12  # one for each test
TABLES = [(7, 20, 25), (8, 60, 30), (9, 40, 80)]


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """One server for all tests of this file."""
    hall = Hall(tmp_path_factory.mktemp("hall"))
    for number in range(1, N_ROOMS + 1):
        with closing(database_of(hall)) as database:
            lay(database, number)
    hall.start()
    yield hall
    hall.kill()


@pytest.fixture(scope="module")
def numbers():
    return iter(range(1, N_ROOMS + 1))


def lay(database, cafe: int) -> None:
    """Give an AlpCafé three rounds, tables and guests."""
    database.execute(
        "UPDATE cafe_alpcafe SET in_hall = 1, phase = 'lobby', has_second_rating = 1 WHERE id = ?",
        (cafe,),
    )
    criteria = "SELECT criterion_id FROM cafe_cafecriterion WHERE cafe_id = ?"
    x, y = (row[0] for row in database.execute(criteria, (cafe,)))
    database.execute(
        "UPDATE cafe_alpcafe SET cloud_x_id = ?, cloud_y_id = ? WHERE id = ?", (x, y, cafe)
    )
    for index in (1, 2, 3):
        database.execute(
            "INSERT INTO cafe_question (cafe_id, round_index, text) VALUES (?, ?, ?)",
            (cafe, index, '{"de": "Was hindert uns?", "en": "What hinders us?"}'),
        )
    for number, x_place, y_place in TABLES:
        database.execute(
            "INSERT INTO cafe_table (cafe_id, number, topic, host_name, languages, way,"
            " x, y, is_quiet, is_accessible, is_open) VALUES (?, ?, ?,"
            " 'Maria', '[\"de\", \"sl\"]', 'left wall', ?, ?, 0, 1, 1)",
            (cafe, number, '{"en": "Test beds"}', x_place, y_place),
        )
    ordered = "SELECT id FROM cafe_table WHERE cafe_id = ? ORDER BY number"
    tables = [row[0] for row in database.execute(ordered, (cafe,))]
    for number in range(1, 7):
        cursor = database.execute(
            "INSERT INTO cafe_guest (cafe_id, number, name, languages, needs_access, pins,"
            " is_spare) VALUES (?, ?, '', '[]', 0, '{}', 0)",
            (cafe, number),
        )
        for index in (1, 2, 3):
            table = tables[(number + index) % len(tables)]
            database.execute(
                "INSERT INTO cafe_seat (guest_id, round_index, table_id, planned_table_id, state)"
                " VALUES (?, ?, ?, ?, 'expected')",
                (cursor.lastrowid, index, table, table),
            )
    database.commit()


@pytest.fixture
def hall(server, numbers):
    """An AlpCafé to which nobody has come yet."""
    return server.room(next(numbers))


class Examined:
    """A phone whose views are examined one after the other."""

    def __init__(self, phone: Handset, language: str) -> None:
        self.phone, self.language = phone, language
        self.wrong: list[str] = []

    def look(self, view: str) -> None:
        """Wait for a view and examine it."""
        page = self.phone.page
        page.wait_for_selector(f"#view[data-view={view}]", timeout=WAIT_MS)
        found = examine(page, self.language) + page.evaluate(TARGETS)
        self.wrong += [f"{view}: {line}" for line in found]


@pytest.mark.parametrize(
    ("language", "width"), [*((code, 320) for code in LANGUAGE_CODES), ("de", 1280)]
)
def test_every_view_is_clean(browser, hall, language, width):
    size = {"width": width, "height": SIZES[width]}
    context = browser.new_context(viewport=size, locale=language)
    watch = Watch(context, hall.url)
    phone = Handset(context.new_page(), hall)
    examined = Examined(phone, language)

    phone.join(skips=False)
    examined.look("about")
    go_through(phone, hall, examined)

    assert examined.wrong == []
    watch.assert_clean()
    context.close()


def go_through(phone: Handset, hall: Hall, examined: Examined) -> None:
    page = phone.page
    page.click("[data-do=skip]")
    examined.look("code")
    page.click(".phonefoot [data-do=now]")
    examined.look("lobby")
    page.click("#menu summary")
    examined.look("lobby")
    page.keyboard.press("Escape")
    seat_everybody(hall)
    at_the_tables(phone, hall, examined)
    rating(phone, hall, examined)
    for name in ("leave", "other", "about"):
        phone.menu(name)
        examined.look(name)


def at_the_tables(phone: Handset, hall: Hall, examined: Examined) -> None:
    page = phone.page
    steer(hall, phase="presentation")
    examined.look("presentation")
    page.evaluate("document.activeElement.blur()")
    steer(hall, phase="seating", round_index=1, announcement="Please sit down", minutes=3)
    phone.wait_for("[data-seat]:not([hidden])")
    page.click("[data-plan] summary")
    examined.look("seating")
    page.click("[data-do=here]")
    page.evaluate("document.activeElement.blur()")
    steer(hall, phase="talk", announcement="", minutes=20)
    examined.look("talk")
    page.fill("#card-text", "Different rules")
    phone.go_on()
    expect(page.locator("[data-mine] li")).to_have_count(1)
    page.click(".author summary")
    steer(hall, phase="harvest")
    phone.wait_for("[data-harvest]:not([hidden])")
    examined.look("talk")


def rating(phone: Handset, hall: Hall, examined: Examined) -> None:
    page = phone.page
    steer(hall, phase="rating", round_index=0, ends_at=None)
    phone.go_to_what_is_on()
    phone.choose(0, "4")
    phone.choose(1, "cj")
    expect(page.locator(SAVED)).to_have_count(2, timeout=WAIT_MS)
    examined.look("sheet")
    phone.menu("overview")
    examined.look("overview")
    steer(hall, phase="topthree")
    phone.go_to_what_is_on()
    page.select_option("#place-1", index=1)
    examined.look("topthree")
    phone.go_on()
    eventually(lambda: hall._rows("SELECT count(*) FROM cafe_topthree WHERE cafe_id = ?"), [(1,)])
    steer(hall, phase="results")
    phone.go_to_what_is_on()
    examined.look("results")
    page.evaluate("document.activeElement.blur()")
    steer(hall, phase="rating2")
    examined.look("sheet")
    steer(hall, phase="feedback")
    phone.go_to_what_is_on()
    examined.look("feedback")
    steer(hall, phase="closed")
    phone.go_to_what_is_on()
    examined.look("closed")


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until something has the focus."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    pytest.fail(f"the keyboard does not reach {selector}")


def test_the_whole_way_by_keyboard(browser, hall):
    context = browser.new_context(viewport={"width": 320, "height": 700}, locale="en-GB")
    page = context.new_page()
    phone = Handset(page, hall)
    page.goto(f"{hall.url}/cafe/")
    tab_to(page, "[name=code]")
    page.keyboard.type(hall.code)
    tab_to(page, "[name=consent]")
    page.keyboard.press("Space")
    tab_to(page, "#join button[type=submit]")
    page.keyboard.press("Enter")
    phone.wait_until_ready()
    tab_to(page, "[data-do=skip]")
    page.keyboard.press("Enter")
    tab_to(page, ".phonefoot [data-do=now]")
    page.keyboard.press("Enter")
    phone.wait_for("#view[data-view=lobby]")
    steer(hall, phase="rating")
    if page.locator("#go-on").is_visible():
        tab_to(page, "#go-on button")
        page.keyboard.press("Enter")
    phone.wait_for("#view[data-view=sheet]")
    tab_to(page, "fieldset[data-criterion] input")
    for key in ("ArrowDown", "ArrowDown"):
        page.keyboard.press(key)
    tab_to(page, "[data-axis='1']")
    page.keyboard.type("5")
    tab_to(page, ".phonefoot [type=submit]")

    page.keyboard.press("Enter")

    expect(page.locator("[data-position]")).to_contain_text("Measure 2 of 3")
    assert page.evaluate("document.activeElement.tagName") == "H1"
    eventually(lambda: [v for _, _, v, _ in hall.ratings() if v == 5], [5])
    context.close()


def test_phone_with_a_join_page_of_an_earlier_text_is_asked_for_the_present_one(browser, hall):
    page = browser.new_context(locale="en-GB").new_page()
    kept = []

    def serve_an_old_page_once(route):
        answer = route.fetch()
        text = answer.text()
        if not kept:
            kept.append(text)
            text = text.replace(CONSENT_VERSION, "2026-1")
        route.fulfill(response=answer, body=text)

    page.route(re.compile(r"/cafe/$"), serve_an_old_page_once)
    page.goto(f"{hall.url}/cafe/#{hall.code}")
    page.check("#id_consent")
    page.click("#join button[type=submit]")

    expect(page.locator("#join-error")).to_contain_text("The text has changed since")
    expect(page.locator("#id_consent")).not_to_be_checked()
    expect(page.locator("[name=code]")).to_have_value(hall.code)
    page.check("#id_consent")
    page.click("#join button[type=submit]")
    Handset(page, hall).wait_until_ready()


def test_measures_of_the_top_three_change_places_by_buttons(browser, hall):
    context = browser.new_context(viewport={"width": 320, "height": 700}, locale="en-GB")
    page = context.new_page()
    phone = Handset(page, hall)
    phone.join()
    steer(hall, phase="topthree")
    phone.wait_for("#place-1")
    names = page.locator("#place-1 option").all_inner_texts()
    page.select_option("#place-1", label=names[1])
    page.select_option("#place-2", label=names[2])

    page.locator("li:has(#place-1) [data-move='1']").click()

    chosen = page.locator("select option:checked").all_inner_texts()
    assert chosen == [names[2], names[1], names[0]]
    assert page.evaluate("document.activeElement.closest('li').querySelector('select').id") == (
        "place-2"
    )
    phone.go_on()
    eventually(
        lambda: hall._rows(
            "SELECT json_array_length(measures) FROM cafe_topthree WHERE cafe_id = ?"
        ),
        [(2,)],
    )
    context.close()


def test_photo_loses_where_it_was_taken(browser, hall, tmp_path):
    context = browser.new_context(viewport={"width": 320, "height": 700}, locale="en-GB")
    page = context.new_page()
    phone = Handset(page, hall)
    phone.join()
    steer(hall, phase="talk", round_index=1)
    phone.wait_for("#card")
    picture = tmp_path / "card.png"
    page.locator("#view").screenshot(path=picture)
    page.set_input_files("[name=photo]", picture)
    phone.wait_for("[data-canvas]:not([hidden])")

    with page.expect_request("**/cafe/photo/") as sent:
        phone.go_on()

    assert sent.value.headers["content-type"].startswith("multipart/form-data")
    eventually(
        lambda: hall._rows("SELECT photo LIKE '%.jpg' FROM cafe_card WHERE cafe_id = ?"), [(1,)]
    )
    [kept] = (hall.home / "uploads").rglob("*.jpg")
    assert b"Exif" not in kept.read_bytes()
    context.close()
