"""Who is invited, who comes, and what they say about themselves."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from alpclusters.analysis.errors import StateError
from alpclusters.platform.accounts.models import User
from alpclusters.platform.actors.models import Organisation
from alpclusters.platform.network.domain.meetings.days import locked
from alpclusters.platform.network.models import Attendance, Meeting, MeetingDay
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
