"""A newcomer walks from a new project to reasons and proof: real clusters, real instruments."""

import re
import time
from collections.abc import Mapping
from typing import Final

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Watch
from tests.e2e.funding.test_from_action_to_proof import (
    COMPUTED_WITHIN_MS,
    LAPTOP,
    SHEETS,
    fits_the_width,
    proof_sheet,
    words_of,
)
from tests.e2e.serving import Server

pytestmark = [pytest.mark.e2e]

SMALL = {"width": 390, "height": 844}
CLUSTERS = {
    "AFIL - Associazione Fabbrica Intelligente Lombardia": "ITC4",
    "Energienetzwerk Salzburg": "AT32",
    "ACS - Slovenski avtomobilski grozd (GIZ ACS)": "SI04",
}
# What the newcomer reads. Of the instruments the catalogue has the conditions of two; those of
# the third are to be entered.
SLOVENIAN: Final = {
    "language": "sl",
    "acronym": "Hoja",
    "name": "Hoja od akcije do dokazila",
    "short name": "Kratko ime",
    "save": "Shrani",
    "next step": "Naslednji korak",
    "begin the plan": "Začni načrt",
    "state a finding": "Zapišite ugotovitev",
    "finding": "Skupni nastop grozdov v tujini se obnese.",
    "keep the finding": "Shrani ugotovitev",
    "new recommendation": "Novo priporočilo",
    "recommendation": "Skupen nastop treh grozdov",
    "begin": "Začni",
    "add action": "Dodaj akcijo",
    "find funding": "Poišči financiranje X1",
    "begin the case": "Začni primer",
    "organisation": "Ime organizacije",
    "search": "Išči",
    "take": "Vzemi",
    "amount": "Znesek",
    "choose offers": "Izberi ponudbe",
    "choose more": "Prevzemi in izbiraj naprej",
    "in the case": "v primeru",
    "enter conditions": "Prevzemi in jih vnesi",
    "cluster": "organizacija grozda",
    "where": "Kje to piše",
    "law": "Uredba (EU) 2021/695, člen 34",
    "compute": "Izračunaj najboljšo kombinacijo",
    "found": "Kdo dobi kaj in od kod?",
    "unused": "2 ponudbi, ki ju ta kombinacija ne uporablja",
    "say why not": "Za vse povej, zakaj ne",
    "why not": "Zakaj ne in kaj bi to spremenilo",
    "limits": "Meje",
    "simulated": "simulirano",
    "classic": "Klasični projekti Območje Alp 2021–2027",
    "central": "Interreg Srednja Evropa 2021–2027",
    "innovation": "Inovacijski ukrep (IA), Obzorje Evropa",
}
GERMAN: Final = {
    "language": "de",
    "acronym": "Weg",
    "name": "Weg von der Aktion zum Nachweis",
    "short name": "Kurzname",
    "save": "Speichern",
    "next step": "Nächster Schritt",
    "begin the plan": "Plan beginnen",
    "state a finding": "Befund festhalten",
    "finding": "Ein gemeinsamer Auftritt der Cluster im Ausland bewährt sich.",
    "keep the finding": "Befund festhalten",
    "new recommendation": "Neue Empfehlung",
    "recommendation": "Gemeinsamer Auftritt dreier Cluster",
    "begin": "Beginnen",
    "add action": "Aktion hinzufügen",
    "find funding": "Förderung finden X1",
    "begin the case": "Fall beginnen",
    "organisation": "Name der Organisation",
    "search": "Suchen",
    "take": "Nehmen",
    "amount": "Betrag",
    "choose offers": "Angebote wählen",
    "choose more": "Übernehmen und weiter auswählen",
    "in the case": "im Fall",
    "enter conditions": "Übernehmen und eintragen",
    "cluster": "Clusterorganisation",
    "where": "Wo das steht",
    "law": "Verordnung (EU) 2021/695, Artikel 34",
    "compute": "Beste Mischung berechnen",
    "found": "Wer bekommt was woher?",
    "unused": "2 Angebote, die diese Mischung nicht nutzt",
    "say why not": "Für alle erklären, warum nicht",
    "why not": "Warum nicht, und was das ändern würde",
    "limits": "Grenzen",
    "simulated": "simuliert",
    "classic": "Klassische Projekte im Alpenraum 2021–2027",
    "central": "Interreg Mitteleuropa 2021–2027",
    "innovation": "Innovationsmaßnahme (IA), Horizont Europa",
}
type Words = Mapping[str, str]


