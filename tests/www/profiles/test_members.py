"""Members are named once, found by name, and what the history tells of it."""

import pytest
from django.test import Client

from alpclusters.platform.actors.models import Claim, ClusterMember, Organisation
from alpclusters.platform.history import history_of
from tests.factories.accounts import make_user
from tests.factories.organisations import make_organisation, make_profile

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

PAGE = "/en/workspace/profiles/test/named/"
FIRM = "Simulated Mountain Robots GmbH"


@pytest.fixture
def cluster():
    return make_profile("Test cluster (simulated)", slug="test", body_is_listed=True)


@pytest.fixture
def client(cluster):
    user = make_user(email="manager@example.org")
    Claim.objects.create(cluster=cluster, user=user, state="approved", made_at="2026-01-01T00:00Z")
    client = Client()
    client.force_login(user)
    return client


def named() -> list[tuple[str, int | None]]:
    return list(ClusterMember.objects.values_list("organisation__name", "since"))


def test_member_known_by_name_is_named_once_and_shown_in_the_directory(client, cluster):
    make_organisation(FIRM, is_listed=True)
    for _ in range(2):
        client.post(PAGE, {"name": FIRM.upper(), "since": "2011"})

    assert named() == [(FIRM, 2011)]
    assert FIRM in Client().get("/en/directory/test/").text
    assert history_of(cluster).order_by("-history_id").first().history_change_reason == "member"


def test_name_like_a_known_one_is_asked_about_first(client):
    known = make_organisation(FIRM)

    asked = client.post(PAGE, {"name": "Simulated Mountain Robot GmbH"})
    meant = client.post(PAGE, {"name": "Simulated Mountain Robot GmbH", "organisation": known.pk})

    assert (asked.status_code, meant.status_code) == (422, 302)
    assert "Did you mean" in asked.text
    assert named() == [(FIRM, None)]


def test_another_organisation_is_made_when_the_person_says_so(client):
    make_organisation(FIRM)

    client.post(PAGE, {"name": "Simulated Mountain Robot GmbH", "new": "1"})

    made = Organisation.objects.get(name="Simulated Mountain Robot GmbH")
    assert (made.status, made.is_listed) == ("unverified", False)
    assert named() == [(made.name, None)]


def test_member_is_taken_out_and_the_organisation_stays(client):
    client.post(PAGE, {"name": FIRM})
    wish = f"remove-{ClusterMember.objects.get().pk}"

    assert client.post(PAGE, {"do": "remove-0"}).status_code == 404
    assert client.post(PAGE, {"do": wish}).status_code == 302
    assert named() == []
    assert Organisation.objects.filter(name=FIRM).exists()


def test_cluster_organisation_is_no_member_of_itself(client, cluster):
    client.post(PAGE, {"name": cluster.organisation.name})

    assert named() == []
