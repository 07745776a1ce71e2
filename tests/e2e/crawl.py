"""Find one address for every kind of page by following links, as different people."""

from collections import Counter, deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from html.parser import HTMLParser
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
    each: int = 1,
    opens: Callable[[str], bool] = lambda _view: True,
) -> dict[str, Found]:
    """Return the first page of each kind that links lead to; files are left out.

    Links are followed from the first ``each`` pages of a kind: an open AlpCafé leads to other
    pages than a closed one. ``opens`` says of a view whether to open it.
    """
    waiting, found = deque(starts), {}
    seen, files, visits = set(waiting), set(), Counter()
    while waiting and len(seen) < LIMIT:
        path = waiting.popleft()
        view = view_of(path)
        if view is None or view in files or view in NOT_FOLLOWED or visits[view] == each:
            continue
        if not opens(view):
            continue
        answer = request.get(address + path, max_redirects=0)
        if "text/html" not in answer.headers.get("content-type", ""):
            files.add(view)
        if answer.status != 200 or view in files:
            continue
        visits[view] += 1
        found.setdefault(view, Found(view, path, who))
        fresh = [target for target in links_of(answer.text(), path) if target not in seen]
        seen.update(fresh)
        waiting.extend(dict.fromkeys(fresh))
    return found


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
