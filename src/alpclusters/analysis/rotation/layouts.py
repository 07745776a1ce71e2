"""The words of all guests before anybody is given one: closed form, twins, stayers."""

from dataclasses import dataclass

import numpy as np

from alpclusters.analysis.rotation.balance import choose_balanced, is_balanced
from alpclusters.analysis.rotation.fields import IntArray
from alpclusters.analysis.rotation.reasons import Reason
from alpclusters.analysis.rotation.repair import balance
from alpclusters.analysis.rotation.search import count_meetings
from alpclusters.analysis.rotation.small_orders import BEST_KNOWN, three_tables_four_rounds
from alpclusters.analysis.rotation.words import (
    FOUR_ROUNDS,
    SIX,
    WordList,
    complete_words,
    find_words,
)

ORDER_SIX_IMPOSSIBLE = 29


@dataclass(frozen=True, slots=True, eq=False)
class Layout:
    """Words for all guests.

    Attributes
    ----------
    words : array of shape (n_guests, n_rounds)
        Balanced in every round.
    spare : array of shape (n_spare, n_rounds)
        Words for arrivals, in order.
    method : str
    reasons : tuple of Reason
        Why repeats or revisits remain.
    searchable : bool
        Whether a local search may do better.
    """

    words: IntArray
    spare: IntArray
    method: str
    reasons: tuple[Reason, ...] = ()
    searchable: bool = False


def lay_out(guests: int, tables: int, rounds: int, *, stay: bool = False, seed: int = 0) -> Layout:
    """Return words for the guests, balanced, with as few repeats as a construction gives."""
    if rounds > tables or tables == 1:
        return _lay_out_long(guests, tables, rounds, seed=seed)
    found = find_words(guests, tables, rounds)
    if found is None:
        return _lay_out_extended(guests, tables, rounds, seed=seed)
    if guests <= len(found.words):
        words, spare = found.words[:guests], found.words[guests:]
        return Layout(words, spare, found.method, _order_six(guests, tables, rounds))
    return _lay_out_twins(guests, tables, rounds, stay=stay, seed=seed)


def _lay_out_twins(guests: int, tables: int, rounds: int, *, stay: bool, seed: int) -> Layout:
    """Give words to several guests: those share every table, all others meet at most once."""
    complete = complete_words(tables, rounds)
    if complete and stay:
        complete = _with_stayers(complete, tables)
    doubled = None if complete is None else _doubled(complete, guests, tables, seed=seed)
    if complete and doubled is not None and is_balanced(doubled, tables):
        return Layout(doubled, doubled[:0], complete.method, _twin_reasons(guests, complete))
    return _lay_out_uneven(guests, tables, rounds, doubled=doubled, seed=seed)


def _lay_out_uneven(
    guests: int, tables: int, rounds: int, *, doubled: IntArray | None, seed: int
) -> Layout:
    """Lay out twins where no balanced doubling is known: the better of two starts."""
    short = find_words(1, tables, rounds)
    assert short is not None  # noqa: S101 - there is a list for these tables and rounds
    starts = [_doubled(short, guests, tables, seed=seed), doubled]
    free = np.full((guests, rounds), -1)
    even = [balance(words, free, tables=tables) for words in starts if words is not None]
    words = min(even, key=_count_repeats)
    reasons = (Reason("no_balanced_doubling"),)
    if (tables, rounds) == (SIX, FOUR_ROUNDS):
        reasons = (Reason("order_six_impossible", (("guests", guests),)),)
    return Layout(words, words[:0], short.method, reasons, searchable=True)


def _count_repeats(words: IntArray) -> int:
    return int(np.maximum(count_meetings(words) - 1, 0).sum()) // 2


def _twin_reasons(guests: int, complete: WordList) -> tuple[Reason, ...]:
    n = len(complete.words)
    if guests <= n:
        return ()
    return (Reason("more_guests_than_words", (("guests", guests), ("limit", n))),)


def _with_stayers(complete: WordList, tables: int) -> WordList:
    """Add the constant words: one guest per table who never moves."""
    constant = np.repeat(np.arange(tables)[:, None], complete.words.shape[1], axis=1)
    return WordList(np.concatenate([complete.words, constant]), complete.method)


