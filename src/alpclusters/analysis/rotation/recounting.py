"""Count a changed plan anew: certificate, bounds, languages, reasons, advice."""

from dataclasses import replace

import numpy as np

from alpclusters.analysis.rotation.advising import advise
from alpclusters.analysis.rotation.bounds import (
    SpreadBound,
    least_pairs,
    same_ways,
    shared_bound,
    spread_from,
)
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
    allowed = certificate.revisits > 0
    bound = _bound_now(plan.seats, plan.tables, revisits_allowed=allowed)
    spread = _spread_now(plan.seats, plan.tables, few=bound, revisits_allowed=allowed)
    reasons = [reason for reason in plan.reasons if reason.code != "changed"]
    if certificate.repeats > (bound if plan.prefer == "few" else spread.repeats):
        reasons.append(Reason("changed", (("repeats", certificate.repeats),)))
    rounds = plan.seats.shape[1]
    counted = replace(
        plan,
        certificate=certificate,
        lower_bound=bound,
        spread_bound=spread,
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


def _spread_now(seats: IntArray, tables: int, *, few: int, revisits_allowed: bool) -> SpreadBound:
    """Return what every two rounds share at least, for those who are there in both."""
    there = (seats >= 0).astype(np.int64)
    rounds = seats.shape[1]
    common = (there.T @ there)[np.triu_indices(rounds, 1)].tolist()
    allowed = revisits_allowed or rounds > tables
    throughout = int(there.all(axis=1).sum())
    return spread_from(
        shared_bound(common, tables, revisits_allowed=allowed),
        few=few,
        often=same_ways(throughout, tables, rounds, revisits_allowed=allowed),
        rounds=rounds,
    )


def _revisits_now(seats: IntArray, tables: int) -> int:
    return int(np.maximum((seats >= 0).sum(axis=1) - tables, 0).sum())
