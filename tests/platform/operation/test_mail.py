"""Mail is stored with what it tells of and sent in time; a dead mail server stops nobody."""

import socket
from datetime import UTC, datetime, timedelta
from email import message_from_bytes

import pytest
from django.core.mail import EmailMessage
from django.db import transaction
from django.urls import reverse

from alpclusters.platform.accounts.models import Role, User
from alpclusters.platform.configuration import load_configuration
from alpclusters.platform.languages.catalogues import translator
from alpclusters.platform.operation.bell import is_ringing
from alpclusters.platform.operation.checkup.work import queued_mail
from alpclusters.platform.operation.mail import (
    GIVEN_UP_AFTER,
    deliver_due,
    forget_given_up,
    mail_standing,
)
from alpclusters.platform.operation.mail_note import mail_figures
from alpclusters.platform.operation.models import QueuedMail
from tests.factories.accounts import make_user_with
from tests.factories.partnership import make_project
from tests.mail_sink import sink
from tests.www.people.test_people import invitation

__all__ = ["sink"]
pytestmark = [pytest.mark.integration, pytest.mark.django_db]
MINUTE = timedelta(minutes=1)


@pytest.fixture
def queue(settings, tmp_path):
    """Settings as with a mail server; returns how to choose its port."""

    def use(port):
        options = {"host": "127.0.0.1", "port": port, "timeout": 5}
        settings.HOME = tmp_path
        settings.MAILERS = {
            "default": {"BACKEND": "alpclusters.platform.operation.mail.QueueBackend"},
            "server": {
                "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
                "OPTIONS": options,
            },
        }

    return use


def dead_port():
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]


def write(to="ana@example.org"):
    EmailMessage(subject="Vabilo", body="Pozdravljeni", to=[f"Ana <{to}>"]).send()


def now():
    return datetime.now(tz=UTC)


def test_a_mail_is_sent_once_with_our_name_and_address_and_then_forgotten(queue, sink, tmp_path):
    queue(sink.server_address[1])
    write()

    assert [deliver_due(tmp_path, now=now()) for _ in range(2)] == [1, 0]

    (mail,) = map(message_from_bytes, sink.mails)
    assert mail["From"].startswith("AlpClusters <")
    assert "@127.0.0.1>" in mail["Message-ID"] or "@localhost>" in mail["Message-ID"]
    assert not QueuedMail.objects.exists()


def test_a_dead_mail_server_makes_no_error_and_the_mail_goes_later(queue, sink, tmp_path):
    queue(dead_port())
    write()
    start = now()
    tries = [deliver_due(tmp_path, now=start + n * MINUTE) for n in range(3)]
    row = QueuedMail.objects.get()
    assert (tries, row.error) == ([0, 0, 0], "ConnectionRefusedError")
    # After one minute, then after two more: not each time somebody asks.
    assert row.n_tries == 2
    assert not is_ringing(tmp_path) or row.next_try_at <= now()

    queue(sink.server_address[1])
    assert deliver_due(tmp_path, now=start + 10 * MINUTE) == 1
    assert len(sink.mails) == 1


@pytest.mark.django_db(transaction=True)
def test_a_mail_of_what_was_not_stored_is_not_sent(queue, tmp_path):
    queue(dead_port())
    with transaction.atomic():
        write()
        transaction.set_rollback(True)

    assert not QueuedMail.objects.exists()
    assert not is_ringing(tmp_path)
    write()
    assert is_ringing(tmp_path)


def test_a_mail_is_given_up_after_three_days_and_then_names_nobody(queue, tmp_path):
    queue(dead_port())
    write()
    late = now() + GIVEN_UP_AFTER + MINUTE
    deliver_due(tmp_path, now=late)

    row = QueuedMail.objects.get()
    assert (row.recipients, bytes(row.content), row.given_up_at) == ([], b"", late)
    assert deliver_due(tmp_path, now=late + timedelta(days=1)) == 0


def test_doctor_and_administrators_see_that_mail_does_not_arrive(queue, client, tmp_path):
    queue(dead_port())
    write()
    configuration = load_configuration({"ALPCLUSTERS_HOME": str(tmp_path)})
    (before,) = queued_mail(configuration, translator("en"))
    QueuedMail.objects.update(created_at=now() - timedelta(hours=1))

    (after,) = queued_mail(configuration, translator("en"))
    client.force_login(make_user_with(Role.ADMINISTRATOR))
    page = client.get("/en/workspace/").content.decode()

    assert (before.state, after.state) == ("ok", "warning")
    assert mail_standing(now()).n_waiting == 1
    assert "Mails do not arrive." in page


def test_who_asks_for_a_sign_in_code_gets_no_error_while_the_mail_server_is_down(queue, client):
    queue(dead_port())
    user = make_user_with(Role.ADMINISTRATOR)

    answer = client.post("/en/account/login/code/", {"email": user.email})

    assert answer.status_code < 400
    assert QueuedMail.objects.get().recipients == [user.email]


def test_an_invitation_is_whole_while_the_mail_server_is_down(queue, client):
    queue(dead_port())
    project = make_project()
    client.force_login(make_user_with(Role.PARTNER_COORDINATOR, project=project))

    answer = client.post(reverse("workspace:person_invite"), invitation(project))

    assert answer.status_code == 302
    assert User.objects.filter(email="new@example.org").exists()
    assert QueuedMail.objects.get().recipients == ["new@example.org"]


def test_a_monitor_sees_mails_that_wait_and_for_how_long_even_without_a_worker(
    queue, tmp_path, django_capture_on_commit_callbacks
):
    queue(dead_port())
    assert mail_figures(tmp_path, now=now().timestamp()) == {}
    with django_capture_on_commit_callbacks(execute=True):
        write()
        write()

    found = mail_figures(tmp_path, now=(now() + 7 * MINUTE).timestamp())

    assert found["mail_waiting"] == 2
    assert 419 <= found["mail_oldest_seconds"] <= 440


def test_a_monitor_sees_mails_that_were_sent_or_given_up(
    queue, sink, tmp_path, django_capture_on_commit_callbacks
):
    queue(dead_port())
    with django_capture_on_commit_callbacks(execute=True):
        write()
    late = now() + GIVEN_UP_AFTER + MINUTE
    deliver_due(tmp_path, now=late)
    given_up = {"mail_waiting": 0.0, "mail_oldest_seconds": 0.0, "mail_given_up": 1.0}
    assert mail_figures(tmp_path, now=late.timestamp()) == given_up

    queue(sink.server_address[1])
    with django_capture_on_commit_callbacks(execute=True):
        write()
    deliver_due(tmp_path, now=now())
    assert mail_figures(tmp_path, now=late.timestamp()) == given_up

    forget_given_up(late + timedelta(days=31))
    assert mail_figures(tmp_path, now=late.timestamp())["mail_given_up"] == 0
