"""Send the plan: to everybody at first, then only to those for whom something changed."""

import hashlib
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from alpclusters.analysis.errors import StateError
from alpclusters.platform.network.domain.meetings.attending import coming
from alpclusters.platform.network.domain.meetings.days import locked
from alpclusters.platform.network.models import Attendance, MeetingDay


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
