"""Calls from a small local server that speaks the formats: polite, resumed, within a budget."""

import json
import threading
from dataclasses import dataclass, field
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit
from urllib.request import urlopen

import pytest

from alpclusters.analysis.errors import SourceError
from alpclusters.sources import call_sources
from alpclusters.sources.aids import read_aids, read_incentives
from alpclusters.sources.call_pages import PAUSE_S, Asker, Budget
from alpclusters.sources.call_sources import HOSTS, fetch_calls
from alpclusters.sources.downloads import USER_AGENT, check_address
from alpclusters.sources.sedia import read_topics

pytestmark = pytest.mark.integration

RECORDED = Path(__file__).resolve().parents[1] / "recorded_calls"
TODAY = date(2026, 12, 1)


@dataclass
class Behaviour:
    """How often the server is busy, lets a pass run out or breaks off, and what it was asked."""

    n_busy: int = 0
    n_runs_out: int = 0
    breaks_at: int = 0
    is_strange: bool = False
    file: str = "2026-11-29_opendata-export.csv"
    asked: list[str] = field(default_factory=list)
    heads: list[dict[str, str]] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)


class Answers(BaseHTTPRequestHandler):
    """Speaks the three formats."""

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.server.behaviour.bodies.append(body)
        if self.path.endswith("/connexion/"):
            self.answer(
                b'{"token": "pass"}' if self.headers.get("X-AUTH-TOKEN") == "mine" else None
            )
            return
        self.page("sedia", "pageNumber")

    def do_GET(self):
        own = self.server.behaviour
        if self.path.endswith(".csv"):
            here = RECORDED / "incentivi" / "page-001.csv"
            self.answer(here.read_bytes() if self.path.endswith("/" + own.file) else None)
            return
        if self.headers.get("Authorization") != "Bearer pass" or own.n_runs_out:
            own.n_runs_out = max(0, own.n_runs_out - 1)
            self.send_error(401)
            return
        self.page("aides-territoires", "page")

    def page(self, source, name):
        own = self.server.behaviour
        number = int(parse_qs(urlsplit(self.path).query)[name][0])
        own.asked.append(f"{source} {number}")
        own.heads.append(dict(self.headers))
        if own.n_busy:
            own.n_busy -= 1
            self.send_response(429)
            self.send_header("Retry-After", "7")
            self.send_header("Content-Length", "0")
            self.end_headers()
        elif own.is_strange:
            self.answer(b'{"results": "none"}')
        elif own.breaks_at == number:
            self.send_error(400)
        else:
            self.answer((RECORDED / source / f"page-{number:03}.json").read_bytes())

    def answer(self, content):
        if content is None:
            self.send_error(404)
            return
        self.send_response(200)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_arguments):
        """Stay quiet."""


@pytest.fixture
def server():
    with ThreadingHTTPServer(("127.0.0.1", 0), Answers) as running:
        running.behaviour = Behaviour()
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield running
        running.shutdown()


def fetch(server, source, folder, *, budget=None, token="mine"):  # noqa: S107 - made up
    waited: list[float] = []
    asker = Asker(urlopen, budget or Budget(), wait=waited.append)
    address = f"http://127.0.0.1:{server.server_port}/"
    found = fetch_calls(source, folder, asker, token=token, today=TODAY, address=address)
    return found, waited


def test_the_portal_is_asked_page_by_page_with_a_pause_and_a_name(server, tmp_path):
    found, waited = fetch(server, "sedia", tmp_path)

    own = server.behaviour
    assert (found.n_pages, found.is_complete) == (2, True)
    assert own.asked == ["sedia 1", "sedia 2"]
    assert waited == [PAUSE_S]
    assert {head["User-Agent"] for head in own.heads} == {USER_AGENT}
    assert b'name="query"' in own.bodies[0]
    assert b"2021 - 2027" in own.bodies[0]
    assert len(read_topics(tmp_path).topics) == 3


def test_a_busy_server_is_given_the_time_it_asks_for(server, tmp_path):
    server.behaviour.n_busy = 1

    found, waited = fetch(server, "sedia", tmp_path)

    assert found.is_complete
    assert 7.0 in waited


def test_a_fetch_that_broke_off_goes_on_behind_its_last_page(server, tmp_path):
    server.behaviour.breaks_at = 2
    with pytest.raises(SourceError, match=r"source\.unreachable"):
        fetch(server, "sedia", tmp_path)
    server.behaviour.breaks_at = 0

    found, _ = fetch(server, "sedia", tmp_path)

    assert server.behaviour.asked == ["sedia 1", "sedia 2", "sedia 2"]
    assert (found.n_pages, found.n_new, found.is_complete) == (2, 1, True)


