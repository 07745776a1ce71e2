"""The pages of the network: figures with their expectation, withheld cells, words, languages."""

import re
from datetime import date

import pytest
from django.test import Client

from alpclusters.platform.evidence.models import Initiative, Participation
from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.platform.network.domain.measuring.scopes import Scope
from alpclusters.platform.network.domain.measuring.storing import measure_network
from alpclusters.www.public.network.addresses import read_query, write_query
from tests.factories.accounts import make_user_with
from tests.factories.evaluation import make_project
from tests.factories.networks import make_bodies, make_project_of, tie, weave

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
PAGES = ("", "overview/", "roles/", "change/", "pair/AT-SI/")


@pytest.fixture(autouse=True)
def own_folder(tmp_path, monkeypatch):
    monkeypatch.setattr(
        "alpclusters.platform.network.domain.measuring.files.folder", lambda: tmp_path
    )


def page(path: str, language: str = "en", client: Client | None = None) -> str:
    answer = (client or Client()).get(f"/{language}/network/{path}")
    assert answer.status_code == 200, path
    return answer.getvalue().decode()


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def make_network(**fields):
    """Four countries in a ring; between Austria and Slovenia is one tie. Liechtenstein is small."""
    codes = ("AT33", "ITH2", "SI04", "DE21")
    bodies = {code: make_bodies(code, 8, **fields) for code in codes}
    kind = {"is_simulated": fields.get("is_simulated", False)}
    for one, two in (("AT33", "ITH2"), ("ITH2", "SI04"), ("SI04", "DE21"), ("DE21", "AT33")):
        weave(bodies[one], bodies[two], 40, **kind)
    weave(bodies["ITH2"], bodies["DE21"], 60, **kind)
    tie(bodies["AT33"][0], bodies["SI04"][0], **kind)
    bodies["LI00"] = make_bodies("LI00", 2, **fields)
    weave(bodies["LI00"], bodies["AT33"], 9, **kind)
    tie(bodies["AT33"][1], bodies["DE21"][7], started_on=date(2015, 1, 1), **kind)
    measure_network(Scope("links", is_simulated=fields.get("is_simulated", False)))
    return bodies


def test_without_ties_the_page_says_what_will_be_here():
    html = page("")

    assert "No tie has been counted yet" in html


def test_figures_carry_n_expectation_and_interval():
    make_network()

    text = words(page(""))

    assert "All years, 34 organisations" in text
    assert re.search(r"across a border \d+% expected \d+%, p = 0\.\d+", text)
    assert re.search(r"missing pairs of regions \d of \d that can be judged", text)


def test_missing_pair_is_told_in_words_with_who_could_bridge_it():
    make_network()

    html = page("")
    card = words(re.search(r'<article class="ac-card link">.*?</article>', html, re.DOTALL)[0])

    assert card.startswith("Austria – Slovenia Fewer ties than expected: 1 link where ")
    assert re.search(r"were expected, ratio 0\.\d\d \(0\.\d\d–0\.\d\d\)", card)
    assert re.search(r"[1-5] organisations? could bridge them: \w+ body \d+", card)
    assert 'class="dn3 miss"' in html


def test_small_cells_are_withheld_from_the_public_and_shown_to_coordinators():
    make_network()

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


def test_a_small_pair_has_a_page_without_numbers():
    make_network()

    html = page("pair/AT-LI/")

    assert "nothing of the pair is shown" in words(html)
    assert "ac-figs" not in html
    assert "LI00 body" not in html


def test_no_such_pair_is_not_found():
    make_network()

    for pair in ("AT", "AT-", "AT-XX", "AT-AT", "AT-SI-IT", "at-si"):
        assert Client().get(f"/en/network/pair/{pair}/").status_code == 404, pair


def test_pair_names_the_two_ties_that_qualify_a_bridge():
    make_network()

    text = words(page("pair/AT-SI/"))

    assert "Who could bridge them?" in text
    found = re.search(r"tied to AT33 body \d+ \(Austria\) and SI04 body \d+ \(Slovenia\)", text)
    assert found
    assert "Organisations that tie the two regions" in text


def test_only_listed_organisations_are_named():
    bodies = make_network(is_listed=False)

    shown = page("overview/") + page("roles/") + page("pair/AT-SI/") + page("")

    assert not any(one.name in shown for row in bodies.values() for one in row)
    assert "organisation not in the directory (Austria)" in shown


def test_a_body_of_a_published_project_is_named_as_its_page_names_it():
    (one,) = make_bodies("AT33", 1, is_listed=False)
    for code in ("ITH2", "SI04"):
        make_project_of([one, *make_bodies(code, 6, is_listed=False)])
    Participation.objects.filter(organisation=one).update(
        organisation=None, body_key="known", name="Known as this"
    )
    measure_network(Scope("projects"))

    assert "Known as this" in page("roles/?basis=projects")
    assert "Known as this" in page("export/nodes.csv?basis=projects")
    Initiative.objects.update(is_published=False)
    assert "Known as this" not in page("roles/?basis=projects")


