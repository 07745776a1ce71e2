"""The pages of one network: figures with their expectation, withheld cells, words, languages."""

import re

import pytest
from django.http import QueryDict
from django.test import Client

from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.www.public.network.asking import read_query, write_query
from tests.factories.accounts import make_user_with
from tests.factories.evaluation import make_project
from tests.www.network.regions.networks import make_network, page, words

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
PAGES = ("", "overview/", "roles/", "change/", "pair/AT-SI/")


@pytest.fixture(scope="module")
def network(once, measured_in_one_folder):  # noqa: ARG001 - to write, and where
    """The network of all tests of this file; each takes back what it changes in it."""
    return make_network()


def unlist(network):
    """Take all organisations out of the directory."""
    for row in network.values():
        type(row[0]).objects.filter(pk__in=[one.pk for one in row]).update(is_listed=False)


@pytest.mark.usefixtures("network")
def test_figures_carry_n_expectation_and_interval():
    text = words(page(""))

    assert "All years, 34 organisations" in text
    assert re.search(r"across a border \d+% expected \d+%, p\s=\s0\.\d+", text)
    assert re.search(r"missing pairs of regions \d of \d that can be judged", text)


@pytest.mark.usefixtures("network")
def test_missing_pair_is_told_in_words_with_who_could_bridge_it():
    html = page("")
    card = words(re.search(r'<article class="ac-card link"[^>]*>.*?</article>', html, re.DOTALL)[0])

    assert card.startswith("Austria – Slovenia Fewer ties than expected: 1 link where ")
    assert re.search(r"were expected, ratio 0\.\d\d \(0\.\d\d–0\.\d\d\)", card)
    assert re.search(r"[1-5] organisations? could bridge them: \w+ body \d+", card)
    assert 'class="dn3 miss"' in html


@pytest.mark.usefixtures("network")
def test_small_cells_are_withheld_from_the_public_and_shown_to_coordinators():
    def row(html: str) -> str:
        found = re.search(r'scope="row">Liechtenstein</th>(.*?)</tr>', html, re.DOTALL)
        return words(found[1])

    assert set(row(page("")).split()) == {"n&nbsp;&lt;&nbsp;5"}
    coordinator = Client()
    user = make_user_with("partner_coordinator", project=make_project())
    coordinator.force_login(user)
    answer = coordinator.get("/en/workspace/network/regions/")
    assert answer.status_code == 200
    assert "9" in row(answer.content.decode()).split()
    assert "nothing is withheld" in answer.content.decode()


@pytest.mark.usefixtures("network")
def test_a_small_pair_has_a_page_without_numbers():
    html = page("pair/AT-LI/")

    assert "nothing of the pair is shown" in words(html)
    assert "ac-figs" not in html
    assert "LI00 body" not in html


@pytest.mark.usefixtures("network")
def test_no_such_pair_is_not_found():
    for pair in ("AT", "AT-", "AT-XX", "AT-AT", "AT-SI-IT", "at-si"):
        assert Client().get(f"/en/network/pair/{pair}/").status_code == 404, pair


@pytest.mark.usefixtures("network")
def test_pair_names_the_two_ties_that_qualify_a_bridge():
    text = words(page("pair/AT-SI/"))

    assert "Who could bridge them?" in text
    found = re.search(r"tied to AT33 body \d+ \(Austria\) and SI04 body \d+ \(Slovenia\)", text)
    assert found
    assert "Organisations that tie the two regions" in text


def test_only_listed_organisations_are_named(network):
    unlist(network)

    shown = page("overview/") + page("roles/") + page("pair/AT-SI/") + page("")

    assert not any(one.name in shown for row in network.values() for one in row)
    assert "organisation not in the directory (Austria)" in shown


@pytest.mark.usefixtures("network")
def test_of_very_many_links_only_the_own_page_says_what_lasts(monkeypatch):
    assert "Nothing can be said yet" in page("")

    monkeypatch.setattr("alpclusters.www.public.network.first_page.MOST_LASTING", 3)

    assert "Nothing can be said yet" not in page("")
    assert "See what lasts" in page("")


def test_organisation_shows_partners_with_state_and_ranks(network):
    one = network["AT33"][1]

    text = words(page(f"organisation/{one.pk}/"))

    assert f"{one.name} and its partners" in text
    assert re.search(r"ITH2 body \d+ Italy joint project not known 2022", text)
    assert re.search(r"Shortest paths through it \(betweenness\) [\d.,]+ \d+", text)
    assert "Link their region outward" in text


def test_a_merged_organisation_leads_to_where_it_is_now(network):
    old, new = network["AT33"][:2]
    type(old).objects.filter(pk=old.pk).update(merged_into=new.pk)

    answer = Client().get(f"/en/network/organisation/{old.pk}/")

    assert answer.status_code == 302
    assert answer.headers["Location"].endswith(f"/network/organisation/{new.pk}/")


def test_an_organisation_that_is_not_listed_has_no_page(network):
    unlist(network)

    assert Client().get(f"/en/network/organisation/{network['AT33'][0].pk}/").status_code == 404


@pytest.mark.usefixtures("network")
def test_change_needs_two_periods_and_claims_nothing_where_intervals_overlap():
    text = words(page("change/"))

    assert "E-I index" in text
    assert "2014–2020" in text
    assert "2021–2027" in text


@pytest.mark.slow
def test_every_page_in_every_language(network):
    for path in (*PAGES, f"organisation/{network['AT33'][0].pk}/", "?by=nuts2"):
        for language in LANGUAGE_CODES:
            page(path, language)


@pytest.mark.usefixtures("network")
def test_nonsense_in_the_address_is_left_out():
    for query in ("basis=x&by=y&window=%00", "window=<b>", "country=ATATATATATAT", "simulated=2"):
        assert "How closely are the regions tied?" in page(f"?{query}"), query


def test_a_question_is_its_address():
    for text in ("", "basis=links&by=nuts2&window=2014-2020&country=AT&simulated=1"):
        assert write_query(read_query(QueryDict(text))) == text
