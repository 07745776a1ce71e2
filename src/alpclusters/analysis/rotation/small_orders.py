"""Six tables, and four rounds at three tables: plans that no formula gives, as data."""

from functools import cache
from typing import Final

import numpy as np

from alpclusters.analysis.rotation.fields import IntArray

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
