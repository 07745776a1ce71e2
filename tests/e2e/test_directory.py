"""A visitor finds a mechatronics cluster organisation in Slovenian, filters, maps, exports."""

import csv
import io
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from tests.e2e.conftest import Watch

pytestmark = pytest.mark.e2e

LIST = "/sl/directory/"
MECHATRONICS = "Mechatronik-Cluster (Business Upper Austria)"


@pytest.fixture(params=["with scripts", "without scripts"])
def page(request, server, browser):
    scripts = request.param == "with scripts"
    context = browser.new_context(
        viewport={"width": 1280, "height": 900}, locale="sl-SI", java_script_enabled=scripts
    )
    watch = Watch(context, server.address)
    page = context.new_page()
    page.scripts = scripts
    yield page
    watch.assert_clean()
    context.close()


def country(page, code: str):
    return page.locator(f'#directory-filters [name="country"][value="{code}"]')


def choose(page, code: str) -> None:
    """Choose a country; without scripts the form is sent by its button."""
    country(page, code).check()
    if not page.scripts:
        page.get_by_role("button", name="Pokaži zadetke").click()


def heads(page) -> list[str]:
    return page.locator("#directory-hits .res h2").all_inner_texts()


def test_visitor_finds_filters_opens_the_map_and_exports(page, server):
    page.goto(server.address + "/sl/")
    page.locator(".ac-nav").get_by_role("link", name="Mreža").click()
    page.locator("main").get_by_role("link", name="Organizacije grozdov").click()
    page.get_by_role("searchbox", name="Ime, kraj, dejavnost, tehnologija").fill("mehatronika")
    page.get_by_role("button", name="Išči").click()
    page.wait_for_url("**q=mehatronika*")
    page.locator("mark").first.wait_for()
    assert {MECHATRONICS, "Cluster Mechatronik & Automation"} <= set(heads(page))
    assert page.get_by_text("nem. Mechatronik = mehatronika").count() >= 1

    choose(page, "AT")
    page.wait_for_url("**country=AT*")
    # One of Austria is real; two are invented and left out.
    page.get_by_text("1 zadetek za »mehatronika«").first.wait_for()
    assert heads(page) == [MECHATRONICS]

    with page.expect_download() as started:
        page.get_by_role("link", name="CSV", exact=True).click()
    text = Path(started.value.path()).read_text(encoding="utf-8-sig")
    (row,) = (row for row in csv.DictReader(io.StringIO(text)) if row["name"] == MECHATRONICS)
    assert (row["nuts_code"], row["standing"]) == ("AT31", "unverified")

    page.get_by_role("link", name="Zemljevid", exact=True).click()
    page.wait_for_url("**/sl/directory/map/?*q=mehatronika*")
    assert "country=AT" in page.url
    page.go_back()
    page.wait_for_url("**country=AT*")
    page.get_by_role("link", name=MECHATRONICS, exact=True).first.click()
    page.wait_for_url("**/sl/directory/mechatronik-cluster*/")


def test_back_leads_to_the_search_before_the_filter(server, browser):
    page = browser.new_page(locale="sl-SI")
    page.goto(server.address + LIST)
    before = page.locator("#directory-count").inner_text()
    country(page, "SI").check()
    page.wait_for_url("**country=SI*")
    page.locator(".ac-chips").get_by_text("Slovenija").wait_for()
    focused = page.evaluate("document.activeElement.value")

    page.go_back()
    page.get_by_text(before).first.wait_for()

    assert focused == "SI"
    assert not country(page, "SI").is_checked()
    page.close()


@pytest.fixture
def other_site(server, tmp_path):
    """A site of somebody else that frames the list, and the page that it must not frame."""
    (tmp_path / "index.html").write_text(
        f'<iframe id="list" src="{server.address}/en/directory/embed/?q=wood"></iframe>'
        f'<iframe id="page" src="{server.address}/en/directory/"></iframe>',
        encoding="utf-8",
    )
    serving = partial(SimpleHTTPRequestHandler, directory=str(tmp_path))
    with ThreadingHTTPServer(("127.0.0.1", 0), serving) as site:
        Thread(target=site.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{site.server_port}/"
        site.shutdown()


def test_another_site_may_frame_the_list_and_nothing_else(other_site, browser):
    page = browser.new_page()
    page.goto(other_site)
    listed = page.frame_locator("#list").locator(".res h2")
    listed.first.wait_for()

    assert "Holzcluster Steiermark (Wood Cluster Styria Ltd.)" in listed.all_inner_texts()
    assert page.frame_locator("#page").locator("#directory").count() == 0
    page.close()
