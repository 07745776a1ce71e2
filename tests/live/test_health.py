import asyncio
import json
import logging

import pytest

from alpclusters.live.access import AccessLog, masked
from alpclusters.live.answers import Busy
from tests.live.hall_server import Hall, joining, wait_until

pytestmark = pytest.mark.integration


def test_without_the_site_nothing_is_ready_though_the_process_runs(hall):
    assert hall.get("/healthz").body == b"ok"
    found = hall.get("/readyz")

    assert (found.status, found.body) == (503, b"site")


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        ({"queue": 6_000}, b"queue"),
        ({"stopped": True}, b"journal"),
        ({"disk_full": True}, b"disk"),
    ],
)
def test_what_the_writer_cannot_do_is_not_ready(hall_with_site, figures, expected):
    hall_with_site.memory.metrics = lambda: {"queue": 0, **figures}

    found = hall_with_site.get("/readyz")

    assert (found.status, found.body) == (503, expected)


def test_a_site_that_answers_is_ready(hall_with_site):
    found = hall_with_site.get("/readyz")

    assert (found.status, found.body) == (200, b"ready")


def test_a_database_that_is_gone_is_not_ready(hall_with_site):
    (hall_with_site.home / "alpclusters.sqlite3").unlink()

    wait_until(lambda: hall_with_site.get("/readyz").status == 503, pause_s=0.2)

    assert hall_with_site.get("/readyz").body == b"database"


def test_programs_read_what_is_wrong_and_what_helps(hall_with_site):
    asked = {"Accept": "application/json"}
    before = hall_with_site.get("/readyz", asked).json()
    hall_with_site.memory.metrics = lambda: {"queue": 0, "stopped": True}

    (reason,) = hall_with_site.get("/readyz", asked).json()["reasons"]

    assert before == {"ready": True, "reasons": []}
    assert reason["name"] == "journal"
    assert "alpclusters journal salvage" in reason["helps"]


@pytest.mark.parametrize(("reason", "code"), [("stopped", "journal"), ("disk_full", "disk")])
def test_who_joins_a_server_that_takes_nothing_hears_why(hall_with_site, reason, code):
    async def refuse(*_, **__):
        raise Busy(10, reason)

    hall_with_site.memory.join = refuse
    found = hall_with_site.post("/live/join", joining(language="en"))

    assert (found.status, found.json()["code"]) == (503, code)
    assert "Bitte" in found.json()["text"] or "Please tell the facilitator" in found.json()["text"]
    assert "Many people" not in found.json()["text"]


def test_figures_are_for_this_machine_and_for_who_has_the_word(home):
    running = Hall(home, metrics_token="larch").start()
    passed_on = {"X-Forwarded-For": "203.0.113.9"}
    try:
        here = running.get("/metrics")
        elsewhere = running.get("/metrics", passed_on)
        wrong = running.get("/metrics", {**passed_on, "Authorization": "Bearer fir"})
        right = running.get("/metrics", {**passed_on, "Authorization": "Bearer larch"})
    finally:
        running.stop()

    assert b"alpclusters_live_listeners 0\n" in here.body
    assert b"alpclusters_live_site_made_total 0\n" in here.body
    assert [found.status for found in (here, elsewhere, wrong, right)] == [200, 404, 404, 200]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/cafe/K7M4RT24/", "/cafe/*/"),
        ("/cafe/bcdfghjk/", "/cafe/*/"),
        ("/live/7/commands", "/live/7/commands"),
        ("/de/account/administrator/tpwdzIsF261q1GKQJ5J-9C0Zf/", "/de/account/administrator/*/"),
        ("/sl/measures/joint-training/", "/sl/measures/joint-training/"),
        ("/static/site.0a1b2c.css", "/static/*"),
    ],
)
def test_a_path_in_the_log_holds_no_code_and_no_secret(path, expected):
    assert masked(path) == expected


class Asked:
    """A site that answers after some seconds by its own clock, and the lines written about it."""

    def __init__(self, caplog, *, is_full=False):
        self.now, self.caplog = 0.0, caplog
        self.log = AccessLog(self._site, is_full=is_full, clock=lambda: self.now)

    def lines(self, *, at, seconds, status=200, path="/cafe/K7M4RT24/"):
        self.now, self.seconds, self.status = at, seconds, status
        scope = {"type": "http", "method": "GET", "path": path, "client": ("6.6.6.6", 1)}
        self.caplog.clear()
        with self.caplog.at_level(logging.INFO, logger="alpclusters.access"):
            asyncio.run(self.log(scope, None, self._take))
        return [json.loads(line) for line in self.caplog.messages]

    async def _site(self, _scope, _receive, send):
        self.now += self.seconds
        await send({"type": "http.response.start", "status": self.status})

    async def _take(self, message):
        pass


def test_the_log_says_nothing_of_who_asked(caplog):
    (line,) = Asked(caplog, is_full=True).lines(at=60, seconds=0.1)

    assert set(line) == {"ts", "event", "method", "path", "status", "ms"}
    assert (line["path"], line["status"], line["ms"]) == ("/cafe/*/", 200, 100)
    assert "6.6.6.6" not in caplog.text


def test_slow_and_failed_requests_are_always_written(caplog):
    asked = Asked(caplog)

    assert asked.lines(at=60, seconds=0.9) == []
    assert [line["ms"] for line in asked.lines(at=60, seconds=1.1)] == [1100]
    assert [line["status"] for line in asked.lines(at=60, seconds=0.1, status=500)] == [500]
    assert asked.lines(at=60, seconds=600, path="/live/7/stream") == []


def test_who_waits_for_the_start_of_the_site_is_not_slow(caplog):
    asked = Asked(caplog)

    assert asked.lines(at=0, seconds=3) == []
    assert [line["status"] for line in asked.lines(at=0, seconds=3, status=503)] == [503]
