"""Who is invited, who comes, and what they say about themselves."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from alpclusters.analysis.errors import StateError
from alpclusters.platform.accounts.models import User
from alpclusters.platform.actors.models import Organisation
from alpclusters.platform.network.domain.meetings.days import TAKES_WISHES, locked
from alpclusters.platform.network.models import Attendance, Meeting, MeetingDay, MeetingWish
from alpclusters.platform.network.rules import speakers_of, spoken_for_by


@dataclass(frozen=True, slots=True)
class AttendanceFacts:
    """What an organisation says: languages, slots in which it cannot, what it looks for."""

    languages: tuple[str, ...]
    away: tuple[int, ...] = ()
    looks_for: str = ""
    shows_name: bool = False


@transaction.atomic
def invite(day: MeetingDay, organisation: Organisation, *, now: datetime) -> Attendance | None:
    """Ask an organisation to a day; None if it was asked before.

    Raises
    ------
    StateError
        It is merged into another one, or simulated and the day is not (or the other way round).
    """
    if organisation.merged_into_id is not None:
        raise StateError("introduction.gone", found=organisation.name)
    if organisation.is_simulated != day.is_simulated:
        raise StateError("meetings.simulated", found=organisation.name)
    locked(day)
    made, is_new = Attendance.objects.get_or_create(
        day=day,
        organisation=organisation,
        defaults={
            "state": Attendance.State.INVITED,
            "added_at": now,
            "languages": _languages(organisation),
        },
    )
    return made if is_new else None


def _languages(organisation: Organisation) -> list[str]:
    """Propose the working languages of the profile."""
    cluster = getattr(organisation, "cluster", None)
    return list(cluster.languages) if cluster else []


@transaction.atomic
def attend(attendance: Attendance, facts: AttendanceFacts, *, by: User | None = None) -> Attendance:
    """Say that an organisation comes; ``by`` is the person who comes, None if a planner says so.

    Only the person itself can agree that its name stands on the plan.
    """
    locked(attendance.day)
    fresh = Attendance.objects.get(pk=attendance.pk)
    fresh.state = Attendance.State.COMES
    fresh.languages, fresh.away = list(facts.languages), sorted(facts.away)
    fresh.looks_for = facts.looks_for
    if by is not None:
        fresh.user, fresh.shows_name = by, facts.shows_name
    fresh.save()
    return fresh


@transaction.atomic
def stay_away(attendance: Attendance) -> int:
    """Say that an organisation does not come; return how many planned meetings fall away."""
    locked(attendance.day)
    Attendance.objects.filter(pk=attendance.pk).update(
        state=Attendance.State.DECLINED, user=None, shows_name=False
    )
    planned = meetings_of(attendance).filter(state=Meeting.State.PLANNED)
    n = planned.count()
    planned.delete()
    return n


@transaction.atomic
def take_off(attendance: Attendance) -> None:
    """Take an organisation off the list of a day.

    Raises
    ------
    StateError
        It has meetings in the plan.
    """
    locked(attendance.day)
    if meetings_of(attendance).exists():
        raise StateError("meetings.in_plan", found=attendance.organisation.name)
    attendance.delete()


def meetings_of(attendance: Attendance) -> QuerySet[Meeting]:
    """List the meetings of an organisation, by slot."""
    own = Q(first=attendance) | Q(second=attendance)
    return Meeting.objects.filter(own).order_by("slot", "table")


def coming(day: MeetingDay) -> QuerySet[Attendance]:
    """List who comes, by name."""
    rows = day.attendances.filter(state=Attendance.State.COMES)
    return rows.select_related("organisation__region", "organisation__cluster", "user").order_by(
        "organisation__name", "pk"
    )


def own_attendances(day: MeetingDay, user: User) -> QuerySet[Attendance]:
    """List the organisations of a person that are asked to a day."""
    rows = day.attendances.filter(organisation__in=spoken_for_by(user).order_by())
    return rows.select_related("organisation", "day__project").order_by("organisation__name", "pk")


def readers_of(attendance: Attendance) -> list[User]:
    """Return who gets the mails of an organisation: who comes, else all who speak for it."""
    person = attendance.user
    if person is not None and person.is_active:
        return [person]
    return list(speakers_of(attendance.organisation))


def names_shown(attendances: Iterable[Attendance]) -> dict[int, str]:
    """Return the names of people who agreed to be named, by attendance."""
    return {one.pk: str(one.user) for one in attendances if one.shows_name and one.user}


# --- Forget who came: thirty days after the day only the organisations are known ------------------


KEPT: Final = timedelta(days=30)


def forget_attendants(now: datetime) -> int:
    """Delete who came for whom to days that lie thirty days back; return how many."""
    last = timezone.localdate(now) - KEPT
    known = Q(user__isnull=False) | Q(shows_name=True)
    rows = Attendance.objects.filter(known, day__held_on__lt=last)
    return rows.update(user=None, shows_name=False)


# --- What waits for somebody: invitations to answer, wishes to answer -----------------------------


def invitations_waiting_for(user: User) -> QuerySet[Attendance]:
    """List the invitations without an answer of all organisations somebody speaks for."""
    own = spoken_for_by(user).order_by().values("pk")
    rows = Attendance.objects.filter(
        state=Attendance.State.INVITED, organisation__in=own, day__state__in=TAKES_WISHES
    )
    return rows.select_related("day", "organisation").order_by("day__held_on", "pk")


def wishes_waiting_for(user: User) -> QuerySet[MeetingWish]:
    """List the wishes that somebody may answer now."""
    own = spoken_for_by(user).order_by().values("pk")
    rows = MeetingWish.objects.filter(
        state=MeetingWish.State.ASKED, asked__organisation__in=own, day__state__in=TAKES_WISHES
    )
    return rows.select_related("day", "asking__organisation", "asked__organisation")


@dataclass(frozen=True, slots=True)
class Asked:
    """An organisation that others want to meet, and whose answers they wait for."""

    attendance: Attendance
    wishes: tuple[MeetingWish, ...]


def due_to_tell(now: datetime) -> list[Asked]:
    """List who is to be told of wishes that came since the last mail, one entry each."""
    over = Q(day__wishes_until__lt=now)
    rows = MeetingWish.objects.exclude(over).filter(
        state=MeetingWish.State.ASKED, told_at=None, day__state__in=TAKES_WISHES
    )
    rows = rows.select_related(
        "asking__organisation", "asked__organisation", "asked__user", "asked__day"
    )
    found: dict[int, list[MeetingWish]] = {}
    for row in rows.order_by("asked", "pk"):
        found.setdefault(row.asked_id, []).append(row)
    return [Asked(rows[0].asked, tuple(rows)) for rows in found.values()]


def note_told(wishes: Iterable[MeetingWish], *, now: datetime) -> None:
    """Remember that the other side had a mail."""
    MeetingWish.objects.filter(pk__in=[one.pk for one in wishes]).update(told_at=now)


def days_attended_by(user: User) -> QuerySet[MeetingDay]:
    """List the days to which an organisation of a person is asked, drafts left out."""
    own = spoken_for_by(user).order_by().values("pk")
    asked = Attendance.objects.filter(organisation__in=own).values("day")
    shown = ~Q(state=MeetingDay.State.DRAFT)
    return MeetingDay.objects.filter(shown, pk__in=asked).order_by("-held_on", "pk")
