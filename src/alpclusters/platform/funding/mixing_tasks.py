"""Mixes computed by the worker: longer than a page may take."""

from django.tasks import task

from alpclusters.platform.funding.domain.mixing.storing import perform


@task
def compute_run(run_id: int) -> None:
    """Compute one mix; a run that an ended worker left behind fails instead."""
    perform(run_id)
