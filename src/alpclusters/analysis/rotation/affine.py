"""Words in closed form: who sits at x + m·d in round m meets everybody at most once."""

import numpy as np

from alpclusters.analysis.rotation.fields import IntArray, prime_powers, product


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
