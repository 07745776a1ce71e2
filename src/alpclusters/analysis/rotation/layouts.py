"""The words of all guests before anybody is given one: closed form, languages, pins, variants."""

from collections import Counter
from dataclasses import dataclass, replace

import numpy as np

from alpclusters.analysis.rotation.balance import balance, choose_balanced, is_balanced, table_sizes
from alpclusters.analysis.rotation.fields import IntArray
from alpclusters.analysis.rotation.languages import Languages, wrong_matrix
from alpclusters.analysis.rotation.results import Reason, Variant
from alpclusters.analysis.rotation.search import count_meetings
from alpclusters.analysis.rotation.wishes import Wishes
from alpclusters.analysis.rotation.words import (
    BEST_KNOWN,
    FOUR_ROUNDS,
    SIX,
    WordList,
    complete_words,
    find_words,
    three_tables_four_rounds,
)

# --- The words of all guests before anybody is given one: closed form, twins, stayers -------------


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


# --- Rotate inside the tables of each language: a start for plans that put language first ---------


def split_by_language(languages: Languages, rounds: int, *, seed: int) -> IntArray:
    """Seat everybody at tables of one language, rotating there in closed form.

    Parameters
    ----------
    languages : Languages
    rounds : int
    seed : int

    Returns
    -------
    array of shape (n_guests, n_rounds)
        Balanced; few wrong-language seats, revisits where a language has fewer tables than
        there are rounds.
    """
    communities = _communities(languages)
    hosts = np.array(languages.tables)
    seats = np.zeros((len(languages.guests), rounds), dtype=np.int64)
    for language in dict.fromkeys(languages.tables):
        places = np.flatnonzero(hosts == language)
        members = np.flatnonzero(communities == language)
        if len(members):
            words = lay_out(len(members), len(places), rounds, seed=seed).words
            seats[members] = places[words]
    return seats


def _communities(languages: Languages) -> IntArray:
    """Give each guest a language with room, so that all tables stay within one guest."""
    from scipy.optimize import linear_sum_assignment

    wrong = wrong_matrix(languages)
    places = np.repeat(np.arange(len(languages.tables)), _sizes(languages))
    chosen = linear_sum_assignment(wrong[:, places].astype(np.float64))[1]
    found: IntArray = np.array(languages.tables)[places[chosen]]
    return found


def _sizes(languages: Languages) -> IntArray:
    """Return balanced table sizes, the larger tables where the language is asked for most."""
    size, larger = divmod(len(languages.guests), len(languages.tables))
    speakers: Counter[str] = Counter()
    for spoken in languages.guests:
        for language in spoken & set(languages.tables):
            speakers[language] += 1
    seats = Counter({language: n * size for language, n in Counter(languages.tables).items()})
    sizes = np.full(len(languages.tables), size)
    for _ in range(larger):
        open_tables = np.flatnonzero(sizes == size)
        lack = [
            speakers[languages.tables[table]] / max(seats[languages.tables[table]], 1)
            for table in open_tables
        ]
        best = open_tables[int(np.argmax(lack))]
        sizes[best] += 1
        seats[languages.tables[best]] += 1
    return sizes


# --- Words where some guests stay at one table in all rounds: they never move, like hosts ---------


def lay_out_pinned(wishes: Wishes, *, stay: bool, seed: int) -> Layout:
    """Lay out words for all guests, constant words among them for those pinned throughout.

    Notes
    -----
    A constant word meets every word without revisits at most once, so one guest per table who
    stays costs no repeat. The others take words that balance the tables; where no such choice
    is found, the first words, and `repair.keep_pins` balances them at some cost.
    """
    staying = _staying(wishes)
    n_moving = wishes.n - len(staying)
    if not len(staying) or not n_moving:
        return lay_out(wishes.n, wishes.tables, wishes.rounds, stay=stay, seed=seed)
    moving = lay_out(n_moving, wishes.tables, wishes.rounds, stay=stay, seed=seed)
    words = _balancing(moving.words, staying, wishes, seed=seed)
    layout = replace(moving, words=np.concatenate([words, staying]), spare=staying[:0])
    return replace(layout, searchable=True)


def _staying(wishes: Wishes) -> IntArray:
    """Return the constant words of guests pinned to one table in every round."""
    fixed = (wishes.pins >= 0).all(axis=1) & (np.ptp(wishes.pins, axis=1) == 0)
    return wishes.pins[fixed] if wishes.rounds > 1 else wishes.pins[:0]


def _balancing(words: IntArray, staying: IntArray, wishes: Wishes, *, seed: int) -> IntArray:
    """Choose words that fill up the tables where people stay."""
    loads = table_sizes(staying, wishes.tables)
    if wishes.rounds > wishes.tables:
        return words
    complete = complete_words(wishes.tables, wishes.rounds)
    pool = words if complete is None or len(complete.words) < len(words) else complete.words
    chosen = choose_balanced(pool, len(words), tables=wishes.tables, loads=loads, seed=seed)
    return words if chosen.excess else pool[chosen.rows]


# --- Other ways to run a World Café: return to the first table, walking hosts ---------------------


def lay_out_variant(
    guests: int, tables: int, rounds: int, *, variant: Variant, seed: int
) -> Layout:
    """Lay out a plan whose repeats are intended; its reasons say so.

    Parameters
    ----------
    guests, tables, rounds : int
    variant : {'return', 'walking_hosts'}
        ``return``: the last round repeats the first; its repeats are the pairs of round 1.
        ``walking_hosts``: guests are fixed groups; the table is that of the host who comes.
    seed : int
    """
    if variant == "walking_hosts":
        return _walking_hosts(guests, tables, rounds)
    if rounds == 1:
        return lay_out(guests, tables, rounds, seed=seed)
    there = lay_out(guests, tables, rounds - 1, seed=seed)
    words = np.column_stack([there.words, there.words[:, 0]])
    spare = np.column_stack([there.spare, there.spare[:, 0]])
    reasons = (Reason("returns_to_first"), *there.reasons)
    return replace(there, words=words, spare=spare, reasons=reasons)


def _walking_hosts(guests: int, tables: int, rounds: int) -> Layout:
    group = np.arange(guests)[:, None]
    words = (group + np.arange(rounds)) % tables
    reasons = [Reason("fixed_groups")] if rounds > 1 else []
    if rounds > tables:
        back = (("rounds", rounds), ("tables", tables), ("revisits", guests * (rounds - tables)))
        reasons.append(Reason("more_rounds_than_tables", back))
    return Layout(words, words[:0], "walking hosts", tuple(reasons))
