"""Ask for the networks to be measured again: once, after what changed is really there."""

from typing import Any

from alpclusters.platform.network.domain.asking import after_commit, enqueue_once


def measure_soon(**_told: Any) -> None:
    """Let the worker measure what changed, once the transaction is through."""
    after_commit(_enqueue)


def _enqueue() -> None:
    from alpclusters.platform.network.domain.measuring.tasks import measure_networks  # noqa: PLC0415 - only the worker loads it

    enqueue_once(measure_networks)
