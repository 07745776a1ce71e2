"""The queue of background work: a table of the database, and a bell that calls the worker."""

from functools import partial
from typing import Any

from django.conf import settings
from django.db import transaction
from django_tasks_db import DatabaseBackend

from alpclusters.platform.operation.bell import ring


class Queue(DatabaseBackend):
    """Keeps tasks in the database; the worker is called once they are really there."""

    def enqueue(self, task: Any, args: Any, kwargs: Any) -> Any:
        """Store a task with the data of this transaction and ring when it is committed."""
        result: Any = super().enqueue(task, args, kwargs)
        transaction.on_commit(partial(ring, settings.HOME))
        return result
