"""Words of guests: in closed form, from starters or found once, by number of guests."""

from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np

from alpclusters.analysis.rotation.fields import IntArray, prime_powers, product

# --- Words in closed form: who sits at x + m·d in round m meets everybody at most once ------------


def least_prime(n: int) -> int:
    """Return the smallest prime factor of n, 1 for n = 1."""
    return min(prime_powers(n), default=1)


def least_prime_power(n: int) -> int:
    """Return the smallest prime power in the factorisation of n, 1 for n = 1."""
    return min((p**k for p, k in prime_powers(n).items()), default=1)


def is_prime_power(n: int) -> bool:
    """Tell whether a field with n elements exists."""
    return len(prime_powers(n)) == 1


def affine_words(tables: int, rounds: int) -> tuple[IntArray, str]:
    """Return T(T-1) words over a field or a product of fields, and the method's name.

    Guest (x, d), d not zero, sits in round r at ``x + m_r * d``. Two guests with the same d
    never meet; others meet for exactly one slope of the whole field, so at most once.

    Parameters
    ----------
    tables, rounds : int
        Rounds up to the smallest prime power in the factorisation of the tables.

    Returns
    -------
    array of shape (tables * (tables - 1), rounds), str
        Each block of ``tables`` rows (same d) has one guest at each table in each round.

    Examples
    --------
    >>> affine_words(4, 3)[0][:5].tolist()
    [[0, 1, 2], [1, 0, 3], [2, 3, 0], [3, 2, 1], [0, 2, 3]]
    """
    ring = product(tables)
    steps = ring.multiply[ring.slopes[:rounds][None, :], np.arange(1, tables)[:, None]]
    words = ring.add[np.arange(tables)[None, :, None], steps[:, None, :]]
    return words.reshape(-1, rounds), f"affine {ring.name}"


def cyclic_words(tables: int, rounds: int) -> tuple[IntArray, str]:
    """Return T(T-1) words ``(x + r * d) mod T``; rounds up to the smallest prime factor of T.

    Examples
    --------
    >>> cyclic_words(6, 2)[0][[0, 1, 6]].tolist()
    [[0, 1], [1, 2], [0, 2]]
    """
    x, d = np.arange(tables)[None, :, None], np.arange(1, tables)[:, None, None]
    words = (x + d * np.arange(rounds)) % tables
    return words.reshape(-1, rounds), f"cyclic Z_{tables}"


# --- Six tables, and four rounds at three tables: plans that no formula gives, as data ------------


# Rows i, columns j and entries of an idempotent Latin square of order 6 off the diagonal, ordered
# so that the first 6, 12, 24 and 25 to 30 words are balanced.
_SQUARE: Final = (
    "015 134 251 340 402 523 024 152 243 301 435 510 031 042 103 120 205 214 325 354 413 "
    "450 532 541 053 145 230 312 421 504"
)

# Four rounds at six tables. Two orthogonal Latin squares of order 6 do not exist (Tarry 1900), so
# 30 guests cannot do without repeats; 25 can. The plans for more are the best that are known
# here, found by annealing: 2, 3, 4, 5 and 6 repeats.
_FOUR_ROUNDS_AT_SIX: Final[dict[int, str]] = {
    25: (
        "4150 5014 2405 1453 2043 0254 3051 3215 1025 1230 5142 2534 1302 3540 0345 5420 "
        "3104 4321 0123 0431 4032 5201 4503 2310 0512"
    ),
    26: (
        "1045 1450 5241 4315 1203 3021 2014 2540 1532 3154 5304 3402 4053 5012 0142 0513 "
        "4501 2431 3210 1320 5123 0351 0425 4130 2105 0234"
    ),
    27: (
        "0321 4501 3024 0234 2514 0415 3140 5312 5120 1052 1423 5203 1530 5041 4210 4025 "
        "0542 3402 2013 2350 3251 0153 1304 2431 4132 2105 1245"
    ),
    28: (
        "0142 1043 5034 3105 4021 5301 2015 2340 4130 3214 0513 0451 3052 2154 1502 3241 "
        "4203 2403 2531 1250 3520 4312 1325 5410 0324 0235 1432 5123"
    ),
    30: (
        "4523 5430 0324 5301 2350 2014 5124 3421 3025 4312 0415 1053 1504 0143 2135 1452 "
        "3102 1234 4031 4205 3510 5042 2403 0251 0532 1345 2541 5213 4150 3240"
    ),
}

