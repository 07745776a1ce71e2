"""What both sides report of a link over the years, and the yearly question to them."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.core import signing
from django.db import transaction
from django.db.models import Max, Q, QuerySet
from django.utils import timezone

from alpclusters.analysis.errors import InputError, StateError, Where
from alpclusters.platform.accounts.models import User
from alpclusters.platform.actors.models import Claim, Organisation
from alpclusters.platform.history import sign
from alpclusters.platform.network.models import Link, LinkQuestion, LinkReport

# --- The two sides of a link: their order in the table, and which is the other one ----------------


OPEN: Final = (Link.Standing.ENTERED, Link.Standing.CONFIRMED, Link.Standing.SOURCE)


def in_order(one: Organisation, other: Organisation) -> tuple[Organisation, Organisation]:
    """Return a pair as the table keeps it: the smaller number first."""
    return (one, other) if one.pk < other.pk else (other, one)


def other_side(link: Link, organisation: Organisation) -> Organisation:
    """Return with whom an organisation has a link.

    Raises
    ------
    StateError
        It is neither side (``link.not_a_side``).
    """
    require_side(link, organisation)
    return link.second if organisation.pk == link.first_id else link.first


def confirming_side(link: Link) -> Organisation | None:
    """Return the side that did not enter a link; none where a source says it."""
    if link.entered_for_id is None:
        return None
    return link.second if link.entered_for_id == link.first_id else link.first


def require_side(link: Link, organisation: Organisation) -> None:
    """Refuse an organisation that is neither side."""
    if organisation.pk not in (link.first_id, link.second_id):
        raise StateError("link.not_a_side", found=str(organisation))


def locked(link: Link) -> Link:
    """Return the link as it is now, held until the end of the transaction."""
    # Both sides decide at once: the second one waits, and is told what the first one did.
    rows = Link.objects.select_for_update(of=("self",))
    return rows.select_related("first", "second", "initiative", "project").get(pk=link.pk)


# --- Each side says over the years whether a link is alive; its state follows the newest word -----


@transaction.atomic
def report_status(  # noqa: PLR0913 - the columns of a report
    link: Link,
    organisation: Organisation,
    status: str,
    *,
    said_on: date,
    by: User | None,
    now: datetime,
    how: str = LinkReport.How.PAGE,
    note: str = "",
) -> LinkReport:
    """Note what one side says of a link on a day.

    The state of the link follows the newest report. A second report of the same side about the
    same day corrects the first. A link that had ended is open again once somebody says so.

    Raises
    ------
    InputError
        ``link.day_to_come`` or ``link.before_start``: a day that cannot be.
    StateError
        ``link.not_a_side``, or ``link.closed``: it was refused or withdrawn.
    """
    fresh = locked(link)
    require_side(fresh, organisation)
    if fresh.standing not in OPEN:
        raise StateError("link.closed")
    return add_report(
        fresh, organisation, status, said_on=said_on, by=by, now=now, how=how, note=note
    )


def add_report(  # noqa: PLR0913 - the columns of a report
    link: Link,
    organisation: Organisation,
    status: str,
    *,
    said_on: date,
    by: User | None,
    now: datetime,
    how: str = LinkReport.How.PAGE,
    note: str = "",
) -> LinkReport:
    """Store a report and let the state follow; the caller holds the link."""
    _check_day(link, said_on, now)
    report, _ = LinkReport.objects.update_or_create(
        link=link,
        organisation=organisation,
        said_on=said_on,
        defaults={"status": status, "how": how, "note": note, "by": by, "made_at": now},
    )
    follow_reports(link, by=by)
    return report


def follow_reports(link: Link, *, by: User | None) -> None:
    """Let the state of a link be what the newest report says."""
    newest = link.reports.order_by("-said_on", "-made_at", "-pk").first()
    if newest is None:
        return
    ended = newest.said_on if newest.status == Link.Status.ENDED else None
    if (link.status, link.ended_on) == (newest.status, ended):
        return
    link.status, link.ended_on = newest.status, ended
    sign(link, by, reason="report")
    link.save(update_fields=["status", "ended_on", "changed_at"])


def _check_day(link: Link, said_on: date, now: datetime) -> None:
    if said_on > timezone.localdate(now):
        raise InputError("link.day_to_come", where=Where(field="said_on"))
    if link.started_on is not None and said_on < link.started_on:
        raise InputError("link.before_start", where=Where(field="said_on"))


# --- Once a year both sides are asked whether a link is still alive; one mail lists all links -----


REST: Final = timedelta(days=365)
LINK_WORKS: Final = timedelta(days=60)
# What the page behind the mail offers; "not known" is no answer.
ANSWERS: Final = (
    Link.Status.ACTIVE_FUNDED, Link.Status.ACTIVE_SELF, Link.Status.DORMANT, Link.Status.ENDED,
)  # fmt: skip
_SALT: Final = "network.links"

type Side = tuple[int, int]  # link and organisation


@dataclass(frozen=True, slots=True)
class Asked:
    """A link and the side that is asked."""

    link: Link
    organisation: Organisation

    @property
    def other(self) -> Organisation:
        """With whom the link is."""
        link = self.link
        return link.second if self.organisation.pk == link.first_id else link.first


@dataclass(frozen=True, slots=True)
class Due:
    """Who is asked, and about which links."""

    user: User
    links: Sequence[Asked]


def due_questions(now: datetime) -> list[Due]:
    """List whom to ask now, each person once, with all links that are due.

    Due is a link that counts and has not ended, where the last word is older than a year or the
    funding has ended since; and nobody is asked about a link twice within a year.
    """
    links = {link.pk: link for link in _due_links(timezone.localdate(now))}
    by_organisation: defaultdict[int, list[Link]] = defaultdict(list)
    for link in links.values():
        by_organisation[link.first_id].append(link)
        by_organisation[link.second_id].append(link)
    asked_lately = _asked_lately(now)
    found: defaultdict[int, list[Asked]] = defaultdict(list)
    people: dict[int, User] = {}
    for user, organisation in _speakers(by_organisation):
        people[user.pk] = user
        found[user.pk] += [
            Asked(link, organisation)
            for link in by_organisation[organisation.pk]
            if (link.pk, organisation.pk, user.pk) not in asked_lately
        ]
    return [Due(people[pk], rows) for pk, rows in sorted(found.items()) if rows]


def _due_links(today: date) -> list[Link]:
    told = Max("reports__said_on", filter=~Q(reports__status=Link.Status.UNKNOWN))
    rows = Link.objects.counted().exclude(status=Link.Status.ENDED).annotate(told_on=told)
    rows = rows.exclude(started_on__gt=today)
    rows = rows.select_related("first", "second", "initiative").order_by("pk")
    return [link for link in rows if _is_due(link, link.told_on, today)]  # type: ignore[attr-defined]


def _is_due(link: Link, told_on: date | None, today: date) -> bool:
    decided = timezone.localdate(link.decided_at) if link.decided_at else None
    entered = timezone.localdate(link.entered_at)
    last = max(day for day in (told_on, decided, entered) if day is not None)
    if today - last > REST:
        return True
    end = link.funding_ends_on
    return end is not None and end <= today and (told_on is None or told_on < end)


def _asked_lately(now: datetime) -> set[tuple[int, int, int]]:
    year = timezone.localdate(now).year
    lately = LinkQuestion.objects.filter(Q(asked_at__gt=now - REST) | Q(year=year))
    return set(lately.order_by().values_list("link", "organisation", "user"))


def _speakers(organisations: Mapping[int, object]) -> Iterator[tuple[User, Organisation]]:
    claims = Claim.objects.filter(
        state=Claim.State.APPROVED,
        user__is_active=True,
        cluster__organisation__in=list(organisations),
        cluster__organisation__merged_into=None,
    )
    rows = claims.select_related("user", "cluster__organisation")
    for claim in rows.order_by("cluster__organisation__name", "pk"):
        yield claim.user, claim.cluster.organisation


def note_asked(due: Due, *, now: datetime) -> None:
    """Remember that somebody was asked: not again about these links within a year."""
    year = timezone.localdate(now).year
    LinkQuestion.objects.bulk_create(
        LinkQuestion(
            link=one.link,
            organisation=one.organisation,
            user=due.user,
            year=year,
            asked_at=now,
        )
        for one in due.links
    )


# --- the link of the mail -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Reading:
    """What the link of a mail stands for: the questions of one mail to one person."""

    user: User
    questions: Sequence[LinkQuestion]


def link_token(user: User, *, now: datetime) -> str:
    """Sign who was asked and when; the questions of that mail carry the same moment."""
    return signing.dumps({"user": user.pk, "at": now.isoformat()}, salt=_SALT, compress=True)


def read_token(token: str) -> Reading | None:
    """Return the questions of a mail.

    None if the link is not ours or older than `LINK_WORKS`, or if its reader may speak for none of
    the organisations any more.
    """
    try:
        data = signing.loads(token, salt=_SALT, max_age=LINK_WORKS)
    except signing.BadSignature:
        return None
    user = User.objects.filter(pk=data["user"], is_active=True).first()
    if user is None:
        return None
    questions = list(_questions(user, datetime.fromisoformat(data["at"])))
    return Reading(user, questions) if questions else None


def _questions(user: User, at: datetime) -> "QuerySet[LinkQuestion]":
    kept = Claim.objects.filter(user=user, state=Claim.State.APPROVED)
    rows = LinkQuestion.objects.filter(
        user=user,
        asked_at=at,
        organisation__in=kept.values("cluster__organisation"),
        link__standing__in=[Link.Standing.CONFIRMED, Link.Standing.SOURCE],
    )
    rows = rows.select_related("organisation", "link__first", "link__second", "link__initiative")
    return rows.order_by("organisation__name", "pk")


@transaction.atomic
def answer(reading: Reading, statuses: Mapping[int, str], *, now: datetime) -> list[LinkReport]:
    """Store what somebody answered behind the link of a mail.

    Parameters
    ----------
    reading : Reading
        Of `read_token`.
    statuses : mapping
        State by the key of the question; what is left out stays without an answer, and what is
        none of `ANSWERS` is left out too.
    now : datetime

    Returns
    -------
    list of LinkReport
    """
    made: list[LinkReport] = []
    for question in reading.questions:
        status = statuses.get(question.pk, "")
        if status not in ANSWERS:
            continue
        link = locked(question.link)
        made.append(
            add_report(
                link,
                question.organisation,
                status,
                said_on=timezone.localdate(now),
                by=reading.user,
                now=now,
                how=LinkReport.How.MAIL,
            )
        )
        question.answered_at = now
        question.save(update_fields=["answered_at"])
    return made
