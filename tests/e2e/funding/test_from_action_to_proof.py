"""From an action of the plan to a proof sheet: in German on a laptop, in Slovenian on a phone."""

import io
import re

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.e2e.conftest import Watch
from tests.e2e.serving import Server

pytestmark = [pytest.mark.e2e]

LAPTOP = {"width": 1280, "height": 900}
PHONE = {"width": 320, "height": 700}
# A mix of a few partners takes seconds; the worker may be at other work before.
COMPUTED_WITHIN_MS = 120_000
OFFER = "Kleine Projekte, Alpenraum (simuliert)"
PARTNERS = {
    "Beispielagentur Baden-Württemberg (simuliert)": "100000",
    "Agence d’exemple Auvergne-Rhône-Alpes (simulée)": "80000",
    "Agenzia di esempio Lombardia (simulata)": "80000",
    "Beispielagentur Salzburg (simuliert)": "60000",
}
SHEETS = {"de": "Entscheidungshilfe, keine Rechtsberatung", "sl": "ne pravni nasvet"}


@pytest.fixture
def people(server, browser, administrator):
    """The same person at a desk in German and on the way in Slovenian."""
    contexts = [
        browser.new_context(storage_state=administrator, locale=locale, viewport=size)
        for locale, size in (("de-DE", LAPTOP), ("sl-SI", PHONE))
    ]
    watches = [Watch(context, server.address) for context in contexts]
    yield [context.new_page() for context in contexts]
    for watch in watches:
        watch.assert_clean()
    for context in contexts:
        context.close()


def begin_case(page: Page, server: Server) -> None:
    """Begin a case from an action of the published plan of the demonstration."""
    page.goto(f"{server.address}/de/workspace/plans/")
    page.get_by_role("link", name="Aktionsplan Baden-Württemberg").first.click()
    page.get_by_role("link", name="Förderung finden X1").click()
    page.get_by_role("button", name="Fall beginnen").click()
    page.wait_for_url(re.compile(r"/funding/cases/\d+/$"))


def enter_cost(page: Page, case: str, partner: str, amount: str) -> None:
    page.goto(f"{case}costs/new/")
    page.get_by_label("Partner", exact=True).select_option(label=partner)
    page.get_by_label("Betrag", exact=True).fill(amount)
    page.get_by_role("button", name="Speichern", exact=True).click()
    page.wait_for_url(re.compile(r"/funding/cases/\d+/(#.*)?$"))


def choose_offer(page: Page, case: str) -> None:
    page.goto(f"{case}offers/?q=Kleine+Projekte")
    page.get_by_label(OFFER).check()
    page.get_by_role("button", name="Angekreuzte Angebote übernehmen").click()
    page.wait_for_url(re.compile(r"/(fits|offers)/"))


def compute(page: Page, case: str) -> str:
    """Ask for the best mix where it fits, and wait for the worker."""
    page.goto(f"{case}fits/")
    page.get_by_role("button", name="Beste Mischung berechnen").first.click()
    page.wait_for_url(re.compile(r"/funding/mixes/\d+/$"))
    expect(page.get_by_text("Wer bekommt was woher?")).to_be_visible(timeout=COMPUTED_WITHIN_MS)
    return page.url


def proof_sheet(page: Page) -> bytes:
    with page.expect_download() as taking:
        page.locator('main a[href$="/proof.pdf"]').first.click()
    return taking.value.path().read_bytes()


def words_of(pdf: bytes) -> str:
    text = " ".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(pdf)).pages)
    return " ".join(text.split())


def fits_the_width(page: Page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_action_of_the_plan_becomes_a_proof_sheet(server, people):
    desk, phone = people

    begin_case(desk, server)
    case = desk.url
    for partner, amount in PARTNERS.items():
        enter_cost(desk, case, partner, amount)
    choose_offer(desk, case)
    mix = compute(desk, case)

    # The desk: found, proved, and to take away in German.
    expect(desk.get_by_role("status").first).to_contain_text(
        "Beste Mischung gefunden und bewiesen."
    )
    expect(desk.get_by_role("status").first).to_contain_text("Grenzen sind eingehalten.")
    desk.get_by_role("link", name="5 Nachweis").click()
    expect(desk.get_by_role("heading", name="Grenzen", exact=True)).to_be_visible()
    words = words_of(proof_sheet(desk))
    assert SHEETS["de"] in words
    assert "simuliert" in words

    # The phone: the same mix in Slovenian, nothing wider than the window.
    address = mix.replace("/de/", "/sl/")
    for part in ("", "time/", "proof/", "scenarios/", "partners/0/", "offers/0/"):
        phone.goto(address + part)
        expect(phone.get_by_role("heading", level=1)).to_be_visible()
        assert fits_the_width(phone), part
    phone.goto(f"{address}proof/")
    expect(phone.get_by_text("Pomoč pri odločanju, ne pravni nasvet.").first).to_be_visible()
    assert SHEETS["sl"] in words_of(proof_sheet(phone))
