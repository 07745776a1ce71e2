"""Every public page, in five languages, at 320 and 1280 pixels, light and dark, in a real Chromium.

axe without a violation, valid HTML, nothing wider than the window, one h1, the right language, no
request to another host, nothing the policy blocks, nothing in the console. The pages of the
workspace stand in a file of their own, so that both workers have pages to open.
"""

from pathlib import Path

import pytest

from tests.e2e.crawl import Found, crawl
from tests.e2e.reaching import ERRORS, FORMS, NOT_REACHED, PAGES, STARTS, in_office
from tests.e2e.validity import check_html
from tests.e2e.visiting import (
    Visit,
    error_in_every_language,
    form_in_every_language,
    join,
    open_code,
    page_in_every_language,
    report,
    visit,
)
from tests.permissions.table import ROWS

pytestmark = pytest.mark.e2e

HERE = [name for name in PAGES if not in_office(name)]


@pytest.fixture(scope="module")
def people(browser, server) -> dict[str, Visit]:
    """A visitor, and somebody with a phone in the hall."""
    found = {who: visit(browser, server) for who in ("visitor", "participant")}
    join(found["participant"], open_code(found["visitor"]))
    return found


@pytest.fixture(scope="module")
def addresses(people, server) -> dict[str, Found]:
    """One address for every kind of page, with the person who sees it."""
    found: dict[str, Found] = {}
    for who, person in people.items():
        pages = crawl(person.context.request, server.address, STARTS[who], who=who, each=4)
        found = {**pages, **found}
    return found


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """The HTML of every page, for the checker of HTML."""
    return tmp_path_factory.mktemp("html")


def test_every_page_is_reached(addresses):
    missing = sorted(set(HERE) - set(addresses))
    assert missing == [], " ".join(missing)


def test_what_is_not_reached_is_a_page():
    pages = {name for name, row in ROWS.items() if row.is_page}

    assert sorted(set(NOT_REACHED) - pages) == []


@pytest.mark.parametrize("name", HERE)
def test_page_is_sound_in_every_language(name, addresses, people, folder):
    found = addresses.get(name) or pytest.fail("no link leads to it")

    report(page_in_every_language(people[found.who], found.path, name, folder))


@pytest.mark.parametrize("name", ERRORS)
def test_error_is_sound_in_every_language(name, people, folder):
    report(error_in_every_language(people["visitor"], ERRORS[name], name, folder))


@pytest.mark.parametrize("name", [name for name, who in FORMS.items() if who == "visitor"])
def test_form_says_what_is_wrong_in_every_language(name, addresses, people, folder):
    report(form_in_every_language(people["visitor"], addresses[name].path, name, folder))


def test_html_of_all_pages_is_valid(folder):
    check_html(folder)
