"""Ask for texts to be encoded again. What encodes is not loaded here: every process asks."""

from django.db import transaction
from django_tasks_db.models import DBTaskResult

# A transaction with more of other work to do afterwards asks twice; the queue takes it once.
_LOOKS_BACK = 50


def read_texts_soon() -> None:
    """Let the worker encode what changed, once the transaction is through."""
    waiting = transaction.get_connection().run_on_commit[-_LOOKS_BACK:]
    if not any(entry[1] is _enqueue for entry in waiting):
        transaction.on_commit(_enqueue)


def _enqueue() -> None:
    from alpclusters.platform.network.matching_tasks import (  # noqa: PLC0415 - it asks us back
        read_texts,
    )

    if not DBTaskResult.objects.ready().filter(task_path=read_texts.module_path).exists():
        read_texts.enqueue()
