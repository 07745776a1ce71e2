"""What a mix is worth if not all of it is granted: asked for, computed by the worker, kept."""

from alpclusters.analysis.errors import AlpClustersError
from alpclusters.platform.funding.domain.mixing.explaining import DONE, FAILED
from alpclusters.platform.funding.domain.mixing.processes import compute_chances
from alpclusters.platform.funding.models import MixRun


def may_be_weighed(run: MixRun) -> bool:
    """Say whether a run holds a mix with something to apply for."""
    mix = run.result
    return bool(mix and mix["allocation"] and mix["check"]["valid"] is not False)


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
