"""Every public page, in five languages, at 320 and 1280 pixels, light and dark, in a real Chromium.

axe without a violation, valid HTML, nothing wider than the window, one h1, the right language, no
request to another host, nothing the policy blocks, nothing in the console.
"""

import pytest

from tests.e2e.crawl import Found, crawl, crawl_once
from tests.e2e.reaching import ERRORS, NOT_REACHED, PAGES, STARTS, in_office, is_page, sent_by
from tests.e2e.validity import check_html
from tests.e2e.visiting import (
    Visit,
    error_in_every_language,
    join,
    open_code,
    page_in_every_language,
    report,
    visit,
)
from tests.permissions.table import ROWS

pytestmark = pytest.mark.e2e

HERE = [name for name in PAGES if not in_office(name)]
# A form is sent with nonsense from the very page that was examined.
SENT = sent_by("visitor")


@pytest.fixture(scope="module")
def people(browser, server) -> dict[str, Visit]:
    """A visitor, and somebody with a phone in the hall."""
    found = {who: visit(browser, server) for who in ("visitor", "participant")}
    join(found["participant"], open_code(found["visitor"]))
    return found


@pytest.fixture(scope="module")
def addresses(people, server) -> dict[str, Found]:
    """One address for every kind of page, with the person who sees it."""
    return crawl_once("public", lambda: follow_links(people, server.address))


def follow_links(people: dict[str, Visit], address: str) -> dict[str, Found]:
    """Find the few pages of a participant first: the visitor goes on until no page is missing."""
    found: dict[str, Found] = {}
    for who in ("participant", "visitor"):
        wanted = set(HERE) - set(found)
        request = people[who].context.request
        starts = STARTS[who]
        found |= crawl(request, address, starts, who=who, wanted=wanted, each=4, opens=is_page)
    return found


def test_every_page_is_reached(addresses):
    missing = sorted(set(HERE) - set(addresses))
    assert missing == [], " ".join(missing)


def test_every_form_stands_on_a_page_that_is_opened():
    assert sorted(set(SENT) - set(HERE)) == []


def test_what_is_not_reached_is_a_page():
    pages = {name for name, row in ROWS.items() if row.is_page}

    assert sorted(set(NOT_REACHED) - pages) == []


@pytest.mark.parametrize("name", HERE)
def test_page_is_sound_in_every_language(name, addresses, people, tmp_path):
    found = addresses.get(name) or pytest.fail("no link leads to it")

    is_sent = name in SENT
    person = people["visitor" if is_sent else found.who]
    report(page_in_every_language(person, found.path, name, tmp_path, is_sent=is_sent))
    check_html(tmp_path)


@pytest.mark.parametrize("name", ERRORS)
def test_error_is_sound_in_every_language(name, people, tmp_path):
    report(error_in_every_language(people["visitor"], ERRORS[name], name, tmp_path))
    check_html(tmp_path)
