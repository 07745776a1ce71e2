"""One run from waiting to done: what the worker does with it, and how it ends."""

import time
from collections.abc import Mapping
from typing import Any, Final

from django.db.models import QuerySet
from django.utils import timezone

from alpclusters.analysis.errors import AlpClustersError
from alpclusters.analysis.funding.case_files import CaseError
from alpclusters.platform.funding.domain.mixing.processes import WorkerEndedError, compute_mix
from alpclusters.platform.funding.domain.mixing.runs import STATE, fail, is_thorough
from alpclusters.platform.funding.models import JointRun, MixRun

# A page is looked at about once a second; the database need not hear more.
NOTES_EVERY_S: Final = 1.0
MOST_FAULTS: Final = 50


def perform(run_id: int) -> None:
    """Compute a run that waits; one that a dead worker left running has failed.

    Nothing is stored of a mix before all of it is there.
    """
    run = MixRun.objects.filter(pk=run_id)
    if run.filter(state=STATE.RUNNING).exists():
        fail(run, "mix.worker_ended", now=timezone.now(), reason="gone")
        return
    if not run.filter(state=STATE.WAITING).update(
        state=STATE.RUNNING, started_at=timezone.now(), progress={}
    ):
        return  # cancelled or deleted meanwhile
    _compute(run.get())


def _compute(run: MixRun) -> None:
    rejected = tuple(run.changes.get("rejected", ()))
    own = MixRun.objects.filter(pk=run.pk)
    line = Line(own)
    try:
        mix = compute_mix(
            run.case_data,
            progress=line.note,
            cancelled=line.is_cancelled,
            rejected=rejected,
            with_extras=run.kind == MixRun.Kind.BEST,
            is_thorough=is_thorough(run),
        )
    except CaseError as error:
        faults = [fault.as_record() for fault in error.faults[:MOST_FAULTS]]
        fail(own, error.code, now=timezone.now(), faults=faults)
    except WorkerEndedError as error:
        fail(own, error.code, now=timezone.now(), reason=str(error.values.get("reason", "")))
    except AlpClustersError as error:
        fail(own, error.code, now=timezone.now())
    else:
        state = STATE.CANCELLED if mix["status"] == "cancelled" else STATE.DONE
        own.filter(state=STATE.RUNNING).update(
            state=state, result=mix, error=None, ended_at=timezone.now()
        )


class Line:
    """The line between worker and database: progress up, the wish to cancel down."""

    def __init__(self, run: QuerySet[MixRun] | QuerySet[JointRun]) -> None:
        self.run = run
        self._noted_at = self._asked_at = 0.0
        self._is_cancelled = False

    def note(self, message: Mapping[str, Any]) -> None:
        """Store how far it is, once a second."""
        now = time.monotonic()
        if now - self._noted_at >= NOTES_EVERY_S:
            self._noted_at = now
            heard = timezone.now().isoformat()
            self.run.update(progress={**message, "heard_at": heard})

    def is_cancelled(self) -> bool:
        """Look once a second; a run that was deleted is cancelled too."""
        now = time.monotonic()
        if not self._is_cancelled and now - self._asked_at >= NOTES_EVERY_S:
            self._asked_at = now
            wish = self.run.values_list("cancel_asked", flat=True).first()
            self._is_cancelled = wish is None or wish
        return self._is_cancelled
