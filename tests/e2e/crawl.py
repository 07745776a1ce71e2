"""Find one address for every kind of page by following links, as different people."""

import fcntl
import json
import os
from collections import Counter
from collections.abc import Callable, Collection, Iterable
from dataclasses import asdict, dataclass
from heapq import heappop, heappush
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from django.urls import Resolver404, resolve
from django.utils import translation
from playwright.sync_api import APIRequestContext

LIMIT = 10_000
# Following these changes who one is.
NOT_FOLLOWED = {"account_logout", "account_confirm_email", "administrator_link"}


@dataclass(frozen=True)
class Found:
    """A page: the name of its view, its path in English, who sees it."""

    view: str
    path: str
    who: str


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.targets: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self.targets.extend(value for name, value in attrs if name == "href" and value)


def crawl(
    request: APIRequestContext,
    address: str,
    starts: Iterable[str],
    *,
    who: str,
    wanted: Collection[str],
    each: int = 1,
    opens: Callable[[str], bool] = lambda _view: True,
) -> dict[str, Found]:
    """Return the first page of each kind that links lead to; files are left out.

    Links are followed from the first ``each`` pages of a kind, as long as a kind is ``wanted``: an
    open AlpCafé leads to other pages than a closed one. The first page of a kind goes before the
    second of another. ``opens`` says of a view whether to open it.
    """
    found: dict[str, Found] = {}
    files, visits = set(), Counter()
    waiting = _Waiting(visits, starts)
    while waiting.line and len(waiting.seen) < LIMIT and not found.keys() >= set(wanted):
        path, view = waiting.next()
        if view in files or visits[view] == each or not opens(view):
            continue
        answer = request.get(address + path, max_redirects=0)
        if "text/html" not in answer.headers.get("content-type", ""):
            files.add(view)
        if answer.status != 200 or view in files:
            continue
        visits[view] += 1
        found.setdefault(view, Found(view, path, who))
        waiting.extend(links_of(answer.text(), path))
    return found


class _Waiting:
    """Paths: the starts first, then what was linked, of the kinds that were opened least often."""

    def __init__(self, visits: Counter, starts: Iterable[str]) -> None:
        self.visits = visits
        self.starts = frozenset(starts)
        self.seen: set[str] = set()
        self.line: list[tuple[int, int, str, str]] = []
        self.extend(starts)

    def extend(self, paths: Iterable[str]) -> None:
        for path in paths:
            if path in self.seen:
                continue
            self.seen.add(path)
            view = view_of(path)
            if view is not None and view not in NOT_FOLLOWED:
                heappush(self.line, (self.visits[view], len(self.seen), path, view))

    def next(self) -> tuple[str, str]:
        """Take the next path and its view out of the line."""
        n_visits, place, path, view = heappop(self.line)
        # Others of its kind were opened since.
        while n_visits < self.visits[view] and path not in self.starts:
            heappush(self.line, (self.visits[view], place, path, view))
            n_visits, place, path, view = heappop(self.line)
        return path, view


def crawl_once(name: str, make: Callable[[], dict[str, Found]]) -> dict[str, Found]:
    """Return what one worker found for all; each has a server of its own with the same pages."""
    folder = Path(os.environ["ALPCLUSTERS_TEST_HOMES"])
    folder.mkdir(exist_ok=True)
    kept = folder / f"pages-{name}.json"
    with Path(f"{kept}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.exists():
            found = {view: asdict(page) for view, page in make().items()}
            kept.write_text(json.dumps(found), encoding="utf-8")
    return {
        view: Found(**page) for view, page in json.loads(kept.read_text(encoding="utf-8")).items()
    }


def view_of(path: str) -> str | None:
    """Name the view behind a path."""
    with translation.override("en"):
        try:
            return resolve(urlsplit(path).path).view_name
        except Resolver404:
            return None


def links_of(html: str, base: str) -> list[str]:
    """List the paths on this site a page links to, in the order of the page."""
    parser = _Links()
    parser.feed(html)
    paths = []
    for target in parser.targets:
        parts = urlsplit(urljoin("http://here" + base, target))
        if parts.netloc == "here" and not parts.path.startswith("/static/"):
            paths.append(parts.path + (f"?{parts.query}" if parts.query else ""))
    return paths


def in_language(path: str, language: str) -> str:
    """Return the path of the same page in another language."""
    return f"/{language}/" + path.removeprefix("/en/") if path.startswith("/en/") else path
