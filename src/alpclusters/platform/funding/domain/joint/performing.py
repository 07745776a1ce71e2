"""One joint run from waiting to done, and how it ends early."""

from datetime import datetime

from django.utils import timezone

from alpclusters.analysis.errors import AlpClustersError
from alpclusters.platform.funding.domain.mixing.processes import WorkerEndedError, compute_joint
from alpclusters.platform.funding.domain.mixing.runs import STATE, Line, ask_to_end, fail, is_lost
from alpclusters.platform.funding.models import JointRun


def perform_joint(run_id: int) -> None:
    """Compute a run that waits; one that a dead worker left running has failed."""
    run = JointRun.objects.filter(pk=run_id)
    if run.filter(state=STATE.RUNNING).exists():
        fail(run, "mix.worker_ended", now=timezone.now(), reason="gone")
        return
    if run.filter(state=STATE.WAITING).update(
        state=STATE.RUNNING, started_at=timezone.now(), progress={}
    ):
        _compute(run.get())


def cancel_joint(run: JointRun, *, now: datetime) -> None:
    """End a run: at once where nobody works on it, else after the step that is computed."""
    ask_to_end(run, now=now)
    own = JointRun.objects.filter(pk=run.pk)
    if is_lost(own.get(), now):
        fail(own, "mix.worker_ended", now=now, reason="gone")


def _compute(run: JointRun) -> None:
    own = JointRun.objects.filter(pk=run.pk)
    line = Line(own)
    try:
        found = compute_joint(run.asked, progress=line.note, cancelled=line.is_cancelled)
    except WorkerEndedError as error:
        reason = str(error.values.get("reason", ""))
        fail(own, error.code, now=timezone.now(), reason=reason)
    except AlpClustersError as error:
        fail(own, error.code, now=timezone.now())
    else:
        is_cancelled = found["status"] == "cancelled"
        own.filter(state=STATE.RUNNING).update(
            state=STATE.CANCELLED if is_cancelled else STATE.DONE,
            result=None if is_cancelled else found,
            ended_at=timezone.now(),
        )
