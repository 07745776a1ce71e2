"""The detailed map in a real Chromium: drawn, quiet, of one host, and a keyboard passes through.

The boundaries are made up: each region is a square.
"""

import shutil
import sqlite3
from contextlib import closing

import pytest

from alpclusters.sources.boundaries import read_boundaries, simplify, write_geojson
from tests.e2e.conftest import Watch
from tests.factories.shapes import write_made_up

pytestmark = pytest.mark.e2e

ADDRESS = "/en/directory/map/?detailed=1"
MOST_TABS = 120
# Four have a place, the others none: the profiles of the demonstration have one of their own.
COORDINATES = """
    UPDATE actors_organisation SET
    latitude = CASE WHEN id IN (FOUR) THEN 47.6 END,
    longitude = CASE WHEN id IN (FOUR) THEN 13.2 + 0.001 * (id % 7) END
""".replace("FOUR", "SELECT organisation_id FROM actors_clusterorganisation ORDER BY id LIMIT 4")
INSIDE_MAP = "document.getElementById('detailed-map').contains(document.activeElement)"
INSIDE_TABLE = "document.getElementById('map-table').contains(document.activeElement)"


@pytest.fixture(scope="module")
def mapped(server, tmp_path_factory):
    """The server with boundaries, and some organisations with made-up coordinates."""
    folder = server.home / "boundaries"
    folder.mkdir()
    paths = write_made_up(tmp_path_factory.mktemp("made-up"))
    for level, path in zip((2, 3), paths, strict=True):
        text = write_geojson(simplify(read_boundaries(path, level=level)), attribution="made up")
        (folder / f"nuts-2021-{level}.geojson").write_text(text, encoding="utf-8")
    with closing(sqlite3.connect(server.home / "alpclusters.sqlite3", timeout=20)) as database:
        database.execute(COORDINATES)
        database.commit()
    yield server
    shutil.rmtree(folder)


@pytest.fixture
def page(mapped, browser):
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB")
    watch = Watch(context, mapped.address)
    page = context.new_page()
    yield page
    watch.assert_clean()
    context.close()


def open_map(page, server, address=ADDRESS):
    page.goto(server.address + address)
    page.wait_for_selector("#detailed-map[data-state=shown]", timeout=30_000)


def test_map_is_drawn_with_regions_points_and_the_notice(mapped, page):
    page.goto(mapped.address + "/en/directory/map/")
    assert page.query_selector("#detailed-map") is None
    page.click("text=Show detailed map")
    page.wait_for_selector("#detailed-map[data-state=shown]", timeout=30_000)

    page.wait_for_selector(".map-cluster")
    assert page.get_by_role("button", name="Organisations here, zooms in: 4").count() == 1
    notice = page.locator("#detailed-map .maplibregl-ctrl-attrib")
    assert notice.inner_text() == "© EuroGeographics for the administrative boundaries"


def test_keyboard_passes_through_the_map_and_shows_a_region(mapped, page):
    open_map(page, mapped)
    been_inside = False
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        been_inside = been_inside or page.evaluate(INSIDE_MAP)
        if page.evaluate(INSIDE_TABLE):
            break
    assert been_inside
    assert page.evaluate(INSIDE_TABLE)

    button = page.locator("#map-table tbody tr button").first
    button.focus()
    page.keyboard.press("Enter")

    page.wait_for_selector(".maplibregl-popup")
    region = page.locator("#map-table tr.is-shown th a").inner_text()
    assert page.locator("#map-status").inner_text().startswith(region)
    assert page.locator(".maplibregl-popup a").get_attribute("href").startswith("/en/directory/?")


def test_click_on_a_region_marks_its_row(mapped, page):
    open_map(page, mapped, ADDRESS + "&level=2")
    box = page.locator("#detailed-map canvas").bounding_box()

    page.mouse.click(box["x"] + box["width"] * 0.54, box["y"] + box["height"] * 0.5)

    page.wait_for_selector(".maplibregl-popup")
    assert "(" in page.locator("#map-status").inner_text()


def test_smaller_regions_on_a_phone_in_the_dark(mapped, page):
    page.set_viewport_size({"width": 320, "height": 800})
    page.emulate_media(color_scheme="dark")

    open_map(page, mapped, ADDRESS.replace("/en/", "/sl/") + "&level=3")

    assert page.evaluate("document.documentElement.scrollWidth") == 320
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"


def test_without_webgl_the_page_says_where_the_counts_are(mapped, browser):
    context = browser.new_context()
    context.add_init_script("HTMLCanvasElement.prototype.getContext = () => null;")
    page = context.new_page()

    page.goto(mapped.address + ADDRESS)
    page.wait_for_selector("#detailed-map[data-state=failed]", timeout=30_000)

    assert "The schematic map and the table have the same counts" in page.inner_text(
        "#detailed-map"
    )
    assert page.locator("#map-table tbody tr").count() > 10
    context.close()


def test_region_is_found_while_typing_and_taken_from_a_tile(mapped, administrator, browser):
    context = browser.new_context(storage_state=administrator)
    watch = Watch(context, mapped.address)
    page = context.new_page()
    page.goto(mapped.address + "/en/workspace/projects/demonstration/partners/new/")

    page.fill("#id_seat_code", "salzb")
    page.wait_for_selector("[data-found-list]:not([hidden])")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.locator("details.ac-region-map summary").nth(1).click()
    page.locator("input[name=region_code_choice][value=SI04]").check(force=True)

    assert page.input_value("#id_seat_code").endswith("(AT323)")
    assert page.input_value("#id_region_code").endswith("(SI04)")
    watch.assert_clean()
    context.close()
