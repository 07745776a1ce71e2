"""Read the public pages as a visitor does, in this process and without a network."""

from __future__ import annotations

import re
from collections import Counter, deque
from dataclasses import dataclass, field
from html import unescape
from typing import Final
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.test import Client
from django.urls import Resolver404, resolve
from django.utils import translation

from alpclusters.reports.truth import Mismatch
from alpclusters.www.truth.numbers import Fetch

_LINK: Final = re.compile(r'<a\b[^>]*?\shref="([^"]*)"')
_OK: Final = 200
_REFUSED: Final = 400
SIMULATED: Final = "simulated=1"
# Where no number of the public stands: what belongs to one person, and files.
_NOT_PUBLIC: Final = re.compile(r"^/[a-z]{2}/(workspace|account|components)/")


@dataclass(slots=True)
class Found:
    """What links lead to.

    Attributes
    ----------
    pages : list of str
        Addresses, in the order they were found.
    broken : list of Mismatch
        Links of these pages to which nothing answers.
    """

    pages: list[str] = field(default_factory=list)
    broken: list[Mismatch] = field(default_factory=list)


def visitor(language: str = "") -> Fetch:
    """Return how a visitor who is not signed in reads a page; a file or redirection is empty.

    ``language`` is what the browser asks for: of pages whose address names none.
    """
    client = Client(raise_request_exception=False)
    hosts = [host for host in settings.ALLOWED_HOSTS if host.strip("*.")]
    headers = {"host": (hosts or ["localhost"])[0].lstrip("."), "accept-language": language}

    def fetch(address: str) -> str | None:
        answer = client.get(address, headers=headers)
        if answer.status_code >= _REFUSED:
            return None
        is_page = answer.status_code == _OK and answer["Content-Type"].startswith("text/html")
        return answer.content.decode() if is_page else ""

    return fetch


def public_pages(fetch: Fetch, language: str, *, each: int = 0) -> Found:
    """Find the public pages of one language by following links from the home page.

    Parameters
    ----------
    fetch : Fetch
    language : str
    each : int, default=0
        At most so many pages of one kind (of one view); 0 means all.
    """
    start = f"/{language}/"
    # Where a page is, the link as it stands, and on which page.
    waiting, seen, found = deque([(start, start, "")]), {start}, Found()
    visits: Counter[str] = Counter()
    while waiting:
        address, linked, page = waiting.popleft()
        kind = _kind(address)
        if each and visits[kind] >= each:
            continue
        html = fetch(address)
        if html is None and linked != address:  # it is one of what is asked for only
            address, html = linked, fetch(linked)
        if html is None:
            found.broken.append(Mismatch(page, "link", linked, "200"))
        if not html:
            continue
        visits[kind] += 1
        found.pages.append(address)
        for link in _LINK.findall(html):
            target = urljoin(address, unescape(link)).partition("#")[0]
            path = _path(target, language)
            if path and path not in seen:
                seen.add(path)
                waiting.append((path, target, address))
    return found


def _path(target: str, language: str) -> str:
    """Return the path of a link to another public page of the language; else nothing.

    Of what an address may ask for only the world is kept: filters make no end of pages.
    """
    parts = urlsplit(target)
    is_ours = not parts.netloc and parts.path.startswith(f"/{language}/")
    if not is_ours or not parts.path.endswith("/") or _NOT_PUBLIC.match(parts.path):
        return ""
    return f"{parts.path}?{SIMULATED}" if parts.query == SIMULATED else parts.path


def _kind(address: str) -> str:
    with translation.override(address.split("/")[1]):
        try:
            return resolve(urlsplit(address).path).view_name + urlsplit(address).query
        except Resolver404:
            return ""
