"""Links, postings and introductions for tests; all names are made up."""

from datetime import UTC, date, datetime
from typing import Any

from alpclusters.platform.accounts.models import User
from alpclusters.platform.actors.models import Claim, ClusterOrganisation, Organisation
from alpclusters.platform.network.models import (
    Attendance,
    Digest,
    FollowUp,
    Introduction,
    Link,
    LinkQuestion,
    LinkReport,
    MatchRun,
    MeetingDay,
    PartnerMark,
    Posting,
    PostingChange,
    PostingFollower,
    PostingReport,
)
from tests.factories.accounts import make_user_with
from tests.factories.organisations import make_profile

NOW = datetime(2026, 6, 1, 9, 0, tzinfo=UTC)


def make_speaker(cluster: ClusterOrganisation, *, email: str = "", **fields: Any) -> User:
    """Build somebody who keeps a profile and so speaks for its organisation."""
    address = email or f"speaker-{cluster.pk}@example.org"
    user = User.objects.filter(email=address).first() or make_user_with(email=address, **fields)
    Claim.objects.create(
        cluster=cluster, user=user, state="approved", message="Its manager.", made_at=NOW,
        decided_at=NOW,
    )  # fmt: skip
    return user


def make_link(one: Organisation, other: Organisation, **fields: Any) -> Link:
    """Build a confirmed link; the pair is put in order."""
    first, second = sorted((one, other), key=lambda body: body.pk)
    values = {
        "standing": "confirmed", "status": "active_funded", "entered_for": one,
        "entered_at": NOW, "decided_at": NOW, "started_on": date(2022, 1, 1),
        "is_simulated": one.is_simulated, **fields,
    }  # fmt: skip
    return Link.objects.create(first=first, second=second, **values)


def make_report(link: Link, status: str, said_on: date, **fields: Any) -> LinkReport:
    """Build what one side said of a link on a day."""
    values = {"organisation": link.first, "made_at": NOW, **fields}
    return LinkReport.objects.create(link=link, status=status, said_on=said_on, **values)


def make_posting(organisation: Organisation | None = None, **fields: Any) -> Posting:
    """Build a published posting that is open for long."""
    body = organisation or make_profile().organisation
    values = {
        "kind": "need", "language": "en", "title": "Mould makers wanted",
        "text": "We look for partners who build moulds.", "expires_on": date(2099, 1, 1),
        "state": "published", "made_at": NOW, "published_at": NOW, **fields,
    }  # fmt: skip
    return Posting.objects.create(organisation=body, **values)


def make_introduction(asking: Organisation, asked: Organisation, **fields: Any) -> Introduction:
    """Build an introduction that waits for an answer."""
    values = {"message": "We would like to meet.", "asked_at": NOW, **fields}
    return Introduction.objects.create(asking=asking, asked=asked, **values)


def make_meeting_day(project: Any, **fields: Any) -> MeetingDay:
    """Build a day of six meetings at two tables."""
    values = {
        "title": "Meetings", "held_on": date(2026, 9, 1), "begins": "09:00", "n_slots": 6,
        "n_tables": 2, "made_at": NOW, "state": "open", **fields,
    }  # fmt: skip
    return MeetingDay.objects.create(project=project, **values)


def make_attendance(day: MeetingDay, organisation: Organisation, **fields: Any) -> Attendance:
    """Let an organisation take part in a day of meetings."""
    values = {"languages": ["en"], "added_at": NOW, **fields}
    return Attendance.objects.create(day=day, organisation=organisation, **values)


def make_everything_by(user: User, project: Any) -> None:
    """Build one of everything that the network keeps about a person."""
    one, other = make_profile().organisation, make_profile().organisation
    link = make_link(one, other, entered_by=user, decided_by=user)
    make_report(link, "ended", date(2024, 1, 1), by=user, note="Said by canary")
    LinkQuestion.objects.create(link=link, organisation=one, user=user, year=2026, asked_at=NOW)
    posting = make_posting(one, made_by=user, decided_by=user)
    PostingFollower.objects.create(posting=posting, user=user, since=NOW)
    PostingChange.objects.create(posting=posting, made_by=user, made_at=NOW)
    PostingReport.objects.create(
        posting=posting, user=user, cause="other", note="Reported by canary", made_at=NOW
    )
    Digest.objects.create(user=user, since=NOW, sent_until=NOW)
    MatchRun.objects.create(organisation=one, text="Sought by canary", made_by=user, made_at=NOW)
    PartnerMark.objects.create(
        organisation=one, other=other, mark="remembered", note="Noted by canary", by=user,
        made_at=NOW,
    )  # fmt: skip
    asked = make_introduction(
        one, other, message="Asked by canary", answer="Told by canary", asked_by=user,
        decided_by=user, state="accepted",
    )  # fmt: skip
    FollowUp.objects.create(
        introduction=asked, organisation=one, months=3, outcome="contact",
        note="Followed by canary", by=user,
    )  # fmt: skip
    day = make_meeting_day(project, made_by=user)
    make_attendance(day, one, user=user, looks_for="Anything")
