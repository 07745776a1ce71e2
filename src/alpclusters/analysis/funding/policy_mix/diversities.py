"""How evenly money is spread: HHI, effective numbers, evenness."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from alpclusters.analysis.conventions import Conventions, Status
from alpclusters.analysis.errors import AnalysisError, Where

MOST_UNKNOWN: Final = 0.30


@dataclass(frozen=True, slots=True)
class Diversity:
    """The spread of known amounts.

    Attributes
    ----------
    hhi : float or None
        Herfindahl-Hirschman index, sum of squared shares; 1 is all in one place.
    n2 : float or None
        ``1 / hhi``: as many equal places would have the same index.
    shannon : float or None
        ``-sum p ln p``.
    n1 : float or None
        ``exp(shannon)``.
    evenness : float or None
        ``shannon / ln n_possible``; None for one possible place.
    n, n_possible : int
        Places with a known amount above 0; all places there could be.
    total : float
        Sum of the known amounts.
    n_unknown : int
        Entries without an amount.
    unknown_share : float or None
        Of all entries; None without entries.
    status, reasons
        "undefined" without known money, "limited" above 30 % unknown: then there is no index.
    conventions : Conventions
    """

    hhi: float | None
    n2: float | None
    shannon: float | None
    n1: float | None
    evenness: float | None
    n: int
    n_possible: int
    total: float
    n_unknown: int
    unknown_share: float | None
    status: Status
    reasons: tuple[str, ...]
    conventions: Conventions


def diversity(
    amounts: Sequence[float | None],
    *,
    n_possible: int | None = None,
    n_unknown: int | None = None,
    n_entries: int | None = None,
) -> Diversity:
    """Measure how evenly amounts are spread over places (themes, instruments, phases).

    ``HHI = sum p^2``, ``N2 = 1 / HHI``, ``H = -sum p ln p``, ``N1 = e^H``, ``J = H / ln n`` with
    shares p of the known amounts above 0 and n possible places. An unknown amount is not 0: it is
    left out and counted, and where more than 30 % of the entries are unknown there is no index.

    Parameters
    ----------
    amounts : sequence of float or None
        One a place, at least 0; None is unknown.
    n_possible : int, optional
        How many places there could be; as many as there are amounts if left out.
    n_unknown, n_entries : int, optional
        Entries without amount and entries in all, where a place sums up several of them; else
        each amount is an entry.

    Returns
    -------
    Diversity

    Raises
    ------
    AnalysisError
        ``policy_mix.not_an_amount`` for NaN, infinity and negative amounts,
        ``policy_mix.not_a_count`` for impossible counts.

    Examples
    --------
    >>> found = diversity([50, 30, 20])
    >>> round(found.hhi, 2), round(found.n2, 6), round(found.shannon, 6)
    (0.38, 2.631579, 1.029653)
    >>> round(found.n1, 6), round(found.evenness, 6)
    (2.800094, 0.937231)
    """
    known = [check_amount(amount) for amount in amounts if amount is not None]
    positive = [amount for amount in known if amount > 0]
    places = len(amounts) if n_possible is None else n_possible
    missing = len(amounts) - len(known) if n_unknown is None else n_unknown
    entries = len(amounts) if n_entries is None else n_entries
    if places < len(positive) or not 0 <= missing <= entries:
        raise AnalysisError("policy_mix.not_a_count", where=Where(argument="n_possible"))
    unknown_share = missing / entries if entries else None
    reasons = _reasons(positive, unknown_share)
    shares = [] if reasons else _shares(positive)
    hhi = math.fsum(p * p for p in shares) if shares else None
    shannon = -math.fsum(p * math.log(p) for p in shares) if shares else None
    return Diversity(
        hhi=hhi,
        n2=None if hhi is None else 1 / hhi,
        # Of one share -1 * ln 1 is -0.0.
        shannon=None if shannon is None else shannon + 0.0,
        n1=None if shannon is None else math.exp(shannon),
        evenness=None if shannon is None or places < 2 else shannon / math.log(places),  # noqa: PLR2004 - ln 1 = 0
        n=len(positive),
        n_possible=places,
        total=math.fsum(positive),
        n_unknown=missing,
        unknown_share=unknown_share,
        status="undefined" if not positive else "limited" if reasons else "ok",
        reasons=reasons,
        conventions=Conventions(
            method="diversity",
            missing="left_out_counted",
            thresholds=(("unknown_above", MOST_UNKNOWN),),
        ),
    )


def _shares(positive: Sequence[float]) -> list[float]:
    # Scaled first: the sum of large amounts may not be finite. A share too small for a number is
    # left out: p ln p goes to 0 with p.
    largest = max(positive)
    scaled = [amount / largest for amount in positive]
    total = math.fsum(scaled)
    return [share for share in (amount / total for amount in scaled) if share > 0]


def _reasons(positive: Sequence[float], unknown_share: float | None) -> tuple[str, ...]:
    told = {
        "no_known_amount": not positive,
        "many_unknown": unknown_share is not None and unknown_share > MOST_UNKNOWN,
    }
    return tuple(code for code, holds in told.items() if holds)


def check_amount(amount: float) -> float:
    """Refuse what is no sum of money."""
    if not math.isfinite(amount) or amount < 0:
        raise AnalysisError(
            "policy_mix.not_an_amount", where=Where(argument="amounts"), found=str(amount)
        )
    return float(amount)
