"""A real supervisor does daily work by itself, and monitors see when."""

import json
import os
import sqlite3
import subprocess
import sys
import time
import urllib.request
from contextlib import closing

import pytest

from alpclusters.live.daily import AFTER_START_S, FIRST_TIME_S, DailyChild
from alpclusters.platform.operation.daily import JOBS
from alpclusters.platform.operation.daily_note import due_at, write_note
from tests.e2e.serving import Server, free_port
from tests.homes import PLAIN, copy_home
from tests.live.hall_server import wait_until
from tests.mail_sink import sink

__all__ = ["sink"]
pytestmark = [pytest.mark.integration, pytest.mark.slow]


def rows(home):
    with closing(sqlite3.connect(home / "alpclusters.sqlite3", timeout=30)) as database:
        question = "SELECT name, finished_at, n_failures FROM operation_jobrun"
        return database.execute(question).fetchall()


def test_what_is_due_is_done_by_the_server_once_and_monitors_see_it(tmp_path):
    home = copy_home("plain", tmp_path / "home")
    write_note(home, {"due_at": time.time() - 1, "jobs": {}})
    server = Server(home, free_port(), PLAIN, ("--no-demonstration",))
    server.start()
    try:
        wait_until(lambda: (due_at(home) or 0) > time.time(), pause_s=0.5)
        with urllib.request.urlopen(f"{server.address}/metrics", timeout=30) as answer:
            figures = answer.read().decode()
    finally:
        server.stop()

    done = rows(home)
    assert {name for name, finished, failures in done if finished and not failures} == set(JOBS)
    assert 'job_age_seconds{job="forget_invited"}' in figures
    assert json.loads((home / "run" / "daily.json").read_text())["due_at"] > time.time() + 3_600


def test_a_new_installation_waits_until_it_is_set_up(tmp_path, monkeypatch):
    child = DailyChild(tmp_path)
    now = time.monotonic()

    monkeypatch.setattr(time, "monotonic", lambda: now + AFTER_START_S + 1)
    assert not child.has_died()
    monkeypatch.setattr(time, "monotonic", lambda: now + FIRST_TIME_S + 60)
    assert child.has_died()
    write_note(tmp_path, {"due_at": time.time() + 60, "jobs": {}})
    monkeypatch.setattr(time, "monotonic", lambda: now + FIRST_TIME_S + 120)
    assert not child.has_died()


WRITE = """
from alpclusters.cli.django_setup import setup_django
setup_django()
from django.core.mail import EmailMessage
EmailMessage(subject="Vabilo", body="Pozdravljeni", to=["ana@example.org"]).send()
"""


def test_a_mail_is_sent_by_the_worker_of_a_running_server(tmp_path, sink):
    home = copy_home("plain", tmp_path / "home")
    settings = {**PLAIN, "ALPCLUSTERS_SMTP_URL": f"smtp://127.0.0.1:{sink.server_address[1]}"}
    server = Server(home, free_port(), settings, ("--no-demonstration",))
    server.start()
    try:
        environment = {**os.environ, **settings, "ALPCLUSTERS_HOME": str(home), "PYTHONPATH": "src"}
        subprocess.run([sys.executable, "-c", WRITE], check=True, env=environment)
        wait_until(lambda: sink.mails, pause_s=0.2)
    finally:
        server.stop()

    assert b"Subject: Vabilo" in sink.mails[0]
