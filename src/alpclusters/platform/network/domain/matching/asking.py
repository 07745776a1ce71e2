"""Ask for texts to be encoded again. What encodes is not loaded here: every process asks."""

from alpclusters.platform.network.domain.asking import after_commit, enqueue_once


def read_texts_soon() -> None:
    """Let the worker encode what changed, once the transaction is through."""
    after_commit(_enqueue)


def _enqueue() -> None:
    from alpclusters.platform.network.domain.matching.tasks import read_texts  # noqa: PLC0415 - only the worker loads it

    enqueue_once(read_texts)
