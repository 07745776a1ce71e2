"""Late arrivals, no-shows and walk-outs: nobody else moves."""

from collections.abc import Collection
from dataclasses import replace

import numpy as np

from alpclusters.analysis.errors import AnalysisError, DuplicateError, Where
from alpclusters.analysis.rotation.counts import check_count
from alpclusters.analysis.rotation.fields import IntArray
from alpclusters.analysis.rotation.insertion import Newcomer, insert_guest
from alpclusters.analysis.rotation.languages import BoolArray, Languages
from alpclusters.analysis.rotation.recounting import recounted
from alpclusters.analysis.rotation.results import SeatPlan, frozen
from alpclusters.analysis.rotation.wishes import Guest

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
