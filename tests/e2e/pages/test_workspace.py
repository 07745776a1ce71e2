"""Every page of the workspace, examined as the public ones are in test_public."""

import pytest

from tests.e2e.crawl import Found, crawl, crawl_once
from tests.e2e.reaching import PAGES, STARTS, in_office, is_page, sent_by
from tests.e2e.validity import check_html
from tests.e2e.visiting import (
    Visit,
    page_in_every_language,
    press,
    report,
    visit,
)

pytestmark = pytest.mark.e2e

HERE = [name for name in PAGES if in_office(name)]
# A form is sent with nonsense from the very page that was examined.
SENT = sent_by("administrator")


@pytest.fixture(scope="module")
def chief(browser, server, administrator) -> Visit:
    """An administrator."""
    return visit(browser, server, administrator)


@pytest.fixture(scope="module")
def addresses(chief, server) -> dict[str, Found]:
    """One address for every kind of page."""
    # Drafts come first: they lead to more pages than what is published. Each server gets its own.
    plan = press(chief, "/en/workspace/plans/", "/version/")
    snapshot = press(chief, "/en/workspace/cafes/", "/evaluate/")
    # The same ratings give the same snapshot, which is out: no link leads to its release.
    starts = [plan, snapshot, f"{snapshot}release/", *STARTS["administrator"]]
    return crawl_once("workspace", lambda: follow_links(chief, server.address, starts))


def follow_links(chief: Visit, address: str, starts: list[str]) -> dict[str, Found]:
    """Find the pages an administrator sees."""
    who, request = "administrator", chief.context.request
    return crawl(request, address, starts, who=who, wanted=HERE, each=4, opens=_is_opened)


def _is_opened(view: str) -> bool:
    return is_page(view) and in_office(view)


def test_every_page_is_reached(addresses):
    missing = sorted(set(HERE) - set(addresses))
    assert missing == [], " ".join(missing)


def test_every_form_stands_on_a_page_that_is_opened():
    assert sorted(set(SENT) - set(HERE)) == []


@pytest.mark.parametrize("name", HERE)
def test_page_is_sound_in_every_language(name, addresses, chief, tmp_path):
    found = addresses.get(name) or pytest.fail("no link leads to it")

    report(page_in_every_language(chief, found.path, name, tmp_path, is_sent=name in SENT))
    check_html(tmp_path)
