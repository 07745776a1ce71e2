"""What lasted: families by outcome, the share that goes on with its interval, and the gaps."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Literal

from alpclusters.analysis.certainty.rules import RULES, PlanRules
from alpclusters.analysis.consensus.intervals import wilson_interval
from alpclusters.analysis.errors import ScaleError, Where


class Outcome(StrEnum):
    """What became of it after the funding, the best first."""

    LASTING = "lasting"
    TRANSFORMED = "transformed"
    ENDED = "ended"
    UNKNOWN = "unknown"


OUTCOMES: Final = tuple(Outcome)
type Gap = Literal["no_families", "no_known_outcome"]


@dataclass(frozen=True, slots=True)
class Lasting:
    """How many of some families went on.

    Attributes
    ----------
    value : float or None
        Share lasting among families with a known outcome, 0 to 1; None below three of them.
    low, high : float or None
        Wilson's interval of it, 90 %, within 0 to 1.
    n_families : int
        All of them, with unknown outcomes.
    n_known, n_lasting : int
        With a known outcome; those that go on, as they were or in another form.
    reasons : tuple of str
        ``no_families``, ``no_known_outcome`` or ``few_known`` where there is no share.
    convention : str
    """

    value: float | None
    low: float | None
    high: float | None
    n_families: int
    n_known: int
    n_lasting: int
    reasons: tuple[str, ...]
    convention: str


def lasting_share(counts: Mapping[str, int], *, rules: PlanRules = RULES) -> Lasting:
    """Share of families that went on after the funding.

    Parameters
    ----------
    counts : mapping of str to int
        Families by outcome: lasting, transformed, ended, unknown; what is missing is 0.
    rules : PlanRules, optional
        ``fewest_known`` and ``level`` are used.

    Returns
    -------
    Lasting
        Unknown outcomes are counted and never part of the share.

    Raises
    ------
    ScaleError
        Another outcome, or a count that is no whole number from 0.

    References
    ----------
    .. [1] E. B. Wilson, Probable inference, the law of succession, and statistical inference,
       Journal of the American Statistical Association 22 (1927), 209-212.

    Examples
    --------
    >>> found = lasting_share({"lasting": 2, "transformed": 1, "ended": 1, "unknown": 7})
    >>> found.value, round(found.low, 6), round(found.high, 6), found.n_families
    (0.75, 0.356168, 0.942093, 11)
    >>> lasting_share({"lasting": 2}).reasons
    ('few_known',)
    """
    _check(counts)
    lasting = counts.get(Outcome.LASTING, 0) + counts.get(Outcome.TRANSFORMED, 0)
    known = lasting + counts.get(Outcome.ENDED, 0)
    total = known + counts.get(Outcome.UNKNOWN, 0)
    reasons = _why_no_share(total, known, rules)
    low = high = value = None
    if not reasons:
        bounds = wilson_interval(lasting, known, level=rules.level)
        value, low, high = lasting / known, float(bounds.low[0]), float(bounds.high[0])
    return Lasting(value, low, high, total, known, lasting, reasons, rules.convention)


def _check(counts: Mapping[str, int]) -> None:
    for name, n in counts.items():
        if name not in OUTCOMES:
            code = "argument.not_one_of"
            where = Where(argument="counts")
            raise ScaleError(code, where=where, found=str(name), expected=", ".join(OUTCOMES))
        if not (n >= 0 and n == int(n)):
            code = "argument.out_of_range"
            raise ScaleError(code, where=Where(argument="counts", field=name), expected=">= 0")


def _why_no_share(total: int, known: int, rules: PlanRules) -> tuple[str, ...]:
    if total == 0:
        return ("no_families",)
    if known == 0:
        return ("no_known_outcome",)
    return ("few_known",) if known < rules.fewest_known else ()


def find_gaps(
    cells: Mapping[str, Mapping[str, int]], *, of: Iterable[str]
) -> tuple[tuple[str, Gap], ...]:
    """Find types that nobody did, or of which nobody knows whether they lasted.

    Parameters
    ----------
    cells : mapping of str to mapping
        Families by outcome, for each type.
    of : iterable of str
        All types there are, in the order of the answer.

    Returns
    -------
    tuple of (str, {'no_families', 'no_known_outcome'})

    Examples
    --------
    >>> find_gaps({"a": {"ended": 1}, "b": {"unknown": 2}}, of=["a", "b", "c"])
    (('b', 'no_known_outcome'), ('c', 'no_families'))
    """
    found: list[tuple[str, Gap]] = []
    for key in of:
        share = lasting_share(cells.get(key, {}))
        if share.n_families == 0:
            found.append((key, "no_families"))
        elif share.n_known == 0:
            found.append((key, "no_known_outcome"))
    return tuple(found)
