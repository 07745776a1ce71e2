"""The mixes people ask for: asked once, computed by the worker, kept for good."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import transaction

from alpclusters.analysis.errors import StateError
from alpclusters.analysis.funding.case import case_data, case_digest, read_case, refuse_large
from alpclusters.analysis.funding.case.records import Case
from alpclusters.platform.accounts.models import User
from alpclusters.platform.funding.domain.accounts.composing import computed_data
from alpclusters.platform.funding.domain.territory import territory
from alpclusters.platform.funding.models import FundingCase, MixRun

STATE: Final = MixRun.State
KIND: Final = MixRun.Kind
UNDER_WAY: Final = (STATE.WAITING, STATE.RUNNING)
# A running worker says so every second; without a word for so long it is gone.
SILENT_FOR: Final = timedelta(minutes=5)


@transaction.atomic
def ask_mix(
    case: FundingCase,
    *,
    by: User | None,
    now: datetime,
    anew: bool = False,
    thorough: bool = False,
) -> MixRun:
    """Ask for the best mix of a case as it stands; what is stored or under way is not done twice.

    Parameters
    ----------
    case : FundingCase
    by : User
    now : datetime
    anew : bool, default False
        Compute even if the same case with the same seed was computed before.
    thorough : bool, default False
        Look for all other mixes and refusals beside it, even if each takes long; computes unless
        that was done before.

    Raises
    ------
    CaseError
        The case is not ready; nothing is stored.
    """
    # Two people press the button at once: the second gets the first one's run.
    FundingCase.objects.select_for_update(of=("self",)).get(pk=case.pk)
    read = read_case(computed_data(case), territory=territory())
    refuse_large(read)
    digest = case_digest(read)
    if known := _known(case, digest, anew=anew, thorough=thorough):
        return known
    run = _made(case, read, digest, KIND.BEST, by, now)
    if thorough:
        run.changes = {"thorough": True}
    return _begin(run)


@transaction.atomic
def ask_scenario(
    base: MixRun, rejected: tuple[str, ...], *, by: User, now: datetime, label: str = ""
) -> MixRun:
    """Ask what would be left if offers of a mix were refused.

    Raises
    ------
    StateError
        The mix is not there yet, or no such offer is in its case.
    """
    # Two people ask for the same scenario at once: the second gets the first one's run.
    MixRun.objects.select_for_update(of=("self",)).get(pk=base.pk)
    if base.result is None:
        raise StateError("mix.not_done")
    read = read_case(base.case_data, territory=territory())
    wanted = tuple(sorted(set(rejected)))
    if not wanted or not set(wanted) <= {offer.id for offer in read.offers}:
        raise StateError("mix.no_such_offer")
    changes = {"rejected": list(wanted)}
    for run in base.derived.filter(kind=KIND.SCENARIO).order_by("-pk"):
        if run.changes == changes and run.state in {*UNDER_WAY, STATE.DONE}:
            return run
    return _begin(
        MixRun(
            case=base.case,
            case_version=base.case_version,
            case_data=base.case_data,
            case_sha256=base.case_sha256,
            kind=KIND.SCENARIO,
            base=base,
            changes=changes,
            label=label,
            asked_by=by,
            asked_at=now,
        )
    )


def cancel_run(run: MixRun, *, now: datetime) -> None:
    """Ask the worker to end with what it has; a run nobody works on any more ends at once."""
    with transaction.atomic():
        # The worker may be ending it just now.
        found = MixRun.objects.select_for_update(of=("self",)).get(pk=run.pk)
        if found.state == STATE.WAITING:
            found.state, found.ended_at = STATE.CANCELLED, now
        elif found.state == STATE.RUNNING:
            found.cancel_asked = True
        found.save(update_fields=["state", "ended_at", "cancel_asked"])
    fail_lost(run.case_id, now=now)


def fail_lost(case_id: int, *, now: datetime) -> int:
    """Mark running mixes of a case as failed whose worker is silent; return how many."""
    lost = []
    for run in MixRun.objects.filter(case_id=case_id, state=STATE.RUNNING).order_by("pk"):
        heard = run.progress.get("heard_at")
        last = datetime.fromisoformat(heard) if heard else run.started_at or run.asked_at
        if now - last > SILENT_FOR:
            lost.append(run.pk)
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


def _known(case: FundingCase, digest: str, *, anew: bool, thorough: bool = False) -> MixRun | None:
    own = case.runs.filter(kind=KIND.BEST, case_sha256=digest)
    if thorough:
        own = own.filter(changes__thorough=True)
    if under_way := own.filter(state__in=UNDER_WAY).first():
        return under_way
    return None if anew else own.filter(state=STATE.DONE).first()


def _made(
    case: FundingCase, read: Case, digest: str, kind: str, by: User | None, now: datetime
) -> MixRun:
    data: Mapping[str, Any] = case_data(read)
    return MixRun(
        case=case,
        case_version=case.version,
        case_data=data,
        case_sha256=digest,
        kind=kind,
        asked_by=by,
        asked_at=now,
    )


def _begin(run: MixRun) -> MixRun:
    # The task stores its run with this module's verbs.
    from alpclusters.platform.funding.mixing_tasks import compute_run  # noqa: PLC0415 - a circle

    run.save()
    compute_run.enqueue(run.pk)
    return run
