"""The runs of a case: how far they are, which is shown, when one has ended without a word."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import transaction

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
