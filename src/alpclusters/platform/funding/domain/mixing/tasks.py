"""Mixes computed by the worker: longer than a page may take."""

from django.tasks import task
from django.utils import timezone

from alpclusters.platform.funding.domain.mixing.explaining import explain, explain_limits, weigh
from alpclusters.platform.funding.domain.mixing.runs import perform


@task
def compute_run(run_id: int) -> None:
    """Compute one mix; a run that an ended worker left behind fails instead.

    The mix is there before what its limits hold back is looked for.
    """
    perform(run_id)
    explain_limits(run_id, today=timezone.localdate())


@task
def explain_run(run_id: int, subjects: list[str]) -> None:
    """Say why a mix does nothing for some offers or partners."""
    explain(run_id, subjects, today=timezone.localdate())


@task
def weigh_run(run_id: int) -> None:
    """Say what a mix is worth if not all of it is granted."""
    weigh(run_id)
