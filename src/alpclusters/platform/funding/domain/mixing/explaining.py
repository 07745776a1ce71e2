"""Why offers and partners of a mix get nothing: asked for, computed by the worker, kept."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final

from django.db import transaction

from alpclusters.analysis.errors import AlpClustersError
from alpclusters.analysis.funding.case_files import read_case
from alpclusters.analysis.funding.check.findings import Ceiling
from alpclusters.analysis.funding.mix.loosening import loosenable
from alpclusters.analysis.funding.mix.reasons import unused_subjects
from alpclusters.platform.funding.domain.mixing.folders import Asked
from alpclusters.platform.funding.domain.mixing.processes import compute_asked, compute_chances
from alpclusters.platform.funding.models import MixRun

WAITING: Final = "waiting"
DONE: Final = "done"
FAILED: Final = "failed"
# Each limit takes about as much work as the best mix did; beyond this people ask for it.
MOST_WORK: Final = 50_000
type Reasons = dict[str, dict[str, Any]]


def unexplained(run: MixRun) -> list[str]:
    """List what a mix does nothing for and nobody has explained: offers, then partners."""
    if run.result is None or run.kind != MixRun.Kind.BEST:
        return []
    cells = [(cell["offer"], cell["line"]) for cell in run.result["allocation"]]
    return _open(run, unused_subjects(read_case(run.case_data), cells))


def unloosened(run: MixRun) -> list[str]:
    """List the limits that bind of which nobody has computed what a little more would bring."""
    if run.result is None or run.kind != MixRun.Kind.BEST:
        return []
    return _open(run, _limits(run.result))


def _open(run: MixRun, subjects: Iterable[str]) -> list[str]:
    return [one for one in subjects if run.reasons.get(one, {}).get("state") in {None, FAILED}]


def explain_limits(run_id: int, *, today: date) -> None:
    """Say of the limits that bind a best mix what a little more would bring, if that is quick."""
    run = MixRun.objects.filter(pk=run_id, state=MixRun.State.DONE, kind=MixRun.Kind.BEST).first()
    if run is None or run.result is None:
        return
    work = max(int((run.result["solver"] or {}).get("work", 0)), 1)
    if limits := unloosened(run)[: MOST_WORK // work]:
        explain(run_id, limits, today=today)


def _limits(mix: Mapping[str, Any]) -> tuple[str, ...]:
    return loosenable(Ceiling(**one) for one in mix["check"]["ceilings"])


def explain(run_id: int, subjects: Iterable[str], *, today: date) -> None:
    """Explain some subjects of a run in a process of its own, and keep what was found."""
    run = MixRun.objects.filter(pk=run_id).first()
    if run is None or run.result is None:
        return
    asked = Asked(
        run.case_data,
        explained=tuple(subjects),
        worth_ct=run.result["objective"] or 0,
        used=tuple(offer["id"] for offer in run.result["offers"] if offer["used"]),
        today=today.isoformat(),
    )
    try:
        found = compute_asked(asked)
    except AlpClustersError:
        keep_reasons(run_id, {key: {"state": FAILED} for key in asked.explained})
    else:
        keep_reasons(run_id, {key: {"state": DONE, **said} for key, said in found.items()})


@transaction.atomic
def keep_reasons(run_id: int, found: Mapping[str, dict[str, Any]]) -> None:
    """Write reasons beside those of others who ask at the same time."""
    run = MixRun.objects.select_for_update(of=("self",)).get(pk=run_id)
    run.reasons = {**run.reasons, **found}
    run.save(update_fields=["reasons"])


# --- What a mix is worth if not all of it is granted: asked for, computed by the worker, kept -----


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
