"""A day of meetings for the table of rights: the kept profile comes, and its plan is sent."""

from types import SimpleNamespace
from typing import Any

from django.utils import timezone

from alpclusters.platform.network.domain.meetings.afterwards import publish_plan
from alpclusters.platform.network.domain.meetings.sheets import calendar_token
from alpclusters.platform.network.models import Attendance
from alpclusters.platform.partnership.models import Project
from tests.factories.introductions import NOW
from tests.factories.meetings import make_day, make_fair


def meeting_things(kept: Any, speaker: Any, project: Project) -> dict[tuple[str, str], Any]:
    """Build the day; the speaker keeps the profile."""
    fair = make_fair(1, day=make_day(project, held_on=timezone.localdate()))
    own = Attendance.objects.create(
        day=fair.day, organisation=kept.organisation, languages=["en"], added_at=NOW
    )
    fair.attendances.append(own)
    fair.both_want(0, 1)
    fair.plan()
    publish_plan(fair.day, now=NOW)
    day, body = fair.day.pk, kept.organisation.pk
    meeting = fair.day.meetings.get().pk
    return {
        ("meeting_day", "own"): fair.day,
        ("meeting_attendance", "own"): SimpleNamespace(pk=day, organisation=body, kind="ics"),
        ("meeting", "own"): SimpleNamespace(pk=day, meeting=meeting),
        ("meeting_file", "own"): SimpleNamespace(pk=day, what="list", kind="xlsx"),
        ("meeting_calendar", "own"): SimpleNamespace(token=calendar_token(own, speaker)),
    }
