"""The addresses of the live process; everything else is the site's."""

import re
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Route:
    """An address: how it is asked for, its pattern, the name of its handler."""

    method: str
    pattern: re.Pattern[str]
    name: str


def _route(method: str, pattern: str, name: str) -> Route:
    return Route(method, re.compile(pattern.replace("{id}", "([0-9]{1,12})")), name)


ROUTES: Final[tuple[Route, ...]] = (
    _route("POST", "/live/join", "join"),
    _route("POST", "/live/{id}/recover", "recover"),
    _route("GET", "/live/{id}/me", "me"),
    _route("POST", "/live/{id}/command", "command"),
    _route("POST", "/live/{id}/commands", "commands"),
    _route("POST", "/live/{id}/beat", "beat"),
    _route("GET", "/live/{id}/stream", "stream"),
    _route("GET", "/live/{id}/state", "state"),
    _route("GET", "/healthz", "healthz"),
    _route("GET", "/readyz", "readyz"),
    _route("GET", "/metrics", "metrics"),
)


def is_ours(path: str) -> bool:
    """Say whether an address belongs to the live process."""
    return path.startswith("/live/") or path in {"/healthz", "/readyz", "/metrics"}


def find(path: str) -> list[tuple[Route, int | None]]:
    """Return the routes of an address, each with the AlpCafé it names."""
    found = []
    for route in ROUTES:
        match = route.pattern.fullmatch(path)
        if match:
            found.append((route, int(match[1]) if match.groups() else None))
    return found
