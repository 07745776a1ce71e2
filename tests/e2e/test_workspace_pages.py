"""Every page of the workspace, examined as the public ones are in test_pages."""

from pathlib import Path

import pytest

from tests.e2e.crawl import Found, crawl
from tests.e2e.reaching import FORMS, PAGES, STARTS, in_office
from tests.e2e.validity import check_html
from tests.e2e.visiting import (
    Visit,
    form_in_every_language,
    page_in_every_language,
    press,
    report,
    visit,
)

pytestmark = pytest.mark.e2e

HERE = [name for name in PAGES if in_office(name)]


@pytest.fixture(scope="module")
def chief(browser, server, administrator) -> Visit:
    """An administrator."""
    return visit(browser, server, administrator)


@pytest.fixture(scope="module")
def addresses(chief, server) -> dict[str, Found]:
    """One address for every kind of page."""
    # Drafts come first: they lead to more pages than what is published.
    plan = press(chief, "/en/workspace/plans/", "/version/")
    snapshot = press(chief, "/en/workspace/cafes/", "/evaluate/")
    # The same ratings give the same snapshot, which is out: no link leads to its release.
    starts = [plan, snapshot, f"{snapshot}release/", *STARTS["administrator"]]
    request = chief.context.request
    return crawl(request, server.address, starts, who="administrator", each=4, opens=in_office)


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """The HTML of every page, for the checker of HTML."""
    return tmp_path_factory.mktemp("html")


def test_every_page_is_reached(addresses):
    missing = sorted(set(HERE) - set(addresses))
    assert missing == [], " ".join(missing)


@pytest.mark.parametrize("name", HERE)
def test_page_is_sound_in_every_language(name, addresses, chief, folder):
    found = addresses.get(name) or pytest.fail("no link leads to it")

    report(page_in_every_language(chief, found.path, name, folder))


@pytest.mark.parametrize("name", [name for name, who in FORMS.items() if who == "administrator"])
def test_form_says_what_is_wrong_in_every_language(name, addresses, chief, folder):
    report(form_in_every_language(chief, addresses[name].path, name, folder))


def test_html_of_all_pages_is_valid(folder):
    check_html(folder)
