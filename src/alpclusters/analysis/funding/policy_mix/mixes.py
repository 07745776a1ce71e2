"""The policy mix of a region: instruments x themes with budgets, sums and spread."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from alpclusters.analysis.conventions import Conventions, Status
from alpclusters.analysis.funding.policy_mix.diversities import (
    Diversity,
    check_amount,
    diversity,
)

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
