"""Late arrivals, no-shows and walk-outs: nobody else moves, and everything is counted anew."""

from collections.abc import Collection
from dataclasses import replace

import numpy as np

from alpclusters.analysis.errors import AnalysisError, DuplicateError, Where
from alpclusters.analysis.rotation.balance import Newcomer, insert_guest, price_of_seat, table_sizes
from alpclusters.analysis.rotation.certificate import (
    SpreadBound,
    least_pairs,
    same_ways,
    shared_bound,
    spread_from,
)
from alpclusters.analysis.rotation.fields import IntArray, check_count
from alpclusters.analysis.rotation.languages import (
    BoolArray,
    Languages,
    count_unserved,
    count_wrong_seats,
    interpreters,
    wrong_matrix,
    wrong_seat_bound,
)
from alpclusters.analysis.rotation.planning import advise
from alpclusters.analysis.rotation.results import Reason, SeatPlan, certify_seats, frozen
from alpclusters.analysis.rotation.wishes import Guest

# --- Count a changed plan anew: certificate, bounds, languages, reasons, advice -------------------


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


# --- Late arrivals, no-shows and walk-outs: nobody else moves -------------------------------------


MOST_TRIED = 500


def add_guest(
    plan: SeatPlan,
    *,
    guest: Guest | None = None,
    from_round: int = 1,
    languages: Collection[str] = (),
) -> SeatPlan:
    """Seat one more guest; nobody else moves.

    Parameters
    ----------
    plan : SeatPlan
    guest : hashable, optional
        Id; ``None`` takes the next number.
    from_round : int, default 1
        Round of arrival, from 1; earlier rounds stay empty and are not counted.
    languages : collection of str
        What the newcomer speaks; only used if the plan has languages.

    Returns
    -------
    SeatPlan
        With one row more. ``certificate`` counts the plan as it stands now, ``planned`` as it
        was made.

    Raises
    ------
    AnalysisError
        A round that does not exist.
    DuplicateError
        The guest is in the plan already.

    Notes
    -----
    The word with the lowest cost: repeats, returns, a wrong language, and tables that are not
    the smallest of their round, so that after walk-outs the gaps are filled first. Among equals
    the word of a guest who did not come, then the next spare word, which keeps the certificate.

    Examples
    --------
    >>> from alpclusters.analysis.rotation import seat
    >>> plan = add_guest(seat(60, 10, 3))
    >>> len(plan.guests), plan.repeats, plan.size_max
    (61, 0, 7)
    """
    start = _checked_round(plan, from_round)
    newcomer = _fresh(plan, guest)
    spoken = None if plan.languages is None else frozenset(languages)
    word, freed, spare = _word(plan, start, spoken)
    changed = replace(
        plan,
        seats=frozen(np.vstack([plan.seats, word])),
        guests=(*plan.guests, newcomer),
        freed=freed,
        spare=frozen(spare),
        languages=_with(plan.languages, spoken),
    )
    return recounted(changed)


def remove_guest(plan: SeatPlan, guest: Guest, *, from_round: int = 1) -> SeatPlan:
    """Take a guest who did not come or leaves out of the plan; nobody else moves.

    Parameters
    ----------
    plan : SeatPlan
    guest : hashable
        Id; the number, if the plan was made from a number of guests.
    from_round : int, default 1
        First round of absence, from 1; earlier rounds stand.

    Returns
    -------
    SeatPlan
        With the seats void; the row and all numbers stay. The word is kept for arrivals.

    Raises
    ------
    AnalysisError
        An unknown guest, or a round that does not exist.

    Examples
    --------
    >>> from alpclusters.analysis.rotation import seat
    >>> plan = remove_guest(seat(24, 6, 4), 1)
    >>> plan.certificate.guests, plan.repeats, plan.size_min
    (23, 0, 3)
    """
    start = _checked_round(plan, from_round)
    if guest not in plan.guests:
        code = "seat.unknown_guest"
        raise AnalysisError(code, where=Where(argument="guest"), found=str(guest))
    row = plan.guests.index(guest)
    seats = plan.seats.copy()
    word = tuple(int(table) if place >= start else -1 for place, table in enumerate(seats[row]))
    seats[row, start:] = -1
    freed = plan.freed if set(word) == {-1} else (*plan.freed, word)
    return recounted(replace(plan, seats=frozen(seats), freed=freed))


def _checked_round(plan: SeatPlan, from_round: int) -> int:
    return check_count(from_round, "from_round", most=plan.seats.shape[1]) - 1


def _fresh(plan: SeatPlan, guest: Guest | None) -> Guest:
    newcomer = len(plan.guests) + 1 if guest is None else guest
    if newcomer in plan.guests:
        code = "seat.duplicate_guest"
        raise DuplicateError(code, where=Where(argument="guest"))
    return newcomer


