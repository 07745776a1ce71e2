"""What the calendar of calls shows: month by month, and what is open without an end."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from alpclusters.platform.funding.domain.staleness import is_stale
from alpclusters.reports.dates import format_month_year, format_time
from alpclusters.www.public.funding.addresses import call_url
from alpclusters.www.public.funding.days import CallDay, by_month, days_of, running_calls
from alpclusters.www.public.funding.lists import call_timing, foreign
from alpclusters.www.public.funding.standing import Badge, stale_badge, status_badge, timing_badge
from alpclusters.www.public.funding.terms import day_words, language
from alpclusters.www.public.initiatives.said import Said

# More days than this stand in the calendar file only.
MOST: Final = 200


@dataclass(frozen=True)
class DayView:
    """A call opens or closes on a day."""

    day: dt.date
    when: str
    what: str
    name: Said
    url: str
    programme: str
    badges: Sequence[Badge]


@dataclass(frozen=True)
class CalendarPage:
    """Everything the template names."""

    months: Sequence[tuple[str, Sequence[DayView]]]
    open_now: Sequence[DayView]
    n_later: int
    simulated: bool


def calendar_page(today: dt.date) -> CalendarPage:
    """Read the calls that are open or to come."""
    calls = list(running_calls(today))
    days = days_of(calls, since=today)
    months = by_month(days[:MOST])
    endless = [c for c in calls if c.closes is None and c.opens is not None and c.opens <= today]
    return CalendarPage(
        months=[
            (format_month_year(month, language()), [_view(one, today) for one in mine])
            for month, mine in months
        ],
        open_now=[_view(CallDay(c.opens, "opens", c), today) for c in endless[:MOST] if c.opens],
        n_later=max(0, len(days) - MOST),
        simulated=any(call.is_simulated for call in calls),
    )


def _view(one: CallDay, today: dt.date) -> DayView:
    call = one.call
    badges = [timing_badge(call_timing(call, today)), status_badge(call.status)]
    return DayView(
        day=one.day,
        when=_when(one),
        what=_("opens") if one.field == "opens" else _("closes"),
        name=foreign(call.title, call.source_language),
        url=call_url(call.key),
        programme=str(call.programme),
        badges=[*badges, stale_badge()] if is_stale(call, today) else badges,
    )


def _when(one: CallDay) -> str:
    if one.hour is None:
        return day_words(one.day)
    hour = format_time(dt.datetime.combine(one.day, one.hour), language())
    told = {"day": day_words(one.day), "hour": hour}
    return _("%(day)s, %(hour)s (Brussels time)") % told
