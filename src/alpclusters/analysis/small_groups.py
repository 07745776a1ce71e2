"""Which numbers of people may be told at all."""

from alpclusters.analysis.conventions import K_ANONYMITY


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

    Examples
    --------
    >>> [in_steps(n) for n in (4, 5, 9, 38)]
    [None, 5, 5, 35]
    """
    return n - n % k_anonymity or None
