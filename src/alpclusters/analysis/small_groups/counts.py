"""Which numbers of people, and which shares of a group, may be told at all."""

from typing import Final

from alpclusters.analysis.conventions import K_ANONYMITY

SHARES_FROM: Final = 20
"""People of a group, such as a role or a region, from whom on a share of it is told."""
SHARE_STEP: Final = 0.05


def told_count(n: int, *, of: int | None = None, k_anonymity: int = K_ANONYMITY) -> int | None:
    """Return a number of people if it may be told.

    Parameters
    ----------
    n : int
        People; nobody may be told.
    of : int, optional
        A number of people that is told too and holds them: the rest follows from both.
    k_anonymity : int, default 5
        Smallest number that is told.

    Returns
    -------
    int or None
        None where it may not be told.

    Examples
    --------
    >>> [told_count(n, of=48) for n in (0, 4, 5, 45, 48)]
    [0, None, 5, None, 48]
    """
    parts = (n,) if of is None else (n, of - n)
    return None if any(0 < part < k_anonymity for part in parts) else n


def in_steps(n: int, *, k_anonymity: int = K_ANONYMITY) -> int | None:
    """Return the step of five that a number of people has reached; None below the first.

    For numbers that grow or stand beside others: no difference of them is a few people.

    Parameters
    ----------
    n : int
        People.
    k_anonymity : int, default 5
        The step.

    Returns
    -------
    int or None

    Examples
    --------
    >>> [in_steps(n) for n in (4, 5, 9, 38)]
    [None, 5, 5, 35]
    """
    return n - n % k_anonymity or None


def told_share(k: int, n: int) -> float | None:
    """Return the share of a role or region as it may be told: in steps of 5 %, from 20 people on.

    Parameters
    ----------
    k : int
        People of the group who said or are something.
    n : int
        People of the group.

    Returns
    -------
    float or None
        From 0 to 1; None where the group is too small for a share.

    Examples
    --------
    >>> [told_share(k, 21) for k in (0, 4, 13)], told_share(4, 19)
    ([0.0, 0.2, 0.6], None)
    """
    if n < SHARES_FROM:
        return None
    return round(round(k / n / SHARE_STEP) * SHARE_STEP, 2) + 0.0
