"""People stand beside a profile only with their consent, and go at once."""

import pytest
from django.test import Client

from alpclusters.platform.actors.models import Claim, ClusterOrganisation, Consent, Person
from tests.factories.accounts import make_user
from tests.factories.organisations import make_profile

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

PAGE = "/en/workspace/profiles/test/contacts/"
PUBLIC = "/en/directory/test/"
ANA = {
    "name": "N. N. (simulated)",
    "task": "Answers",
    "email": "nn@simulated.invalid",
    "languages": ["sl", "de"],
    "is_manager": "on",
    "agreed": "on",
    "how": "signed form",
}


@pytest.fixture
def cluster():
    return make_profile(
        "Test cluster (simulated)", slug="test", body_is_simulated=True, body_is_listed=True
    )


@pytest.fixture
def client(cluster):
    user = make_user(email="manager@example.org")
    Claim.objects.create(cluster=cluster, user=user, state="approved", made_at="2026-01-01T00:00Z")
    client = Client()
    client.force_login(user)
    return client


def shown() -> bool:
    return ANA["email"] in Client().get(PUBLIC).text


def test_person_who_agreed_is_shown_and_leads_the_organisation(client, cluster):
    answer = client.post(PAGE, ANA)

    person = Person.objects.get()
    consent = person.consents.get()
    assert answer.status_code == 302
    assert shown()
    assert (consent.purpose, consent.how) == (Consent.Purpose.DIRECTORY, "signed form")
    assert ClusterOrganisation.objects.get(pk=cluster.pk).manager == person


@pytest.mark.parametrize("missing", ["agreed", "how", "name"])
def test_nobody_is_kept_without_consent_and_name(client, missing):
    answer = client.post(PAGE, {k: v for k, v in ANA.items() if k != missing})

    assert answer.status_code == 422
    assert not Person.objects.exists()
    assert ANA["task"] in answer.text


def test_person_taken_out_is_gone_at_once_and_the_consent_stays_as_proof(client, cluster):
    client.post(PAGE, ANA)
    person = Person.objects.get()

    client.post(PAGE, {"do": f"remove-{person.pk}"})

    assert not shown()
    assert Person.objects.get().email == ""
    assert Consent.objects.get().withdrawn_at is not None
    assert ClusterOrganisation.objects.get(pk=cluster.pk).manager is None


@pytest.mark.parametrize("wish", ["remove-0", "remove-", "remove-x", "remove-²"])
def test_taking_out_somebody_else_is_not_found(client, wish):
    client.post(PAGE, ANA)
    Consent.objects.update(purpose=Consent.Purpose.INVITATIONS)
    own = f"remove-{Person.objects.get().pk}"

    assert client.post(PAGE, {"do": wish}).status_code == 404
    assert client.post(PAGE, {"do": own}).status_code == 404
