"""Cockpit and big screen of one hall in a real Chromium: they follow each other by themselves."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from alpclusters.platform.languages.codes import LANGUAGE_CODES
from tests.e2e.auditing import examine
from tests.e2e.conftest import Watch
from tests.e2e.serving import Server

pytestmark = pytest.mark.e2e

ROOT = Path(__file__).resolve().parents[2]
MAKE = """
import django
django.setup()
import secrets
from tests.factories.evaluation import make_project
from tests.factories.halls import fill_hall, make_open_hall
project = make_project(slug=f"screens-{secrets.token_hex(4)}")
found = make_open_hall(project=project, languages=["de", "sl"])
fill_hall(found)
print(found.pk)
"""
SOON_MS = 15_000


@pytest.fixture(scope="module")
def hall(server: Server) -> int:
    """An AlpCafé with tables on the running server."""
    environment = {
        **os.environ,
        "ALPCLUSTERS_HOME": str(server.home),
        "DJANGO_SETTINGS_MODULE": "alpclusters.platform.settings",
        "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
    }
    done = subprocess.run(
        [sys.executable, "-c", MAKE],
        env=environment, check=True, capture_output=True, text=True, cwd=ROOT,
    )  # fmt: skip
    return int(done.stdout.split()[-1])


@pytest.fixture
def cockpit(server, browser, administrator, hall) -> Page:
    context = browser.new_context(storage_state=administrator, locale="en-GB")
    watch = Watch(context, server.address)
    page = context.new_page()
    page.goto(f"{server.address}/en/workspace/cafes/{hall}/live/")
    yield page
    assert (watch.foreign, watch.blocked) == ([], [])
    context.close()


@pytest.fixture
def beamer(server, browser, cockpit, hall) -> Page:
    """A browser of its own that was opened with the link, and nothing else."""
    links = cockpit.context.new_page()
    links.goto(f"{server.address}/en/workspace/cafes/{hall}/live/links/")
    link = links.locator("#beamer-link").input_value()
    links.close()
    context = browser.new_context(viewport={"width": 1280, "height": 720}, locale="fr-FR")
    page = context.new_page()
    page.goto(server.address + re.sub(r"^https?://[^/]+", "", link))
    page.wait_for_url(f"**/cafe/screen/{hall}/")
    yield page
    context.close()


def give(cockpit: Page, command: str) -> None:
    cockpit.locator(f"form:has(input[value='{command}']) button").first.click()


def go_to(cockpit: Page, step: str) -> None:
    cockpit.locator(".steps summary").click()
    cockpit.select_option("#step-choice", step)
    give(cockpit, "go_to")


def test_big_screen_follows_the_cockpit_without_a_reload(cockpit, beamer):
    go_to(cockpit, "talk:1")

    expect(cockpit.locator("#here")).to_contain_text("talk at the tables", timeout=SOON_MS)
    expect(beamer.locator("main.view-question h1")).to_have_text("Was fehlt?", timeout=SOON_MS)
    expect(beamer.locator(".mid .ac-timer")).to_have_text(re.compile(r"^1\d:\d\d$"))
    give(cockpit, "next")
    expect(beamer.locator("main.view-cards")).to_be_visible(timeout=SOON_MS)
    # The big screen may be faster than the page whose button is pressed now.
    expect(cockpit.locator("#here")).not_to_contain_text("talk at the tables", timeout=SOON_MS)
    cockpit.locator("#undo-latest button").click()
    expect(beamer.locator("main.view-question")).to_be_visible(timeout=SOON_MS)


def test_what_somebody_types_stays_when_another_facilitator_acts(cockpit, server, hall):
    other = cockpit.context.new_page()
    other.goto(f"{server.address}/en/workspace/cafes/{hall}/live/")
    text = cockpit.locator("#announcement-text")
    text.fill("Half a sent")
    text.press("End")

    other.locator("#screen-choice").select_option("join")
    give(other, "screen")
    expect(cockpit.locator("#undo")).to_contain_text("Big screen: code and QR", timeout=SOON_MS)

    expect(text).to_have_value("Half a sent")
    expect(text).to_be_focused()
    other.locator("#screen-choice").select_option("auto")
    give(other, "screen")
    expect(cockpit.locator("#undo")).to_contain_text("what the phase needs", timeout=SOON_MS)
    other.close()


def test_results_reach_the_big_screen_when_they_are_released(cockpit, beamer):
    go_to(cockpit, "results:0")
    expect(cockpit.locator("#release button").first).to_be_visible(timeout=SOON_MS)
    expect(beamer.locator("main.view-results")).to_be_visible(timeout=SOON_MS)
    expect(beamer.locator(".result")).to_have_count(0)

    cockpit.locator("#release form:has(input[value=tiers]) button").click()

    expect(beamer.locator(".result").first).to_be_visible(timeout=SOON_MS)
    first = beamer.locator(".result:visible h2").inner_text()
    beamer.keyboard.press("ArrowRight")
    expect(beamer.locator(".result:visible h2")).not_to_have_text(first)


def test_big_screen_is_accessible_in_every_language(beamer, server, hall):
    found = []
    for language in LANGUAGE_CODES:
        beamer.goto(f"{server.address}/cafe/screen/{hall}/?language={language}")
        for width, height in ((320, 3000), (1280, 720)):
            beamer.set_viewport_size({"width": width, "height": height})
            found += [f"{language} {width}: {one}" for one in examine(beamer, language)]

    assert found == []
