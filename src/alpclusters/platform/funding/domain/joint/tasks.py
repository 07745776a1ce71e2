"""Cases weighed together by the worker: longer than a page may take."""

from django.tasks import task

from alpclusters.platform.funding.domain.joint.performing import perform_joint


@task
def weigh_cases(run_id: int) -> None:
    """Weigh several cases together; a run that an ended worker left behind fails instead."""
    perform_joint(run_id)
