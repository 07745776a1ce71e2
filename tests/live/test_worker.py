"""Background work: the worker comes when it is called, and nothing is lost when it is killed."""

import os
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction
from django.tasks import TaskResultStatus
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from alpclusters.live.worker import CalledChild
from alpclusters.platform.operation.bell import answer, is_ringing, ring
from alpclusters.platform.operation.tidying import imports_folder, remove_lists
from alpclusters.platform.operation.unfinished import MOST_ATTEMPTS, put_back, worker_id
from alpclusters.platform.operation.working import call_if_work_waits, work
from tests.e2e.serving import Server, free_port
from tests.homes import copy_home
from tests.live.chores import end_the_worker, fail, note
from tests.live.hall_server import wait_until

pytestmark = [pytest.mark.integration, pytest.mark.slow]

NOW = timezone.now()


@pytest.fixture
def home():
    """The data directory of these tests, quiet before and after."""
    answer(settings.HOME)
    yield settings.HOME
    answer(settings.HOME)


def running(task, *, attempts: int = 1, ids: str = "") -> DBTaskResult:
    """A task that a worker began and did not end."""
    result = task.enqueue()
    row = DBTaskResult.objects.get(pk=result.id)
    for _ in range(attempts):
        row.claim(ids or worker_id(settings.HOME))
    return row


# --- the queue ------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_the_bell_rings_when_the_work_is_committed(home):
    with transaction.atomic():
        note.enqueue("nowhere")
        assert not is_ringing(home)

    assert is_ringing(home)


@pytest.mark.django_db(transaction=True)
def test_the_worker_does_what_waits_and_ends(home, tmp_path):
    result = note.enqueue(str(tmp_path / "lines"))

    assert work(home, stays_s=0) == 0

    result.refresh()
    assert (result.status, result.return_value) == (TaskResultStatus.SUCCESSFUL, "done")
    assert (tmp_path / "lines").read_text() == "done\n"
    assert not is_ringing(home)


@pytest.mark.django_db(transaction=True)
def test_a_task_that_raises_is_marked_and_the_next_is_done(home, tmp_path):
    failing, next_one = fail.enqueue(), note.enqueue(str(tmp_path / "lines"))

    work(home, stays_s=0)

    failing.refresh()
    next_one.refresh()
    assert failing.status == TaskResultStatus.FAILED
    assert failing.errors[0].exception_class_path == "builtins.ValueError"
    assert next_one.status == TaskResultStatus.SUCCESSFUL


# --- what was left running ------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_the_start_of_a_site_puts_back_what_was_left_and_calls(home):
    task = running(note)
    answer(home)

    call_if_work_waits(home)

    task.refresh_from_db()
    assert task.status == TaskResultStatus.READY
    assert is_ringing(home)


@pytest.mark.django_db
def test_work_that_ended_its_worker_three_times_is_given_up():
    task = running(end_the_worker, attempts=MOST_ATTEMPTS)

    put_back(settings.HOME, now=NOW, was_stopped=False)

    task.refresh_from_db()
    assert task.status == TaskResultStatus.FAILED
    assert task.exception_class_path.endswith("WorkerDiedError")


@pytest.mark.django_db
def test_an_attempt_that_was_stopped_does_not_count():
    task = running(note, attempts=MOST_ATTEMPTS)

    put_back(settings.HOME, now=NOW, was_stopped=True)

    task.refresh_from_db()
    assert (task.status, len(task.worker_ids)) == (TaskResultStatus.READY, MOST_ATTEMPTS - 1)


# --- the bell, without Django ---------------------------------------------------------------------


def test_the_child_is_wanted_only_while_it_rings(tmp_path):
    child = CalledChild(tmp_path, ["work"], [])
    child.begin()

    silent = child.has_died()
    ring(tmp_path)

    assert (silent, child.has_died()) == (False, True)


def test_old_lists_are_thrown_away_and_young_ones_kept(tmp_path):
    folder = imports_folder(tmp_path)
    for name in ("old", "young"):
        (folder / name).mkdir(parents=True)
        (folder / name / "list.csv").write_text("name\n")
    long_ago = (NOW - timedelta(days=40)).timestamp()
    for path in (folder / "old" / "list.csv", folder / "old"):
        os.utime(path, (long_ago, long_ago))

    assert remove_lists(folder, before=NOW - timedelta(days=30)) == 1
    assert [path.name for path in folder.iterdir()] == ["young"]


# --- the real processes ---------------------------------------------------------------------------


def enqueue(server: Server, chore: str, *words: str) -> None:
    """Enqueue from another process, as a page does."""
    code = (
        "import sys, django; django.setup(); from tests.live import chores; "
        "getattr(chores, sys.argv[1]).enqueue(*sys.argv[2:])"
    )
    environment = {
        **os.environ,
        "ALPCLUSTERS_HOME": str(server.home),
        "DATABASE_URL": "",
        "DJANGO_SETTINGS_MODULE": "alpclusters.platform.settings",
        "PYTHONPATH": "src:.",
    }
    subprocess.run([sys.executable, "-c", code, chore, *words], env=environment, check=True)


def lines(path: Path) -> list[str]:
    return path.read_text().splitlines() if path.exists() else []


@pytest.mark.parametrize("options", [(), ("--single",)], ids=["several", "single"])
def test_a_killed_worker_comes_back_and_the_work_is_done(tmp_path, options):
    settings_ = {"DATABASE_URL": "", "ALPCLUSTERS_STATIC": "finders", "PYTHONPATH": "src:."}
    home = copy_home("plain", tmp_path)
    server = Server(home, free_port(), settings_, ("--no-demonstration", *options))
    server.start()
    try:
        assert worker_of(server) == 0
        enqueue(server, "begin_slowly", str(tmp_path / "lines"))
        wait_until(lambda: lines(tmp_path / "lines") == ["begun"])
        os.kill(worker_of(server), signal.SIGKILL)
        wait_until(lambda: lines(tmp_path / "lines") == ["begun", "begun", "done"])
    finally:
        server.stop()

    told = (tmp_path / "serve.err").read_text()
    assert "worker ended with status -9" in told
    assert " INFO " not in told


def worker_of(server: Server) -> int:
    """Return the number of the worker's process, 0 where there is none."""
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(path.read_text().rpartition(")")[2].split()[1])
            words = (path.parent / "cmdline").read_bytes().split(b"\0")
        except (OSError, ValueError, IndexError):
            continue
        if parent == server.process.pid and b"work" in words:
            return int(path.parent.name)
    return 0