@pytest.fixture(
    params=[(SLOVENIAN, "sl-SI", SMALL), (GERMAN, "de-DE", LAPTOP)],
    ids=["sl on a phone", "de on a laptop"],
)
def newcomer(request, server, browser, administrator):
    """Somebody new with what is read there: Slovenian on a phone, German on a laptop."""
    words, locale, size = request.param
    context = browser.new_context(storage_state=administrator, locale=locale, viewport=size)
    watch = Watch(context, server.address)
    yield context.new_page(), words
    watch.assert_clean()
    context.close()


def follow_next_step(page: Page, words: Words) -> None:
    step = page.get_by_role("region", name=words["next step"])
    expect(step).to_be_visible()
    assert fits_the_width(page)
    with page.expect_navigation():
        step.get_by_role("link").click()


def press(page: Page, name: str) -> None:
    """Press the button and wait for the page it leads to: what follows would interrupt it."""
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).last.click()


def make_project(page: Page, server: Server, words: Words) -> str:
    page.goto(f"{server.address}/{words['language']}/workspace/projects/new/")
    page.get_by_label(words["short name"]).fill(words["acronym"])
    page.fill("[name=starts_on]", "2027-01-01")
    page.fill("[name=ends_on]", "2028-12-31")
    page.fill(f"[name=name_{words['language']}]", words["name"])
    press(page, words["save"])
    page.wait_for_url(re.compile(r"/projects/[^/]+/edit/$"))
    return page.url


def add_first_partner(page: Page, project: str, words: Words) -> None:
    follow_next_step(page, words)
    name = next(iter(CLUSTERS))
    page.fill("[name=organisation]", name)
    page.select_option("[name=role]", "lead")
    page.fill("[name=region_code]", CLUSTERS[name])
    page.fill("[name=seat_code]", CLUSTERS[name])
    press(page, words["save"])
    page.wait_for_url(project)


def begin_plan(page: Page, words: Words) -> str:
    follow_next_step(page, words)
    press(page, words["begin the plan"])
    page.wait_for_url(re.compile(r"/plans/\d+/$"))
    return page.url


def found_action(page: Page, plan: str, words: Words) -> None:
    """Go where the empty plan leads: to a finding and a recommendation, then back."""
    page.get_by_role("link", name=words["state a finding"]).click()
    page.locator("a[href*='/findings/new/lesson/']").click()
    page.locator("[name=source]").select_option(index=1)
    page.fill(f"[name=statement_{words['language']}]", words["finding"])
    press(page, words["keep the finding"])
    page.goto(plan)
    page.get_by_role("link", name=words["new recommendation"]).click()
    page.fill("[name=title]", words["recommendation"])
    page.locator("[name=findings]").first.check()
    press(page, words["begin"])
    page.goto(plan)
    page.locator("[name=recommendations]").first.check()
    press(page, words["add action"])
    page.fill("[name=starts_on]", "2027-01-01")
    page.fill("[name=ends_on]", "2028-12-31")
    page.fill("[name=responsible]", next(iter(CLUSTERS)))
    press(page, words["save"])
    page.goto(plan)


def begin_case_of_action(page: Page, words: Words) -> str:
    with page.expect_navigation():
        page.get_by_role("link", name=words["find funding"]).click()
    press(page, words["begin the case"])
    page.wait_for_url(re.compile(r"/funding/cases/\d+/$"))
    return page.url


