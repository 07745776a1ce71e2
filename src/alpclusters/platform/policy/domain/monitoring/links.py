"""The mail link by which a body reports on one action: its token, its life, its letters."""

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from django.db import transaction
from django.utils.crypto import salted_hmac

from alpclusters.platform.policy.domain.records.plans import today_of
from alpclusters.platform.policy.models import (
    Action,
    MonitoringRound,
    ProgressReport,
    ReportLink,
)

# After the round the link works this long, then the address is deleted.
WORKS_AFTER: Final = timedelta(days=30)
# Days before the close on which a body that has not reported is reminded.
REMINDERS: Final = (14, 3)
_SALT: Final = "policy.report-link"


class Mail(StrEnum):
    """What a letter says."""

    FIRST = "first"
    REMINDER = "reminder"


@dataclass(frozen=True, slots=True)
class DueLetter:
    """A mail that is to go out now."""

    link: ReportLink
    mail: Mail


def token_of(link: ReportLink) -> str:
    """Return the secret of a link.

    It is made anew from the key of the site for every mail, so that the database holds only its
    hash; another address gets another secret. An action is named by what it keeps in the next
    version of the plan.
    """
    told = f"{link.round_id}:{link.action.uuid}:{link.email}"
    digest = salted_hmac(_SALT, told, algorithm="sha256").digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def hash_of(token: str) -> str:
    """Return what the database knows of a secret."""
    return hashlib.sha256(token.encode()).hexdigest()


def find_link(token: str, *, now: datetime) -> ReportLink | None:
    """Return the link of a secret, or None where it is unknown or too old."""
    rows = ReportLink.objects.select_related("round__plan__project", "action")
    link = rows.filter(token_hash=hash_of(token)).first()
    if link is None or today_of(link.round.plan, now) > link.expires_on:
        return None
    return link


@transaction.atomic
def set_address(
    round_: MonitoringRound, action: Action, *, email: str, language: str
) -> ReportLink | None:
    """Say who is asked about an action; an empty address takes the link away.

    Another address makes another secret: the old link works no more.
    """
    if not email:
        ReportLink.objects.filter(round=round_, action=action).delete()
        return None
    link = ReportLink.objects.filter(round=round_, action=action).first()
    if link is None:
        link = ReportLink(round=round_, action=action)
    if link.email != email:
        link.sent_at = link.reminded_on = link.used_at = None
    link.email, link.language = email, language
    link.expires_on = round_.closes_on + WORKS_AFTER
    link.token_hash = hash_of(token_of(link))
    link.save()
    return link


def due_letters(now: datetime) -> list[DueLetter]:
    """List the mails that are to go out: first letters, then reminders before the close."""
    rows = ReportLink.objects.filter(round__closed_at=None).exclude(email="")
    rows = rows.select_related("round__plan__project", "action").order_by("pk")
    answered = set(
        ProgressReport.objects.filter(round__closed_at=None)
        .order_by()
        .values_list("round", "action")
    )
    waiting = [link for link in rows if (link.round_id, link.action_id) not in answered]
    return [
        DueLetter(link, mail)
        for link in waiting
        if (mail := _due_mail(link, today_of(link.round.plan, now))) is not None
    ]


def _due_mail(link: ReportLink, today: date) -> Mail | None:
    round_ = link.round
    if not round_.opens_on <= today <= round_.closes_on:
        return None
    if link.sent_at is None:
        return Mail.FIRST
    last = max(today_of(round_.plan, link.sent_at), link.reminded_on or date.min)
    steps = [round_.closes_on - timedelta(days=days) for days in REMINDERS]
    passed = [step for step in steps if step <= today]
    return Mail.REMINDER if passed and last < max(passed) else None


def note_sent(due: DueLetter, *, now: datetime) -> None:
    """Note that a mail went out."""
    link = due.link
    if due.mail == Mail.FIRST:
        link.sent_at = now
    else:
        link.reminded_on = today_of(link.round.plan, now)
    # The key of the site may have changed since the link was made.
    link.token_hash = hash_of(token_of(link))
    link.save(update_fields=["sent_at", "reminded_on", "token_hash"])


def due_to_forget(now: datetime) -> Sequence[ReportLink]:
    """List the links that work no more and still hold an address."""
    rows = ReportLink.objects.exclude(email="").select_related("round__plan").order_by("pk")
    return [link for link in rows if today_of(link.round.plan, now) > link.expires_on]


def forget_addresses(now: datetime) -> int:
    """Delete the addresses of links that work no more; return how many there were."""
    old = [link.pk for link in due_to_forget(now)]
    return ReportLink.objects.filter(pk__in=old).update(email="")
