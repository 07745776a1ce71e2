"""Reporting rounds: open, close, and who did not answer."""

import base64
import hashlib
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils.crypto import salted_hmac

from alpclusters.analysis.errors import InputError, StateError, Where
from alpclusters.platform.policy.domain.codes import versions_of_plan
from alpclusters.platform.policy.domain.monitoring.snapshots import asked_in, take_snapshot
from alpclusters.platform.policy.domain.records.plans import today_of
from alpclusters.platform.policy.models import (
    Action,
    ActionPlan,
    MonitoringRound,
    Override,
    PlanSnapshot,
    ProgressReport,
    ReportLink,
)

# --- The mail link by which a body reports on one action: its token, its life, its letters --------


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


# --- Reporting rounds: open, close, and who did not answer ----------------------------------------


# A round of years would be no round.
LONGEST: Final = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Answers:
    """Who answered in a round and who did not.

    Attributes
    ----------
    asked : sequence of Action
        Actions under way or still to come when the round was open.
    missing : sequence of Action
        Those of them without a report; a missing answer is a fact of the report.
    """

    asked: Sequence[Action]
    missing: Sequence[Action]

    @property
    def n_answered(self) -> int:
        """How many have a report."""
        return len(self.asked) - len(self.missing)


@transaction.atomic
def open_round(plan: ActionPlan, *, opens_on: date, closes_on: date) -> MonitoringRound:
    """Open the next round of a published plan.

    Raises
    ------
    StateError
        The plan is not published (``round.plan_is_draft``), or a round of it is still open
        (``round.still_open``).
    InputError
        The round would close before it opens (``round.closes_first``), or be longer than a year
        (``round.too_long``).
    """
    plan = ActionPlan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
    _check(plan, opens_on, closes_on)
    return MonitoringRound.objects.create(
        plan=plan, number=_last_number(plan) + 1, opens_on=opens_on, closes_on=closes_on
    )


@transaction.atomic
def move_round(round_: MonitoringRound, *, opens_on: date, closes_on: date) -> MonitoringRound:
    """Change the dates of an open round; its links live as long as before."""
    _require_open(round_)
    _check_dates(opens_on, closes_on)
    round_.opens_on, round_.closes_on = opens_on, closes_on
    round_.save(update_fields=["opens_on", "closes_on"])
    ReportLink.objects.filter(round=round_).update(expires_on=closes_on + WORKS_AFTER)
    return round_


@transaction.atomic
def close_round(round_: MonitoringRound, *, now: datetime) -> PlanSnapshot:
    """Close a round: corrections that lasted until it end, and the report is kept for good.

    The corrections are still part of the report of this round.

    Raises
    ------
    StateError
        It is closed already (``round.closed``).
    """
    # Two people may press the button at once: one snapshot only.
    round_ = MonitoringRound.objects.select_for_update(of=("self",)).get(pk=round_.pk)
    _require_open(round_)
    # Before the close, with which corrections end: they are part of the report.
    snapshot = take_snapshot(round_.plan, round_=round_, now=now)
    round_.closed_at = now
    round_.save(update_fields=["closed_at"])
    today = today_of(round_.plan, now)
    ReportLink.objects.filter(round=round_).update(expires_on=today + WORKS_AFTER)
    _ended_with(round_).update(ended_at=now)
    return snapshot


def answers_of(round_: MonitoringRound) -> Answers:
    """Say which actions were asked about in a round, and which of them have no report."""
    reported = set(
        ProgressReport.objects.filter(round=round_).order_by().values_list("action", flat=True)
    )
    asked = asked_in(round_)
    return Answers(asked, [action for action in asked if action.pk not in reported])


def open_round_of(plan: ActionPlan) -> MonitoringRound | None:
    """Return the round that is open."""
    return plan.rounds.filter(closed_at=None).order_by("number").last()


def current_number(plan: ActionPlan) -> int:
    """Return the number of the round that is open, or comes next."""
    still = open_round_of(plan)
    return still.number if still is not None else _last_number(plan) + 1


def _last_number(plan: ActionPlan) -> int:
    """Count on from the rounds of earlier versions, whose story the plan goes on telling."""
    rounds = MonitoringRound.objects.filter(plan__in=versions_of_plan(plan))
    found = rounds.aggregate(last=Max("number"))["last"]
    return int(found or 0)


def _ended_with(round_: MonitoringRound) -> "QuerySet[Override]":
    rows = Override.objects.filter(action__plan=round_.plan_id, ended_at=None)
    return rows.filter(until_round__lte=round_.number)


def _require_open(round_: MonitoringRound) -> None:
    if round_.closed_at is not None:
        code = "round.closed"
        raise StateError(code, found=str(round_.number))


def _check(plan: ActionPlan, opens_on: date, closes_on: date) -> None:
    if not plan.is_published:
        code = "round.plan_is_draft"
        raise StateError(code, found=plan.slug)
    still = open_round_of(plan)
    if still is not None:
        code = "round.still_open"
        raise StateError(code, found=str(still.number))
    _check_dates(opens_on, closes_on)


def _check_dates(opens_on: date, closes_on: date) -> None:
    if closes_on <= opens_on:
        code = "round.closes_first"
        raise InputError(code, where=Where(field="closes_on"), found=closes_on.isoformat())
    if closes_on - opens_on > LONGEST:
        code = "round.too_long"
        raise InputError(code, where=Where(field="closes_on"), found=closes_on.isoformat())


# --- What is under way when a new version of a plan takes over: the open round and its links ------


def hand_over(before: ActionPlan, plan: ActionPlan) -> None:
    """Let the open round of a version go on in the next one.

    The round keeps its number and its dates. A mail link that was sent leads to the action with
    the same uuid, also after the end of its round, as long as it works. Where the new version has
    no such action, nobody is asked any more: the link of an open round goes.
    """
    actions = {action.uuid: action for action in plan.actions.all()}
    round_ = open_round_of(before)
    if round_ is not None:
        MonitoringRound.objects.filter(pk=round_.pk).update(plan=plan)
    _lead_on(before, actions)


def _lead_on(before: ActionPlan, actions: Mapping[uuid.UUID, Action]) -> None:
    links = ReportLink.objects.filter(action__plan=before).select_related("action", "round")
    for link in list(links):
        found = actions.get(link.action.uuid)
        if found is not None:
            ReportLink.objects.filter(pk=link.pk).update(action=found)
        elif link.round.closed_at is None:
            link.delete()
