"""The mixes people ask for: asked once, computed by the worker, kept for good."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from alpclusters.analysis.errors import StateError
from alpclusters.analysis.funding.case import Case
from alpclusters.analysis.funding.case_files import case_data, case_digest, read_case, refuse_large
from alpclusters.platform.accounts.models import User
from alpclusters.platform.funding.domain.accounts.composing import computed_data
from alpclusters.platform.funding.domain.mixing.explaining import (
    FAILED,
    WAITING,
    keep_reasons,
    may_be_weighed,
    unexplained,
    unloosened,
)
from alpclusters.platform.funding.domain.mixing.runs import KIND, STATE, UNDER_WAY
from alpclusters.platform.funding.domain.mixing.tasks import compute_run, explain_run, weigh_run
from alpclusters.platform.funding.domain.territory import territory
from alpclusters.platform.funding.models import FundingCase, MixRun


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


def ask_reasons(run: MixRun, subjects: Sequence[str]) -> None:
    """Ask why a mix does nothing for some offers or partners; what is known is not asked twice.

    Raises
    ------
    StateError
        The mix is not there yet, or does something for one of them.
    """
    asked = set(subjects)
    wanted = [one for one in (*unexplained(run), *unloosened(run)) if one in asked]
    known = set(subjects) <= {*wanted, *run.reasons}
    if not known:
        raise StateError("mix.no_such_offer")
    if wanted:
        keep_reasons(run.pk, {key: {"state": WAITING} for key in wanted})
        explain_run.enqueue(run.pk, wanted)


def ask_chances(run: MixRun) -> None:
    """Ask what a mix is worth if not all of it is granted; what is known is not asked twice.

    Raises
    ------
    StateError
        There is no mix with something to apply for.
    """
    if not may_be_weighed(run):
        raise StateError("mix.not_done")
    # Two people press the button at once: only the first one's wish is new.
    not_asked = Q(chances={}) | Q(chances__state=FAILED)
    if MixRun.objects.filter(not_asked, pk=run.pk).update(chances={"state": WAITING}):
        weigh_run.enqueue(run.pk)


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
    run.save()
    compute_run.enqueue(run.pk)
    return run