# Four rounds at three tables: no pair meets twice, each guest comes back once, which is the least.
_FOUR_ROUNDS_AT_THREE: Final = {
    3: "0120 2011 1202",
    6: "2001 2120 0012 1210 0221 1102",
}
BEST_KNOWN: Final = {26: 2, 27: 3, 28: 4, 29: 5, 30: 6}


@cache
def six_tables_three_rounds() -> IntArray:
    """Return 30 words of three rounds at six tables."""
    return _parsed(_SQUARE)


@cache
def six_tables_four_rounds(guests: int) -> IntArray:
    """Return the words for 25 to 30 guests; without repeats for 25 only."""
    least = min(n for n in _FOUR_ROUNDS_AT_SIX if n >= guests)
    return _parsed(_FOUR_ROUNDS_AT_SIX[least])[:guests]


@cache
def three_tables_four_rounds(guests: int) -> IntArray:
    """Return the words for up to six guests."""
    return _parsed(_FOUR_ROUNDS_AT_THREE[3 if guests <= 3 else 6])[:guests]  # noqa: PLR2004


def _parsed(text: str) -> IntArray:
    return np.array([[int(digit) for digit in word] for word in text.split()])


# --- Starters for numbers of tables that are no prime powers: data, found by depth-first search
#
# ``x,c,d`` is the base word (0, x, c, d). Each base word w = (w0, w1, w2, w3) is used twice, as it
# stands and as its mirror (w1, w0, w3, w2), and developed: 0, 1, ..., n-1 is added modulo n to
# every finite entry. Every pair of rounds must see each difference at most once; the tests check
# all of them. Self-orthogonal Latin squares, which these are, exist for every order but 2, 3 and 6
# (Brayton, Coppersmith, Hoffman 1974).


# T: T - 2 base words over Z_T; T(T - 2) guests.
NEAR: Final[dict[int, str]] = {
    6: "1,3,5 2,5,4",
    10: "1,7,3 2,4,1 3,1,9 4,8,7",
    12: "1,9,7 2,5,1 3,1,6 4,8,11 5,10,9",
    14: "1,13,9 2,3,6 3,6,4 4,12,13 5,10,2 6,2,11",
    18: "1,9,17 2,8,4 3,15,2 4,7,9 5,12,1 6,1,16 7,4,10 8,13,14",
    20: "1,8,17 2,4,3 3,18,6 4,12,19 5,14,16 6,7,11 7,19,13 8,2,5 9,13,18",
    22: "1,8,2 2,12,19 3,18,14 4,13,11 5,6,20 6,14,5 7,20,17 8,2,12 9,5,6 10,9,4",
    24: "1,7,11 2,3,18 3,6,17 4,11,19 5,20,2 6,19,5 7,4,9 8,18,16 9,5,22 10,9,8 11,1,4",
    26: (
        "1,15,12 2,12,20 3,2,22 4,1,2 5,6,13 6,14,9 7,25,3 8,13,15 9,16,6 10,21,4 11,4,16 12,10,21"
    ),
    28: (
        "1,21,26 2,16,13 3,8,23 4,7,16 5,24,7 6,17,10 7,9,1 8,26,22 9,18,8 10,3,15 "
        "11,23,24 12,1,27 13,10,4"
    ),
    30: (
        "1,4,17 2,22,12 3,26,28 4,18,11 5,20,4 6,5,8 7,12,1 8,15,6 9,1,26 10,19,13 "
        "11,27,19 12,14,18 13,23,24 14,9,27"
    ),
}

