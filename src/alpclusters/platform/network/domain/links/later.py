"""Derive links behind the page: after an import, or when a body in an initiative is known."""

from django.tasks import task
from django_tasks_db.models import DBTaskResult

from alpclusters.platform.evidence.models import Initiative
from alpclusters.platform.network.domain.links.deriving import derive_all_links, derive_links
from alpclusters.platform.network.domain.measuring.asking import measure_soon


@task
def derive_in_background(initiative_id: int | None = None) -> None:
    """Derive the links of one initiative, or of all; the network is measured after it."""
    # Also for joint projects: those who take part were stored without a signal.
    measure_soon()
    if initiative_id is None:
        derive_all_links()
        return
    initiative = Initiative.objects.filter(pk=initiative_id).first()
    # Deleted since it was asked for.
    if initiative is not None:
        derive_links(initiative)


def derive_later(initiative_id: int | None = None) -> None:
    """Ask for it once; what waits already is not asked for again."""
    path = derive_in_background.module_path
    waiting = DBTaskResult.objects.ready().filter(task_path=path)
    if any(result.args_kwargs["args"] == [initiative_id] for result in waiting):
        return
    derive_in_background.enqueue(initiative_id)
