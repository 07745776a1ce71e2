"""Concordance of complete rankings after Kendall and Babington Smith."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from alpclusters.analysis.consensus.grids import checked_grid
from alpclusters.analysis.consensus.intervals import BLOCK_CELLS, check_draws
from alpclusters.analysis.consensus.results import Recorded
from alpclusters.analysis.conventions import Conventions, Status
from alpclusters.analysis.errors import IncompleteRankingsError, TooFewError, Where

FloatArray = NDArray[np.float64]
ROUGH_P_UP_TO: Final = 7
FEWEST: Final = 2


@dataclass(frozen=True, slots=True)
class Concordance(Recorded):
    """How far raters agree on one order of all items.

    Attributes
    ----------
    w : float or None
        0 no common order, 1 the same order; None if all raters tie all items.
    chi_square, p_value : float or None
        Friedman's statistic with tie correction, and its upper tail.
    df : int
        Degrees of freedom, items minus 1.
    tie_sum : float
        Sum of t³ - t over all ties of all raters.
    p_permutation : float or None
        From permutations within raters; None unless asked for.
    n_raters, n_items : int
    status : {'ok', 'undefined'}
    reasons : tuple of str
        ``all_tied``; ``p_value_approximate`` for seven items or fewer.
    conventions : Conventions
    """

    w: float | None
    chi_square: float | None
    df: int
    p_value: float | None
    tie_sum: float
    p_permutation: float | None
    n_raters: int
    n_items: int
    status: Status
    reasons: tuple[str, ...]
    conventions: Conventions


def kendalls_w(ranks: ArrayLike, *, permutations: int = 0, seed: int = 0) -> Concordance:
    r"""Measure how far raters agree on one order of all items.

    With column sums :math:`R_i` of the m rankings of n items, :math:`S = \sum (R_i - \bar R)^2`
    and :math:`T = \sum (t^3 - t)` over all ties:
    :math:`W = 12 S / (m^2 (n^3 - n) - m T)`, :math:`\chi^2 = m (n - 1) W` with n - 1 degrees of
    freedom.

    Parameters
    ----------
    ranks : array_like of shape (n_raters, n_items)
        Ranks or ratings; each row is turned into ranks, ties share their mean rank. The
        direction does not matter. No missing values.
    permutations : int, default 0
        Random permutations within raters for ``p_permutation``.
    seed : int, default 0
        Of the permutations.

    Returns
    -------
    Concordance
        Undefined (``all_tied``) if all raters tie all items.

    Raises
    ------
    IncompleteRankingsError
        A rater left an item out; `krippendorff_alpha` allows missing values.
    TooFewError
        Fewer than two raters or two items.
    ShapeError
        Not two dimensions.
    NotFiniteError
        Infinity.

    Notes
    -----
    The chi-square p value is rough for few items; it is flagged up to seven, where permutations
    are the better way: p = (1 + hits) / (1 + permutations). Without ties W = (r (m - 1) + 1) / m
    with r the mean of all pairwise rank correlations, but nothing loops over pairs:
    O(n_raters * n_items log n_items).

    References
    ----------
    .. [1] M. G. Kendall and B. Babington Smith, The problem of m rankings, Annals of
       Mathematical Statistics 10 (1939), 275-287.
    .. [2] P. Legendre, Species associations: the Kendall coefficient of concordance revisited,
       Journal of Agricultural, Biological, and Environmental Statistics 10 (2005), 226-245.

    Examples
    --------
    >>> round(kendalls_w([[1, 2, 3, 4], [1, 3, 2, 4], [2, 1, 3, 4]]).w, 4)
    0.7778
    """
    check_draws(permutations, argument="permutations")
    ranked, tie_sum = average_ranks(_complete(checked_grid(ranks, argument="ranks")))
    m, n = ranked.shape
    room = m**2 * (n**3 - n) - m * tie_sum
    w = min(1.0, 12 * float(_spread(ranked.sum(axis=0))) / room) if room > 0 else None
    chi_square = None if w is None else m * (n - 1) * w
    is_tested = w is not None and permutations > 0
    return Concordance(
        w=w,
        chi_square=chi_square,
        df=n - 1,
        p_value=_upper_tail(chi_square, n - 1),
        tie_sum=tie_sum,
        p_permutation=_permutation_p(ranked, permutations, seed) if is_tested else None,
        n_raters=m,
        n_items=n,
        status="undefined" if w is None else "ok",
        reasons=_reasons(w, n),
        conventions=_conventions(permutations, seed),
    )


def average_ranks(scores: FloatArray) -> tuple[FloatArray, float]:
    """Rank every row from 1, ties share their mean rank.

    Parameters
    ----------
    scores : array of shape (n_raters, n_items)
        No missing values.

    Returns
    -------
    ranks : array of shape (n_raters, n_items)
    tie_sum : float
        Sum of t³ - t over the ties of all rows.

    Examples
    --------
    >>> ranks, tie_sum = average_ranks(np.array([[7.0, 3.0, 7.0, 9.0]]))
    >>> ranks.tolist(), tie_sum
    ([[2.5, 1.0, 2.5, 4.0]], 6.0)
    """
    order = np.argsort(scores, axis=1, kind="stable")
    ordered = np.take_along_axis(scores, order, axis=1)
    place = np.arange(scores.shape[1])
    is_new = np.diff(ordered, axis=1, prepend=-np.inf) != 0
    is_last = np.roll(is_new, -1, axis=1)
    is_last[:, -1:] = True
    first = np.maximum.accumulate(np.where(is_new, place, 0), axis=1)
    final = np.where(is_last, place, scores.shape[1])[:, ::-1]
    last = np.minimum.accumulate(final, axis=1)[:, ::-1]
    ranks = np.empty_like(scores)
    np.put_along_axis(ranks, order, (first + last) / 2 + 1, axis=1)
    # Each of t tied items adds t² - 1, together t³ - t.
    return ranks, float(((last - first + 1.0) ** 2 - 1).sum())


def _complete(grid: FloatArray) -> FloatArray:
    if min(grid.shape) < FEWEST:
        code = "ratings.too_few"
        raise TooFewError(code, where=Where(argument="ranks"), expected=str(FEWEST))
    missing = np.isnan(grid).any(axis=1)
    if missing.any():
        code = "ranks.incomplete"
        where = Where(argument="ranks", row=int(missing.argmax()))
        raise IncompleteRankingsError(code, where=where, expected="krippendorff_alpha")
    return grid


def _spread(sums: FloatArray) -> NDArray[np.float64]:
    """Return S; ranks are multiples of one half, so it is exact and can be compared."""
    centred = sums - sums.mean(axis=-1, keepdims=True)
    return np.asarray((centred**2).sum(axis=-1))


def _permutation_p(ranked: FloatArray, permutations: int, seed: int) -> float:
    random = np.random.default_rng(seed)
    # Equal rows of ranks in any order give the same p: raters are exchangeable.
    rows = ranked[np.lexsort(np.sort(ranked, axis=1).T)]
    rows = np.sort(rows, axis=1)
    seen = float(_spread(ranked.sum(axis=0))) - 1e-9
    block = max(1, BLOCK_CELLS // ranked.size)
    hits = 0
    for start in range(0, permutations, block):
        shape = (min(block, permutations - start), *rows.shape)
        shuffled = random.permuted(np.broadcast_to(rows, shape), axis=2)
        hits += int((_spread(shuffled.sum(axis=1)) >= seen).sum())
    return (1 + hits) / (1 + permutations)


def _upper_tail(chi_square: float | None, df: int) -> float | None:
    from scipy.special import chdtrc  # noqa: PLC0415 - a third of a second to import

    return None if chi_square is None else float(chdtrc(df, chi_square))


def _reasons(w: float | None, n_items: int) -> tuple[str, ...]:
    if w is None:
        return ("all_tied",)
    return ("p_value_approximate",) if n_items <= ROUGH_P_UP_TO else ()


def _conventions(permutations: int, seed: int) -> Conventions:
    return Conventions(
        method="kendalls_w",
        ties="mean_rank_tie_corrected",
        missing="refused",
        seed=seed if permutations else None,
        draws=permutations or None,
        thresholds=(("p_value_approximate_up_to_items", float(ROUGH_P_UP_TO)),),
    )
