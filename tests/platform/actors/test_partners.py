import pytest

from alpclusters.platform.actors.domain.partners import add_partner, remove_partner
from tests.factories.accounts import make_user
from tests.factories.partners import make_partner
from tests.factories.partnership import make_project

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def test_known_organisation_is_taken_and_not_made_again():
    first, second, editor = make_project(), make_project(), make_user()
    known = make_partner(first, name="Holzcluster").organisation

    partner = add_partner(second, name="holzcluster", fields={"role": "lead"}, by=editor)

    assert (partner.organisation, partner.role) == (known, "lead")


def test_removed_partner_leaves_its_organisation():
    project = make_project()
    partner = make_partner(project)
    organisation = partner.organisation

    remove_partner(partner, by=make_user())

    organisation.refresh_from_db()
    assert not project.partners.exists()
