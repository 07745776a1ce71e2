"""A policy maker writes an action with all its parts on one page, on a laptop, in German."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import Watch
from tests.e2e.serving import Server

pytestmark = [pytest.mark.e2e]


@pytest.fixture
def desk(server: Server, administrator: dict, browser: Browser) -> Page:
    context = browser.new_context(
        storage_state=administrator, locale="de-DE", viewport={"width": 1280, "height": 800}
    )
    watch = Watch(context, server.address)
    yield context.new_page()
    context.close()
    # A form that is sent back answers 422 on purpose.
    errors = [error for error in watch.errors if "422" not in error]
    assert (watch.foreign, watch.blocked, errors) == ([], [], [])


def begin_plan(desk: Page, server: Server) -> None:
    """Begin a draft with one action that carries the first recommendation."""
    desk.goto(f"{server.address}/de/workspace/plans/")
    desk.locator("a[href$='/plans/new/']").first.click()
    desk.fill("#id_policy_instrument", "Programm Interreg Alpenraum")
    desk.select_option("#id_instrument_type", "territorial")
    desk.select_option("#id_source_language", "de")
    desk.fill("#id_bodies-0-name", "Region Beispiel")
    desk.select_option("#id_bodies-0-country", "AT")
    desk.get_by_role("button", name="Plan beginnen").click()
    desk.wait_for_url(re.compile(r"/plans/\d+/$"))
    desk.locator("#add input[type=checkbox]").first.check()
    desk.locator("#add button[type=submit]").click()
    desk.wait_for_url(re.compile(r"/actions/\d+/$"))


def row(desk: Page, kind: str, number: int = 0):
    """Open the empty row that waits in a section, if it is folded."""
    fields = desk.locator(f"[name^='{kind}-{number}-']:not([type=hidden])")
    if not fields.first.is_visible():
        folded = desk.locator(f"details:has(fieldset[data-row='{kind}'])").last
        folded.locator("> summary").click()
    return lambda field: desk.locator(f"[name='{kind}-{number}-{field}']")


def write_action(desk: Page) -> None:
    desk.fill("#id_title_de", "Pilotklausel im nächsten Aufruf")
    desk.fill("#id_background_de", "Demonstratoren ohne Eigentümerin blieben stehen.")
    desk.fill("#id_description_de", "Die Klausel entwerfen, abstimmen, veröffentlichen.")
    desk.select_option("#id_level", "regional")
    desk.fill("#id_responsible", "Wirtschaftsministerium (Beispiel)")
    desk.fill("#id_accepted_on", "2026-10-01")
    desk.fill("#id_starts_on", "2027-01-01")
    desk.fill("#id_ends_on", "2028-12-31")
    players = row(desk, "players")
    players("body").fill("Clusterorganisation (Beispiel)")
    players("role").fill("Beratung")
    milestones = row(desk, "milestones")
    milestones("title_de").fill("Entwurf liegt vor")
    milestones("due").fill("2027-03-31")
    costs = row(desk, "costs")
    costs("year").fill("2027")
    costs("amount_cents").fill("12.500,00")
    risks = row(desk, "risks")
    risks("text_de").fill("Niemand bewirbt sich")
    risks("answer_de").fill("Früh ankündigen")
    indicators = row(desk, "indicators")
    indicators("name_de").fill("Demonstratoren mit Eigentümerin")
    indicators("baseline").fill("0")
    indicators("baseline_on").fill("2027-01-01")
    indicators("due_0").fill("2028-12-31")
    indicators("value_0").fill("3")


def add_cost_and_source(desk: Page) -> None:
    """Ask for more rows without a script: what was written stays."""
    desk.locator("button[name=more][value=costs]").click()
    expect(desk.locator("#id_title_de")).to_have_value("Pilotklausel im nächsten Aufruf")
    costs = row(desk, "costs", 1)
    costs("year").fill("2028")
    costs("type").select_option("travel")
    costs("amount_cents").fill("1500")
    costs("currency").select_option("CHF")
    source = row(desk, "funding")
    source("source").fill("Eigenmittel")
    source("amount_cents").fill("12500")
    source("status").select_option("granted")


def test_action_is_written_with_all_its_fields(desk, server):
    begin_plan(desk, server)
    address = desk.url
    write_action(desk)
    add_cost_and_source(desk)

    desk.get_by_role("button", name="Speichern", exact=True).click()
    desk.wait_for_url(re.compile(r"/plans/\d+/#X1$"))
    # Everything an action needs is there; francs without a source are told apart from euros.
    checks = desk.locator("#coverage")
    expect(checks.get_by_text("X1: Die zuständige Stelle fehlt.")).to_have_count(0)
    expect(checks.get_by_text("X1: Es sind keine Kosten angegeben.")).to_have_count(0)
    expect(
        checks.get_by_role("link", name=re.compile("X1: Die Finanzierungsquellen"))
    ).to_be_visible()

    desk.goto(address)
    expect(desk.locator("#id_costs-0-amount_cents")).to_have_value("12.500")
    expect(desk.locator("#id_costs-1-currency")).to_have_value("CHF")
    expect(desk.locator("#id_milestones-0-title_de")).to_have_value("Entwurf liegt vor")
    expect(desk.locator("#id_indicators-0-value_0")).to_have_value("3")
    expect(desk.locator("#id_risks-0-answer_de")).to_have_value("Früh ankündigen")
    # A target against the direction is refused at its place, and nothing is lost.
    desk.locator("#id_indicators-0-direction").select_option("decrease")
    desk.get_by_role("button", name="Speichern", exact=True).click()
    expect(desk.locator("#indicators .ac-field.err").first).to_be_visible()
    expect(desk.locator("#id_risks-0-answer_de")).to_have_value("Früh ankündigen")