def take_partner(page: Page, case: str, name: str, words: Words) -> None:
    page.goto(f"{case}partners/new/")
    page.get_by_label(words["organisation"]).fill(name)
    press(page, words["search"])
    page.get_by_role("link", name=re.compile(f"{words['take']} ?: {re.escape(name)}")).click()
    page.locator("#thing-form").get_by_role("button", name=words["save"], exact=True).click()
    page.wait_for_url(re.compile(r"/funding/cases/\d+/(#.*)?$"))


def spend(page: Page, case: str, cost: tuple[str, str], words: Words) -> None:
    page.goto(f"{case}costs/new/")
    page.get_by_label("Partner", exact=True).select_option(label=cost[0])
    page.get_by_label(words["amount"], exact=True).fill(cost[1])
    press(page, words["save"])
    page.wait_for_url(re.compile(r"/funding/cases/\d+/(#.*)?$"))


def choose_real_offers(page: Page, case: str, words: Words) -> None:
    page.goto(f"{case}fits/")
    with page.expect_navigation():
        page.get_by_role("link", name=words["choose offers"]).first.click()
    # Ten offers a page: once all of them stood in a list of 14,900 pixels.
    assert page.evaluate("document.documentElement.scrollHeight") < 6000
    assert fits_the_width(page)
    for title in (words["classic"], words["central"]):
        page.get_by_label(title).check()
    press(page, words["choose more"])
    expect(page.get_by_text(words["in the case"], exact=True).first).to_be_visible()
    title = words["innovation"]
    page.goto(f"{case}offers/?q={title.partition(' (')[0]}")
    row = page.get_by_role("row").filter(has_text=title)
    row.get_by_role("button", name=re.compile(words["enter conditions"])).click()
    page.get_by_label(words["cluster"]).check()
    page.get_by_label(words["where"]).fill(words["law"])
    press(page, words["save"])
    page.wait_for_url(re.compile(r"/offers/\?q="))


def why_not(page: Page, address: str, words: Words) -> bool:
    """Wait for the reason of an offer; False for one that the mix uses."""
    page.goto(address)
    section = page.get_by_role("region", name=words["why not"])
    if not section.count():
        return False
    until = time.monotonic() + COMPUTED_WITHIN_MS / 1000
    while not section.get_by_role("listitem").count():
        assert time.monotonic() < until
        page.wait_for_timeout(500)
        page.reload()
    assert fits_the_width(page)
    return True


def test_newcomer_walks_from_a_new_project_to_the_reasons_and_the_proof(server, newcomer):
    page, words = newcomer
    project = make_project(page, server, words)
    add_first_partner(page, project, words)
    plan = begin_plan(page, words)
    found_action(page, plan, words)
    case = begin_case_of_action(page, words)
    for name in list(CLUSTERS)[1:]:
        take_partner(page, case, name, words)
    for cost in zip(CLUSTERS, ("120000", "90000", "80000"), strict=True):
        spend(page, case, cost, words)
    choose_real_offers(page, case, words)

    page.goto(f"{case}fits/")
    press(page, words["compute"])
    page.wait_for_url(re.compile(r"/funding/mixes/\d+/$"))
    expect(page.get_by_text(words["found"])).to_be_visible(timeout=COMPUTED_WITHIN_MS)
    mix = page.url
    assert fits_the_width(page)

    # Two of the three offers bring nothing here; each of them says why.
    expect(page.get_by_text(words["unused"])).to_be_visible()
    press(page, words["say why not"])
    unused = [place for place in range(3) if why_not(page, f"{mix}offers/{place}/", words)]
    assert len(unused) == 2

    page.goto(f"{mix}proof/")
    expect(page.get_by_role("heading", name=words["limits"], exact=True)).to_be_visible()
    assert fits_the_width(page)
    sheet = words_of(proof_sheet(page))
    assert SHEETS[words["language"]] in sheet
    assert words["simulated"] not in sheet
