"""What a mix is worth if not all of it is granted: asked for, computed by the worker, kept."""

from django.db.models import Q

from alpclusters.analysis.errors import AlpClustersError, StateError
from alpclusters.platform.funding.domain.mixing.explaining import DONE, FAILED, WAITING
from alpclusters.platform.funding.domain.mixing.processes import compute_chances
from alpclusters.platform.funding.models import MixRun


def may_be_weighed(run: MixRun) -> bool:
    """Say whether a run holds a mix with something to apply for."""
    mix = run.result
    return bool(mix and mix["allocation"] and mix["check"]["valid"] is not False)


def ask_chances(run: MixRun) -> None:
    """Ask what a mix is worth if not all of it is granted; what is known is not asked twice.

    Raises
    ------
    StateError
        There is no mix with something to apply for.
    """
    # The task stores its result with this module's verbs.
    from alpclusters.platform.funding.mixing_tasks import weigh_run  # noqa: PLC0415 - a circle

    if not may_be_weighed(run):
        raise StateError("mix.not_done")
    # Two people press the button at once: only the first one's wish is new.
    not_asked = Q(chances={}) | Q(chances__state=FAILED)
    if MixRun.objects.filter(not_asked, pk=run.pk).update(chances={"state": WAITING}):
        weigh_run.enqueue(run.pk)


def weigh(run_id: int) -> None:
    """Weigh the chances of a run in a process of its own, and keep what was found."""
    run = MixRun.objects.filter(pk=run_id).first()
    if run is None or run.result is None or not may_be_weighed(run):
        return
    try:
        found = compute_chances(run.case_data, run.result)
    except AlpClustersError:
        found = {"state": FAILED}
    else:
        found = {"state": DONE, **found}
    MixRun.objects.filter(pk=run_id).update(chances=found)
