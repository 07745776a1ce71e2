"""Results once they are released; the second rating beside the first."""

import json

from playwright.sync_api import expect

from tests.e2e.handsets import SAVED
from tests.e2e.whole.cast import AGAIN, ANSWERS, FIRST_BLOCKS
from tests.e2e.whole.hall import Hall
from tests.e2e.whole.hosts import SOON_MS
from tests.e2e.whole.phones import Person

# What somebody says the second time who said this the first time.
OTHER = {"1": "2", "2": "3", "3": "4", "4": "5", "5": "4", "cj": "3"}


def results(hall: Hall) -> None:
    """Nothing is seen before the release; afterwards everybody sees the same."""
    hall.cockpit.next("results")
    hall.beamer.shows("results")
    hall.everybody_at("results")
    hall.nothing_leaks()
    hall.examine("results-hidden")
    for block in FIRST_BLOCKS:
        hall.cockpit.release(block)
    for name in ("anna", "maja", "giulia", "luc", "tom", "klaus"):
        blocks = hall.people[name].page.locator("[data-blocks] > *")
        expect(blocks).to_have_count(len(FIRST_BLOCKS), timeout=SOON_MS)
    expect(hall.beamer.page.locator(".result:visible")).to_be_visible(timeout=SOON_MS)
    hall.seen["results"] = json.loads(hall.results_as("anna")[1])
    hall.examine("results")


def second_rating(hall: Hall) -> None:
    """Everybody sees the own first answer beside the hall's, and keeps or changes it."""
    hall.cockpit.next("second rating")
    hall.beamer.shows("rating2")
    hall.everybody_at("sheet")
    hall.examine("rating2")
    for name in AGAIN:
        rate_again(hall.people[name], ANSWERS[name], keeps=name not in {"luc", "tom"})
    expect(hall.cockpit.number("rating")).not_to_have_text("0", timeout=SOON_MS)


def rate_again(person: Person, answers: list[tuple[str, str]], *, keeps: bool) -> None:
    """Keep the first answer with its button, or change it; change the second."""
    for first, second in answers:
        effect = person.question(0)
        expect(effect.locator("[data-own]")).not_to_be_empty()
        if keeps:
            effect.locator("[data-keep]").click()
        else:
            person.choose(0, OTHER[first])
        person.choose(1, OTHER[second])
        expect(person.page.locator(SAVED)).to_have_count(2, timeout=SOON_MS)
        person.go_on()
    person.wait_for("#overview")
    person.everything_is_saved()


def second_results(hall: Hall) -> None:
    """The change is hidden until it is released."""
    hall.cockpit.next("results of the second rating")
    hall.beamer.shows("results2")
    hall.everybody_at("results")
    assert "change" not in json.loads(hall.results_as("anna")[1])["blocks"]
    hall.cockpit.release("change")
    expect(hall.people["anna"].page.locator("[data-blocks] > *")).to_have_count(
        len(FIRST_BLOCKS) + 1, timeout=SOON_MS
    )
    hall.seen["change"] = json.loads(hall.results_as("maja")[1])["blocks"]["change"]
    hall.examine("results2")
