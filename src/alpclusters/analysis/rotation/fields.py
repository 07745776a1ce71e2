"""Finite fields and their products as tables, and numbers of guests, tables and rounds."""

from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from alpclusters.analysis.errors import AnalysisError, Where

# --- Numbers of guests, tables and rounds: whole and in range, or a typed error -------------------


def check_count(value: object, argument: str, *, most: int) -> int:
    """Return a whole number from 1 to ``most``.

    Raises
    ------
    AnalysisError
        No whole number, or out of range.
    """
    where = Where(argument=argument)
    if isinstance(value, bool) or not isinstance(value, int | np.integer):
        code = "seat.not_a_count"
        raise AnalysisError(code, where=where, found=str(value))
    if not 1 <= int(value) <= most:
        code = "argument.out_of_range"
        raise AnalysisError(code, where=where, found=str(value), expected=f"1 – {most}")
    return int(value)


# --- Finite fields and their products as tables: the arithmetic behind plans without repeats ------


IntArray = NDArray[np.int64]

# Coefficients of an irreducible polynomial without its leading one, lowest power first.
IRREDUCIBLE: Final[dict[int, tuple[int, ...]]] = {
    4: (1, 1),
    8: (1, 1, 0),
    9: (1, 0),
    16: (1, 1, 0, 0),
    25: (2, 0),
    27: (1, 2, 0),
    32: (1, 0, 1, 0, 0),
    49: (1, 0),
    64: (1, 1, 0, 0, 0, 0),
    81: (2, 1, 0, 0),
    121: (1, 0),
    125: (3, 3, 0),
    128: (1, 1, 0, 0, 0, 0, 0),
}


@dataclass(frozen=True, slots=True, eq=False)
class Ring:
    """A field GF(q) or a product of fields, elements numbered from 0 (zero) on.

    Attributes
    ----------
    name : str
        ``GF(16)``, or ``GF(4) x GF(3)``.
    add, multiply : array of shape (n, n)
        Tables of sum and product.
    slopes : array of shape (least field,)
        Elements whose differences are all invertible.
    """

    name: str
    add: IntArray
    multiply: IntArray
    slopes: IntArray


def prime_powers(n: int) -> dict[int, int]:
    """Return the prime powers of which n is the product, as prime and exponent.

    Examples
    --------
    >>> prime_powers(12)
    {2: 2, 3: 1}
    """
    found: dict[int, int] = {}
    prime = 2
    while n > 1:
        while n % prime == 0:
            found[prime] = found.get(prime, 0) + 1
            n //= prime
        prime += 1
    return found


@cache
def field(q: int) -> Ring:
    """Build GF(q) for a prime, or for a prime power of `IRREDUCIBLE`.

    Elements are numbers whose base-p digits are the coefficients of a polynomial.
    """
    ((p, k),) = prime_powers(q).items()
    digits = _digits(q, p, k)
    add = _numbers((digits[:, None] + digits[None, :]) % p, p)
    return Ring(f"GF({q})", add, _products(digits, p, q), np.arange(q))


@cache
def product(n: int) -> Ring:
    """Build the product of the fields of the prime powers of n (MacNeish 1922).

    Examples
    --------
    >>> product(12).name, len(product(12).slopes)
    ('GF(4) x GF(3)', 3)
    """
    factors = [field(p**k) for p, k in prime_powers(n).items()]
    ring = factors[0]
    for factor in factors[1:]:
        ring = _times(ring, factor)
    return ring


def _times(a: Ring, b: Ring) -> Ring:
    n, m = len(a.add), len(b.add)
    left, right = np.divmod(np.arange(n * m), m)
    add = a.add[left[:, None], left] * m + b.add[right[:, None], right]
    multiply = a.multiply[left[:, None], left] * m + b.multiply[right[:, None], right]
    least = min(len(a.slopes), len(b.slopes))
    return Ring(f"{a.name} x {b.name}", add, multiply, a.slopes[:least] * m + b.slopes[:least])


def _digits(q: int, p: int, k: int) -> IntArray:
    return np.arange(q)[:, None] // p ** np.arange(k) % p


def _numbers(digits: IntArray, p: int) -> IntArray:
    numbers: IntArray = digits @ p ** np.arange(digits.shape[-1])
    return numbers


def _products(digits: IntArray, p: int, q: int) -> IntArray:
    k = digits.shape[1]
    long = np.zeros((q, q, 2 * k - 1), dtype=np.int64)
    for i in range(k):
        for j in range(k):
            long[:, :, i + j] += digits[:, None, i] * digits[None, :, j]
    low = IRREDUCIBLE.get(q, (0,) * k)
    for power in range(2 * k - 2, k - 1, -1):
        for i, coefficient in enumerate(low):
            long[:, :, power - k + i] -= coefficient * long[:, :, power]
    return _numbers(long[:, :, :k] % p, p)
