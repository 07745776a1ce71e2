"""The calendar of calls, month by month, on a page and as a file."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final, Literal

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from alpclusters.platform.cafe.domain.calendars import escaped, folded
from alpclusters.platform.funding.domain.staleness import is_stale
from alpclusters.platform.funding.models import Call
from alpclusters.platform.worlds import of_world
from alpclusters.reports.dates import format_month_year, format_time
from alpclusters.www.components.parts import Cell, Column, Table
from alpclusters.www.public.funding.asking import TIMINGS, call_url
from alpclusters.www.public.funding.entry_list import call_name, call_timing
from alpclusters.www.public.funding.terms import day_words, language, stale_badge, status_word

# --- The days on which calls open and close, of those that are not over ---------------------------


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
    return [(month, list(mine)) for month, mine in groupby(days, key=_month_of_day)]


def _month_of_day(one: CallDay) -> dt.date:
    return one.day.replace(day=1)


# --- What the calendar of calls shows: month by month, and what is open without an end ------------


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
        months=[_month_of_calendar(month, mine, today) for month, mine in by_month(days[:MOST])],
        open_now=_table(_("Open, without a known deadline"), since, today) if since else None,
        n_later=max(0, len(days) - MOST),
        simulated=is_simulated,
    )


def _month_of_calendar(
    month: dt.date, days: Sequence[CallDay], today: dt.date
) -> tuple[str, Table]:
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
        _when_on_page(one),
        pgettext("call for proposals", "opens") if one.field == "opens" else _("deadline"),
        Cell(name.text, url=call_url(call.key), lang=name.lang),
        str(call.programme),
        ", ".join(_words(call, today)),
    ]


def _words(call: Call, today: dt.date) -> list[str]:
    """Say whether one can apply, how sure that is, and whether it is old."""
    words = [str(TIMINGS[call_timing(call, today)]), status_word(call.status)]
    return [*words, str(stale_badge(call.checked_on).text)] if is_stale(call, today) else words


def _when_on_page(one: CallDay) -> str:
    if one.hour is None:
        return day_words(one.day)
    hour = format_time(dt.datetime.combine(one.day, one.hour), language())
    told = {"day": day_words(one.day), "hour": hour}
    return _("%(day)s, %(hour)s (Brussels time)") % told


# --- Days of calls as a calendar file (RFC 5545): all day, or the hour in Brussels where it is
# known
#
# An event keeps its identifier for ever; its sequence is the version of the call, so that a
# program replaces what it has when a call is put off.


ZONE: Final = "Europe/Brussels"
# The rules of summer time that hold since 1996 (Directive 2000/84/EC).
_ZONE_LINES: Final = (
    "BEGIN:VTIMEZONE",
    f"TZID:{ZONE}",
    "BEGIN:DAYLIGHT",
    "DTSTART:19960331T020000",
    "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
    "TZOFFSETFROM:+0100",
    "TZOFFSETTO:+0200",
    "TZNAME:CEST",
    "END:DAYLIGHT",
    "BEGIN:STANDARD",
    "DTSTART:19961027T030000",
    "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
    "TZOFFSETFROM:+0200",
    "TZOFFSETTO:+0100",
    "TZNAME:CET",
    "END:STANDARD",
    "END:VTIMEZONE",
)


def calendar_of_days(days: Iterable[CallDay], *, base: str, site: str) -> str:
    """Write the days of calls; ``base`` is the address of the site, ``site`` its name alone."""
    events = list(days)
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//AlpClusters//Funding//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{escaped(_('AlpClusters: calls for proposals'))}",
        *(_ZONE_LINES if any(one.hour for one in events) else ()),
        *(line for one in events for line in _event(one, base, site)),
        "END:VCALENDAR",
    ]
    return "".join(f"{part}\r\n" for line in lines for part in folded(line))


def _event(one: CallDay, base: str, site: str) -> Iterator[str]:
    call = one.call
    yield "BEGIN:VEVENT"
    yield f"UID:offer-{call.key}-{one.field}@{site}"
    yield f"SEQUENCE:{call.version}"
    yield f"DTSTAMP:{call.updated_at.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}"
    yield from _when_in_file(one)
    yield f"SUMMARY:{escaped(_summary(one))}"
    yield f"DESCRIPTION:{escaped(_description(one))}"
    yield f"URL:{base}{call_url(call.key)}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _when_in_file(one: CallDay) -> Iterator[str]:
    if one.hour is None:
        yield f"DTSTART;VALUE=DATE:{one.day:%Y%m%d}"
        yield f"DTEND;VALUE=DATE:{one.day + dt.timedelta(days=1):%Y%m%d}"
        return
    # A deadline is a moment: an event without an end lasts none.
    yield f"DTSTART;TZID={ZONE}:{dt.datetime.combine(one.day, one.hour):%Y%m%dT%H%M%S}"


def _summary(one: CallDay) -> str:
    pattern = _("Opens: %(call)s") if one.field == "opens" else _("Closes: %(call)s")
    return pattern % {"call": str(one.call)}


def _description(one: CallDay) -> str:
    parts = [str(one.call.programme), one.call.get_status_display()]
    return ". ".join(parts)
