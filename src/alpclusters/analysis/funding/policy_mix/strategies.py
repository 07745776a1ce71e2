"""Themes of strategies: their weights, what is missing, and what two strategies share."""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from alpclusters.analysis.conventions import Conventions, Status
from alpclusters.analysis.errors import AnalysisError, Where
from alpclusters.analysis.funding.policy_mix.mixes import (
    MOST_UNKNOWN,
    PHASES,
    Entry,
    Phase,
    policy_mix,
)

# --- Weights of themes that sum to 1, with those that are assumed marked --------------------------


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each theme weighs.

    Attributes
    ----------
    themes : tuple of str
    weights : tuple of float
        Sum 1; empty without themes.
    assumed : frozenset of str
        Themes whose weight nobody stated.
    """

    themes: tuple[str, ...]
    weights: tuple[float, ...]
    assumed: frozenset[str]

    def items(self) -> Iterator[tuple[str, float]]:
        """Give themes with their weights."""
        return zip(self.themes, self.weights, strict=True)

    def of(self, theme: str) -> float:
        """Return the weight of a theme; 0 for one that is not listed."""
        return dict(self.items()).get(theme, 0.0)


def theme_weights(stated: Mapping[str, float | None]) -> Weights:
    """Bring stated weights to a sum of 1; unknown ones are equal and marked.

    If stated weights leave a remainder to 1, the unknown ones share it equally. If they leave none,
    or none is stated, each unknown one takes the mean of the stated ones (all alike if there are
    none), and all are divided by their sum.

    Parameters
    ----------
    stated : mapping of str to float or None
        By theme, at least 0; None is unknown.

    Returns
    -------
    Weights

    Raises
    ------
    AnalysisError
        ``policy_mix.not_a_weight`` for NaN, infinity, negative weights, or if all are 0.

    Examples
    --------
    >>> dict(theme_weights({"energy": 0.5, "ict": None, "wood": None}).items())
    {'energy': 0.5, 'ict': 0.25, 'wood': 0.25}
    >>> theme_weights({"energy": None, "ict": None}).weights
    (0.5, 0.5)
    """
    known = {theme: _checked(weight) for theme, weight in stated.items() if weight is not None}
    assumed = frozenset(stated) - frozenset(known)
    each = _each_unknown(list(known.values()), len(assumed))
    weights = [known.get(theme, each) for theme in stated]
    total = math.fsum(weights)
    if stated and not 0 < total < math.inf:
        raise AnalysisError("policy_mix.not_a_weight", where=Where(argument="stated"), found="0")
    return Weights(tuple(stated), tuple(weight / total for weight in weights), assumed)


def _each_unknown(known: list[float], n_unknown: int) -> float:
    total = math.fsum(known)
    if not n_unknown or total <= 0:
        return 1.0
    return (1 - total) / n_unknown if total < 1 else total / len(known)


def _checked(weight: float) -> float:
    if not math.isfinite(weight) or weight < 0:
        raise AnalysisError(
            "policy_mix.not_a_weight", where=Where(argument="stated"), found=str(weight)
        )
    return float(weight)


# --- What is missing: themes of the strategy without their share of money, phases without help


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


# --- What two strategies share, and what each looks for that the other offers ---------------------


NOTHING: Final = Weights((), (), frozenset())


@dataclass(frozen=True, slots=True)
class Strategy:
    """What a region or programme puts weight on, needs and is strong in; each may be empty."""

    priorities: Weights = field(default=NOTHING)
    needs: Weights = field(default=NOTHING)
    strengths: Weights = field(default=NOTHING)


@dataclass(frozen=True, slots=True)
class Part:
    """One theme's part of a figure; ``is_assumed`` where a weight behind it is unknown."""

    theme: str
    value: float
    is_assumed: bool


