"""Once a year those who keep a profile are asked; the link confirms without signing in."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from alpclusters import cli
from alpclusters.platform.actors.domain.confirmations import Due, due_confirmations, link_token
from alpclusters.platform.actors.models import Claim, ClusterOrganisation
from tests.factories.accounts import make_user
from tests.factories.organisations import make_profile

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def due():
    """A profile that was confirmed a year ago, one that was last month, one just taken over."""
    now = timezone.now()
    user = make_user(email="manager@example.org", language="it", name="Ana (simulated)")
    for name, days in (("Old (simulated)", 365), ("Recent (simulated)", 30), ("Just", None)):
        confirmed = None if days is None else timezone.localdate() - timedelta(days=days)
        cluster = make_profile(name, confirmed_on=confirmed)
        Claim.objects.create(
            cluster=cluster, user=user, state="approved", made_at=now, decided_at=now
        )
    old = ClusterOrganisation.objects.get(organisation__name__startswith="Old")
    return Due(old, user)


def path_in(text: str) -> str:
    return re.search(r"https?://[^/]+(/\S+/profiles/confirm/\S+)", text)[1]


@pytest.mark.usefixtures("due")
def test_each_is_asked_once_a_year_in_the_own_language(capsys):
    cli.main(["--language", "en", "remind"])
    cli.main(["--language", "en", "remind"])

    assert capsys.readouterr().out.count("Keepers of profiles asked: 1") == 1
    assert [(m.to, m.subject) for m in mail.outbox] == [
        (["manager@example.org"], "È ancora tutto corretto? Old (simulated)")
    ]
    settled = due_confirmations(timezone.now() + timedelta(days=300))
    assert [str(one.cluster) for one in settled] == ["Just"]
    assert len(due_confirmations(timezone.now() + timedelta(days=366))) == 3


@pytest.mark.usefixtures("due")
def test_a_dry_run_tells_and_sends_nothing(capsys):
    cli.main(["--language", "en", "remind", "--dry-run"])

    assert "Keepers of profiles to ask: 1\n  Old (simulated): it" in capsys.readouterr().out
    assert mail.outbox == []


def test_the_link_confirms_without_signing_in_by_one_press(due):
    cli.main(["--language", "en", "remind"])
    path = path_in(mail.outbox[0].body)
    visitor = Client()

    visitor.get(path)
    due.cluster.refresh_from_db()
    assert due.cluster.confirmed_on != timezone.localdate()
    answer = visitor.post(path)

    due.cluster.refresh_from_db()
    assert answer.status_code == 302
    assert (due.cluster.confirmed_on, due.cluster.confirmed_by) == (timezone.localdate(), due.user)
    assert due.cluster.organisation.status == "verified"
    assert visitor.get(path).context["is_used"]


def test_a_used_link_confirms_nothing_again(due):
    path = f"/en/workspace/profiles/confirm/{link_token(due)}/"
    Client().post(path)
    n_versions = due.cluster.history.count()

    Client().post(path)

    assert due.cluster.history.count() == n_versions


@pytest.mark.parametrize("state", ["withdrawn", "refused"])
def test_the_link_ends_with_the_claim(due, state):
    path = f"/en/workspace/profiles/confirm/{link_token(due)}/"
    Claim.objects.filter(cluster=due.cluster).update(state=state)

    assert Client().get(path).status_code == 404
    assert Client().post(path).status_code == 404


def test_a_made_up_link_leads_nowhere():
    page = Client().get("/en/workspace/profiles/confirm/made-up/")

    assert page.status_code == 404
    assert "This link works no more" in page.content.decode()