# T: y and z of A = (fixed, 0, y, z); x and z of B = (0, x, fixed, z); base words over Z_(T - 1).
# With the fixed table T - 1 they give T(T - 1) guests.
FULL: Final[dict[int, tuple[tuple[int, int], tuple[int, int], str]]] = {
    10: (
        (5, 8),
        (3, 7),
        "1,7,2 2,5,4 4,3,1",
    ),
    12: (
        (8, 9),
        (1, 5),
        "2,6,3 3,5,10 4,10,1 5,3,7",
    ),
    14: (
        (4, 8),
        (4, 5),
        "1,11,8 2,4,12 3,12,6 5,6,7 6,9,11",
    ),
    18: (
        (9, 11),
        (2, 1),
        "1,9,13 3,7,6 4,1,12 5,15,7 6,4,11 7,6,3 8,10,5",
    ),
    20: (
        (3, 8),
        (5, 8),
        "1,12,2 2,16,12 3,7,1 4,14,15 6,13,5 7,6,9 8,5,17 9,15,13",
    ),
    22: (
        (6, 13),
        (7, 15),
        "1,3,12 2,18,14 3,16,10 4,15,5 5,4,1 6,10,8 8,6,7 9,5,18 10,19,3",
    ),
    24: (
        (9, 19),
        (10, 14),
        "1,13,16 2,20,8 3,2,19 4,14,5 5,11,4 6,21,13 7,5,1 8,10,11 9,12,17 11,18,20",
    ),
    26: (
        (14, 19),
        (5, 13),
        ("1,21,2 2,20,16 3,13,5 4,11,8 6,23,24 7,22,12 8,9,11 9,7,21 10,16,9 11,15,3 12,6,22"),
    ),
    28: (
        (2, 4),
        (2, 14),
        (
            "1,20,23 3,21,4 4,26,11 5,2,13 6,11,20 7,13,26 8,16,17 9,10,15 10,17,25 "
            "11,5,9 12,24,3 13,23,16"
        ),
    ),
    30: (
        (26, 1),
        (4, 21),
        (
            "1,13,5 2,10,4 3,20,6 5,18,19 6,16,27 7,22,2 8,19,7 9,25,3 10,5,18 11,7,9 "
            "12,26,23 13,12,22 14,15,20"
        ),
    ),
}

# Odd T: T - 1 base words over Z_T; T(T - 1) guests.
ODD: Final[dict[int, str]] = {
    15: "1,11,8 2,6,5 3,2,11 4,5,13 5,14,3 6,12,7 7,4,2",
    21: "1,8,2 2,12,9 3,18,1 4,15,6 5,17,16 6,9,20 7,5,13 8,4,18 9,13,8 10,3,5",
}


# --- Develop the starters into words: even numbers of tables, and 15 and 21 -----------------------


MAX_ROUNDS = 4


@cache
def near_words(tables: int) -> tuple[IntArray, str]:
    """Return T(T-2) words for an even T of the table, in blocks that seat one at each table.

    Examples
    --------
    >>> near_words(6)[0][[0, 1, 6]].tolist()
    [[0, 1, 3, 5], [1, 2, 4, 0], [1, 0, 5, 3]]
    """
    return _developed(_mirrored(_base(NEAR[tables])), tables), f"near starter Z_{tables}"


@cache
def odd_words(tables: int) -> tuple[IntArray, str]:
    """Return T(T-1) words for T = 15 or 21."""
    return _developed(_mirrored(_base(ODD[tables])), tables), f"starter Z_{tables}"


