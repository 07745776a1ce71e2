"""Odd requests by everybody to every address of a running site: nothing may fail or hang.

``--cases N`` says how many, ``--seed N`` which. What failed is printed whole, so that it can be
sent again.
"""

import http.client
import json
import random
import re
import signal
import sqlite3
import tempfile
import time
from collections import Counter, deque
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from threading import Event, Lock, local
from typing import Any, Final
from urllib.parse import urljoin, urlsplit

from alpclusters.cli.drill.phones import new_key
from alpclusters.platform.cafe.domain.codes import CONSENT_VERSION
from benchmarks._fuzz_cases import CANARY, Case, Form, Site, make_case
from benchmarks._installation import lay_out
from benchmarks._live_server import environment_of, run_in_hall, serving
from benchmarks._programs import BenchmarkError, run_program

Say = Callable[[str], None]

FULL_CASES: Final = 50_000
SMALL_CASES: Final = 1_500
FULL_PAGES: Final = 150
SMALL_PAGES: Final = 40
SLOW_S: Final = 4.0
GIVE_UP_S: Final = 15.0
AT_ONCE: Final = 4
PER_SHAPE: Final = 2
MOST_TOLD: Final = 25
OK: Final = 200
# "In a moment": the gate of passwords, the pace of a phone.
BUSY: Final = 503
NOT_FOLLOWED: Final = re.compile(r"logout|erase|/static/|\.(docx|pdf|xlsx|zip|csv|json|png)\b")
NOT_SENT: Final = re.compile(r"logout|erase|password|/account/")


@dataclass
class Tally:
    """What was answered."""

    n: int = 0
    statuses: Counter[int] = field(default_factory=Counter)
    failures: list[dict[str, Any]] = field(default_factory=list)
    busy: list[Case] = field(default_factory=list)
    slowest_s: float = 0.0
    lock: Lock = field(default_factory=Lock)

    def add(self, case: Case, status: int, body: bytes, seconds: float) -> None:
        """Count an answer; keep the case if something is wrong with it."""
        with self.lock:
            self.n += 1
            self.statuses[status] += 1
            self.slowest_s = max(self.slowest_s, seconds)
            if status == BUSY or seconds > SLOW_S:
                self.busy.append(case)
            else:
                self.judge(case, status, body, seconds)

    def judge(self, case: Case, status: int, body: bytes, seconds: float) -> None:
        """Keep a case whose answer is wrong."""
        if wrong := wrong_with(status, body, seconds):
            self.failures.append({"wrong": wrong, "seconds": round(seconds, 2)} | case.as_record())


def wrong_with(status: int, body: bytes, seconds: float) -> str:
    """Say what is wrong with an answer; nothing, if nothing is."""
    if status >= 500:  # noqa: PLR2004 - HTTP
        return f"status {status}"
    if status == 0:
        return "no answer"
    if seconds > SLOW_S:
        return "hangs"
    if b"Traceback (most recent call last)" in body:
        return "shows a traceback"
    return "gives markup back" if CANARY.encode() in body and b"<html" in body else ""


class _Reader(HTMLParser):
    """Links and forms of a page."""

    def __init__(self, base: str) -> None:
        super().__init__()
        self.base, self.links, self.forms = base, list[str](), list[Form]()
        self._fields: list[tuple[str, str]] | None = None
        self._files: list[str] = []
        self._action = base

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: unescape(value or "") for name, value in attrs}
        if tag == "a" and "href" in told:
            self.links.append(urljoin(self.base, told["href"]))
        elif tag == "form" and told.get("method", "").lower() == "post":
            self._fields, self._files = [], []
            self._action = urljoin(self.base, told.get("action") or self.base)
        elif self._fields is not None and told.get("name"):
            if told.get("type") == "file":
                self._files.append(told["name"])
            else:
                self._fields.append((told["name"], told.get("value", "")))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form" and self._fields is not None:
            path = urlsplit(self._action).path
            self.forms.append(Form(path, tuple(self._fields), tuple(self._files)))
            self._fields = None


class _Connection(http.client.HTTPConnection):
    """One that sends odd addresses too: they are the point."""

    def _validate_path(self, url: str) -> None:
        pass


