"""The file ``mix.json``: one result as others read it, the same bytes for the same case and seed.

No time and no date stand in it. Everything is whole cents, the order is fixed, and what a reader
must know to judge the mix is inside: the bound, the check with each ceiling, the certificate.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from typing import Any, Final, Literal

from alpclusters.analysis.funding.case import NOTICE_KEY, Allocation, Case, Cell, Status
from alpclusters.analysis.funding.case_files import case_digest
from alpclusters.analysis.funding.check.findings import Ceiling, Check
from alpclusters.analysis.funding.mix.sheets import objective_ct, offer_sheets, partner_sheets

SCHEMA: Final = "alpclusters-mix/1"
ONE_EURO_CT: Final = 100
PROVED_GAP: Final = 1e-6
GAP_DIGITS: Final = 9
SEARCHED: Final = ("optimal", "gap", "feasible")
type Beside = Literal["some", "all"]


@dataclass(frozen=True, slots=True)
class Found:
    """What a search, or a person by hand, came to: an allocation and what is known of its worth.

    Attributes
    ----------
    allocation : tuple of Cell
    bound_ct : int or None
        No mix of this case is worth more; None where nobody computed a bound.
    status : Status
        How the search ended, before the check.
    levels : tuple of mapping
        ``name``, ``value``, ``bound``, ``proved`` of each level of the objective.
    certificate : mapping or None
        ``duals_sha256``, ``bound_ct``, ``method``.
    solver : mapping
        ``seed``, ``work``, ``versions``.
    beside : "some", "all" or None
        How many further mixes and refusals were looked for; None if none were to be.
    """

    allocation: Allocation
    bound_ct: int | None = None
    status: Status = "feasible"
    levels: tuple[Mapping[str, object], ...] = ()
    certificate: Mapping[str, object] | None = None
    solver: Mapping[str, object] = field(default_factory=dict)
    beside: Beside | None = None


def mix_document(  # noqa: PLR0913 - each argument is a part of the file
    case: Case,
    found: Found,
    check: Check,
    *,
    alternatives: Sequence[Mapping[str, object]] = (),
    scenarios: Sequence[Mapping[str, object]] = (),
    infeasible: Mapping[str, object] | None = None,
    open_questions: Sequence[Mapping[str, object]] = (),
    assumptions: Sequence[Mapping[str, object]] = (),
) -> dict[str, Any]:
    """Return ``mix.json`` of a case as plain data.

    Parameters
    ----------
    case : Case
    found : Found
        The best mix, or the mix changed by hand.
    check : Check
        The independent check of its allocation.
    alternatives, scenarios, open_questions, assumptions : sequences of mappings
        As `alternative_part`, `scenario_part` and `eligibility` write them.
    infeasible : mapping, optional
        Why no mix exists (`explain_infeasible`).

    Returns
    -------
    dict
        ``objective`` is grants minus efforts of the rounded mix; ``bound`` is at least as much;
        ``gap`` is ``(bound - objective) / max(1, |bound|)``. A mix that fails its check has the
        status ``failed`` and keeps its objective for diagnosis only; where the law of a grant's day
        is not known the status is ``undecided``. ``rulebook`` says how the case reads the law.

    Notes
    -----
    Keys are stable; the text is `mix_text`.

    Examples
    --------
    >>> import datetime as dt
    >>> from alpclusters.analysis.funding.case import Case, Periods
    >>> case = Case("Nothing yet", Periods(dt.date(2027, 1, 1), 4), (), (), (), (), ())
    >>> mix = mix_document(case, Found(()), Check(valid=True, violations=(), ceilings=()))
    >>> mix["objective"], mix["status"]
    (0, 'feasible')
    """
    worth = _worth(case, found, check)
    return {
        "schema": SCHEMA,
        "case_sha256": case_digest(case),
        "simulated": case.is_simulated,
        "rulebook": case.rulebook,
        **worth,
        "levels": [dict(level) for level in found.levels],
        **mix_part(case, found.allocation),
        "check": check_part(check),
        "certificate": dict(found.certificate) if found.certificate else None,
        "solver": dict(found.solver),
        "beside": found.beside,
        "alternatives": [dict(part) for part in alternatives],
        "scenarios": [dict(part) for part in scenarios],
        "infeasible": dict(infeasible) if infeasible else None,
        "open": [dict(part) for part in open_questions],
        "assumptions": [dict(part) for part in assumptions],
        "notice_key": NOTICE_KEY,
    }


def mix_part(case: Case, allocation: Iterable[Cell]) -> dict[str, Any]:
    """Return the allocation with its sums by offer and partner, as ``mix.json`` has them.

    Parameters
    ----------
    case : Case
    allocation : iterable of Cell

    Returns
    -------
    dict
        ``allocation``, ``offers``, ``partners``.
    """
    cells = sorted(cell for cell in allocation if cell.declared_ct > 0)
    return {
        "allocation": [asdict(cell) for cell in cells],
        "offers": [
            {
                "id": sheet.offer,
                "used": sheet.is_used,
                "grant_ct": sheet.grant_ct,
                "declared_ct": sheet.declared_ct,
                "partners": list(sheet.partners),
                "effort_ct": sheet.effort_ct,
            }
            for sheet in offer_sheets(case, cells)
        ],
        "partners": [
            {
                "id": sheet.partner,
                "cost_ct": sheet.cost_ct,
                "grant_ct": sheet.grant_ct,
                "own_ct": sheet.own_ct,
                "cash": list(sheet.cash_ct),
            }
            for sheet in partner_sheets(case, cells)
        ],
    }


def check_part(check: Check) -> dict[str, Any]:
    """Return the check as plain data, the tightest ceiling first.

    Parameters
    ----------
    check : Check

    Returns
    -------
    dict
        ``valid``, ``violations``, ``ceilings``, ``notes``, ``undecided``.
    """
    ceilings = sorted(check.ceilings, key=_tightness)
    return {
        "valid": check.valid,
        "violations": [_plain(item) for item in check.violations],
        "ceilings": [_plain(item) for item in ceilings],
        "notes": [_plain(item) for item in check.notes],
        "undecided": [_plain(item) for item in check.undecided],
    }


def mix_text(mix: Mapping[str, Any]) -> str:
    """Write a mix as text: equal mixes give equal bytes.

    Parameters
    ----------
    mix : mapping
        As `mix_document` returns it.

    Returns
    -------
    str
        JSON, indented, with a line feed at the end; names in alphabetical order, because a
        database may give them back in another order than it took them.

    Examples
    --------
    >>> print(mix_text({"objective": 1}))
    {
     "objective": 1
    }
    <BLANKLINE>
    """
    return json.dumps(mix, ensure_ascii=False, indent=1, allow_nan=False, sort_keys=True) + "\n"


def _worth(case: Case, found: Found, check: Check) -> dict[str, Any]:
    if found.status == "infeasible":
        return {"status": "infeasible", "objective": None, "bound": None, "gap": None}
    objective = objective_ct(case, found.allocation)
    bound = found.bound_ct
    # A bound below the mix is no bound: rounding to cents never lifts a mix above it.
    is_sound = bound is None or bound >= objective
    gap = _gap(objective, bound)
    is_kept = check.valid is not False and is_sound
    status = _status(found.status, objective, bound, gap) if is_kept else "failed"
    if check.valid is None and status in SEARCHED:
        status = "undecided"
    return {"status": status, "objective": objective, "bound": bound, "gap": gap}


def _gap(objective: int, bound: int | None) -> float | None:
    if bound is None:
        return None
    return round((bound - objective) / max(1, abs(bound)), GAP_DIGITS)


def _status(ended: Status, objective: int, bound: int | None, gap: float | None) -> Status:
    if ended in {"cancelled", "failed"}:
        return ended
    if bound is None or gap is None:
        return "feasible"
    return "optimal" if gap <= PROVED_GAP or bound - objective < ONE_EURO_CT else "gap"


def _tightness(ceiling: Ceiling) -> tuple[float, str, str, str]:
    """Sort by slack relative to the limit; a limit of 0 is as tight as it gets."""
    share = ceiling.slack_ct / ceiling.limit_ct if ceiling.limit_ct else float(ceiling.slack_ct > 0)
    return (share, ceiling.rule, ceiling.subject, ceiling.article)


def _plain(record: Any) -> dict[str, Any]:
    data = {one.name: getattr(record, one.name) for one in fields(record)}
    if "params" in data:
        data["params"] = dict(sorted(data["params"].items()))
    return data
