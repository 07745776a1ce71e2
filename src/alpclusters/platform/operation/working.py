"""The worker: does what waits in the queue, stays a little while for more, and ends."""

import contextlib
import fcntl
import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from django.conf import settings
from django.tasks import DEFAULT_TASK_BACKEND_ALIAS
from django.utils import timezone
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from alpclusters.platform.operation.bell import answer, is_ringing, ring
from alpclusters.platform.operation.mail import deliver_due
from alpclusters.platform.operation.models import QueuedMail
from alpclusters.platform.operation.tidying import tidy
from alpclusters.platform.operation.unfinished import put_back, worker_id

# Checking a list leads to importing it: one start of the worker serves both.
STAYS_S: Final = 30.0
LOOK_S: Final = 0.2


def work(home: Path, *, stays_s: float = STAYS_S) -> int:
    """Do what waits; only one worker of an installation does so on a machine."""
    with _only_one(home) as is_alone:
        if not is_alone:
            return 0
        put_back(home, now=timezone.now(), was_stopped=_was_stopped(home))
        tidy(settings.CONFIGURATION, now=timezone.now())
        while True:
            answer(home)
            empty_queue(home)
            deliver_due(home, now=timezone.now())
            if not _rings_within(home, stays_s):
                return 0


def empty_queue(home: Path) -> None:
    """Do all tasks that wait now."""
    Worker(
        queue_names=["*"],
        interval=LOOK_S,
        batch=True,
        backend_name=DEFAULT_TASK_BACKEND_ALIAS,
        startup_delay=False,
        max_tasks=None,
        worker_id=worker_id(home),
        excluded_queue_names=[],
    ).run()


def call_if_work_waits(home: Path) -> None:
    """Put back what an earlier start left, and ring if anything waits; for the start of a site."""
    with _only_one(home) as is_alone:
        if is_alone:
            put_back(home, now=timezone.now(), was_stopped=_was_stopped(home))
    if DBTaskResult.objects.ready().exists() or QueuedMail.objects.exists():
        ring(home)
    else:
        answer(home)


def end_on_signal(home: Path) -> None:
    """End at once when told to: what is stored is whole, the rest is done after the next start."""

    def end(*_: object) -> None:
        _stopped(home).touch(mode=0o600)
        os._exit(0)

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is the supervisor's to hear


def _was_stopped(home: Path) -> bool:
    """Say once whether the last worker was told to end."""
    path = _stopped(home)
    was_stopped = path.exists()
    path.unlink(missing_ok=True)
    return was_stopped


def _rings_within(home: Path, seconds: float) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if is_ringing(home):
            return True
        time.sleep(LOOK_S)
    return False


@contextlib.contextmanager
def _only_one(home: Path) -> Iterator[bool]:
    """Hold the lock of the worker; the system lets it go when the process dies."""
    path = home / "run" / "work.lock"
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with path.open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True


def _stopped(home: Path) -> Path:
    return home / "run" / "work.stopped"