def _word(
    plan: SeatPlan, start: int, spoken: frozenset[str] | None
) -> tuple[IntArray, tuple[tuple[int, ...], ...], IntArray]:
    """Return the newcomer's word, and the freed and spare words that are left.

    Freed words come first, then spare ones, then any other, if they cost the same.
    """
    newcomer = Newcomer(
        seats=plan.seats,
        tables=plan.tables,
        start=start,
        wrong=_wrong(plan, spoken),
        language_weight=plan.conventions.threshold("language_weight") or 0.0,
        prefer=plan.prefer,
    )
    freed = [place for place, word in enumerate(plan.freed) if min(word[start:]) >= 0]
    words = [
        *(plan.freed[place][start:] for place in freed),
        *plan.spare[:MOST_TRIED, start:].tolist(),
        insert_guest(newcomer).tolist(),
    ]
    costs = newcomer.costs(np.array(words, dtype=np.int64))
    chosen = int(np.argmin(costs))
    word = np.concatenate([np.full(start, -1), words[chosen]])
    if chosen < len(freed):
        rest = tuple(w for place, w in enumerate(plan.freed) if place != freed[chosen])
        return word, rest, plan.spare
    if chosen < len(words) - 1:
        return word, plan.freed, np.delete(plan.spare, chosen - len(freed), axis=0)
    return word, plan.freed, plan.spare


def _wrong(plan: SeatPlan, spoken: frozenset[str] | None) -> BoolArray:
    if plan.languages is None or spoken is None:
        return np.zeros(plan.tables, dtype=np.bool_)
    return np.array([host not in spoken for host in plan.languages.tables])


def _with(languages: Languages | None, spoken: frozenset[str] | None) -> Languages | None:
    if languages is None or spoken is None:
        return languages
    return replace(languages, guests=(*languages.guests, spoken))


# --- After walk-outs: the tables of a round are made even again by moving as few guests as needed


def even_out(
    plan: SeatPlan, round_index: int, *, movable: Collection[Guest] | None = None
) -> SeatPlan:
    """Move guests of one round until its tables are at most one apart in size.

    Parameters
    ----------
    plan : SeatPlan
        Pins and pairs to keep apart are not known to it: leave out of ``movable`` whom they bind.
    round_index : int
        The round, from 1; all others stand.
    movable : collection of hashable, optional
        Who may be moved; ``None``: everybody.

    Returns
    -------
    SeatPlan
        As few guests as possible sit elsewhere. Where too few may be moved, tables stay further
        apart. A table that nobody sits at stays empty: it may be closed.

    Raises
    ------
    AnalysisError
        A round that does not exist.

    Notes
    -----
    One guest at a time goes from a largest table to a smallest one, the guest for whom this costs
    least: repeats, a return to a table (30 repeats), a language not spoken there. A move makes
    the tables more even by one guest, so no fewer moves can do.

    Examples
    --------
    >>> from alpclusters.analysis.rotation import remove_guest, seat
    >>> plan = seat(24, 6, 4)
    >>> for guest in plan.rounds[2][0][:3]:
    ...     plan = remove_guest(plan, guest, from_round=3)
    >>> plan.certificate.sizes[2], even_out(plan, 3).certificate.sizes[2]
    ((1, 4, 4, 4, 4, 4), (3, 4, 4, 3, 3, 4))
    """
    place = check_count(round_index, "round_index", most=plan.seats.shape[1]) - 1
    seats = plan.seats.copy()
    free = np.array([movable is None or guest in movable for guest in plan.guests], dtype=np.bool_)
    prices = _prices(plan)
    while move := _cheapest(seats, place, plan.tables, free, prices):
        guest, table = move
        seats[guest, place] = table
    return recounted(replace(plan, seats=frozen(seats)))


def _prices(plan: SeatPlan) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    if plan.languages is None:
        return np.zeros((len(plan.guests), plan.tables))
    weight = plan.conventions.threshold("language_weight") or 0.0
    return weight * np.asarray(wrong_matrix(plan.languages), dtype=np.float64)


def _cheapest(
    seats: IntArray,
    place: int,
    tables: int,
    free: BoolArray,
    prices: np.ndarray[tuple[int, int], np.dtype[np.float64]],
) -> tuple[int, int] | None:
    """Return whom to move where next; None if tables are even or nobody may be moved."""
    sizes = table_sizes(seats[:, place : place + 1], tables)[0]
    column = seats[:, place]
    least = sizes[sizes > 0].min(initial=len(seats))
    smallest = np.flatnonzero(sizes == least).tolist()
    for size in sorted({int(size) for size in sizes if size > least + 1}, reverse=True):
        at_largest = np.isin(column, np.flatnonzero(sizes == size)) & free
        moves = [
            (_gain(seats, guest, place, table, prices), guest, table)
            for guest in np.flatnonzero(at_largest).tolist()
            for table in smallest
        ]
        if moves:
            return min(moves)[1:]
    return None


def _gain(
    seats: IntArray,
    guest: int,
    place: int,
    table: int,
    prices: np.ndarray[tuple[int, int], np.dtype[np.float64]],
) -> float:
    """Return what the move costs, less what it spares."""
    own = int(seats[guest, place])
    there = price_of_seat(seats, guest, place, table) + prices[guest, table]
    # The guest is found at the own table too, and has been wherever the guest was.
    met_oneself = 1.0 if (np.delete(seats[guest], place) >= 0).any() else 0.0
    here = price_of_seat(seats, guest, place, own) - met_oneself + prices[guest, own]
    return float(there - here)
