"""The runs of a case: how far they are, which is shown, when one has ended without a word."""

import time
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from alpclusters.analysis.errors import AlpClustersError
from alpclusters.analysis.funding.case_files import CaseError
from alpclusters.platform.funding.domain.mixing.processes import WorkerEndedError, compute_mix
from alpclusters.platform.funding.models import FundingCase, JointRun, MixRun

STATE: Final = MixRun.State
KIND: Final = MixRun.Kind
UNDER_WAY: Final = (STATE.WAITING, STATE.RUNNING)
# A running worker says so every second; without a word for so long it is gone.
SILENT_FOR: Final = timedelta(minutes=5)


def cancel_run(run: MixRun, *, now: datetime) -> None:
    """Ask the worker to end with what it has; a run nobody works on any more ends at once."""
    ask_to_end(run, now=now)
    fail_lost(run.case_id, now=now)


def ask_to_end(run: MixRun | JointRun, *, now: datetime) -> None:
    """End a run that waits; ask the worker to end one that runs."""
    with transaction.atomic():
        # The worker may be ending it just now.
        found = type(run)._default_manager.select_for_update(of=("self",)).get(pk=run.pk)
        if found.state == STATE.WAITING:
            found.state, found.ended_at = STATE.CANCELLED, now
        elif found.state == STATE.RUNNING:
            found.cancel_asked = True
        found.save(update_fields=["state", "ended_at", "cancel_asked"])


def is_lost(run: MixRun | JointRun, now: datetime) -> bool:
    """Say whether the worker of a running run has been silent for too long."""
    heard = run.progress.get("heard_at")
    last = datetime.fromisoformat(heard) if heard else run.started_at or run.asked_at
    return now - last > SILENT_FOR


def fail_lost(case_id: int, *, now: datetime) -> int:
    """Mark running mixes of a case as failed whose worker is silent; return how many."""
    running = MixRun.objects.filter(case_id=case_id, state=STATE.RUNNING).order_by("pk")
    lost = [run.pk for run in running if is_lost(run, now)]
    return fail(MixRun.objects.filter(pk__in=lost), "mix.worker_ended", now=now, reason="gone")


def fail(
    runs: Any,
    code: str,
    *,
    now: datetime,
    reason: str = "",
    faults: Sequence[Mapping[str, object]] = (),
) -> int:
    """Mark runs as failed that are still running; nothing of them is kept as a mix.

    ``faults`` are those of a case that cannot be taken, as records with pointer and code.
    """
    error: dict[str, Any] = {"code": code, "values": {"reason": reason}}
    if faults:
        error["faults"] = list(faults)
    values = {"state": STATE.FAILED, "error": error, "ended_at": now, "result": None}
    changed: int = runs.filter(state=STATE.RUNNING).update(**values)
    return changed


def latest_run(case: FundingCase) -> MixRun | None:
    """Return the newest best mix of a case, done ones first: what its pages open with."""
    own = case.runs.filter(kind=KIND.BEST)
    under_way = own.filter(state__in=UNDER_WAY).first()
    return under_way or own.filter(result__isnull=False).first() or own.first()


def is_thorough(run: MixRun) -> bool:
    """Say whether all other mixes and refusals were asked for."""
    return bool(run.changes.get("thorough"))


# --- One run from waiting to done: what the worker does with it, and how it ends ------------------


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
