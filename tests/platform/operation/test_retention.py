"""Deletion by time, rule by rule: kept until the last day, gone after it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from alpclusters.platform.accounts.sessions import SessionStore
from alpclusters.platform.actors.domain.consent import LASTS
from alpclusters.platform.actors.models import Person
from alpclusters.platform.cafe.domain.cards import keep_photo, photo_path
from alpclusters.platform.cafe.domain.invitations import Person as Invited
from alpclusters.platform.cafe.domain.invitations import invite
from alpclusters.platform.cafe.models import Invitation, ProtocolHost, Table
from alpclusters.platform.evaluation.domain.protocols import approve
from alpclusters.platform.evaluation.domain.research_requests import refuse
from alpclusters.platform.evaluation.models import DataRequest
from alpclusters.platform.network.models import Attendance
from alpclusters.platform.operation.daily import JOBS, run_jobs
from alpclusters.platform.operation.models import QueuedMail
from alpclusters.platform.operation.retention import RULES, deleting
from alpclusters.platform.policy.domain.consulting.commenting import (
    invite as invite_to_consultation,
)
from alpclusters.platform.policy.domain.consulting.steps import close_consultation
from alpclusters.platform.policy.domain.monitoring.rounds import open_round, set_address
from alpclusters.platform.policy.models import ConsultationInvitation, ReportLink
from alpclusters.platform.trust.domain.log import Kind, record
from alpclusters.platform.trust.models import SecurityEvent
from tests.factories.accounts import make_user
from tests.factories.cafe import NOW, make_draft
from tests.factories.consultations import make_consultation
from tests.factories.meetings import make_fair
from tests.factories.photos import make_grey_jpeg
from tests.factories.policy import make_plan
from tests.factories.protocols import make_held_cafe
from tests.factories.stakeholders import AGREED, make_body, make_person
from tests.live.chores import note
from tests.permissions.requesting import request_things

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
DAY = timedelta(days=1)


@dataclass
class Kept:
    """Something that is kept for a while: the last moment, and whether it is there."""

    until: datetime
    gone_at: datetime
    is_there: Callable[[], bool]


def noon(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(12)))


def invited() -> Kept:
    cafe = make_draft()
    invite(cafe, [Invited("Ana", email="ana@example.org", language="sl")])
    last = noon(cafe.held_on + timedelta(days=30))
    return Kept(last, last + DAY, lambda: Invitation.objects.exclude(name="").exists())


def hosting() -> Kept:
    cafe = make_draft()
    Table.objects.create(cafe=cafe, number=99, host_name="Ana Novak")
    last = noon(cafe.held_on + timedelta(days=30))
    return Kept(last, last + DAY, lambda: Table.objects.exclude(host_name="").exists())


def minuted() -> Kept:
    cafe = make_held_cafe(people=6, measures=2, cards=2, tables=2)
    approve(cafe, by=None, now=NOW)
    last = noon(cafe.held_on + timedelta(days=30))
    return Kept(last, last + DAY, lambda: ProtocolHost.objects.exclude(name="").exists())


def photographed() -> Kept:
    cafe = make_draft()
    name = keep_photo(cafe, make_grey_jpeg(), device="a phone")
    last = noon(cafe.held_on + timedelta(days=365))
    return Kept(last, last + DAY, lambda: photo_path(name) is not None)


def consenting() -> Kept:
    make_person(make_body())
    last = AGREED + LASTS - timedelta(minutes=1)
    return Kept(last, last + DAY, lambda: Person.objects.exclude(email="").exists())


def attending() -> Kept:
    fair = make_fair(2)
    Attendance.objects.filter(pk=fair.attendances[0].pk).update(user=make_user(), shows_name=True)
    last = noon(fair.day.held_on + timedelta(days=30))
    return Kept(last, last + DAY, lambda: Attendance.objects.filter(user__isnull=False).exists())


def reporting() -> Kept:
    opens = date(2026, 10, 1)
    found = open_round(make_plan(published=True), opens_on=opens, closes_on=opens + 30 * DAY)
    action = found.plan.actions.order_by("pk").first()
    set_address(found, action, email="ana@example.si", language="sl")
    last = noon(opens + timedelta(days=60))
    return Kept(last, last + DAY, lambda: ReportLink.objects.exclude(email="").exists())


def consulted() -> Kept:
    found = make_consultation(audience="invited")
    invite_to_consultation(found, ["ana@example.si"], language="sl")
    close_consultation(found)
    last = noon(found.closes_on + timedelta(days=90))
    return Kept(last, last + DAY, ConsultationInvitation.objects.exists)


def asking() -> Kept:
    request = request_things(make_draft())["data_request"]
    refuse(request, reason="No purpose.", by=None, now=NOW)
    last = NOW + timedelta(days=30)
    return Kept(last, last + timedelta(seconds=1), DataRequest.objects.exists)


def signed_in() -> Kept:
    store = SessionStore()
    store["a"] = 1
    store.create()
    end = Session.objects.get().expire_date
    return Kept(end, end + timedelta(seconds=1), Session.objects.exists)


def logged() -> Kept:
    last = record(Kind.SIGNED_IN, network="203.0.113.9").at + timedelta(days=30)
    there = SecurityEvent.objects.exclude(network="")
    return Kept(last, last + timedelta(seconds=1), there.exists)


def worked() -> Kept:
    result = note.enqueue("nowhere")
    now = timezone.now()
    DBTaskResult.objects.filter(pk=result.id).update(status="SUCCESSFUL", finished_at=now)
    last = now + timedelta(days=30)
    return Kept(last, last + timedelta(seconds=1), DBTaskResult.objects.exists)


def given_up() -> Kept:
    now = timezone.now()
    QueuedMail.objects.create(content=b"", created_at=now, next_try_at=now, given_up_at=now)
    last = now + timedelta(days=30)
    return Kept(last, last + timedelta(seconds=1), QueuedMail.objects.exists)


# By the first table of a rule.
MAKERS: dict[str, Callable[[], Kept]] = {
    "cafe.invitation": invited,
    "cafe.table": hosting,
    "cafe.protocolhost": minuted,
    "actors.person": consenting,
    "network.attendance": attending,
    "policy.reportlink": reporting,
    "policy.consultationinvitation": consulted,
    "evaluation.datarequest": asking,
    "trust.securityevent": logged,
    "sessions.session": signed_in,
    "cafe.card": photographed,
    "django_tasks_database.dbtaskresult": worked,
    "operation.queuedmail": given_up,
}


def test_every_rule_is_tried_here():
    assert list(MAKERS) == [rule.tables[0] for rule in RULES]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: f"{rule.job}-{rule.tables[0]}")
def test_what_a_rule_keeps_is_there_on_the_last_day_and_gone_after_it(rule):
    kept = MAKERS[rule.tables[0]]()

    rule.delete(kept.until)
    was_there = kept.is_there()
    n = rule.delete(kept.gone_at)

    assert (was_there, kept.is_there()) == (True, False)
    assert n > 0
    assert rule.delete(kept.gone_at) == 0


def test_the_daily_work_deletes_what_is_too_old_of_every_rule(tmp_path):
    kept = [make() for make in MAKERS.values()]
    later = max(one.gone_at for one in kept)
    quiet = dict.fromkeys(set(JOBS) - set(deleting()), lambda _now: 0)

    done = run_jobs({**quiet, **deleting()}, home=tmp_path, now=later, only_due=True)

    assert [one.is_there() for one in kept] == [False] * len(kept)
    assert all(done[rule.job] for rule in RULES)
