"""Read the public pages as a visitor does, in this process and without a network."""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Sequence
from html import unescape
from typing import Final
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.test import Client
from django.urls import Resolver404, resolve
from django.utils import translation

from alpclusters.www.truth.numbers import Fetch

_LINK: Final = re.compile(r'<a\b[^>]*?\shref="([^"]*)"')
_OK: Final = 200
SIMULATED: Final = "simulated=1"
# Where no number of the public stands: what belongs to one person, and files.
_NOT_PUBLIC: Final = re.compile(r"^/[a-z]{2}/(workspace|account|components)/")


def visitor() -> Fetch:
    """Return how a visitor who is not signed in reads a page."""
    client = Client(raise_request_exception=False)
    hosts = [host for host in settings.ALLOWED_HOSTS if host.strip("*.")]
    name = (hosts or ["localhost"])[0].lstrip(".")

    def fetch(address: str) -> str | None:
        answer = client.get(address, headers={"host": name})
        is_page = answer.status_code == _OK and answer["Content-Type"].startswith("text/html")
        return answer.content.decode() if is_page else None

    return fetch


def public_addresses(fetch: Fetch, language: str, *, each: int = 0) -> Sequence[str]:
    """Find the public pages of one language by following links from the home page.

    Parameters
    ----------
    fetch : Fetch
    language : str
    each : int, default=0
        At most so many pages of one kind (of one view); 0 means all.
    """
    start = f"/{language}/"
    waiting, seen, found = deque([start]), {start}, list[str]()
    visits: Counter[str] = Counter()
    while waiting:
        address = waiting.popleft()
        kind = _kind(address)
        if each and visits[kind] >= each:
            continue
        html = fetch(address)
        if html is None:
            continue
        visits[kind] += 1
        found.append(address)
        for link in _LINK.findall(html):
            path = _path(address, unescape(link), language)
            if path and path not in seen:
                seen.add(path)
                waiting.append(path)
    return found


def _path(base: str, link: str, language: str) -> str:
    """Return the path of a link to another public page of the language; else nothing.

    Of what an address may ask for only the world is kept: filters make no end of pages.
    """
    parts = urlsplit(urljoin(f"http://here{base}", link))
    is_ours = parts.netloc == "here" and parts.path.startswith(f"/{language}/")
    if not is_ours or not parts.path.endswith("/") or _NOT_PUBLIC.match(parts.path):
        return ""
    return f"{parts.path}?{SIMULATED}" if parts.query == SIMULATED else parts.path


def _kind(address: str) -> str:
    with translation.override(address.split("/")[1]):
        try:
            return resolve(urlsplit(address).path).view_name + urlsplit(address).query
        except Resolver404:
            return ""
