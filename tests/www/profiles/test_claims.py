"""Claims: a manager asks, a coordinator of the region decides, both sides get a mail."""

import pytest
from django.core import mail
from django.test import Client

from alpclusters.platform.accounts.domain.own_data import erase_person, export_own_data
from alpclusters.platform.accounts.models import Role
from alpclusters.platform.actors.models import Claim
from tests.factories.accounts import make_user, make_user_with
from tests.factories.evaluation import make_region
from tests.factories.organisations import make_profile

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

ASK = {"message": "I run it; see the team page."}


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def cluster():
    region = make_region("AT312")
    return make_profile(
        "Test cluster (simulated)", slug="test", body_region=region, body_is_simulated=True
    )


@pytest.fixture
def manager():
    return make_user(email="manager@example.org", language="sl")


@pytest.fixture
def coordinator():
    return make_user_with(
        Role.PARTNER_COORDINATOR,
        region=make_region("AT31"),
        email="coordinator@example.org",
        language="de",
    )


@pytest.fixture
def neighbour():
    return make_user_with(Role.PARTNER_COORDINATOR, region=make_region("AT32"), language="fr")


def ask(cluster, manager) -> Claim:
    signed_in(manager).post("/sl/workspace/profiles/test/claim/", ASK)
    return Claim.objects.filter(cluster=cluster, user=manager).latest("pk")


@pytest.mark.usefixtures("neighbour")
def test_asking_tells_the_coordinator_of_the_region_and_the_asking_person(
    cluster, manager, coordinator
):
    claim = ask(cluster, manager)

    assert (claim.state, claim.message) == ("pending", ASK["message"])
    assert [(m.to[0], m.subject) for m in mail.outbox] == [
        (coordinator.email, "Antrag zu entscheiden: Test cluster (simulated)"),
        (manager.email, "Prošnja za vodenje profila: Test cluster (simulated)"),
    ]
    assert "/de/workspace/claims/" in mail.outbox[0].body
    assert ASK["message"] in mail.outbox[0].body


@pytest.mark.usefixtures("coordinator")
def test_asking_twice_makes_one_claim(cluster, manager):
    ask(cluster, manager)
    ask(cluster, manager)

    assert Claim.objects.count() == 1


def test_only_an_approved_claim_opens_the_profile(cluster, manager, coordinator):
    claim = ask(cluster, manager)
    page = signed_in(manager)
    assert page.get("/en/workspace/profiles/test/edit/").status_code == 403

    signed_in(coordinator).post(
        f"/de/workspace/claims/{claim.pk}/decide/",
        {f"{claim.pk}-decision": "approve", f"{claim.pk}-answer": "Welcome"},
    )

    assert page.get("/en/workspace/profiles/test/edit/").status_code == 200
    claim.refresh_from_db()
    assert (claim.state, claim.decided_by, claim.answer) == ("approved", coordinator, "Welcome")
    assert mail.outbox[-1].to == [manager.email]
    assert mail.outbox[-1].subject == "Ta profil zdaj vodite vi: Test cluster (simulated)"
    assert "Welcome" in mail.outbox[-1].body


def test_a_refusal_needs_a_reason_and_tells_it(cluster, manager, coordinator):
    claim = ask(cluster, manager)
    client = signed_in(coordinator)
    path = f"/en/workspace/claims/{claim.pk}/decide/"

    without = client.post(path, {f"{claim.pk}-decision": "refuse", f"{claim.pk}-answer": " "})
    client.post(path, {f"{claim.pk}-decision": "refuse", f"{claim.pk}-answer": "Ask the board."})

    assert without.status_code == 422
    claim.refresh_from_db()
    assert claim.state == "refused"
    assert "Ask the board." in mail.outbox[-1].body
    asked = signed_in(manager).get("/en/workspace/profiles/test/claim/").content.decode()
    assert "Ask the board." in asked
    assert 'name="message"' in asked


