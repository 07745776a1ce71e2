"""Who may keep profiles, decide about them and see what is not public: five people each."""

import pytest
from django.contrib.auth.models import AnonymousUser

from alpclusters.platform.accounts.models import Role
from alpclusters.platform.actors.models import Claim
from alpclusters.platform.actors.rules import deciders_of, in_care_of, visible_to
from tests.factories.accounts import make_user, make_user_with
from tests.factories.evaluation import make_project, make_region
from tests.factories.organisations import make_organisation, make_profile

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def cluster():
    return make_profile(body_region=make_region("AT31"))


def people(cluster):
    """Owner, coordinators of the region, of all and of another, stranger, visitor."""
    owner = make_user()
    Claim.objects.create(cluster=cluster, user=owner, state="approved", made_at="2026-01-01T00:00Z")
    coordinator, project = Role.PARTNER_COORDINATOR, make_project()
    return {
        "owner": owner,
        "of_the_region": make_user_with(coordinator, project=project, region=make_region("AT3")),
        "of_all": make_user_with(coordinator, project=project),
        "of_another": make_user_with(coordinator, region=make_region("AT32")),
        "of_a_part": make_user_with(coordinator, region=make_region("AT312")),
        "administrator": make_user_with(Role.ADMINISTRATOR),
        "stranger": make_user(),
        "visitor": AnonymousUser(),
    }


def those_who(everybody, right, thing):
    return {name for name, one in everybody.items() if one.has_perm(right, thing)}


def test_a_profile_is_changed_by_its_manager_and_coordinators_of_its_region(cluster):
    may = those_who(people(cluster), "actors.change_cluster", cluster)

    assert may == {"owner", "of_the_region", "of_all", "administrator"}


def test_an_older_version_is_taken_back_by_coordinators_alone(cluster):
    may = those_who(people(cluster), "actors.revert_cluster", cluster)

    assert may == {"of_the_region", "of_all", "administrator"}


@pytest.mark.parametrize("state", ["pending", "refused", "withdrawn"])
def test_a_claim_that_is_not_approved_opens_nothing(cluster, state):
    everybody = people(cluster)
    Claim.objects.update(state=state)

    assert "owner" not in those_who(everybody, "actors.change_cluster", cluster)


def test_a_body_without_region_is_in_the_care_of_those_without_region(cluster):
    everybody = people(cluster)
    nowhere = make_profile()

    may = those_who(everybody, "actors.change_cluster", nowhere)

    assert may == {"of_all", "administrator"}
    assert [set(in_care_of(everybody[name])) for name in ("of_the_region", "of_all")] == [
        {cluster},
        {cluster, nowhere},
    ]


def test_claims_go_to_the_coordinators_of_the_region_else_to_administrators(cluster):
    administrator = make_user_with(Role.ADMINISTRATOR)
    assert deciders_of(cluster.organisation) == [administrator]

    everybody = people(cluster)

    wanted = [everybody["of_the_region"], everybody["of_all"]]
    assert deciders_of(cluster.organisation) == wanted


def test_what_is_not_listed_is_seen_by_people_with_a_role_and_its_manager(cluster):
    everybody = people(cluster)
    cluster.organisation.is_listed = False
    cluster.organisation.save()

    see = {name for name, one in everybody.items() if cluster in visible_to(one)}

    assert see == set(everybody) - {"stranger", "visitor"}
    hidden = make_organisation(is_listed=False)
    assert those_who(everybody, "actors.view_organisation", hidden) == see - {"owner"}


def test_stakeholders_are_for_coordinators_and_facilitators_of_that_project():
    own, other = make_project(), make_project()
    everybody = {
        "facilitator": make_user_with(Role.FACILITATOR, project=own),
        "coordinator": make_user_with(Role.PARTNER_COORDINATOR, project=own),
        "neighbour": make_user_with(Role.FACILITATOR, project=other),
        "member": make_user_with(Role.MEMBER, project=own),
        "administrator": make_user_with(Role.ADMINISTRATOR),
        "visitor": AnonymousUser(),
    }

    for right in ("actors.view_stakeholders", "actors.change_stakeholders"):
        assert those_who(everybody, right, own) == {
            "facilitator",
            "coordinator",
            "administrator",
        }
