"""Prepare an AlpCafé with tables by the pages of the product, as a facilitator does."""

import re
from io import BytesIO

from django.utils import timezone
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.e2e.serving import Server
from tests.e2e.whole.place import Place

TITLE = {"de": "Probe im Saal", "en": "Rehearsal in the hall", "fr": "Répétition en salle"}
TITLE |= {"it": "Prova in sala", "sl": "Vaja v dvorani"}
WELCOME = {"de": "Was hilft Clustern über die Grenze?", "sl": "Kaj pomaga grozdom čez mejo?"}
LANGUAGES_OF = ["de", "sl", "it", "fr, en", "en", "de", "it, de", "sl"]
GUESTS = "\n".join(
    f"Guest {name} (simulated); {languages}"
    for name, languages in zip("ABCDEFGH", LANGUAGES_OF, strict=True)
)
HOSTS = {1: ("Maria", "de"), 2: ("Janez", "sl")}
N_MEASURES = 3
SHEET_NUMBER = re.compile(r"\b\d{4}-[A-Z]\b")


def prepare(page: Page, server: Server) -> Place:
    """Make an AlpCafé of two rounds, two tables and eight guests, and open it."""
    place = create(page, server)
    page.goto(place.page("questions/"))
    expect(page.locator("#round-2 textarea").first).not_to_be_empty()
    lay_tables(page, place)
    page.goto(place.page("guests/"))
    page.fill("#list-form textarea", GUESTS)
    page.click("#list-form button")
    page.goto(place.page("seats/"))
    page.click("#plan-form button")
    expect(page.locator("#certificate-title")).to_be_visible()
    page.goto(place.page())
    page.click("#open button")
    expect(page.locator("#state")).to_contain_text("open")
    shown = page.locator("section:has(#join-title)").inner_text()
    place.code = re.search(r"[0-9B-Z]{4} [0-9B-Z]{4}", shown)[0].replace(" ", "")
    return place


def create(page: Page, server: Server) -> Place:
    """Fill the form of a new AlpCafé."""
    page.goto(f"{server.address}/en/workspace/cafes/new/")
    page.select_option("#id_project", index=1)
    page.select_option("#id_region", label="Salzburg (AT32)")
    page.fill("#id_held_on", timezone.localdate().isoformat())
    page.fill("#id_starts_at", "09:00")
    page.fill("#id_place", "Salzburg")
    for language, title in TITLE.items():
        page.fill(f"#id_title_{language}", title)
    page.click("#step-event ~ details summary")
    for language, text in WELCOME.items():
        page.fill(f"#id_welcome_{language}", text)
    page.fill("#id_n_rounds", "2")
    page.check("#id_has_second_rating")
    boxes = page.locator("input[name=measures]")
    for number in range(N_MEASURES):
        boxes.nth(number * 3).check()
    page.click("#cafe-form button[type=submit]")
    page.wait_for_url(re.compile(r"/cafes/\d+/"))
    return Place(server, int(re.search(r"/cafes/(\d+)/", page.url)[1]))


def lay_tables(page: Page, place: Place) -> None:
    """Lay two tables, each with host, language, and where it stands."""
    page.goto(place.page("tables/"))
    page.fill("#id_number", str(len(HOSTS)))
    page.click("#tables-form button")
    for number, (host, language) in HOSTS.items():
        page.goto(place.page(f"tables/{number}/"))
        page.fill("#id_host_name", host)
        page.select_option("#id_language", language)
        page.click("#table-form button[type=submit]")


def print_sheet(page: Page, place: Place) -> str:
    """Print one paper sheet and return the number that stands on it."""
    page.goto(place.page("print/"))
    for box in page.locator("input[name=parts]").all():
        box.set_checked(box.get_attribute("value") == "rating-sheets")
    with page.expect_download() as loading:
        page.click("#print-form button[type=submit]")
    pdf = PdfReader(BytesIO(loading.value.path().read_bytes()))
    return SHEET_NUMBER.search("\n".join(one.extract_text() for one in pdf.pages))[0]
