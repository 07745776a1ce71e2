"""Consultations in the command that reminds: closed after their day, letters, old addresses."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from alpclusters import cli
from alpclusters.platform.policy.domain.consulting.commenting import invite
from alpclusters.platform.policy.models import Consultation, ConsultationInvitation
from tests.factories.consultations import make_consultation

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def held():
    made = make_consultation(audience="invited", now=timezone.now())
    invite(made, ["ana@example.si"], language="sl")
    return made


@pytest.mark.usefixtures("held")
def test_dry_run_tells_without_addresses(capsys):
    cli.main(["--language", "en", "remind", "--dry-run"])

    told = capsys.readouterr().out
    assert "Letters of consultations due: 1" in told
    assert "ana@" not in told
    assert mail.outbox == []


@pytest.mark.usefixtures("held")
def test_those_invited_are_written_to_once(capsys):
    cli.main(["--language", "en", "remind"])
    cli.main(["--language", "en", "remind"])

    assert capsys.readouterr().out.count("Letters of consultations sent: 1") == 1
    [letter] = mail.outbox
    assert "Consultation sl" in letter.subject
    assert "/sl/consultations/invited/" in letter.body


@pytest.mark.usefixtures("held")
def test_what_is_over_is_closed_and_long_after_forgotten():
    Consultation.objects.update(closes_on=timezone.localdate() - timedelta(days=91))

    cli.main(["--language", "en", "remind"])

    assert Consultation.objects.get().state == "closed"
    assert mail.outbox == []
    assert not ConsultationInvitation.objects.exists()