def test_a_whole_fetch_begins_anew(server, tmp_path):
    fetch(server, "sedia", tmp_path)

    found, _ = fetch(server, "sedia", tmp_path)

    assert (found.n_pages, found.n_new) == (2, 2)


def test_pages_over_the_budget_wait_for_the_next_call(server, tmp_path):
    first, _ = fetch(server, "sedia", tmp_path, budget=Budget(pages=1))
    second, _ = fetch(server, "sedia", tmp_path, budget=Budget(pages=1))

    assert (first.n_pages, first.is_complete) == (1, False)
    assert (second.n_pages, second.is_complete) == (2, True)


def test_an_answer_larger_than_the_budget_is_refused(server, tmp_path):
    with pytest.raises(SourceError, match=r"source\.too_large"):
        fetch(server, "sedia", tmp_path, budget=Budget(n_bytes=100))

    assert list(tmp_path.glob("page-*")) == []


def test_the_french_interface_is_signed_in_and_a_pass_that_ran_out_is_renewed(server, tmp_path):
    server.behaviour.n_runs_out = 1

    found, _ = fetch(server, "aides-territoires", tmp_path)

    assert (found.n_pages, found.is_complete) == (2, True)
    assert server.behaviour.asked == ["aides-territoires 1", "aides-territoires 2"]
    assert all("mine" not in path.read_text() for path in tmp_path.iterdir())


def test_a_wrong_token_is_told(server, tmp_path):
    with pytest.raises(SourceError, match=r"source\.unreachable"):
        fetch(server, "aides-territoires", tmp_path, token="other")


def test_the_italian_file_is_looked_for_up_to_a_week_back(server, tmp_path):
    found, _ = fetch(server, "incentivi", tmp_path)

    assert found.is_complete
    reading = read_incentives(tmp_path)
    assert [aid.title for aid in reading.aids] == [
        "SYNTHETIC Bando cluster",
        "SYNTHETIC Bando fiere",
    ]
    assert [error.code for error in reading.errors] == ["sedia.no_identifier"]


def test_an_answer_in_another_format_is_refused(server, tmp_path):
    server.behaviour.is_strange = True

    with pytest.raises(SourceError, match=r"source\.wrong_answer"):
        fetch(server, "sedia", tmp_path)

    assert list(tmp_path.glob("page-*")) == []


def test_aids_for_authorities_alone_are_left_out_and_reversed_days_are_told():
    reading = read_aids(RECORDED / "aides-territoires")

    assert [aid.identifier for aid in reading.aids] == ["1", "3"]
    assert reading.n_not_ours == 1
    assert [error.code for error in reading.errors] == ["sedia.days_reversed"]
    first = reading.aids[0]
    assert (first.kinds, first.rate_bp, first.closes) == (("sme", "other"), 5000, date(2027, 2, 15))


def test_an_aid_that_is_not_live_any_more_is_left_out(tmp_path):
    path = tmp_path / "page-001.json"
    states = {1: True, 2: False, 3: None}
    rows = [{"id": one, "name": "SYNTHETIC", "is_live": is_live} for one, is_live in states.items()]
    path.write_text(json.dumps({"results": rows}))

    reading = read_aids(path)

    assert ([aid.identifier for aid in reading.aids], reading.n_not_ours) == (["1", "3"], 1)


@pytest.mark.parametrize(
    ("written", "points"),
    [(100, 10_000), ("37,5", 3_750), (100.01, None), (0, None), (-20, None), ("up to 50", None)],
)
def test_a_rate_of_an_aid_is_a_share_of_the_costs_or_unknown(tmp_path, written, points):
    aid = {"id": 1, "name": "SYNTHETIC", "subvention_rate_upper_bound": written}
    path = tmp_path / "page-001.json"
    path.write_text(json.dumps({"results": [aid]}))

    (read,) = read_aids(path).aids

    assert read.rate_bp == points


@pytest.mark.parametrize(
    "address", [call_sources.SEDIA, call_sources.AIDES, call_sources.INCENTIVI]
)
def test_addresses_lie_on_their_hosts(address):
    check_address(address, hosts=frozenset().union(*HOSTS.values()))


def test_all_recorded_answers_say_that_they_are_made_up():
    for path in RECORDED.rglob("page-*.json"):
        for one in json.loads(path.read_text())["results"]:
            assert "SYNTHETIC" in json.dumps(one)
