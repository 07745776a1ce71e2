"""Compare the second round of ratings with the first, person by person."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from alpclusters.analysis.consensus.grids import Table
from alpclusters.analysis.consensus.intervals import check_draws, tail_of
from alpclusters.analysis.conventions import K_ANONYMITY, LEVEL, Conventions, Status
from alpclusters.analysis.second_round import figures
from alpclusters.analysis.second_round.figures import STABLE_BELOW
from alpclusters.analysis.second_round.pairing import (
    Rounds,
    pair_rounds,
    resample_changes,
    resample_leavers,
)
from alpclusters.analysis.second_round.results import Comparison, MeasureChange
from alpclusters.analysis.second_round.sign_flip import (
    DEFAULT_CORRECTION,
    FEWEST_CHANGES,
    Correction,
    SignFlip,
    check_correction,
    corrected_p_values,
    sign_flip_test,
)

FloatArray = NDArray[np.float64]
RESAMPLES: Final = 2000
MATRIX_FROM: Final = 20


@dataclass(frozen=True, slots=True)
class _Rules:
    """What the caller chose."""

    level: float
    resamples: int
    correction: Correction
    k_anonymity: int
    matrix_from: int
    seed: int


def compare_rounds(  # noqa: PLR0913 - two rounds and what may be chosen about them
    first: Table,
    second: Table,
    *,
    scale: Sequence[float] | None = None,
    level: float = LEVEL,
    resamples: int = RESAMPLES,
    correction: Correction = DEFAULT_CORRECTION,
    k_anonymity: int = K_ANONYMITY,
    matrix_from: int = MATRIX_FROM,
    seed: int = 0,
) -> Comparison:
    """Compare a second round of ratings with the first, person by person.

    Only people with a value in both rounds for the same measure enter figures of change; all
    others are counted (attrition, joined), never mixed in.

    Parameters
    ----------
    first, second : Ratings or iterable of rows
        The two rounds on one scale; rows as in `Ratings.from_rows`.
    scale : sequence of float, optional
        ``(low, high)`` or all points; None takes the declared one, or else what both rounds
        show together (``scale_assumed``).
    level : float, default 0.90
        Of all intervals.
    resamples : int, default 2000
        Resamples of raters; 0 for no intervals.
    correction : {'holm', 'benjamini_hochberg'}, default 'holm'
        Of p values over all measures with a defined one.
    k_anonymity : int, default 5
        Smallest number of people that is shown; 1 shows everything.
    matrix_from : int, default 20
        Paired people from which the whole migration matrix is shown.
    seed : int, default 0
        Of resamples and random sign patterns.

    Returns
    -------
    Comparison
        One `MeasureChange` per measure; undefined (``no_pairs``) if nobody is in both rounds.

    Raises
    ------
    ScaleError
        Rounds on different scales, a value outside, or a level outside 0 to 1.
    AnalysisError
        An unknown correction, a negative number of resamples.

    Notes
    -----
    Bootstrap: whole raters, the same draw for all measures, percentile interval. Test:
    `sign_flip_test`. Stability: Scheibe's net change, below 0.15 stable, and kappa for
    individual change. A measure picked because its first round was extreme moves towards the
    middle by itself (caution ``regression_to_the_mean``): a change is no proof that the
    meeting caused it. Order of rows changes no bit; other names of raters change intervals
    only by the chance of the draw.

    References
    ----------
    .. [1] M. Scheibe, M. Skutsch, J. Schofer, Experiments in Delphi methodology, in: H. A.
       Linstone, M. Turoff (eds), The Delphi Method (1975), 262-287.
    .. [2] J. Cohen, Weighted kappa, Psychological Bulletin 70 (1968), 213-220.

    Examples
    --------
    >>> rounds = [2, 3, 3, 4, 4, 2, 5, 3, 1, 4], [3, 3, 4, 4, 5, 3, 5, 4, 2, 4]
    >>> first, second = ([(who, "fair", value) for who, value in enumerate(r)] for r in rounds)
    >>> fair = compare_rounds(first, second, scale=(1, 5)).measures[0]
    >>> fair.attendance.n_paired, fair.change.mean, fair.change.p_value
    (10, 0.6, 0.03125)
    >>> fair.agreement.net_change, fair.migration.stable
    (0.2, None)
    """
    tail_of(level)
    check_draws(resamples, argument="resamples")
    check_correction(correction)
    rules = _Rules(level, resamples, correction, k_anonymity, matrix_from, seed)
    rounds = pair_rounds(first, second, scale=scale)
    measures, n_tested = _measures(rounds, rules)
    reasons = _reasons(rounds, measures)
    present = [have.any(axis=1) for have in (rounds.has_first, rounds.has_second)]
    n_first, n_both = int(present[0].sum()), int((present[0] & present[1]).sum())
    return Comparison(
        measures=measures,
        n_first=n_first,
        n_second=int(present[1].sum()),
        n_both=n_both,
        attrition=1 - n_both / n_first if n_first else None,
        n_tested=n_tested,
        status=_status(reasons),
        reasons=reasons,
        cautions=("regression_to_the_mean",) if n_both else (),
        conventions=_conventions(rounds, rules),
    )


def _measures(rounds: Rounds, rules: _Rules) -> tuple[tuple[MeasureChange, ...], int]:
    pairs = [figures.Pairs.of(rounds, place) for place in range(len(rounds.measure_ids))]
    tests = [
        sign_flip_test(one.second - one.first, seed=rules.seed)
        if one.n >= max(rules.k_anonymity, 1)
        else None
        for one in pairs
    ]
    adjusted = _adjusted(tests, rules.correction)
    draws = _Draws.of(rounds, rules)
    measures = tuple(
        _shown(rounds, place, pairs[place], test, adjusted[place], draws.at(place), rules)
        if test
        else _not_shown(rounds, place, pairs[place], rules)
        for place, test in enumerate(tests)
    )
    return measures, sum(value is not None for value in adjusted)


@dataclass(frozen=True, slots=True)
class _Draws:
    """Figures of the resamples, per measure or of one."""

    mean: FloatArray
    consensus: FloatArray
    leaving: FloatArray

    @classmethod
    def of(cls, rounds: Rounds, rules: _Rules) -> "_Draws":
        means, consensus = resample_changes(rounds, resamples=rules.resamples, seed=rules.seed)
        leaving = resample_leavers(rounds, resamples=rules.resamples, seed=rules.seed)
        return cls(means, consensus, leaving)

    def at(self, place: int) -> "_Draws":
        return _Draws(self.mean[place], self.consensus[place], self.leaving[place])


def _adjusted(tests: Sequence[SignFlip | None], correction: Correction) -> list[float | None]:
    values = [np.nan if not test or test.p_value is None else test.p_value for test in tests]
    corrected = corrected_p_values(np.array(values, dtype=np.float64), correction=correction)
    return [None if np.isnan(value) else float(value) for value in corrected]


def _not_shown(rounds: Rounds, place: int, pairs: figures.Pairs, rules: _Rules) -> MeasureChange:
    """List a measure without enough pairs: below k withheld, without any undefined."""
    return MeasureChange(
        measure=rounds.measure_ids[place],
        state="withheld" if pairs.n else "empty",
        attendance=figures.attendance(rounds, place, k_anonymity=rules.k_anonymity),
        migration=None,
        change=None,
        agreement=None,
        leavers=None,
        status="limited" if pairs.n else "undefined",
        reasons=("small_group",) if pairs.n else ("no_pairs",),
        cautions=(),
    )


def _shown(
    rounds: Rounds,
    place: int,
    pairs: figures.Pairs,
    test: SignFlip,
    p_adjusted: float | None,
    draws: _Draws,
    rules: _Rules,
) -> MeasureChange:
    level, k = rules.level, rules.k_anonymity
    moved = figures.migration(pairs, k_anonymity=k, matrix_from=rules.matrix_from)
    is_open = moved.stable is not None
    change, reasons = figures.change(
        pairs, test, draws.mean, level=level, p_adjusted=p_adjusted, is_open=is_open
    )
    left = figures.leavers(rounds, place, draws.leaving, level=level, k_anonymity=k)
    return MeasureChange(
        measure=rounds.measure_ids[place],
        state="shown",
        attendance=figures.attendance(rounds, place, k_anonymity=k),
        migration=moved,
        change=change,
        agreement=figures.agreement_change(pairs, draws.consensus, level=level, is_open=is_open),
        leavers=left,
        status="limited" if reasons else "ok",
        reasons=reasons,
        cautions=_cautions(rounds, place, rules, is_different=bool(left and left.is_different)),
    )


def _cautions(rounds: Rounds, place: int, rules: _Rules, *, is_different: bool) -> tuple[str, ...]:
    first, second = rounds.has_first[:, place], rounds.has_second[:, place]
    alone = [int((first & ~second).sum()), int((second & ~first).sum())]
    holds = {
        "leavers_differ": is_different,
        "few_unpaired": any(0 < n < rules.k_anonymity for n in alone),
    }
    return tuple(caution for caution, applies in holds.items() if applies)


def _reasons(rounds: Rounds, measures: tuple[MeasureChange, ...]) -> tuple[str, ...]:
    if not (rounds.has_first.any() or rounds.has_second.any()):
        return ("no_ratings",)
    if not rounds.paired.any():
        return ("no_pairs",)
    holds = {
        "scale_assumed": rounds.scale_assumed,
        "small_group": not any(measure.state == "shown" for measure in measures),
    }
    return tuple(reason for reason, applies in holds.items() if applies)


def _status(reasons: tuple[str, ...]) -> Status:
    if {"no_ratings", "no_pairs"} & set(reasons):
        return "undefined"
    return "limited" if reasons else "ok"


def _conventions(rounds: Rounds, rules: _Rules) -> Conventions:
    return Conventions(
        method="compare_rounds",
        scale=tuple(float(point) for point in rounds.points),
        level=rules.level,
        intervals=(
            ("change", "percentile_bootstrap_over_raters"),
            ("consensus_change", "percentile_bootstrap_over_raters"),
            ("leavers", "percentile_bootstrap_over_raters"),
        ),
        ties=f"sign_flip_zeros_dropped_{rules.correction}",
        missing="unpaired_counted_never_mixed_in",
        quantiles="linear_type_7",
        standard_deviation="n_minus_1",
        seed=rules.seed,
        draws=rules.resamples,
        thresholds=(
            ("k_anonymity", float(rules.k_anonymity)),
            ("matrix_from", float(rules.matrix_from)),
            ("fewest_changes", float(FEWEST_CHANGES)),
            ("stable_below", STABLE_BELOW),
        ),
    )
