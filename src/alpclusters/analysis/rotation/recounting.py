"""Count a changed plan anew: certificate, bounds, languages, reasons, advice."""

from dataclasses import replace

import numpy as np

from alpclusters.analysis.rotation.advising import advise
from alpclusters.analysis.rotation.bounds import least_pairs, shared_bound
from alpclusters.analysis.rotation.fields import IntArray
from alpclusters.analysis.rotation.languages import (
    Languages,
    count_unserved,
    count_wrong_seats,
    interpreters,
    wrong_seat_bound,
)
from alpclusters.analysis.rotation.reasons import Reason
from alpclusters.analysis.rotation.results import SeatPlan, certify_seats


def recounted(plan: SeatPlan) -> SeatPlan:
    """Count everything anew from the changed seats."""
    certificate = certify_seats(plan.seats, plan.tables)
    bound = _bound_now(plan.seats, plan.tables, revisits_allowed=certificate.revisits > 0)
    reasons = [reason for reason in plan.reasons if reason.code != "changed"]
    if certificate.repeats > bound:
        reasons.append(Reason("changed", (("repeats", certificate.repeats),)))
    rounds = plan.seats.shape[1]
    counted = replace(
        plan,
        certificate=certificate,
        lower_bound=bound,
        revisit_bound=_revisits_now(plan.seats, plan.tables),
        reasons=tuple(reasons),
        advice=advise(certificate, tables=plan.tables, rounds=rounds),
    )
    return counted if plan.languages is None else _spoken(counted, plan.languages)


def _spoken(plan: SeatPlan, languages: Languages) -> SeatPlan:
    return replace(
        plan,
        wrong_language_seats=count_wrong_seats(plan.seats, languages),
        wrong_language_bound=_wrong_bound(plan.seats, languages),
        interpreters=interpreters(plan.seats, languages),
        unserved=count_unserved(languages),
    )


def _wrong_bound(seats: IntArray, languages: Languages) -> int:
    """Return the bound where everybody is there throughout; nothing is claimed otherwise."""
    return wrong_seat_bound(languages, seats.shape[1]) if (seats >= 0).all() else 0


def _bound_now(seats: IntArray, tables: int, *, revisits_allowed: bool) -> int:
    """Return the bound of repeats for those who are there, in tables of any size."""
    there = seats >= 0
    rounds = seats.shape[1]
    common = [int((there[:, 0] & there[:, r]).sum()) for r in range(1, rounds)]
    allowed = revisits_allowed or rounds > tables
    pigeonhole = shared_bound(common, tables, revisits_allowed=allowed)
    n = int(there.any(axis=1).sum())
    pairs = sum(least_pairs(int(k), tables) for k in there.sum(axis=0)) - n * (n - 1) // 2
    return max(pigeonhole, pairs, 0)


def _revisits_now(seats: IntArray, tables: int) -> int:
    return int(np.maximum((seats >= 0).sum(axis=1) - tables, 0).sum())
