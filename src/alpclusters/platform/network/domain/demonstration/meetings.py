"""An invented day of meetings: who comes, what both want, and the plan that was sent."""

from datetime import datetime, time, timedelta
from itertools import combinations
from random import Random
from typing import Final

from django.utils import timezone

from alpclusters.platform.network.domain.demonstration.bodies import Body
from alpclusters.platform.network.domain.meetings.planning import plan_day
from alpclusters.platform.network.domain.meetings.sending import publish_plan
from alpclusters.platform.network.models import Attendance, MeetingDay, MeetingWish
from alpclusters.platform.partnership.models import Project

SEED: Final = 2015
N_BODIES: Final = 12
N_SLOTS: Final = 7
# So many of the pairs want to meet.
WANTED: Final = 0.4
_AHEAD: Final = timedelta(days=40)


def make_meetings(bodies: list[Body], project: Project) -> None:
    """Make a day with its plan, unless there is one."""
    if not bodies or MeetingDay.objects.filter(project=project).exists():
        return
    random = Random(SEED)  # noqa: S311 - no secret, the same every time
    now = timezone.now()
    day = MeetingDay.objects.create(
        project=project,
        title="Alpine Cluster Matchmaking",
        place="Innsbruck",
        held_on=timezone.localdate(now) + _AHEAD,
        begins=time(9, 30),
        n_slots=N_SLOTS,
        breaks=[4],
        n_tables=4,
        most_each=5,
        state=MeetingDay.State.OPEN,
        made_at=now,
        is_simulated=True,
    )
    people = [_attendance(day, body, random, now) for body in bodies[:: len(bodies) // N_BODIES]]
    pairs = [pair for pair in combinations(people, 2) if random.random() < WANTED]
    MeetingWish.objects.bulk_create(
        MeetingWish(
            day=day,
            asking=asking,
            asked=asked,
            state=MeetingWish.State.ACCEPTED,
            weight=random.randint(1, 3),
            made_at=now,
        )
        for one, other in pairs
        for asking, asked in ((one, other), (other, one))
    )
    plan_day(day, now=now)
    publish_plan(day, now=now)


def _attendance(day: MeetingDay, body: Body, random: Random, now: datetime) -> Attendance:
    slots = [slot for slot in range(1, N_SLOTS + 1) if slot not in day.breaks]
    away = [random.choice(slots)] if random.random() < 1 / 4 else []
    spoken = [body.language, "en"] if random.random() < 3 / 4 else [body.language]
    return Attendance.objects.create(
        day=day, organisation=body.organisation, languages=spoken, away=away, added_at=now
    )
