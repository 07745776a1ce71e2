"""After the day: which meetings took place, and the question what came of them."""

import hashlib
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from alpclusters.analysis.errors import StateError
from alpclusters.platform.network.domain.introductions.answering import Met, introduce_met
from alpclusters.platform.network.domain.meetings.attending import coming
from alpclusters.platform.network.domain.meetings.days import locked
from alpclusters.platform.network.models import Attendance, Meeting, MeetingDay

# --- Send the plan: to everybody at first, then only to those for whom something changed ----------


@transaction.atomic
def publish_plan(day: MeetingDay, *, now: datetime) -> list[Attendance]:
    """Publish the plan as it stands; return who is to get a mail.

    Raises
    ------
    StateError
        There is no plan.
    """
    fresh = locked(day)
    if not fresh.meetings.exists():
        raise StateError("meetings.no_plan")
    digests = digests_of(fresh)
    known = fresh.plan.get("sent", {})
    told = [one for one in coming(fresh) if known.get(str(one.pk)) != digests.get(one.pk, "")]
    sent = {str(one.pk): digests.get(one.pk, "") for one in coming(fresh)}
    fresh.plan = {
        **fresh.plan,
        "sent": sent,
        "sequence": fresh.plan.get("sequence", -1) + 1,
        "published_at": now.isoformat(),
    }
    if fresh.state != MeetingDay.State.HELD:
        fresh.state = MeetingDay.State.PUBLISHED
    fresh.save(update_fields=["plan", "state"])
    return told


def n_to_tell(day: MeetingDay) -> int:
    """Count those who know another plan than the one that stands."""
    digests, sent = digests_of(day), day.plan.get("sent", {})
    return sum(sent.get(str(one.pk)) != digests.get(one.pk, "") for one in coming(day))


def digests_of(day: MeetingDay) -> Mapping[int, str]:
    """Return a check sum of the meetings of each organisation that has any."""
    lines: dict[int, list[str]] = {}
    for one in day.meetings.order_by("slot", "table"):
        for own, other in ((one.first_id, one.second_id), (one.second_id, one.first_id)):
            lines.setdefault(own, []).append(f"{one.slot} {one.table} {other} {one.language}")
    return {key: _digest(day, told) for key, told in lines.items()}


def _digest(day: MeetingDay, told: list[str]) -> str:
    when = f"{day.held_on} {day.begins} {day.slot_minutes} {day.pause_minutes} {day.place}"
    return hashlib.sha256("\n".join([when, *told]).encode()).hexdigest()[:16]


# --- After the day: which meetings took place, and the question what came of them -----------------


@transaction.atomic
def say_held(meeting: Meeting, *, held: bool, now: datetime) -> None:
    """Say whether a meeting took place.

    Raises
    ------
    StateError
        The day has not come.
    """
    day = locked(meeting.day)
    _require_over(day, now)
    state = Meeting.State.HELD if held else Meeting.State.MISSED
    Meeting.objects.filter(pk=meeting.pk, introduction=None).update(state=state)
    _close(day)


@transaction.atomic
def say_rest_held(day: MeetingDay, *, now: datetime) -> int:
    """Say that all meetings took place of which nobody said anything; return how many.

    Raises
    ------
    StateError
        The day has not come.
    """
    fresh = locked(day)
    _require_over(fresh, now)
    n = fresh.meetings.filter(state=Meeting.State.PLANNED).update(state=Meeting.State.HELD)
    _close(fresh)
    return n


@transaction.atomic
def follow_up(meeting: Meeting, *, now: datetime, words: Met) -> None:
    """Let both sides be asked after 3 and 12 months what came of a meeting that was held.

    Raises
    ------
    StateError
        It was not held, or is followed up already.
    """
    locked(meeting.day)
    fresh = Meeting.objects.select_related(
        "first__organisation", "second__organisation", "day"
    ).get(pk=meeting.pk)
    if fresh.state != Meeting.State.HELD:
        raise StateError("meetings.not_held")
    if fresh.introduction_id is not None:
        raise StateError("meetings.followed_up")
    pair = fresh.first.organisation, fresh.second.organisation
    fresh.introduction = introduce_met(pair, words, now=now)
    fresh.save(update_fields=["introduction"])


def to_follow_up(day: MeetingDay) -> list[Meeting]:
    """List the meetings that were held and of which nobody is asked yet."""
    rows = day.meetings.filter(state=Meeting.State.HELD, introduction=None)
    return list(rows.select_related("day").order_by("slot", "table"))


def is_over(day: MeetingDay, *, now: datetime) -> bool:
    """Say whether the day is here or behind."""
    return timezone.localdate(now) >= day.held_on


def _require_over(day: MeetingDay, now: datetime) -> None:
    if not is_over(day, now=now):
        raise StateError("meetings.not_over")


def _close(day: MeetingDay) -> None:
    """The day is held once something is known of every meeting."""
    if not day.meetings.filter(state=Meeting.State.PLANNED).exists():
        MeetingDay.objects.filter(pk=day.pk).update(state=MeetingDay.State.HELD)
