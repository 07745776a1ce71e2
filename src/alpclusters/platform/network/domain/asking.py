"""Ask the worker for something: once, after what changed is really there."""

from collections.abc import Callable

from django.db import transaction
from django.tasks import Task
from django_tasks_db.models import DBTaskResult

# A transaction with more of other work to do afterwards asks twice; the queue takes it once.
_LOOKS_BACK = 50


def after_commit(work: Callable[[], None]) -> None:
    """Do something once the transaction is through, and once for all that it changed."""
    waiting = transaction.get_connection().run_on_commit[-_LOOKS_BACK:]
    if not any(entry[1] is work for entry in waiting):
        transaction.on_commit(work)


def enqueue_once(task: "Task[[], None]") -> None:
    """Put a task into the queue unless it waits there already."""
    if not DBTaskResult.objects.ready().filter(task_path=task.module_path).exists():
        task.enqueue()
