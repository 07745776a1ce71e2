"""What is missing: themes of the strategy without their share of money, phases without help."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from alpclusters.analysis.conventions import Conventions, Status
from alpclusters.analysis.errors import AnalysisError, Where
from alpclusters.analysis.funding.policy_mix.diversities import MOST_UNKNOWN
from alpclusters.analysis.funding.policy_mix.mixes import PHASES, Entry, Phase, policy_mix
from alpclusters.analysis.funding.policy_mix.weights import Weights

LEAST_WEIGHT: Final = 0.1
QUARTER: Final = 0.25

type Verdict = Literal["gap", "none", "unknown"]


@dataclass(frozen=True, slots=True)
class ThemeGap:
    """A theme of the strategy, its weight, and its share of the known budget.

    Attributes
    ----------
    theme : str
    weight : float
    is_assumed : bool
        Whether the weight is unknown and was shared out.
    share : float or None
        Of the known budget; None where nothing is known of the theme or of all.
    verdict : {"gap", "none", "unknown"}
    """

    theme: str
    weight: float
    is_assumed: bool
    share: float | None
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Gaps:
    """What a region's mix lacks.

    Attributes
    ----------
    themes : tuple of ThemeGap
        Every theme with weight of at least 0.1, the heaviest first.
    phases : tuple of str
        Phases without any instrument.
    n, n_unknown : int
        Entries, and those without an amount.
    status, reasons
        "undefined" without entries, "limited" where more than 30 % of them are unknown.
    conventions : Conventions
    """

    themes: tuple[ThemeGap, ...]
    phases: tuple[Phase, ...]
    n: int
    n_unknown: int
    status: Status
    reasons: tuple[str, ...]
    conventions: Conventions

    @property
    def certain(self) -> tuple[ThemeGap, ...]:
        """The themes that have too little for sure."""
        return tuple(theme for theme in self.themes if theme.verdict == "gap")


def policy_gaps(entries: Sequence[Entry], weights: Weights, *, phases: Mapping[str, Phase]) -> Gaps:
    """Find themes with less than a quarter of their weight in money, and phases without help.

    A theme counts from a weight of 0.1. Its share of the known budget is the most it can have as
    long as none of its own amounts is unknown, so "too little" holds then whatever the unknown
    amounts of other themes are; "enough" needs at most 30 % unknown entries. A phase is missing if
    no entry of an instrument that serves it has an amount above 0 or an unknown one.

    Parameters
    ----------
    entries : sequence of Entry
        Of one region and period.
    weights : Weights
        What its strategy lists.
    phases : mapping of str to str
        The phase that each instrument serves.

    Returns
    -------
    Gaps

    Raises
    ------
    AnalysisError
        ``policy_mix.unknown_instrument`` for an instrument without a phase, and as `policy_mix`.

    Examples
    --------
    >>> from alpclusters.analysis.funding.policy_mix import Entry, theme_weights
    >>> gaps = policy_gaps(
    ...     [Entry("grant", "energy", "AT33", 95), Entry("grant", "wood", "AT33", 5)],
    ...     theme_weights({"energy": 0.6, "wood": 0.4}), phases={"grant": "research"})
    >>> [(gap.theme, gap.share, gap.verdict) for gap in gaps.themes]
    [('energy', 0.95, 'none'), ('wood', 0.05, 'gap')]
    >>> gaps.phases
    ('awareness', 'demonstration', 'market', 'internationalisation')
    """
    served = {_phase(entry, phases) for entry in entries if entry.amount != 0}
    n_unknown = sum(entry.amount is None for entry in entries)
    many = bool(entries) and n_unknown / len(entries) > MOST_UNKNOWN
    reasons = ("no_entries",) if not entries else ("many_unknown",) if many else ()
    return Gaps(
        themes=_theme_gaps(entries, weights, many=many),
        phases=tuple(phase for phase in PHASES if phase not in served) if entries else (),
        n=len(entries),
        n_unknown=n_unknown,
        status="undefined" if not entries else "limited" if many else "ok",
        reasons=reasons,
        conventions=Conventions(
            method="policy_gaps",
            missing="left_out_counted",
            thresholds=(
                ("weight_from", LEAST_WEIGHT),
                ("share_below", QUARTER),
                ("unknown_above", MOST_UNKNOWN),
            ),
        ),
    )


def _phase(entry: Entry, phases: Mapping[str, Phase]) -> Phase:
    if entry.instrument not in phases:
        raise AnalysisError(
            "policy_mix.unknown_instrument",
            where=Where(argument="phases"),
            found=entry.instrument,
        )
    return phases[entry.instrument]


def _theme_gaps(entries: Sequence[Entry], weights: Weights, *, many: bool) -> tuple[ThemeGap, ...]:
    names = {entry.theme for entry in entries} | set(weights.themes)
    mix = policy_mix(entries, n_themes=len(names), n_instruments=len(entries))
    total = mix.total.known
    found = []
    for theme, weight in weights.items():
        if weight < LEAST_WEIGHT:
            continue
        money = mix.by_theme.get(theme)
        hidden = money is not None and money.n_unknown > 0
        known = 0.0 if money is None else money.known
        share = known / total if total and known is not None else None
        verdict = _verdict(share, weight, hidden=hidden, many=many)
        found.append(ThemeGap(theme, weight, theme in weights.assumed, share, verdict))
    return tuple(sorted(found, key=lambda gap: (-gap.weight, gap.theme)))


def _verdict(share: float | None, weight: float, *, hidden: bool, many: bool) -> Verdict:
    if share is None:
        return "unknown"
    if share < QUARTER * weight:
        return "unknown" if hidden else "gap"
    return "unknown" if many else "none"
