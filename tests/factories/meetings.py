"""Days of meetings for tests: who plans, who comes, what both want, what is planned."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any

from alpclusters.platform.accounts.models import Role, User
from alpclusters.platform.network.domain.meetings.planning import plan_day
from alpclusters.platform.network.domain.meetings.wishes import wish
from alpclusters.platform.network.models import Attendance, MeetingDay
from alpclusters.platform.partnership.models import Project
from tests.factories.accounts import make_user_with
from tests.factories.introductions import NOW, Side, make_side
from tests.factories.partnership import make_project

HELD_ON = date(2026, 9, 1)


@dataclass
class Fair:
    """A day with those who come, each with the one who speaks for it."""

    day: MeetingDay
    sides: list[Side] = field(default_factory=list)
    attendances: list[Attendance] = field(default_factory=list)

    def both_want(self, one: int, other: int, *, weights: tuple[int, int] = (2, 2)) -> None:
        """Let two want to meet each other."""
        first, second = self.attendances[one], self.attendances[other]
        wish(first, second, weight=weights[0], now=NOW)
        wish(second, first, weight=weights[1], now=NOW)

    def plan(self) -> None:
        """Plan what both want."""
        plan_day(self.day, now=NOW)
        self.day.refresh_from_db()


def make_planner(project: Project, role: str = Role.FACILITATOR) -> User:
    """Build somebody who plans the meetings of a project."""
    return make_user_with(role, project=project)


def make_day(project: Project | None = None, **fields: Any) -> MeetingDay:
    """Build a day that takes wishes: four meetings from nine on, a break, two tables."""
    values = {
        "title": "Timber meets energy", "place": "Trento, Sala A", "held_on": HELD_ON,
        "begins": time(9), "n_slots": 5, "breaks": [3], "n_tables": 2, "made_at": NOW,
        "state": "open", **fields,
    }  # fmt: skip
    return MeetingDay.objects.create(project=project or make_project(), **values)


def make_fair(
    n: int = 3,
    *,
    pairs: Sequence[tuple[int, int]] = (),
    languages: Sequence[Sequence[str]] = (),
    day: MeetingDay | None = None,
    **fields: Any,
) -> Fair:
    """Build a day with n organisations that come; the pairs want to meet."""
    fair = Fair(day or make_day(**fields))
    for k in range(n):
        side = make_side(f"Cluster {'ABCDEFGHIJKLMNOP'[k]}", region="ITH2")
        fair.sides.append(side)
        fair.attendances.append(
            Attendance.objects.create(
                day=fair.day,
                organisation=side.organisation,
                languages=list(languages[k]) if languages else ["en"],
                added_at=NOW,
            )
        )
    for one, other in pairs:
        fair.both_want(one, other)
    return fair
