"""Ask for the networks to be measured again: once, after what changed is really there."""

from typing import Any

from django.db import transaction
from django_tasks_db.models import DBTaskResult

# A transaction with more of other work to do afterwards asks twice; the queue takes it once.
_LOOKS_BACK = 50


def measure_soon(**_told: Any) -> None:
    """Let the worker measure what changed, once the transaction is through."""
    waiting = transaction.get_connection().run_on_commit[-_LOOKS_BACK:]
    if not any(entry[1] is _enqueue for entry in waiting):
        transaction.on_commit(_enqueue)


def _enqueue() -> None:
    from alpclusters.platform.network.measuring_tasks import (  # noqa: PLC0415 - it asks us back
        measure_networks,
    )

    if not DBTaskResult.objects.ready().filter(task_path=measure_networks.module_path).exists():
        measure_networks.enqueue()