def test_a_pair_names_a_body_of_a_published_project_that_has_no_page_of_its_own():
    bodies = make_bodies("AT33", 6, is_listed=False)
    make_project_of([*bodies, *make_bodies("ITH2", 6, is_listed=False)])
    Participation.objects.filter(organisation=bodies[0]).update(
        organisation=None, body_key="known", name="Known as this"
    )
    measure_network(Scope("projects"))

    shown = page("pair/AT-IT/?basis=projects")

    assert "Known as this" in shown
    assert not re.search(r"<a [^>]*>Known as this", shown)


def test_of_very_many_links_only_the_own_page_says_what_lasts(monkeypatch):
    make_network()
    assert "Nobody can know yet" in page("")

    monkeypatch.setattr("alpclusters.www.public.network.pages.MOST_LASTING", 3)

    assert "Nobody can know yet" not in page("")
    assert "See what lasts" in page("")


@pytest.mark.slow
def test_simulated_and_real_networks_never_mix():
    make_network(is_simulated=True)
    bodies = make_bodies("AT33", 2)
    tie(*bodies)
    measure_network(Scope("links"))

    real, simulated = page(""), page("?simulated=1")

    assert "All years, 2 organisations" in real
    assert "Example data (simulated)" not in real
    assert "All years, 34 organisations" in simulated
    assert "Example data (simulated)" in simulated


def test_an_invented_organisation_stands_in_the_invented_network():
    bodies = make_network(is_simulated=True)

    html = page(f"organisation/{bodies['AT33'][0].pk}/")

    assert "Example data (simulated)" in html
    assert "partners" in words(html)


def test_organisation_shows_partners_with_state_and_ranks():
    bodies = make_network()
    one = bodies["AT33"][1]

    text = words(page(f"organisation/{one.pk}/"))

    assert f"{one.name} and its partners" in text
    assert re.search(r"ITH2 body \d+ Italy joint project not known 2022", text)
    assert re.search(r"Shortest paths through it \(betweenness\) [\d.,]+ \d+", text)
    assert "Link their region outward" in text


def test_organisation_of_projects_counts_joint_ones():
    tirol, trento = make_bodies("AT33", 1), make_bodies("ITH2", 1)
    make_project_of([*tirol, *trento], start=date(2015, 1, 1))
    make_project_of([*tirol, *trento], start=date(2018, 1, 1))
    measure_network(Scope("projects"))

    text = words(page(f"organisation/{tirol[0].pk}/?basis=projects"))

    assert f"{trento[0].name} Italy 2 2015" in text


def test_a_merged_organisation_leads_to_where_it_is_now():
    bodies = make_network()
    old, new = bodies["AT33"][:2]
    type(old).objects.filter(pk=old.pk).update(merged_into=new.pk)

    answer = Client().get(f"/en/network/organisation/{old.pk}/")

    assert answer.status_code == 302
    assert answer.headers["Location"].endswith(f"/network/organisation/{new.pk}/")


def test_an_organisation_that_is_not_listed_has_no_page():
    bodies = make_network(is_listed=False)

    assert Client().get(f"/en/network/organisation/{bodies['AT33'][0].pk}/").status_code == 404


def test_change_needs_two_periods_and_claims_nothing_where_intervals_overlap():
    make_network()

    text = words(page("change/"))

    assert "E-I index" in text
    assert "2014–2020" in text
    assert "2021–2027" in text


def test_one_period_is_no_change():
    tie(*make_bodies("AT33", 2))
    measure_network(Scope("links"))

    assert "at least two periods" in page("change/")


def test_regions_of_one_country_only():
    tirol, salzburg = make_bodies("AT33", 6), make_bodies("AT32", 6)
    trento = make_bodies("ITH2", 6)
    weave(tirol, salzburg, 12)
    weave(salzburg, trento, 12)
    weave(trento, tirol, 12)
    measure_network(Scope("links"))

    html = page("?by=nuts2&country=AT")

    assert 'scope="row">Region AT33' in html
    assert 'scope="row">Region ITH2' not in html


@pytest.mark.slow
def test_every_page_in_every_language():
    bodies = make_network()
    for path in (*PAGES, f"organisation/{bodies['AT33'][0].pk}/", "?by=nuts2"):
        for language in LANGUAGE_CODES:
            page(path, language)


def test_hostile_names_stay_text():
    hostile = "<script>alert(1)</script>"
    tirol = make_bodies("AT33", 6)
    type(tirol[0]).objects.filter(pk=tirol[0].pk).update(name=hostile, short_name=hostile)
    weave(tirol[:1], tirol[1:], 5)
    measure_network(Scope("links"))

    for path in ("overview/", "roles/", f"organisation/{tirol[0].pk}/"):
        assert hostile not in page(path)


def test_nonsense_in_the_address_is_left_out():
    make_network()

    for query in ("basis=x&by=y&window=%00", "window=<b>", "country=ATATATATATAT", "simulated=2"):
        assert "How closely are the regions tied?" in page(f"?{query}"), query


def test_a_question_is_its_address():
    from django.http import QueryDict  # noqa: PLC0415

    for text in ("", "basis=links&by=nuts2&window=2014-2020&country=AT&simulated=1"):
        assert write_query(read_query(QueryDict(text))) == text
