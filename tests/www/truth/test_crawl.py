"""The crawl of the public pages: what it follows, and what it says of links that lead nowhere."""

from alpclusters.reports.truth import Mismatch
from alpclusters.www.truth.numbers import public_pages


def test_link_that_nothing_answers_is_named_with_its_page():
    fetch = {"/de/": '<a href="/de/regions/">x</a>', "/de/regions/": '<a href="/de/lost/">x</a>'}

    found = public_pages(fetch.get, "de")

    assert found.pages == ["/de/", "/de/regions/"]
    assert found.broken == [Mismatch("/de/regions/", "link", "/de/lost/", "200")]


def test_page_that_answers_its_whole_address_only_is_read_there():
    link = "/de/network/pair/BG-CH/?basis=projects"
    fetch = {"/de/": f'<a href="{link}#figures">x</a>', link: "<p>x</p>"}

    found = public_pages(fetch.get, "de")

    assert found.pages == ["/de/", link]
    assert found.broken == []


def test_redirection_and_file_are_no_page_and_no_broken_link():
    fetch = {"/de/": '<a href="/de/export/">x</a><a href="https://ec.europa.eu/de/x/">x</a>'}

    found = public_pages((fetch | {"/de/export/": ""}).get, "de")

    assert found.pages == ["/de/"]
    assert found.broken == []
