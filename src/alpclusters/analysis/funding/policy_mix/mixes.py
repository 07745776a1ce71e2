"""The policy mix of a region: instruments by themes with budgets, and how even it is."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal

from alpclusters.analysis.conventions import Conventions, Status
from alpclusters.analysis.errors import AnalysisError, Where

# --- How evenly money is spread: HHI, effective numbers, evenness ---------------------------------


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


# --- The policy mix of a region: instruments x themes with budgets, sums and spread ---------------


type Phase = Literal["awareness", "research", "demonstration", "market", "internationalisation"]
PHASES: tuple[Phase, ...] = (
    "awareness",
    "research",
    "demonstration",
    "market",
    "internationalisation",
)


@dataclass(frozen=True, slots=True)
class Entry:
    """What one instrument has for one theme in one region; None is unknown, not 0."""

    instrument: str
    theme: str
    region: str
    amount: float | None


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum over entries.

    Attributes
    ----------
    known : float or None
        Sum of the known amounts; None where none is known.
    n, n_unknown : int
        Entries, and those without an amount.
    """

    known: float | None
    n: int
    n_unknown: int


@dataclass(frozen=True, slots=True)
class Mix:
    """The policy mix of some entries.

    Attributes
    ----------
    cells : mapping of (str, str) to Sum
        By instrument and theme; a pair without entries is not there.
    by_instrument, by_theme, by_region : mapping of str to Sum
    total : Sum
    over_themes, over_instruments : Diversity
        How evenly the money is spread.
    status, reasons
        Of the spread over themes.
    conventions : Conventions
    """

    cells: Mapping[tuple[str, str], Sum]
    by_instrument: Mapping[str, Sum]
    by_theme: Mapping[str, Sum]
    by_region: Mapping[str, Sum]
    total: Sum
    over_themes: Diversity
    over_instruments: Diversity
    status: Status
    reasons: tuple[str, ...]
    conventions: Conventions


def policy_mix(entries: Sequence[Entry], *, n_themes: int, n_instruments: int) -> Mix:
    """Sum budgets by instrument and theme, and measure how evenly they are spread.

    Parameters
    ----------
    entries : sequence of Entry
        Of one period; several of one cell add up, as several programmes may serve it.
    n_themes, n_instruments : int
        How many there could be, for the evenness.

    Returns
    -------
    Mix

    Raises
    ------
    AnalysisError
        As `diversity`.

    Examples
    --------
    >>> from alpclusters.analysis.funding.policy_mix import Entry
    >>> mix = policy_mix(
    ...     [Entry("voucher", "energy", "AT33", 50), Entry("grant", "ict", "AT33", 50),
    ...      Entry("grant", "energy", "AT33", None), Entry("grant", "wood", "AT33", 0)],
    ...     n_themes=4, n_instruments=2)
    >>> mix.by_theme["energy"]
    Sum(known=50.0, n=2, n_unknown=1)
    >>> mix.over_themes.n2, mix.over_themes.evenness, mix.over_themes.unknown_share
    (2.0, 0.5, 0.25)
    """
    for entry in entries:
        if entry.amount is not None:
            check_amount(entry.amount)
    cells = _sums(entries, lambda entry: (entry.instrument, entry.theme))
    by_theme = _sums(entries, lambda entry: entry.theme)
    by_instrument = _sums(entries, lambda entry: entry.instrument)
    over_themes = _spread(by_theme, entries, n_themes)
    return Mix(
        cells=cells,
        by_instrument=by_instrument,
        by_theme=by_theme,
        by_region=_sums(entries, lambda entry: entry.region),
        total=_sum(entries),
        over_themes=over_themes,
        over_instruments=_spread(by_instrument, entries, n_instruments),
        status=over_themes.status,
        reasons=over_themes.reasons,
        conventions=Conventions(method="policy_mix", missing="left_out_counted"),
    )


def _spread(sums: Mapping[str, Sum], entries: Sequence[Entry], n_possible: int) -> Diversity:
    return diversity(
        [found.known for found in sums.values()],
        n_possible=n_possible,
        n_unknown=sum(entry.amount is None for entry in entries),
        n_entries=len(entries),
    )


def _sums[K](entries: Sequence[Entry], key: Callable[[Entry], K]) -> Mapping[K, Sum]:
    groups: dict[K, list[Entry]] = {}
    for entry in entries:
        groups.setdefault(key(entry), []).append(entry)
    return MappingProxyType({one: _sum(found) for one, found in groups.items()})


def _sum(entries: Sequence[Entry]) -> Sum:
    known = [float(entry.amount) for entry in entries if entry.amount is not None]
    return Sum(math.fsum(known) if known else None, len(entries), len(entries) - len(known))
