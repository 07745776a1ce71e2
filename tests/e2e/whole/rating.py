"""Rating in eight ways, by proxy and on paper; the top three."""

from playwright.sync_api import expect

from tests.e2e.handsets import ON_DEVICE
from tests.e2e.whole import keyboard
from tests.e2e.whole.cast import ANSWERS
from tests.e2e.whole.hall import Hall
from tests.e2e.whole.hosts import SOON_MS
from tests.e2e.whole.phones import new_phone
from tests.e2e.whole.preparing import print_sheet


def rating(hall: Hall) -> None:
    """Eight people rate in eight ways, one is entered by a host, one on paper."""
    hall.cockpit.next("rating")
    hall.beamer.shows("rating")
    hall.everybody_at("sheet")
    hall.examine("rating")
    others = {"phone it": "giulia", "phone fr": "luc", "phone en": "tom"}
    hall.examiner.look("rating", {name: hall.people[who].page for name, who in others.items()})
    rate_without_network(hall)
    rate_in_two_languages(hall)
    rate_on_another_phone(hall)
    keyboard.rate(hall.people["tom"], ANSWERS["tom"])
    for name in ("anna", "maja", "ivo"):
        hall.people[name].rate_all(ANSWERS[name])
    hall.rosa.rate_all(ANSWERS["rosa"])
    hall.hosts[0].hand_over("Zuletzt: wer bezahlt was.")  # the rounds are over, this may still come
    hall.hosts[1].enter_for_somebody(2)
    enter_paper(hall)
    comment(hall)
    for person in hall.people.values():
        person.everything_is_saved()
    expect(hall.cockpit.number("rating")).to_have_text("10", timeout=SOON_MS)
    expect(hall.cockpit.number("received")).to_have_text("60", timeout=SOON_MS)
    hall.examine("rating-done")
    hall.nothing_leaks()


def rate_without_network(hall: Hall) -> None:
    """The network goes away in the middle; nothing is asked of the person."""
    giulia = hall.people["giulia"]
    giulia.rate_page(*ANSWERS["giulia"][0])
    giulia.context.set_offline(True)
    for pair in ANSWERS["giulia"][1:]:
        giulia.rate_page(*pair, waits_for=ON_DEVICE)
    giulia.wait_for("#overview")
    giulia.page.wait_for_selector("#word[data-word=offline]", timeout=SOON_MS)
    expect(hall.cockpit.number("rating")).not_to_have_text("0", timeout=SOON_MS)
    giulia.context.set_offline(False)
    giulia.everything_is_saved()


def rate_in_two_languages(hall: Hall) -> None:
    """The language changes in the middle of a form: what was chosen and typed stays."""
    luc = hall.people["luc"]
    luc.choose(0, ANSWERS["luc"][0][0])
    luc.page.fill("#comment", "Parce que cela dure")
    luc.speak("en")
    expect(luc.page.locator("html")).to_have_attribute("lang", "en")
    assert luc.chosen(0) == ANSWERS["luc"][0][0]
    assert luc.page.input_value("#comment") == "Parce que cela dure"
    luc.rate_all(ANSWERS["luc"])


def rate_on_another_phone(hall: Hall) -> None:
    """A battery dies: the recovery code goes on with the same person."""
    klaus = hall.people["klaus"]
    klaus.rate_page(*ANSWERS["klaus"][0])
    klaus.everything_is_saved()
    code = klaus.recovery
    klaus.context.close()
    again = new_phone(hall.browser, hall.place, "de", hall.diary)
    again.page.goto(f"{hall.place.url}/cafe/#{hall.place.code}")
    again.page.click("#recovery summary")
    again.page.fill("#recovery-code", code)
    again.page.click("#join button[type=submit]")
    again.wait_until_ready()
    again.reach("sheet")
    expect(again.page.locator("[data-position]")).to_contain_text("2")
    again.rate_all(ANSWERS["klaus"][1:])
    hall.people["klaus"] = again


def enter_paper(hall: Hall) -> None:
    """Print a sheet, fill it in with a pen, type it."""
    page = hall.cockpit.page.context.new_page()
    number = print_sheet(page, hall.place)
    page.goto(hall.place.page("paper/"))
    page.fill("#number", number)
    page.click("#sheet-form button")
    for turn, field in enumerate(page.locator("select[name^=q]").all()):
        field.select_option(str(2 + turn % 3))
    page.click("#paper button[type=submit]")
    expect(page.locator("main")).to_contain_text("1 on paper")
    page.close()


def comment(hall: Hall) -> None:
    """Say why, on one phone."""
    anna = hall.people["anna"]
    anna.page.click(".overview a >> nth=0")
    anna.wait_for("#view[data-view=sheet]")
    anna.page.fill("#comment", "Weil es bleibt")
    anna.page.locator("#comment").blur()
    expect(anna.page.locator("[data-comment-state] [data-state=saved]")).to_be_visible()


def top_three(hall: Hall) -> None:
    """Choose up to three; nobody sees what others chose."""
    hall.cockpit.next("top three")
    hall.everybody_at("topthree", but=("tom",))
    hall.examine("topthree")
    keyboard.choose_three(hall.people["tom"])
    for number, (name, person) in enumerate(hall.people.items()):
        if name != "tom":
            person.choose_three(*[(1, 2, 3), (2, 1), (1, 3)][number % 3])
            person.everything_is_saved()
    hall.nothing_leaks()
