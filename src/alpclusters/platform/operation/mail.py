"""Mail goes into a table with what it tells of, and from there to the mail server, in time.

A page that writes a mail never waits for the server and never fails with it; a mail of something
that was not stored is not sent either.
"""

import email.policy
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import make_msgid
from functools import partial
from pathlib import Path
from typing import Final, cast
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, mailers
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.smtp import EmailBackend
from django.db import connection, transaction
from django.db.models import Count, Min, Q
from django.utils import timezone

from alpclusters.platform.operation.bell import ring, ring_at
from alpclusters.platform.operation.mail_note import add_to_mail_note, write_mail_note
from alpclusters.platform.operation.models import QueuedMail

# The mailer of the settings that knows the mail server.
SERVER: Final = "server"
LEASE: Final = timedelta(minutes=5)
FIRST_PAUSE: Final = timedelta(minutes=1)
LONGEST_PAUSE: Final = timedelta(hours=1)
GIVEN_UP_AFTER: Final = timedelta(days=3)
SLOW: Final = timedelta(minutes=15)
KEPT: Final = timedelta(days=30)

log = logging.getLogger(__name__)


class QueueBackend(BaseEmailBackend):
    """Django's way of sending a mail: here it is stored, and the worker called."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Store mails in the transaction of whoever writes them; return how many."""
        now = timezone.now()
        rows = [_row(message, now) for message in email_messages if message.recipients()]
        QueuedMail.objects.bulk_create(rows)
        if rows:
            transaction.on_commit(partial(_announce, len(rows)))
        return len(rows)


@dataclass(frozen=True, slots=True)
class MailStanding:
    """How the queue stands.

    Attributes
    ----------
    n_waiting : int
        Mails that are not sent yet.
    is_slow : bool
        Whether one of them has waited for long.
    n_given_up : int
        Mails of the last 30 days that could not be sent.
    oldest_at : datetime, optional
        Since when the oldest waits.
    """

    n_waiting: int
    is_slow: bool
    n_given_up: int
    oldest_at: datetime | None = None


def mail_standing(now: datetime) -> MailStanding:
    """Look at the queue."""
    waits = Q(given_up_at=None)
    found = QueuedMail.objects.aggregate(
        n=Count("pk", filter=waits),
        n_given_up=Count("pk", filter=~waits),
        oldest=Min("created_at", filter=waits),
    )
    is_slow = found["oldest"] is not None and now - found["oldest"] > SLOW
    return MailStanding(found["n"], is_slow, found["n_given_up"], found["oldest"])


def deliver_due(home: Path, *, now: datetime) -> int:
    """Give the mail server what is due; return how many it took.

    What it does not take is tried again, with pauses that grow to an hour, and given up after
    three days. Where nothing waits the server is not asked.
    """
    n_sent = 0
    server: EmailBackend | None = None
    while (row := _take(now)) is not None:
        server = server or cast("EmailBackend", mailers[SERVER])
        if _send(server, row, now):
            n_sent += 1
    if server is not None:
        server.close()
    _ring_for_the_rest(home)
    _note_standing(home, now)
    return n_sent


def forget_given_up(now: datetime) -> int:
    """Delete the marks of mails that were given up long ago; return how many."""
    n = int(QueuedMail.objects.filter(given_up_at__lt=now - KEPT).delete()[0])
    _note_standing(settings.HOME, now)
    return n


def _announce(n: int) -> None:
    add_to_mail_note(settings.HOME, n, now=timezone.now().timestamp())
    ring(settings.HOME)


def _note_standing(home: Path, now: datetime) -> None:
    found = mail_standing(now)
    oldest_at = found.oldest_at.timestamp() if found.oldest_at else None
    write_mail_note(home, waiting=found.n_waiting, given_up=found.n_given_up, oldest_at=oldest_at)


def _row(message: EmailMessage, now: datetime) -> QueuedMail:
    if not any(name.lower() == "message-id" for name in message.extra_headers):
        host = urlsplit(settings.CONFIGURATION.address).hostname
        message.extra_headers["Message-ID"] = make_msgid(domain=host)
    return QueuedMail(
        sender=_address(message.from_email),
        recipients=[_address(one) for one in message.recipients()],
        content=message.message(policy=email.policy.SMTP).as_bytes(),
        created_at=now,
        next_try_at=now,
    )


def _address(text: str) -> str:
    parsed = email.policy.SMTP.header_factory("to", text)
    return str(parsed.addresses[0].addr_spec)


def _take(now: datetime) -> QueuedMail | None:
    """Lease the mail that is due next, so that no other worker sends it."""
    with transaction.atomic():
        rows = QueuedMail.objects.filter(given_up_at=None, next_try_at__lte=now)
        row = rows.select_for_update(
            skip_locked=connection.features.has_select_for_update_skip_locked
        ).order_by("next_try_at", "pk")[:1]
        for one in row:
            one.next_try_at = now + LEASE
            one.save(update_fields=["next_try_at"])
            return one
    return None


def _send(server: EmailBackend, row: QueuedMail, now: datetime) -> bool:
    try:
        server.open()
        server.connection.sendmail(row.sender, row.recipients, bytes(row.content))  # type: ignore[union-attr]  # open
    except OSError as error:  # of it are the errors of smtplib
        log.warning("mail %s was not sent: %s", row.pk, type(error).__name__)
        server.connection = None
        _put_off(row, error, now)
        return False
    row.delete()
    return True


def _put_off(row: QueuedMail, error: OSError, now: datetime) -> None:
    row.n_tries += 1
    row.error = type(error).__name__
    row.next_try_at = now + min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** min(row.n_tries - 1, 10))
    if now - row.created_at > GIVEN_UP_AFTER:
        row.given_up_at, row.content, row.recipients = now, b"", []
    row.save()


def _ring_for_the_rest(home: Path) -> None:
    waiting = QueuedMail.objects.filter(given_up_at=None)
    ring_at(home, waiting.aggregate(due=Min("next_try_at"))["due"])
