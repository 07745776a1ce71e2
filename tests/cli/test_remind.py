"""The command that reminds: what it would send, what it sends, and what it forgets."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from alpclusters import cli
from alpclusters.platform.cafe.domain.invitations import Person, invite
from alpclusters.platform.cafe.models import Invitation
from alpclusters.platform.evaluation.domain.research_requests import refuse
from alpclusters.platform.evaluation.models import DataRequest
from tests.factories.cafe import make_draft
from tests.permissions.requesting import request_things

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def invited():
    near, past = make_draft(), make_draft(title="AlpCafé Graz")
    near.held_on = timezone.localdate() + timedelta(days=2)
    past.held_on = timezone.localdate() - timedelta(days=31)
    for cafe in (near, past):
        cafe.save()
        (one,) = invite(cafe, [Person("Ana", email="ana@example.org", language="sl")])
        one.state = Invitation.State.REGISTERED
        one.save()
    return near


@pytest.mark.usefixtures("invited")
def test_dry_run_tells_without_names_and_sends_nothing(capsys):
    assert cli.main(["--language", "en", "remind", "--dry-run"]) == 0

    told = capsys.readouterr().out
    assert "Reminders due: 1" in told
    assert "Ana" not in told
    assert mail.outbox == []
    assert Invitation.objects.filter(name="Ana").count() == 2


def test_reminds_once_in_the_guests_language_and_forgets_old_names(invited, capsys):
    cli.main(["--language", "en", "remind"])
    cli.main(["--language", "en", "remind"])

    told = capsys.readouterr().out
    assert told.count("Reminders sent: 1") == 1
    assert told.count("Names deleted: 1") == 1
    assert [one.subject for one in mail.outbox] == ["Opomnik: AlpCafé Salzburg"]
    assert list(Invitation.objects.exclude(name="").values_list("cafe", flat=True)) == [invited.pk]


def test_forgets_who_asked_for_data_and_was_refused_long_ago(capsys):
    long_ago = timezone.now() - timedelta(days=31)
    asked = request_things(make_draft())["data_request"]
    refuse(asked, reason="No purpose.", by=None, now=long_ago)

    cli.main(["--language", "en", "remind"])

    assert "Names deleted: 1" in capsys.readouterr().out
    assert not DataRequest.objects.exists()
