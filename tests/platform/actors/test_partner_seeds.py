"""The seven partners of the historic project and those of the demonstration."""

import pytest

from alpclusters.platform.actors.domain.partners import create_demonstration, load_seeds
from alpclusters.platform.actors.models import Organisation, Partner
from alpclusters.platform.partnership.domain.demonstration import create_demonstration_project
from alpclusters.platform.partnership.domain.seeding import HISTORIC_SLUG
from alpclusters.platform.partnership.domain.seeding import load_seeds as load_partnership
from alpclusters.platform.partnership.models import Project
from alpclusters.platform.territory.domain.seeding import load_seeds as load_territory
from tests.factories.accounts import make_user

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def historic():
    load_territory()
    load_partnership()
    load_seeds()
    return Project.objects.get(slug=HISTORIC_SLUG)


@pytest.mark.usefixtures("historic")
def test_loading_twice_gives_the_same_rows():
    tables = (Organisation, Partner)
    first = [list(t.objects.order_by("pk").values()) for t in tables]

    load_seeds()

    assert [list(t.objects.order_by("pk").values()) for t in tables] == first


def test_historic_project_has_seven_partners_from_six_regions(historic):
    partners = list(historic.partners.select_related("region"))

    assert historic.is_historic
    assert len(partners) == 7
    assert len({p.region.code for p in partners}) == 6
    assert [p.organisation.short_name for p in partners if p.role == "lead"] == [
        "Veneto Innovazione"
    ]


def test_seat_and_region_are_two_facts(historic):
    sez = historic.partners.get(organisation__short_name="SEZ")

    assert (sez.seat.code, sez.region.code) == ("DE111", "DE1")


def test_partner_a_person_removed_does_not_come_back(historic):
    partner = historic.partners.first()
    partner._history_user = make_user()
    partner.delete()

    load_seeds()

    assert historic.partners.count() == 6


def test_project_a_person_deleted_gets_no_partners(historic):
    historic._history_user = make_user()
    historic.delete()

    load_partnership()
    load_seeds()

    assert not Partner.objects.exists()


def test_partners_of_the_demonstration_are_simulated():
    load_territory()
    project = create_demonstration_project()

    create_demonstration(project)

    assert project.partners.count() == 5
    assert all(p.organisation.is_simulated for p in project.partners.all())
