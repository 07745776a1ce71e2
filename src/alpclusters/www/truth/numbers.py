"""Read the public pages as a visitor does, follow every number and compare it."""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from html import unescape
from typing import Final
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.test import Client
from django.urls import Resolver404, resolve
from django.utils import translation

from alpclusters.reports.truth import Checked, Mismatch
from alpclusters.www.truth.marks import Mark, Marks, read_marks, shows

# --- Follow every number of the public pages and compare it with the one that stands there --------


_MOST_PAGES_OF_A_LIST: Final = 400

type Fetch = Callable[[str], str | None]
"""Address on this site -> HTML of the page; None where there is none."""


class Site:
    """Pages, each read once."""

    def __init__(self, fetch: Fetch) -> None:
        self._fetch = fetch
        self._known: dict[str, Marks | None] = {}

    def marks(self, address: str) -> Marks | None:
        """Return what a page says of its numbers; None where there is no page."""
        if address not in self._known:
            html = self._fetch(address)
            self._known[address] = None if html is None else read_marks(html)
        return self._known[address]

    def rows(self, address: str, key: str) -> float:
        """Add up the rows of a list over all its pages."""
        found, seen = 0.0, set[str]()
        while address and address not in seen and len(seen) < _MOST_PAGES_OF_A_LIST:
            seen.add(address)
            marks = self.marks(address)
            if marks is None:
                break
            found += marks.rows.get(key, 0)
            address = urljoin(address, marks.next) if marks.next else ""
        return found


def check_numbers(site: Site, addresses: Iterable[str]) -> Checked:
    """Compare the numbers of pages with what stands where they lead.

    Parameters
    ----------
    site : Site
    addresses : iterable of str
        Paths with their language, for example ``/de/measures/``.

    Returns
    -------
    Checked
        How many figures and totals were compared, and those that do not agree.
    """
    n = 0
    found: list[Mismatch] = []
    for address in addresses:
        marks = site.marks(address)
        if marks is None:
            found.append(Mismatch(address, "page", "nothing", "200"))
            continue
        n += len(marks.figures) + len(marks.totals)
        found += _page(site, address, marks)
    return Checked(n, tuple(dict.fromkeys(found)))


def language_of(address: str) -> str:
    """Return the language of a path."""
    return urlsplit(address).path.split("/")[1]


def _page(site: Site, address: str, marks: Marks) -> Iterator[Mismatch]:
    yield from (Mismatch(address, "bare", text, "figure") for text in marks.bare)
    yield from _bases(address, marks.figures)
    for mark in (*marks.figures, *marks.totals):
        yield from _as_shown(address, mark)
    for mark in marks.figures:
        yield from _followed(site, address, mark)
    for mark in marks.totals:
        if mark.group and not mark.why and not mark.is_listed:
            yield Mismatch(address, mark.key, "no address", "address or reason")
        yield from _counted(site, address, mark)


def _bases(address: str, figures: Sequence[Mark]) -> Iterator[Mismatch]:
    """Figures of one row that count parts of the same thing have the same base."""
    bases: dict[tuple[int, str], str] = {}
    for mark in figures:
        if mark.group and mark.of:
            place = mark.group, mark.key.partition(".")[0]
            first = bases.setdefault(place, mark.of)
            if first != mark.of:
                yield Mismatch(address, f"{mark.key}: base", mark.of, first)


def _as_shown(address: str, mark: Mark) -> Iterator[Mismatch]:
    """What a person reads is what the machine is told."""
    language = language_of(address)
    if not mark.value:
        if not mark.why and not mark.rests:
            yield Mismatch(address, mark.key, mark.text, "value")
        return
    if not shows(mark.text, float(mark.value), language):
        yield Mismatch(address, mark.key, mark.text, mark.value)
    if mark.of and not shows(mark.text, float(mark.of), language):
        yield Mismatch(address, f"{mark.key}: base", mark.text, mark.of)


def _followed(site: Site, address: str, mark: Mark) -> Iterator[Mismatch]:
    if not mark.href:
        if not mark.why:
            yield Mismatch(address, mark.key, "no address", "address or reason")
        return
    target, _, place = urljoin(address, mark.href).partition("#")
    there = site.marks(target)
    if there is None:
        yield Mismatch(address, mark.key, mark.href, "200")
        return
    if place and place not in there.ids:
        yield Mismatch(address, mark.key, f"#{place}", "id")
    key, value = (mark.rests, mark.rows) if mark.rests else (mark.key, mark.value)
    totals = [total for total in there.totals if total.key == key]
    if not totals and key in there.here and _same(value, "1"):
        return  # it is the one thing that is counted
    if not totals:
        yield Mismatch(address, mark.key, value, f"{target}: no such number")
    for total in totals:
        if not _same(total.value, value):
            yield Mismatch(address, mark.key, value, f"{target}: {total.value}")
        if mark.of and total.of and not _same(total.of, mark.of):
            yield Mismatch(address, f"{mark.key}: base", mark.of, f"{target}: {total.of}")


def _counted(site: Site, address: str, mark: Mark) -> Iterator[Mismatch]:
    """A total above rows is their sum, over all pages of the list."""
    marks = site.marks(address)
    is_later_page = "page=" in urlsplit(address).query  # counted from the first page on
    if marks is None or not mark.is_listed or not mark.value or is_later_page:
        return
    n = site.rows(address, mark.key)
    if not _same(str(n), mark.value):
        yield Mismatch(address, f"{mark.key}: rows", f"{n:g}", mark.value)


def _same(one: str, other: str) -> bool:
    return bool(one) and bool(other) and abs(float(one) - float(other)) < 1e-9  # noqa: PLR2004


# --- Read the public pages as a visitor does, in this process and without a network ---------------


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


# --- Everything published, followed: the pages of some languages and all their numbers ------------


LANGUAGES: Final = ("de", "sl")


@dataclass(frozen=True, slots=True)
class Numbers:
    """What the crawl read and found."""

    n_pages: int
    checked: Checked


def check_published(*, languages: Sequence[str] = LANGUAGES, each: int = 0) -> Numbers:
    """Follow every number of all public pages.

    Parameters
    ----------
    languages : sequence of str, default=("de", "sl")
    each : int, default=0
        At most so many pages of one kind; 0 means all.
    """
    kept: dict[str, str | None] = {}
    read = visitor()

    def fetch(address: str) -> str | None:
        if address not in kept:
            kept[address] = read(address)
        return kept[address]

    n_pages, found = 0, Checked()
    for language in languages:
        read_all = public_pages(fetch, language, each=each)
        n_pages += len(read_all.pages)
        found += check_numbers(Site(fetch), read_all.pages)
        found += Checked(0, tuple(read_all.broken))
        kept.clear()
    return Numbers(n_pages, found)