class Asker:
    """Sends requests, a connection for each thread."""

    def __init__(self, port: int, people: Mapping[str, Mapping[str, str]]) -> None:
        self.port, self.people, self._own = port, people, local()

    def ask(self, case: Case) -> tuple[int, bytes, float, str]:
        """Return status, body, seconds and the value of ``Set-Cookie`` for forms."""
        started = time.perf_counter()
        try:
            status, body, cookie = self._send(case)
        except (OSError, http.client.HTTPException):
            self._close()
            status, body, cookie = self._once_more(case)
        return status, body, time.perf_counter() - started, cookie

    def _once_more(self, case: Case) -> tuple[int, bytes, str]:
        """A server may close a connection that was kept; a second time there is no excuse."""
        try:
            return self._send(case)
        except (OSError, http.client.HTTPException):
            self._close()
            return 0, b"", ""

    def _send(self, case: Case) -> tuple[int, bytes, str]:
        connection = self._connection()
        names = {name for name, _ in case.headers}
        connection.putrequest(
            case.method,
            case.target.encode("utf-8", "surrogatepass").decode("latin-1"),
            skip_host="Host" in names,
            skip_accept_encoding=True,
        )
        own = self.people[case.who]
        # Otherwise most of what is sent would be refused for this alone, and try nothing.
        connection.putheader("X-CSRFToken", own.get("csrf", ""))
        cookies = "; ".join(f"{name}={value}" for name, value in own.items())
        if cookies and "Cookie" not in names:
            connection.putheader("Cookie", cookies)
        for name, value in case.headers:
            connection.putheader(name, value)
        connection.putheader("Sec-Fetch-Site", "same-origin")
        if "Expect" not in names:
            connection.putheader("Content-Length", str(len(case.body)))
            connection.endheaders(case.body)
        else:
            connection.endheaders()
        answer = connection.getresponse()
        body = answer.read(300_000)
        if not answer.isclosed() or "Expect" in names:
            self._close()
        return answer.status, body, answer.headers.get("Set-Cookie", "")

    def _connection(self) -> http.client.HTTPConnection:
        found: http.client.HTTPConnection | None = getattr(self._own, "connection", None)
        if found is None:
            found = _Connection("127.0.0.1", self.port, timeout=GIVE_UP_S)
            self._own.connection = found
        return found

    def _close(self) -> None:
        found = getattr(self._own, "connection", None)
        if found is not None:
            found.close()
        self._own.connection = None


def run(
    small: bool,  # noqa: FBT001 - the form of every benchmark
    say: Say,
    *,
    cases: int | None = None,
    seed: int = 25,
) -> dict[str, Any]:
    """Fuzz an installation with the demonstration; return what was answered."""
    n = cases or (SMALL_CASES if small else FULL_CASES)
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        environment = environment_of(home)
        if not lay_out(home, "demonstration"):
            run_program("demo", home=home)
        setup = run_in_hall(["-m", "benchmarks._fuzz_setup"], environment, home / "setup.json")
        with serving(environment, home):
            asker = Asker(int(environment["ALPCLUSTERS_PORT"]), setup["people"])
            site = read_site(asker, setup, SMALL_PAGES if small else FULL_PAGES)
            n_pages, n_forms = _count(site.pages), _count(site.forms)
            say(f"{len(site.routes)} addresses, {n_pages} pages, {n_forms} forms")
            tally = fuzz(asker, site, n=n, seed=seed, say=say)
        log = (home / "serve.log").read_text(errors="replace")
        broken = _broken_rows(home)
    return {
        "cases": tally.n,
        "seed": seed,
        "addresses": len(site.routes),
        "pages": {who: len(pages) for who, pages in site.pages.items()},
        "forms": {who: len(forms) for who, forms in site.forms.items()},
        "statuses": {str(status): n for status, n in sorted(tally.statuses.items())},
        "slowest_s": round(tally.slowest_s, 2),
        "asked_again": len(tally.busy),
        "failed": len(tally.failures),
        "tracebacks_in_the_log": log.count("Traceback (most recent call last)"),
        "rows_without_their_reference": broken,
        "failures": tally.failures[:MOST_TOLD],
    }


