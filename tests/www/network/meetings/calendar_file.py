"""Read a calendar file as a calendar program does (RFC 5545), independent of what writes it."""

import re
from datetime import UTC, datetime


def read_events(content: bytes) -> list[dict[str, str]]:
    """Unfold, check the frame, and return the properties of each event, texts unescaped."""
    text = content.decode("utf-8")
    assert text.endswith("END:VCALENDAR\r\n")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert "\n" not in text.replace("\r\n", "")
    lines = re.sub(r"\r\n[ \t]", "", text).rstrip("\r\n").split("\r\n")
    assert lines[0] == "BEGIN:VCALENDAR"
    assert {"VERSION:2.0", "METHOD:PUBLISH"} <= set(lines)
    events: list[dict[str, str]] = []
    inside = False
    for line in lines:
        name, _, value = line.partition(":")
        if line in {"BEGIN:VEVENT", "END:VEVENT"}:
            assert inside is (line == "END:VEVENT")
            inside = line == "BEGIN:VEVENT"
            events += [{}] if inside else []
        elif inside:
            assert name not in events[-1], name
            events[-1][name] = re.sub(
                r"\\(.)", lambda m: {"n": "\n", "N": "\n"}.get(m[1], m[1]), value
            )
    return events


def moment(value: str) -> datetime:
    """Read a time in UTC."""
    return datetime.strptime(value, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
