import asyncio
import json
import logging

import pytest

from alpclusters.live.access import AccessLog, masked
from tests.live.hall_server import Hall

pytestmark = pytest.mark.integration


def test_ready_names_what_is_missing(hall):
    assert hall.get("/healthz").body == b"ok"
    assert hall.get("/readyz").body == b"ready"
    without_site = hall.get("/readyz?site=1")

    assert (without_site.status, without_site.body) == (503, b"site")


def test_a_full_queue_is_not_ready(hall):
    hall.memory.metrics = lambda: {"queue": 6_000}

    assert (hall.get("/readyz").status, hall.get("/readyz").body) == (503, b"queue")


def test_a_site_that_answers_is_ready(hall_with_site):
    assert hall_with_site.get("/readyz?site=1").status == 200


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
