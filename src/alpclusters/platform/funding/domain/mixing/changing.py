"""A mix changed by hand: checked at once, kept as a run of its own, never called valid when not."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.db import transaction

from alpclusters.analysis.errors import StateError
from alpclusters.analysis.funding.case import Allocation, Case, Cell, share_ct
from alpclusters.analysis.funding.case_files import read_case
from alpclusters.analysis.funding.check import CheckState, apply_change, open_check
from alpclusters.analysis.funding.check.findings import Ceiling, Check
from alpclusters.analysis.funding.mix.document import Found, mix_document
from alpclusters.analysis.funding.mix.rates import cell_rates
from alpclusters.analysis.funding.mix.sheets import objective_ct
from alpclusters.platform.accounts.models import User
from alpclusters.platform.funding.domain.territory import territory
from alpclusters.platform.funding.models import MixRun

type Changes = Mapping[tuple[str, str], int]


@dataclass(frozen=True, slots=True)
class Tried:
    """A changed mix and what the check says to it."""

    allocation: Allocation
    check: Check
    objective_ct: int


@dataclass(frozen=True)
class _Ground:
    """What a mix is checked against: kept for a while, since people try several changes."""

    case: Case
    rates: Mapping[tuple[str, str], int]
    state: CheckState
    allocation: Allocation


def try_cells(run: MixRun, changes: Changes) -> Tried:
    """Check a mix with other declared costs, without storing anything.

    Parameters
    ----------
    run : MixRun
    changes : mapping of (str, str) to int
        Declared cost in cents by offer and line; 0 takes the cell away.

    Raises
    ------
    StateError
        The run has no mix.
    """
    ground = _ground_of(run)
    state, cells = ground.state, {(cell.offer, cell.line): cell for cell in ground.allocation}
    for (offer, line), declared in sorted(changes.items()):
        cell = Cell(offer, line, declared, share_ct(declared, ground.rates.get((offer, line), 0)))
        known = cells.get((offer, line))
        if declared == (known.declared_ct if known else 0):
            continue
        state = apply_change(state, cell)
        cells[offer, line] = cell
    allocation = tuple(sorted(cell for cell in cells.values() if cell.declared_ct > 0))
    return Tried(allocation, state.check, objective_ct(ground.case, allocation))


def change_cells(run: MixRun, changes: Changes, *, by: User, now: datetime) -> MixRun:
    """Keep a changed mix as a run of its own; the one it comes from stays as it is.

    Raises
    ------
    StateError
        The run has no mix.
    """
    tried = try_cells(run, changes)
    stored = [
        {"offer": offer, "line": line, "declared_ct": declared}
        for (offer, line), declared in sorted(changes.items())
    ]
    return _keep(run, tried, {"cells": stored}, by=by, now=now)


def adopt_alternative(run: MixRun, place: int, *, by: User, now: datetime) -> MixRun:
    """Keep an alternative of a run as a run of its own, checked as a whole.

    Raises
    ------
    StateError
        The run has no such alternative.
    """
    mix = _mix_of(run)
    if not 0 <= place < len(mix["alternatives"]):
        raise StateError("mix.not_done")
    cells = tuple(Cell(**cell) for cell in mix["alternatives"][place]["allocation"])
    case = read_case(run.case_data, territory=territory())
    state = open_check(case, cells, territory=territory(), rejected=_rejected(run))
    tried = Tried(cells, state.check, objective_ct(case, cells))
    return _keep(run, tried, {"alternative": place + 1}, by=by, now=now)


def moved_ceilings(mix: Mapping[str, Any], check: Check) -> list[tuple[int, Ceiling]]:
    """List the ceilings that a change moved, each with its use before; broken ones first."""
    before = {_key(item): item["used_ct"] for item in mix["check"]["ceilings"]}
    limits = {_key(item): item["limit_ct"] for item in mix["check"]["ceilings"]}
    moved = []
    for ceiling in check.ceilings:
        key = (ceiling.kind, ceiling.subject, ceiling.rule, ceiling.article)
        was = before.get(key, 0)
        if was != ceiling.used_ct or limits.get(key, ceiling.limit_ct) != ceiling.limit_ct:
            moved.append((was, ceiling))
    return sorted(moved, key=lambda one: (one[1].slack_ct >= 0, one[1].rule, one[1].subject))


def _keep(run: MixRun, tried: Tried, changes: dict[str, Any], *, by: User, now: datetime) -> MixRun:
    mix = _mix_of(run)
    case = read_case(run.case_data, territory=territory())
    found = Found(tried.allocation, mix["bound"], solver=mix["solver"])
    document = mix_document(
        case,
        replace(found, certificate=mix["certificate"]),
        tried.check,
        open_questions=mix["open"],
        assumptions=mix["assumptions"],
    )
    with transaction.atomic():
        return MixRun.objects.create(
            case=run.case,
            case_version=run.case_version,
            case_data=run.case_data,
            case_sha256=run.case_sha256,
            kind=MixRun.Kind.MANUAL,
            base=run,
            changes={**changes, "rejected": list(_rejected(run))},
            state=MixRun.State.DONE,
            result=json.loads(json.dumps(document)),
            asked_by=by,
            asked_at=now,
            started_at=now,
            ended_at=now,
        )


def _ground_of(run: MixRun) -> _Ground:
    asked = [run.case_data, _mix_of(run)["allocation"], list(_rejected(run))]
    text = json.dumps(asked, sort_keys=True)
    return _ground(text)


@lru_cache(maxsize=8)
def _ground(text: str) -> _Ground:
    """Read a mix once; people try several changes of one."""
    data, allocation, rejected = json.loads(text)
    case, place = read_case(data, territory=territory()), territory()
    cells = tuple(Cell(**cell) for cell in allocation)
    state = open_check(case, cells, territory=place, rejected=tuple(rejected))
    return _Ground(case, cell_rates(case, place, rejected=tuple(rejected)), state, cells)


def _rejected(run: MixRun) -> tuple[str, ...]:
    return tuple(run.changes.get("rejected", ()))


def _mix_of(run: MixRun) -> dict[str, Any]:
    if run.result is None or run.result["status"] == "infeasible":
        raise StateError("mix.not_done")
    mix: dict[str, Any] = run.result
    return mix


def _key(item: Mapping[str, Any]) -> tuple[str, str, str, str]:
    return (item["kind"], item["subject"], item["rule"], item["article"])
