"""What the calendar of calls shows: month by month, and what is open without an end."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from alpclusters.platform.funding.domain.staleness import is_stale
from alpclusters.platform.funding.models import Call
from alpclusters.reports.dates import format_month_year, format_time
from alpclusters.www.components.parts import Cell, Column, Table
from alpclusters.www.public.funding.addresses import call_url
from alpclusters.www.public.funding.days import CallDay, by_month, days_of, running_calls
from alpclusters.www.public.funding.lists import call_name, call_timing
from alpclusters.www.public.funding.names import TIMINGS
from alpclusters.www.public.funding.standing import stale_badge, status_word
from alpclusters.www.public.funding.terms import day_words, language

# More days than this stand in the calendar file only.
MOST: Final = 200


@dataclass(frozen=True)
class CalendarPage:
    """Everything the template names."""

    months: Sequence[tuple[str, Table]]
    open_now: Table | None
    n_later: int
    simulated: bool


def calendar_page(today: dt.date, *, is_simulated: bool = False) -> CalendarPage:
    """Read the calls of one world that are open or to come."""
    calls = list(running_calls(today, is_simulated=is_simulated))
    days = days_of(calls, since=today)
    endless = [c for c in calls if c.closes is None and c.opens is not None and c.opens <= today]
    since = [CallDay(c.opens, "opens", c) for c in endless[:MOST] if c.opens]
    return CalendarPage(
        months=[_month(month, mine, today) for month, mine in by_month(days[:MOST])],
        open_now=_table(_("Open, without a known deadline"), since, today) if since else None,
        n_later=max(0, len(days) - MOST),
        simulated=is_simulated,
    )


def _month(month: dt.date, days: Sequence[CallDay], today: dt.date) -> tuple[str, Table]:
    name = format_month_year(month, language())
    n = len(days)
    caption = ngettext("%(n)s day of a call", "%(n)s days of calls", n) % {"n": n}
    return name, _table(caption, days, today)


def _table(caption: str, days: Sequence[CallDay], today: dt.date) -> Table:
    columns = [
        Column(_("Day")),
        Column(_("What happens")),
        Column(_("Call for proposals")),
        Column(_("Programme")),
        Column(_("Status")),
    ]
    return Table(caption, columns, [_row(one, today) for one in days])


def _row(one: CallDay, today: dt.date) -> list[object]:
    call = one.call
    name = call_name(call)
    return [
        _when(one),
        pgettext("call for proposals", "opens") if one.field == "opens" else _("deadline"),
        Cell(name.text, url=call_url(call.key), lang=name.lang),
        str(call.programme),
        ", ".join(_words(call, today)),
    ]


def _words(call: Call, today: dt.date) -> list[str]:
    """Say whether one can apply, how sure that is, and whether it is old."""
    words = [str(TIMINGS[call_timing(call, today)]), status_word(call.status)]
    return [*words, str(stale_badge(call.checked_on).text)] if is_stale(call, today) else words


def _when(one: CallDay) -> str:
    if one.hour is None:
        return day_words(one.day)
    hour = format_time(dt.datetime.combine(one.day, one.hour), language())
    told = {"day": day_words(one.day), "hour": hour}
    return _("%(day)s, %(hour)s (Brussels time)") % told
