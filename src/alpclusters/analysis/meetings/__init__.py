"""Bilateral meetings: who meets whom, when and at which table, with a bound and reasons."""

from alpclusters.analysis.meetings.planning import plan_meetings, unmet_wishes
from alpclusters.analysis.meetings.problem import (
    Guest,
    Hall,
    MeetingPlan,
    Reason,
    Seat,
    Unmet,
    Wish,
    check_meetings,
)

__all__ = [
    "Guest",
    "Hall",
    "MeetingPlan",
    "Reason",
    "Seat",
    "Unmet",
    "Wish",
    "check_meetings",
    "plan_meetings",
    "unmet_wishes",
]
