"""Work that a worker began and did not end: put back, and given up after the third time."""

import hashlib
import socket
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from django.db import connection
from django.db.models import Q, QuerySet
from django.tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

MOST_ATTEMPTS: Final = 3
# A day on, a task of another machine's worker is not running any more either.
FORGOTTEN_AFTER: Final = timedelta(days=1)


class WorkerDiedError(RuntimeError):
    """A task ended its worker again and again."""


def worker_id(home: Path) -> str:
    """Return what the workers of this installation on this machine call themselves."""
    name = f"{socket.gethostname()} {home}"
    return hashlib.sha256(name.encode()).hexdigest()[:32]


def put_back(home: Path, *, now: datetime, was_stopped: bool) -> int:
    """Make what is marked as running wait again; return how much.

    To be called by whoever holds the lock of this installation's worker.

    Parameters
    ----------
    home : Path
    now : datetime
    was_stopped : bool
        Whether the worker was told to end; then the attempt does not count.
    """
    found = list(_left_running(home, now))
    for task in found:
        if was_stopped:
            task.worker_ids = task.worker_ids[:-1]
        if len(task.worker_ids) >= MOST_ATTEMPTS:
            task.set_failed(WorkerDiedError(f"The worker ended {MOST_ATTEMPTS} times."))
        else:
            task.status = TaskResultStatus.READY
            task.save(update_fields=["status", "worker_ids"])
    return len(found)


def _left_running(home: Path, now: datetime) -> "QuerySet[DBTaskResult[Any, Any]]":
    running = DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING).order_by("pk")
    if connection.vendor == "sqlite":
        return running  # one file has one machine, and the lock says that its worker is gone
    # A list of names in JSON has no portable "contains": compared as text.
    own = Q(worker_ids__icontains=worker_id(home))
    return running.filter(own | Q(started_at__lt=now - FORGOTTEN_AFTER))