@cache
def full_words(tables: int) -> tuple[IntArray, str]:
    """Return T(T-1) words for an even T of the table; table T-1 is the fixed one.

    The last T-1 words are one orbit without the fixed table: up to all of them may be left
    out and the rest stays balanced.
    """
    (ay, az), (bx, bz), rest = FULL[tables]
    fixed = -1
    base = [np.array([fixed, 0, ay, az]), np.array([0, bx, fixed, bz]), *_base(rest)]
    n = tables - 1
    words = _developed(_mirrored(base), n, fixed=fixed)
    return words, f"full starter Z_{n} and one fixed table"


def _base(text: str) -> list[IntArray]:
    return [np.array([0, *map(int, word.split(","))]) for word in text.split()]


def _mirrored(base: list[IntArray]) -> IntArray:
    return np.array([row for word in base for row in (word, word[[1, 0, 3, 2]])])


def _developed(base: IntArray, n: int, *, fixed: int | None = None) -> IntArray:
    words = (base[:, None, :] + np.arange(n)[None, :, None]) % n
    if fixed is not None:
        words = np.where(base[:, None, :] == fixed, n, words)
    found: IntArray = words.reshape(-1, base.shape[1])
    return found


# --- Which list of words serves a number of guests, tables and rounds -----------------------------


SIX = 6
THREE_ROUNDS = 3
FOUR_ROUNDS = 4


@dataclass(frozen=True, slots=True, eq=False)
class WordList:
    """Words of which no two agree twice and none has a table twice, unless it says so.

    Attributes
    ----------
    words : array of shape (n_words, n_rounds)
        The first n are balanced for every n that the list is chosen for.
    method : str
        How they were made.
    """

    words: IntArray
    method: str


def find_words(guests: int, tables: int, rounds: int) -> WordList | None:
    """Return the list to take for some guests, or the longest one if none suffices.

    Parameters
    ----------
    guests, tables, rounds : int
        With 2 <= rounds <= tables, or rounds = 1.

    Returns
    -------
    WordList or None
        None where no list is known (more than four rounds at such a number of tables).
    """
    known = _lists(guests, tables, rounds)
    fitting = [found for found in known if len(found.words) >= guests]
    return next(iter(fitting or known[-1:]), None)


def complete_words(tables: int, rounds: int) -> WordList | None:
    """Return a list of all T(T-1) words, or None."""
    n = tables * (tables - 1)
    known = [found for found in _lists(1, tables, rounds) if len(found.words) == n]
    return known[0] if known else None


def _lists(guests: int, tables: int, rounds: int) -> list[WordList]:
    """Return what is known, shortest first."""
    formula = _formula(tables, rounds)
    if formula:
        return [formula]
    if rounds <= FOUR_ROUNDS and tables in ODD:
        return [_cut(odd_words(tables), rounds)]
    if rounds <= FOUR_ROUNDS and tables in NEAR:
        return [_cut(near_words(tables), rounds), *_longer(guests, tables, rounds)]
    return []


def _longer(guests: int, tables: int, rounds: int) -> list[WordList]:
    if tables != SIX:
        return [_cut(full_words(tables), rounds)] if tables in FULL else []
    if rounds <= THREE_ROUNDS:
        return [WordList(six_tables_three_rounds()[:, :rounds], "idempotent Latin square")]
    if 24 < guests <= 30:  # noqa: PLR2004 - T(T-2) and T(T-1) for six tables
        return [WordList(six_tables_four_rounds(guests), "table of plans found by search")]
    return []


@cache
def _formula(tables: int, rounds: int) -> WordList | None:
    """Return the closed form, which has blocks that seat one guest at each table."""
    if is_prime_power(tables) and rounds <= tables:
        return WordList(*affine_words(tables, rounds))
    if rounds <= least_prime(tables):
        return WordList(*cyclic_words(tables, rounds))
    if rounds <= least_prime_power(tables):
        return WordList(*affine_words(tables, rounds))
    return None


def _cut(made: tuple[IntArray, str], rounds: int) -> WordList:
    words, method = made
    return WordList(np.ascontiguousarray(words[:, :rounds]), method)
