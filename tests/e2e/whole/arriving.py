"""Eight people come, screens are opened, measures are presented."""

from playwright.sync_api import expect

from tests.e2e.whole import keyboard
from tests.e2e.whole.cast import SPOKEN
from tests.e2e.whole.hall import Hall
from tests.e2e.whole.hosts import SOON_MS, HostPage
from tests.e2e.whole.phones import Paperless, new_phone
from tests.e2e.whole.screens import Beamer


def open_screens(hall: Hall) -> None:
    """Open the big screen, two tables, and the cockpit in two more languages."""
    place, context = hall.place, hall.cockpit.page.context
    beamer, hosts = hall.cockpit.links()
    hall.beamer = Beamer(hall.browser, place, beamer)
    hall.hosts = [
        HostPage(hall.browser, place, hosts[table], language)
        for table, language in ((1, "de"), (2, "sl"))
    ]
    hall.watching = {f"beamer {code}": hall.beamer.context.new_page() for code in ("de", "sl")}
    for name, page in hall.watching.items():
        page.set_viewport_size({"width": 1280, "height": 720})
        page.goto(f"{place.url}/cafe/screen/{place.number}/?language={name[-2:]}")
    for code in ("de", "sl"):
        page = context.new_page()
        page.set_viewport_size({"width": 1280, "height": 800})
        page.goto(place.cockpit(code))
        hall.watching[f"cockpit {code}"] = page


def join(hall: Hall) -> None:
    """Let eight people in, each in another way."""
    for number, (name, language) in enumerate(SPOKEN.items(), start=1):
        is_mobile = name != "tom"
        person = new_phone(hall.browser, hall.place, language, hall.diary, is_mobile=is_mobile)
        hall.people[name] = person
        if name == "tom":
            keyboard.join(person)
            continue
        person.join(skips=False)
        hall.examine_phones("about")
        person.tell(region=1 + number % 2, role=1 + number % 3)
    hall.rosa = Paperless(hall.browser, hall.place, "de")
    hall.rosa.join()


def lobby(hall: Hall) -> None:
    """Everybody waits; the big screen tells how to come in."""
    hall.beamer.shows("lobby")
    code = hall.place.code
    assert f"{code[:4]} {code[4:]}" in hall.beamer.text
    hall.everybody_at("lobby")
    expect(hall.people["anna"].page.locator("#view")).to_contain_text("Clustern")
    expect(hall.cockpit.number("participants")).to_have_text("8", timeout=SOON_MS)
    expect(hall.cockpit.number("present")).to_have_text("7", timeout=SOON_MS)
    hall.examine("lobby")


def presentation(hall: Hall) -> None:
    """The measures, on phones and big screen."""
    hall.cockpit.next("presentation")
    hall.beamer.shows("presentation")
    hall.everybody_at("presentation")
    for person in hall.people.values():
        expect(person.page.locator("[data-measures] > li")).to_have_count(3)
    expect(hall.beamer.page.locator(".measures li")).to_have_count(3)
    hall.examine("presentation")
