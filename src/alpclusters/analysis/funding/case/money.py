"""Money in whole cents, rates in hundredths of a per cent."""

from typing import Final

FULL_BP: Final = 10_000


def share_ct(amount_ct: int, rate_bp: int) -> int:
    """Return a rate of an amount in cents, floored, never rounded up.

    Parameters
    ----------
    amount_ct : int
        Cents, at least 0.
    rate_bp : int
        Basis points: 10,000 is all of it.

    Examples
    --------
    >>> share_ct(12_345, 7_500)
    9258
    """
    return amount_ct * rate_bp // FULL_BP