def fuzz(asker: Asker, site: Site, *, n: int, seed: int, say: Say) -> Tally:
    """Send n cases, four at once.

    SIGTERM ends it early, with what was found until then. A machine with other work is slow, and a
    server under load asks to come back in a moment: such cases are sent once more when nothing
    else is, and that answer counts.
    """
    chance, tally = random.Random(seed), Tally()  # noqa: S311 - to be repeated, not to be secret
    ended = Event()
    signal.signal(signal.SIGTERM, lambda *_: ended.set())

    def send(case: Case) -> None:
        status, body, seconds, _ = asker.ask(case)
        tally.add(case, status, body, seconds)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        for done in range(0, n, 500):
            if ended.is_set():
                break
            list(pool.map(send, [make_case(site, chance) for _ in range(min(500, n - done))]))
            say(f"{tally.n} of {n}: {len(tally.failures)} failed, {len(tally.busy)} to ask again")
    for case in tally.busy:
        status, body, seconds, _ = asker.ask(case)
        tally.judge(case, status, body, seconds)
    return tally


def read_site(asker: Asker, setup: Mapping[str, Any], most: int) -> Site:
    """Follow the links as each of the people; collect pages and forms, with their cookies."""
    site = Site(setup["routes"], setup["hall"])
    starts = [*setup["starts"], f"/cafe/here/{setup['hall']['event']}/"]
    _join(asker, setup["hall"])
    for who in asker.people:
        site.pages[who], site.forms[who] = [], []
        for start in starts:
            _follow(asker, site, who, start, most // len(starts))
    return site


def _join(asker: Asker, hall: Mapping[str, Any]) -> None:
    """Let a phone into the AlpCafé; its person is one more of those who ask."""
    content = {"link": hall["link"], "consent": CONSENT_VERSION, "k": new_key(), "language": "sl"}
    sent = (("Content-Type", "application/json"),)
    asker.people = {**asker.people, "participant": {}}
    case = Case("participant", "POST", "/live/join", sent, json.dumps(content).encode())
    status, body, _, cookie = asker.ask(case)
    if status != OK:
        raise BenchmarkError(f"join refused: {status} {body[:200]!r}")
    name, _, value = cookie.partition(";")[0].partition("=")
    asker.people = {**asker.people, "participant": {name: value}}


def _follow(asker: Asker, site: Site, who: str, start: str, most: int) -> None:
    """Read at most so many pages, those of one shape of address (its digits apart) twice."""
    queue, known, shapes = deque([start]), {start}, Counter[str]()
    while queue and most:
        path = queue.popleft()
        shape = re.sub(r"\d+", "0", path.partition("?")[0])
        if shapes[shape] == PER_SHAPE:
            continue
        shapes[shape] += 1
        status, body, _, cookie = asker.ask(Case(who, "GET", path))
        _keep_cookie(asker, who, cookie)
        if status != OK:
            continue
        most -= 1
        reader = _Reader(path)
        reader.feed(body.decode("utf-8", "replace"))
        site.pages[who].append(path)
        site.forms[who] += _new_forms(reader.forms, site.forms[who])
        fresh = [p for link in reader.links if (p := _own(link)) and p not in known]
        known.update(fresh)
        queue.extend(fresh)


def _new_forms(found: list[Form], known: list[Form]) -> list[Form]:
    """Leave out forms that were seen elsewhere, such as the one at the foot of every page."""
    seen = {(form.path, form.names) for form in known}
    wanted = [form for form in found if not NOT_SENT.search(form.path)]
    return [form for form in wanted if (form.path, form.names) not in seen]


def _keep_cookie(asker: Asker, who: str, cookie: str) -> None:
    name, mark, value = cookie.partition(";")[0].partition("=")
    if mark and name == "csrf":
        asker.people = {**asker.people, who: {**asker.people[who], name: value}}


def _own(link: str) -> str:
    parts = urlsplit(link)
    if parts.netloc or parts.scheme not in {"", "http"} or not parts.path.startswith("/"):
        return ""
    path = parts.path + (f"?{parts.query}" if parts.query else "")
    return "" if NOT_FOLLOWED.search(path) else path


def _broken_rows(home: Path) -> int:
    with closing(sqlite3.connect(home / "alpclusters.sqlite3")) as database:
        return len(database.execute("PRAGMA foreign_key_check").fetchall())


def _count(found: Mapping[str, list[Any]]) -> int:
    return sum(map(len, found.values()))