def _doubled(found: WordList, guests: int, tables: int, *, seed: int) -> IntArray:
    """Give every word to m guests and a subset, balanced if one is found, to one more."""
    times, more = divmod(guests, len(found.words))
    chosen = choose_balanced(found.words, more, tables=tables, seed=seed)
    return np.concatenate([*[found.words] * times, found.words[chosen.rows]])


def _order_six(guests: int, tables: int, rounds: int) -> tuple[Reason, ...]:
    """Say what is known where two orthogonal Latin squares of order 6 would be needed."""
    if (tables, rounds) != (SIX, FOUR_ROUNDS) or guests not in BEST_KNOWN:
        return ()
    proved = guests >= ORDER_SIX_IMPOSSIBLE
    code = "order_six_impossible" if proved else "order_six_unknown"
    return (Reason(code, (("guests", guests),)),)


def _lay_out_long(guests: int, tables: int, rounds: int, *, seed: int) -> Layout:
    """Lay out more rounds than tables: everybody has to come back to some table."""
    reasons = _too_many_rounds(guests, tables, rounds)
    if tables == 1:
        words = np.zeros((guests, rounds), dtype=np.int64)
        return Layout(words, words[:0], "one table", reasons)
    if (tables, rounds) == (3, FOUR_ROUNDS) and guests <= SIX:
        words = three_tables_four_rounds(guests)
        return Layout(words, words[:0], "table of plans found by search", reasons)
    first = lay_out(guests, tables, tables, seed=seed)
    words = _extended(first.words, tables, rounds)
    return Layout(words, words[:0], "swap search", reasons, searchable=True)


def _too_many_rounds(guests: int, tables: int, rounds: int) -> tuple[Reason, ...]:
    if rounds <= tables:
        return ()
    back = (("rounds", rounds), ("tables", tables), ("revisits", guests * (rounds - tables)))
    return (Reason("more_rounds_than_tables", back),)


def _lay_out_extended(guests: int, tables: int, rounds: int, *, seed: int) -> Layout:
    """Start from the greatest number of rounds for which words are known."""
    known = max(r for r in range(1, rounds) if find_words(guests, tables, r) is not None)
    first = lay_out(guests, tables, known, seed=seed)
    starts = [_extended(first.words, tables, rounds), _shifted(guests, tables, rounds, seed=seed)]
    words = min(starts, key=_returns_and_repeats)
    return Layout(words, words[:0], "swap search", (), searchable=True)


def _returns_and_repeats(words: IntArray) -> tuple[int, int]:
    ordered = np.sort(words, axis=1)
    return int((ordered[:, 1:] == ordered[:, :-1]).sum()), _count_repeats(words)


def _shifted(guests: int, tables: int, rounds: int, *, seed: int) -> IntArray:
    """Let groups of one guest per table go through the tables, each in an order by chance."""
    chance = np.random.default_rng(seed)
    groups = [
        (np.arange(tables)[:, None] + chance.permutation(tables)[:rounds]) % tables
        for _ in range(-(-guests // tables))
    ]
    words: IntArray = np.concatenate(groups)[:guests]
    return words


def _extended(words: IntArray, tables: int, rounds: int) -> IntArray:
    """Add rounds one by one: each guest in turn to the free seat with fewest known faces."""
    for _ in range(rounds - words.shape[1]):
        words = np.column_stack([words, _next_round(words, tables)])
    return words


def _next_round(words: IntArray, tables: int) -> IntArray:
    n = len(words)
    met = (words[:, None, :] == words[None, :, :]).any(axis=2)
    free = n // tables + (np.arange(tables) < n % tables)
    column = np.full(n, -1)
    for guest in range(n):
        faces = np.bincount(column[met[guest] & (column >= 0)], minlength=tables)
        cost = faces + 30.0 * np.isin(np.arange(tables), words[guest])
        column[guest] = int(np.argmin(np.where(free > 0, cost, np.inf)))
        free[column[guest]] -= 1
    return column
