"""Two rounds at the tables: seats, cards, insights, summaries, one undo."""

import re

from playwright.sync_api import expect

from tests.e2e.whole.cast import CARDS, INSIGHT, SPOKEN, SUMMARY
from tests.e2e.whole.following import follow_as_host
from tests.e2e.whole.hall import Hall
from tests.e2e.whole.hosts import SOON_MS


def first_round(hall: Hall) -> None:
    """Cards on phones, one from a host, an insight, a summary handed over."""
    hall.seen["first tables"] = seating(hall, 1)
    assert set(hall.seen["first tables"].values()) == {"1", "2"}
    hall.cockpit.next("talk")
    hall.beamer.shows("talk")
    assert re.search(r"\d\d:\d\d", hall.beamer.text)
    hall.everybody_at("talk")
    for name, text in CARDS.items():
        hall.people[name].write_card(text)
    hall.hosts[0].add_card("Eine gemeinsame Liste der Förderregeln fehlt.")
    expect(hall.cockpit.number("cards")).to_have_text("5", timeout=SOON_MS)
    support_a_card(hall)
    hall.examine("talk1")
    hall.cockpit.next("harvest")
    hall.beamer.shows("harvest")
    expect(hall.beamer.page.locator(".cards li")).to_have_count(5, timeout=SOON_MS)
    collect(hall)
    hall.examine("harvest1")


def second_round(hall: Hall) -> None:
    """Other neighbours; guests read what those before them said; one undo."""
    tables = seating(hall, 2)
    hall.cockpit.next("talk")
    hall.beamer.shows("talk")
    hall.everybody_at("talk")
    guests_read_the_summary(hall, tables)
    hall.people["ivo"].write_card("Začnimo s skupnim seznamom pravil.")
    hall.examine("talk2")
    hall.cockpit.next("harvest")
    hall.beamer.shows("harvest")
    hall.cockpit.undo()
    hall.cockpit.is_at("talk")
    hall.beamer.shows("talk")
    hall.people["anna"].reach("talk")
    hall.cockpit.next("harvest")
    hall.beamer.shows("harvest")
    hall.examine("harvest2")


def seating(hall: Hall, round_: int) -> dict[str, str]:
    """Everybody gets a table; some say they are there, hosts mark the others."""
    hall.cockpit.next(f"round {round_}: finding the table")
    hall.beamer.shows("seating")
    expect(hall.beamer.page.locator(".finder li")).to_have_count(2)
    hall.everybody_at("seating")
    tables = {}
    for name, person in hall.people.items():
        expect(person.page.locator("[data-seat]")).to_be_visible(timeout=SOON_MS)
        expect(person.page.locator("#note")).to_contain_text(str(round_))
        tables[name] = person.page.locator("[data-number]").inner_text()
    for name in ("anna", "giulia"):
        hall.people[name].page.click("[data-do=here]")
    for host in hall.hosts:
        follow_as_host(host.page)
    n = sum(host.mark_here() for host in hall.hosts)
    assert n == 8
    expect(hall.cockpit.page.locator("#room-title")).to_contain_text("8 of 8", timeout=SOON_MS)
    hall.examine(f"seating{round_}")
    return tables


def support_a_card(hall: Hall) -> None:
    """Support the card of somebody else at the own table."""
    table = hall.seen["first tables"]
    name = next(n for n in SPOKEN if n != "tom" and table[n] == "1" and n != "anna")
    card = hall.people[name].page.locator("[data-table] li").first
    expect(card).to_be_visible(timeout=SOON_MS)
    # By its key: another card may come to stand before it.
    key = card.get_attribute("data-id")
    button = hall.people[name].page.locator(f"[data-table] [data-id='{key}'] [data-support]")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")


def collect(hall: Hall) -> None:
    """Make an insight of two cards of the first table, hand both summaries over."""
    first, second = hall.hosts
    texts = first.page.locator(".hostcards .cardtext").all_inner_texts()
    hall.seen["grouped"] = texts[:2]
    first.make_insight(INSIGHT, *[text[:20] for text in texts[:2]])
    expect(first.page.locator("#group-title")).to_have_value("")
    expect(first.page.locator("[id^=pick-]:checked")).to_have_count(0)
    first.hand_over(SUMMARY)
    second.hand_over("Novo: skupni laboratoriji. Odprto: kdo plača.")


def guests_read_the_summary(hall: Hall, tables: dict[str, str]) -> None:
    """Whoever sits at table 1 now reads its summary."""
    for name, person in hall.people.items():
        if tables[name] == "1":
            expect(person.page.locator("[data-summary]")).to_contain_text(SUMMARY, timeout=SOON_MS)
