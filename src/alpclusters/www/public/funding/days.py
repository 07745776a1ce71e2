"""The days on which calls open and close, of those that are not over."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from django.db.models import Q, QuerySet

from alpclusters.platform.funding.models import Call
from alpclusters.platform.worlds import of_world

type DayField = Literal["opens", "closes"]


@dataclass(frozen=True)
class CallDay:
    """A call opens or closes."""

    day: dt.date
    field: DayField
    call: Call

    @property
    def hour(self) -> dt.time | None:
        """The hour of closing in Brussels, where it is known."""
        return self.call.closes_at if self.field == "closes" else None


def running_calls(today: dt.date, *, is_simulated: bool) -> QuerySet[Call]:
    """Return published calls of one world that are open or to come, as far as days are known."""
    rows = Call.objects.filter(is_published=True, programme__is_published=True)
    still = Q(closes__gte=today) | Q(closes__isnull=True, opens__isnull=False)
    own = of_world(rows.filter(still), is_simulated=is_simulated)
    return own.select_related("programme").order_by("closes", "key")


def days_of(calls: Iterable[Call], *, since: dt.date | None = None) -> list[CallDay]:
    """Return the days of calls in their order, those before a day left out."""
    pairs: list[tuple[dt.date | None, DayField, Call]] = []
    for call in calls:
        pairs += [(call.opens, "opens", call), (call.closes, "closes", call)]
    found = [
        CallDay(day, field, call)
        for day, field, call in pairs
        if day is not None and (since is None or day >= since)
    ]
    return sorted(found, key=lambda one: (one.day, one.field, one.call.key))


def by_month(days: Sequence[CallDay]) -> list[tuple[dt.date, list[CallDay]]]:
    """Gather days under the first day of their month."""
    return [(month, list(mine)) for month, mine in groupby(days, key=_month)]


def _month(one: CallDay) -> dt.date:
    return one.day.replace(day=1)