def test_who_decides_is_of_the_region(cluster, manager, coordinator, neighbour):
    claim = ask(cluster, manager)
    path = f"/en/workspace/claims/{claim.pk}/decide/"
    yes = {f"{claim.pk}-decision": "approve", f"{claim.pk}-answer": ""}

    assert signed_in(neighbour).post(path, yes).status_code == 403
    assert signed_in(manager).post(path, yes).status_code == 403
    assert str(cluster) not in signed_in(neighbour).get("/en/workspace/claims/").content.decode()
    assert signed_in(coordinator).post(path, yes).status_code == 302


@pytest.mark.usefixtures("coordinator")
def test_what_was_decided_is_not_decided_again(cluster, manager):
    first = make_user_with(Role.ADMINISTRATOR)
    claim = ask(cluster, manager)
    path = f"/en/workspace/claims/{claim.pk}/decide/"
    signed_in(first).post(path, {f"{claim.pk}-decision": "approve"})
    n_mails = len(mail.outbox)

    signed_in(first).post(
        path, {f"{claim.pk}-decision": "refuse", f"{claim.pk}-answer": "Too late"}
    )

    claim.refresh_from_db()
    assert (claim.state, len(mail.outbox)) == ("approved", n_mails)


@pytest.mark.usefixtures("coordinator")
def test_giving_a_profile_up_closes_it(cluster, manager):
    claim = ask(cluster, manager)
    Claim.objects.update(state="approved")
    client = signed_in(manager)

    client.post(f"/en/workspace/claims/{claim.pk}/withdraw/")

    assert client.get("/en/workspace/profiles/test/edit/").status_code == 403
    stranger = signed_in(make_user())
    assert stranger.post(f"/en/workspace/claims/{claim.pk}/withdraw/").status_code == 404


def test_a_manager_makes_a_profile_that_a_coordinator_opens(coordinator):
    make_region("AT312")
    manager = make_user_with(Role.CLUSTER_MANAGER)
    form = {"name": "New cluster (simulated)", "region": "AT312"}

    signed_in(manager).post("/en/workspace/profiles/new/", form)

    claim = Claim.objects.get()
    organisation = claim.cluster.organisation
    assert (claim.cluster.slug, claim.state, organisation.is_listed) == (
        "new-cluster-simulated",
        "pending",
        False,
    )
    signed_in(coordinator).post(
        f"/en/workspace/claims/{claim.pk}/decide/", {f"{claim.pk}-decision": "approve"}
    )
    organisation.refresh_from_db()
    assert organisation.is_listed
    assert organisation.history.latest().history_user == coordinator


def test_a_name_that_has_a_profile_leads_to_its_claim(cluster):
    manager = make_user_with(Role.CLUSTER_MANAGER)
    form = {"name": "test CLUSTER (simulated)", "region": "AT312"}

    page = signed_in(manager).post("/en/workspace/profiles/new/", form)

    assert page.status_code == 422
    assert f"/en/workspace/profiles/{cluster.slug}/claim/" in page.content.decode()


@pytest.mark.usefixtures("coordinator")
def test_own_data_hold_the_claims_and_erasure_takes_them(cluster, manager):
    ask(cluster, manager)
    cluster.confirmed_by = manager
    cluster.save()

    exported = export_own_data(manager)
    erase_person(manager)

    assert [c["profile"] for c in exported["claims"]] == ["Test cluster (simulated)"]
    assert exported["claims"][0]["message"] == ASK["message"]
    assert exported["confirmed_profiles"] == ["Test cluster (simulated)"]
    assert not Claim.objects.exists()
    cluster.refresh_from_db()
    assert cluster.confirmed_by is None


@pytest.mark.usefixtures("coordinator")
def test_a_day_has_room_for_a_few_claims(cluster, manager):
    for _ in range(10):
        ask(cluster, manager)
        Claim.objects.update(state="withdrawn")
    n_mails = len(mail.outbox)

    page = signed_in(manager).post("/en/workspace/profiles/test/claim/", ASK)

    assert page.status_code == 422
    assert (Claim.objects.count(), len(mail.outbox)) == (10, n_mails)
