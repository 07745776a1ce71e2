import json
import logging

import pytest

from alpclusters.live.access import AccessLog, masked
from tests.live.hall_server import Hall
from tests.live.small_site import site

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


def test_the_log_says_nothing_of_who_asked(home, caplog):
    running = Hall(home, site)
    running.app.front = None
    log = AccessLog(running.app, is_full=True)
    with caplog.at_level(logging.INFO, logger="alpclusters.access"):
        log._write({"method": "GET", "path": "/cafe/K7M4RT24/", "client": ("6.6.6.6", 1)}, 200, 0.1)
    running.listener.close()

    line = json.loads(caplog.messages[0])
    assert set(line) == {"ts", "event", "method", "path", "status", "ms"}
    assert "6.6.6.6" not in caplog.text
