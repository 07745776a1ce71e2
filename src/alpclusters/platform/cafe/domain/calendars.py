"""Calendar files (RFC 5545): an AlpCafé, or the meetings of a day; times in UTC."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

LINE_BYTES: Final = 75
_ESCAPED: Final = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None})


@dataclass(frozen=True, slots=True)
class CalendarEvent:
    """What a calendar shows of an AlpCafé or a meeting.

    Attributes
    ----------
    uid : str
        The same for every version, so that a changed event replaces the earlier one.
    sequence : int
        Goes up with each change.
    """

    uid: str
    title: str
    begins: datetime
    ends: datetime
    changed: datetime
    place: str = ""
    text: str = ""
    url: str = ""
    sequence: int = 0


def calendar_file(event: CalendarEvent) -> str:
    """Write the file of one event: lines of at most 75 bytes that end with CR LF."""
    return calendar_of_events([event])


def calendar_of_events(events: Iterable[CalendarEvent]) -> str:
    """Write the file of several events; without any it is a calendar with nothing in it."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//AlpClusters//AlpCafe//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        *(line for event in events for line in _event(event)),
        "END:VCALENDAR",
    ]
    return "".join(f"{part}\r\n" for line in lines for part in folded(line))


def _event(event: CalendarEvent) -> Iterable[str]:
    yield "BEGIN:VEVENT"
    yield from _properties(event)
    yield "END:VEVENT"


def _properties(event: CalendarEvent) -> Iterable[str]:
    yield f"UID:{event.uid}"
    yield f"SEQUENCE:{event.sequence}"
    yield f"DTSTAMP:{_moment(event.changed)}"
    yield f"DTSTART:{_moment(event.begins)}"
    yield f"DTEND:{_moment(event.ends)}"
    yield f"SUMMARY:{escaped(event.title)}"
    for name, value in (("LOCATION", event.place), ("DESCRIPTION", event.text)):
        if value:
            yield f"{name}:{escaped(value)}"
    if event.url:
        yield f"URL:{event.url}"


def escaped(text: str) -> str:
    r"""Return a text as RFC 5545 wants it.

    Examples
    --------
    >>> escaped("Trento, Sala A; 1")
    'Trento\\, Sala A\\; 1'
    """
    return text.translate(_ESCAPED)


def folded(line: str) -> list[str]:
    """Break a line into parts of at most 75 bytes, never inside a character.

    Examples
    --------
    >>> [len(part.encode()) for part in folded("ž" * 50)]
    [74, 27]
    """
    parts, part = [], ""
    for character in line:
        if len((part + character).encode()) > LINE_BYTES:
            parts.append(part)
            part = " "
        part += character
    return [*parts, part]


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
