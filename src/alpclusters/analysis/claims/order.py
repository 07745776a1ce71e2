"""The order of time: nothing follows from what came later."""

from datetime import date


def may_follow(cause: date | None, effect: date | None) -> bool:
    """Say whether one thing can have come of another, by the days they were decided.

    What has no day yet (a draft) can still follow from anything, and a thing without a day
    (a measure of the catalogue) speaks for no time. The same day passes: days are all that is
    known.

    Parameters
    ----------
    cause, effect : datetime.date or None

    Returns
    -------
    bool

    Examples
    --------
    >>> may_follow(date(2026, 7, 1), date(2025, 3, 1))
    False
    """
    return cause is None or effect is None or cause <= effect