@dataclass(frozen=True, slots=True)
class Synergy:
    """Two strategies beside each other.

    Attributes
    ----------
    overlap : float or None
        ``sum min(a, b)`` of the priorities, 0 to 1; None if a side has none.
    jaccard : float or None
        ``sum min / sum max``.
    complementarity : float or None
        ``(sum needs_a strengths_b + sum needs_b strengths_a) / 2``; None unless both directions
        are known.
    shared, first_seeks, second_seeks : tuple of Part
        Themes behind the figures, the largest part first: what both put weight on, what the first
        needs and the second is strong in, and the other way round.
    n_first, n_second : int
        Themes behind each side's weights, over priorities, needs and strengths.
    unknown_share : float or None
        Share of these weights that nobody stated.
    status, reasons
        "undefined" where no figure can be given.
    conventions : Conventions
    """

    overlap: float | None
    jaccard: float | None
    complementarity: float | None
    shared: tuple[Part, ...]
    first_seeks: tuple[Part, ...]
    second_seeks: tuple[Part, ...]
    n_first: int
    n_second: int
    unknown_share: float | None
    status: Status
    reasons: tuple[str, ...]
    conventions: Conventions


def synergy(first: Strategy, second: Strategy) -> Synergy:
    """Compare two strategies by the weights of their themes.

    Parameters
    ----------
    first, second : Strategy
        Weights sum to 1 in each part that is known.

    Returns
    -------
    Synergy

    Examples
    --------
    >>> from alpclusters.analysis.funding.policy_mix import Strategy, theme_weights
    >>> a = Strategy(theme_weights({"energy": 0.4, "ict": 0.3, "wood": 0.3, "med": 0}))
    >>> b = Strategy(theme_weights({"energy": 0.1, "ict": 0.5, "wood": 0, "med": 0.4}))
    >>> found = synergy(a, b)
    >>> round(found.overlap, 12), round(found.jaccard, 12), found.complementarity
    (0.4, 0.25, None)
    >>> [part.theme for part in found.shared]
    ['ict', 'energy']
    """
    shared = _parts(first.priorities, second.priorities, min)
    seeks = _parts(first.needs, second.strengths, _product)
    sought = _parts(second.needs, first.strengths, _product)
    overlap = _sum(first.priorities, second.priorities, shared)
    given, taken = (
        _sum(first.needs, second.strengths, seeks),
        _sum(second.needs, first.strengths, sought),
    )
    complementarity = None if given is None or taken is None else (given + taken) / 2
    return Synergy(
        overlap=overlap,
        # Both sides sum to 1: sum max = 2 - sum min.
        jaccard=None if overlap is None else overlap / (2 - overlap),
        complementarity=complementarity,
        shared=shared,
        first_seeks=seeks,
        second_seeks=sought,
        n_first=_n_themes(first),
        n_second=_n_themes(second),
        unknown_share=_unknown_share(first, second),
        status="undefined" if overlap is None and complementarity is None else "ok",
        reasons=_reasons(overlap, complementarity),
        conventions=Conventions(method="synergy", missing="equal_marked"),
    )


def _product(one: float, other: float) -> float:
    return one * other


def _parts(
    first: Weights, second: Weights, join: Callable[[float, float], float]
) -> tuple[Part, ...]:
    assumed = first.assumed | second.assumed
    others = dict(second.items())
    found = [
        Part(theme, value, theme in assumed)
        for theme, weight in first.items()
        if (value := join(weight, others.get(theme, 0.0))) > 0
    ]
    return tuple(sorted(found, key=lambda part: (-part.value, part.theme)))


def _sum(first: Weights, second: Weights, parts: tuple[Part, ...]) -> float | None:
    if not first.themes or not second.themes:
        return None
    # Weights are divided by their sum, which may leave the last digit above 1.
    return min(1.0, math.fsum(part.value for part in parts))


def _n_themes(strategy: Strategy) -> int:
    sides = (strategy.priorities, strategy.needs, strategy.strengths)
    return len({theme for side in sides for theme in side.themes})


def _unknown_share(first: Strategy, second: Strategy) -> float | None:
    sides = [
        side
        for strategy in (first, second)
        for side in (strategy.priorities, strategy.needs, strategy.strengths)
    ]
    n = sum(len(side.themes) for side in sides)
    return sum(len(side.assumed) for side in sides) / n if n else None


def _reasons(overlap: float | None, complementarity: float | None) -> tuple[str, ...]:
    told = {"no_priorities": overlap is None, "no_needs_or_strengths": complementarity is None}
    return tuple(code for code, holds in told.items() if holds)
