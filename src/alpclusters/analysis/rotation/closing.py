"""A table closes while the café runs: the rounds to come are planned anew, the past stands."""

from collections.abc import Collection
from dataclasses import replace

import numpy as np

from alpclusters.analysis.errors import AnalysisError, Where
from alpclusters.analysis.rotation.balance import table_sizes
from alpclusters.analysis.rotation.counts import check_count
from alpclusters.analysis.rotation.fields import IntArray
from alpclusters.analysis.rotation.languages import wrong_matrix
from alpclusters.analysis.rotation.reasons import Reason
from alpclusters.analysis.rotation.recounting import recounted
from alpclusters.analysis.rotation.repair import price_of_seat
from alpclusters.analysis.rotation.results import SeatPlan, frozen
from alpclusters.analysis.rotation.search import Costs, default_iterations, improve


def close_tables(
    plan: SeatPlan,
    closed: Collection[int],
    *,
    from_round: int,
    max_iterations: int | None = None,
) -> SeatPlan:
    """Plan the rounds from one on without some tables; rounds that have begun are not touched.

    Parameters
    ----------
    plan : SeatPlan
        Pins and pairs to keep apart are not known to it: plan anew with `seat` if there are any.
    closed : collection of int
        Numbers of the tables, from 1.
    from_round : int
        First round without them, from 1.
    max_iterations : int, optional
        Of the local search; ``None`` takes what is done in about a second.

    Returns
    -------
    SeatPlan
        Who met before counts as acquainted. Spare words are void.

    Raises
    ------
    AnalysisError
        A table or round that does not exist, or no table left.

    Examples
    --------
    >>> from alpclusters.analysis.rotation import seat
    >>> plan = close_tables(seat(20, 5, 3), [5], from_round=3)
    >>> plan.certificate.sizes[2], plan.planned.repeats
    ((5, 5, 5, 5, 0), 0)
    """
    start = _checked(plan, closed, from_round)
    shut = np.array(sorted({table - 1 for table in closed}))
    seats = _moved(plan.seats.copy(), shut, start=start, tables=plan.tables)
    before = np.arange(seats.shape[1]) < start
    costs = Costs(
        tables=plan.tables,
        wrong=_wrong(plan),
        apart=np.zeros((len(seats), len(seats)), dtype=np.bool_),
        frozen=before[None, :] | (seats < 0),
        language=plan.conventions.threshold("language_weight") or 0.0,
    )
    limit = default_iterations(len(seats)) if max_iterations is None else max_iterations
    found = improve(seats, costs, target=0, max_iterations=limit, seed=plan.seed)
    reason = Reason("table_closed", (("n", len(shut)),))
    changed = replace(
        plan,
        seats=frozen(found.seats),
        spare=frozen(plan.spare[:0]),
        freed=(),
        method="swap search",
        iterations=found.iterations,
        reasons=(*plan.reasons, reason),
    )
    return recounted(changed)


def _checked(plan: SeatPlan, closed: Collection[int], from_round: int) -> int:
    for table in closed:
        check_count(table, "closed", most=plan.tables)
    if len(set(closed)) == plan.tables:
        code = "seat.no_table_left"
        raise AnalysisError(code, where=Where(argument="closed"))
    return check_count(from_round, "from_round", most=plan.seats.shape[1]) - 1


def _moved(seats: IntArray, shut: IntArray, *, start: int, tables: int) -> IntArray:
    """Move the guests of closed tables to the emptiest open ones, fewest known faces first."""
    is_open = ~np.isin(np.arange(tables), shut)
    for round_ in range(start, seats.shape[1]):
        for guest in np.flatnonzero(np.isin(seats[:, round_], shut)).tolist():
            sizes = table_sizes(seats[:, round_ : round_ + 1], tables)[0]
            least = sizes[is_open].min()
            places = np.flatnonzero(is_open & (sizes == least)).tolist()
            prices = [price_of_seat(seats, guest, round_, place) for place in places]
            seats[guest, round_] = places[int(np.argmin(prices))]
    return seats


def _wrong(plan: SeatPlan) -> np.ndarray[tuple[int, int], np.dtype[np.bool_]]:
    if plan.languages is None:
        return np.zeros((len(plan.guests), plan.tables), dtype=np.bool_)
    return np.asarray(wrong_matrix(plan.languages), dtype=np.bool_)
