"""A coordinator merges duplicates and undoes it, in a real browser."""

import os
import subprocess
import sys

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Watch
from tests.e2e.serving import Server

pytestmark = [pytest.mark.e2e]

ROWS = """\
id;name;country;town;website
1;Timber Cluster Example Valley (simulated);AT;Salzburg;
2;Timber-Cluster Example-Valley Ltd (simulated);AT;Salzburg;https://timber.example
"""
FIRST, SECOND = (line.split(";")[1] for line in ROWS.splitlines()[1:])


@pytest.fixture
def coordinator(server, browser, administrator, tmp_path):
    """A page of somebody who may merge, with two entries of one body in the directory."""
    take_in(server, tmp_path)
    context = browser.new_context(storage_state=administrator, locale="en-GB")
    watch = Watch(context, server.address)
    yield context.new_page()
    watch.assert_clean()
    context.close()


def take_in(server: Server, folder) -> None:
    """Import a list of two simulated bodies as an operator does."""
    file = folder / "timber.csv"
    file.write_text(ROWS, encoding="utf-8")
    command = ["import", "organisations", str(file), "--listed", "--simulated"]
    environment = {**os.environ, "ALPCLUSTERS_HOME": str(server.home), "PYTHONPATH": "src"}
    done = subprocess.run(
        [sys.executable, "-m", "alpclusters", *command, "--report", str(folder / "report")],
        env=environment,
        check=False,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr


def find_pair(page: Page, server: Server) -> None:
    """Ask for the search and wait until the worker has found the pair."""
    page.goto(f"{server.address}/en/workspace/duplicates/")
    with page.expect_navigation():
        page.get_by_role("button", name="Look for duplicates").click()
    link = page.get_by_role("link", name=f"{FIRST} = {SECOND}?")
    for _ in range(20):
        page.reload()
        if link.count():
            break
        page.wait_for_timeout(1000)
    link.click()


def test_a_coordinator_merges_duplicates_and_undoes_it(coordinator, server):
    page = coordinator
    find_pair(page, server)
    addresses = [
        link.get_attribute("href") for link in page.get_by_role("link", name="Public page").all()
    ]

    page.get_by_label("https://timber.example").check()
    page.get_by_label("Reason").fill("Same address (simulated)")
    page.get_by_role("button", name="The same: merge").click()

    page.wait_for_url("**/duplicates/merges/")
    expect(page.locator("main")).to_contain_text(f"{FIRST} + {SECOND}")
    page.goto(f"{server.address}{addresses[1]}")
    assert page.url == f"{server.address}{addresses[0]}"
    expect(page.get_by_role("heading", level=1)).to_have_text(FIRST)
    expect(page.locator("main")).to_contain_text(SECOND)
    expect(page.get_by_role("link", name="timber.example")).to_be_visible()

    page.goto(f"{server.address}/en/workspace/duplicates/merges/")
    page.get_by_role("listitem").filter(has_text=SECOND).get_by_role("button").click()

    expect(page.locator("main")).to_contain_text("Undone: both entries are as they were.")
    page.goto(f"{server.address}{addresses[1]}")
    expect(page.get_by_role("heading", level=1)).to_have_text(SECOND)
    page.goto(f"{server.address}{addresses[0]}")
    expect(page.locator("main")).not_to_contain_text("timber.example")
