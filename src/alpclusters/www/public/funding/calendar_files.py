"""Days of calls as a calendar file (RFC 5545): all day, or the hour in Brussels where it is known.

An event keeps its identifier for ever; its sequence is the version of the call, so that a program
replaces what it has when a call is put off.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Final

from django.utils.translation import gettext as _

from alpclusters.platform.cafe.domain.calendars import escaped, folded
from alpclusters.www.public.funding.addresses import call_url
from alpclusters.www.public.funding.days import CallDay

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
    yield from _when(one)
    yield f"SUMMARY:{escaped(_summary(one))}"
    yield f"DESCRIPTION:{escaped(_description(one))}"
    yield f"URL:{base}{call_url(call.key)}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _when(one: CallDay) -> Iterator[str]:
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
