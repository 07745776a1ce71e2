"""A coordinator imports a list in the browser: every step narrow and wide, worker and all."""

import pytest
from playwright.sync_api import expect

from tests.e2e.auditing import examine
from tests.e2e.conftest import Watch

pytestmark = pytest.mark.e2e

WIDTHS = (320, 1280)
LIST = """Nr;Naziv;Država;Kraj;Spletna stran
1;Simulirani lesni grozd;SI;Celje;https://les.example.org
2;;SI;Kranj;
3;Simulirano podjetje;Atlantida;Koper;
4;Simulirani inštitut;SI;Nova Gorica;
"""


@pytest.fixture
def page(server, browser, administrator):
    """A browser of somebody who may import, watched."""
    context = browser.new_context(storage_state=administrator)
    watch = Watch(context, server.address)
    page = context.new_page()
    page.goto(f"{server.address}/sl/workspace/imports/new/")
    yield page
    context.close()
    watch.assert_clean()


def problems(page, step: str) -> list[str]:
    """List what is wrong with a step, narrow and wide."""
    found = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        found += [f"{step} {width}: {problem}" for problem in examine(page, "sl")]
    return found


def test_a_list_is_imported_by_way_of_all_steps(page, tmp_path):
    path = tmp_path / "seznam.csv"
    path.write_text(LIST, encoding="utf-8")

    page.set_input_files("input[name=file]", path)
    page.select_option("select[name=source]", "new")
    page.fill("input[name=name]", "Simulirana zbornica")
    found = problems(page, "file")
    page.click("#upload-form button[type=submit]")
    expect(page.locator("select").first).to_have_value("external_id")
    found += problems(page, "columns")
    page.click("#columns-form button[type=submit]")
    # The worker is called, checks, and the page shows it by itself.
    expect(page.locator("#start-form")).to_be_visible(timeout=30_000)
    page.locator("details.more").evaluate_all("all => all.forEach(one => { one.open = true; })")
    found += problems(page, "check")
    page.click("#start-form button")
    expect(page.locator(".ac-msg.good")).to_be_visible(timeout=30_000)
    found += problems(page, "result")
    with page.expect_download() as download:
        page.click("a[download] >> text=rejected.csv")

    rows = download.value.path().read_text(encoding="utf-8-sig").splitlines()
    assert len(rows) == 3
    assert "Atlantida" in rows[2]
    assert found == []
