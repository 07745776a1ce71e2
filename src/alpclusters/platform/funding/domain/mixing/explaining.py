"""Why offers and partners of a mix get nothing: asked for, computed by the worker, kept."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final

from django.db import transaction

from alpclusters.analysis.errors import AlpClustersError, StateError
from alpclusters.analysis.funding.case import read_case
from alpclusters.analysis.funding.mix.reasons import unused_subjects
from alpclusters.platform.funding.domain.mixing.folders import Asked
from alpclusters.platform.funding.domain.mixing.processes import compute_asked
from alpclusters.platform.funding.models import MixRun

WAITING: Final = "waiting"
DONE: Final = "done"
FAILED: Final = "failed"
type Reasons = dict[str, dict[str, Any]]


def unexplained(run: MixRun) -> list[str]:
    """List what a mix does nothing for and nobody has explained: offers, then partners."""
    if run.result is None or run.kind != MixRun.Kind.BEST:
        return []
    cells = [(cell["offer"], cell["line"]) for cell in run.result["allocation"]]
    subjects = unused_subjects(read_case(run.case_data), cells)
    return [one for one in subjects if run.reasons.get(one, {}).get("state") in {None, FAILED}]


def ask_reasons(run: MixRun, subjects: Sequence[str]) -> None:
    """Ask why a mix does nothing for some offers or partners; what is known is not asked twice.

    Raises
    ------
    StateError
        The mix is not there yet, or does something for one of them.
    """
    # The task stores its reasons with this module's verbs.
    from alpclusters.platform.funding.mixing_tasks import explain_run  # noqa: PLC0415 - a circle

    wanted = [one for one in unexplained(run) if one in set(subjects)]
    known = set(subjects) <= {*wanted, *run.reasons}
    if not known:
        raise StateError("mix.no_such_offer")
    if wanted:
        _keep(run.pk, {key: {"state": WAITING} for key in wanted})
        explain_run.enqueue(run.pk, wanted)


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
        _keep(run_id, {key: {"state": FAILED} for key in asked.explained})
    else:
        _keep(run_id, {key: {"state": DONE, **said} for key, said in found.items()})


@transaction.atomic
def _keep(run_id: int, found: Mapping[str, dict[str, Any]]) -> None:
    """Write reasons beside those of others who ask at the same time."""
    run = MixRun.objects.select_for_update(of=("self",)).get(pk=run_id)
    run.reasons = {**run.reasons, **found}
    run.save(update_fields=["reasons"])
