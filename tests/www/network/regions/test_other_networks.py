"""Pages of other networks: none, of projects, invented, of one country, with hostile names."""

import re
from datetime import date

import pytest

from alpclusters.platform.evidence.models import Initiative, Participation
from alpclusters.platform.network.domain.measuring.places import Scope
from alpclusters.platform.network.domain.measuring.storing import measure_network
from tests.factories.networks import make_bodies, make_project_of, tie, weave
from tests.www.network.regions.conftest import FOLDER
from tests.www.network.regions.networks import make_network, page, words

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture(autouse=True)
def own_folder(tmp_path, monkeypatch):
    monkeypatch.setattr(FOLDER, lambda: tmp_path)


def test_without_ties_the_page_says_what_will_be_here():
    html = page("")

    assert "No tie has been counted yet" in html


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


def test_organisation_of_projects_counts_joint_ones():
    tirol, trento = make_bodies("AT33", 1), make_bodies("ITH2", 1)
    make_project_of([*tirol, *trento], start=date(2015, 1, 1))
    make_project_of([*tirol, *trento], start=date(2018, 1, 1))
    measure_network(Scope("projects"))

    text = words(page(f"organisation/{tirol[0].pk}/?basis=projects"))

    assert f"{trento[0].name} Italy 2 2015" in text


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


def test_hostile_names_stay_text():
    hostile = "<script>alert(1)</script>"
    tirol = make_bodies("AT33", 6)
    type(tirol[0]).objects.filter(pk=tirol[0].pk).update(name=hostile, short_name=hostile)
    weave(tirol[:1], tirol[1:], 5)
    measure_network(Scope("links"))

    for path in ("overview/", "roles/", f"organisation/{tirol[0].pk}/"):
        assert hostile not in page(path)


def test_a_pair_that_is_tied_by_projects_alone_has_a_page_whatever_is_counted():
    make_project_of([*make_bodies("AT33", 6), *make_bodies("ITH2", 6)])
    weave(make_bodies("SI04", 6), make_bodies("FRK2", 6), 8)
    measure_network(Scope("projects"))
    measure_network(Scope("links"))

    shown = words(page("pair/AT-IT/?basis=links"))

    assert "fewer than five organisations with ties" in shown


def test_a_pair_leads_to_the_start_of_the_other_world_where_it_may_have_no_ties():
    make_project_of([*make_bodies("AT33", 6), *make_bodies("BG41", 6)])
    make_network(is_simulated=True)
    measure_network(Scope("projects"))

    shown = page("pair/AT-BG/?basis=projects")

    assert 'href="/en/network/?simulated=1"' in shown
    assert "/en/network/pair/AT-BG/?simulated=1" not in shown
