"""The seeded cluster organisations: 133 facts, each unverified, never over people."""

import pytest

from alpclusters.platform.actors.domain.editing import change_profile
from alpclusters.platform.actors.domain.partners import load_seeds as load_partners
from alpclusters.platform.actors.domain.seeding import is_our_reading, load_seeds
from alpclusters.platform.actors.models import ClusterOrganisation, Organisation
from alpclusters.platform.history import history_of
from alpclusters.platform.partnership.domain.seeding import load_seeds as load_partnership
from alpclusters.platform.territory.domain.seeding import load_seeds as load_territory
from tests.factories.accounts import make_user

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def seeded():
    load_territory()
    load_partnership()
    load_seeds()
    load_partners()


@pytest.mark.usefixtures("seeded")
def test_cluster_organisations_are_listed_and_unverified_with_their_source():
    bodies = Organisation.objects.listed().filter(type="cluster_organisation")

    assert bodies.count() == 133
    assert set(bodies.values_list("status", "helix", "is_simulated")) == {
        ("unverified", "intermediary", False)
    }
    assert not bodies.filter(source="").exists()
    assert not bodies.exclude(given_code="").exists()
    assert set(bodies.filter(region=None).values_list("name", flat=True)) == {
        "Végépolys Valley",
        "Xylofutur",
        "Aqua-Valley (pôle eau)",
    }


@pytest.mark.usefixtures("seeded")
def test_a_sector_is_given_only_where_the_words_of_the_source_are_one_division():
    polymeris = ClusterOrganisation.objects.get(slug="polymeris")
    axelera = ClusterOrganisation.objects.get(slug="axelera")

    assert (polymeris.sector_text, polymeris.sectors) == ("plastics", ["22"])
    assert (axelera.sector_text, axelera.sectors) == ("chemistry, environment", [])
    assert (polymeris.validity, polymeris.completeness) == ("open", 12)
    assert (is_our_reading(polymeris), is_our_reading(axelera)) == (True, False)
    change_profile(polymeris, {"sectors": ["22", "28"]}, by=make_user())
    assert not is_our_reading(ClusterOrganisation.objects.get(slug="polymeris"))


@pytest.mark.usefixtures("seeded")
def test_loading_again_changes_nothing():
    before = [history_of(m).count() for m in (Organisation, ClusterOrganisation)]

    load_partnership()
    load_seeds()
    load_partners()
    load_seeds()

    assert [history_of(m).count() for m in (Organisation, ClusterOrganisation)] == before


@pytest.mark.usefixtures("seeded")
def test_the_partner_of_2013_is_one_body_with_its_profile():
    body = Organisation.objects.get(name="Plastipolis")

    assert (body.town, body.cluster.slug, body.region.code) == ("Oyonnax", "plastipolis", "FRK2")


@pytest.mark.usefixtures("seeded")
def test_what_a_manager_changed_or_deleted_stays_so():
    person = make_user()
    cluster = ClusterOrganisation.objects.get(slug="polymeris")
    change_profile(cluster, {"website": "https://example.org/", "sectors": []}, by=person)
    gone = ClusterOrganisation.objects.get(slug="carma")
    gone.organisation.delete()

    load_seeds()

    cluster = ClusterOrganisation.objects.get(slug="polymeris")
    assert (cluster.organisation.website, cluster.sectors) == ("https://example.org/", [])
    assert not ClusterOrganisation.objects.filter(slug="carma").exists()
