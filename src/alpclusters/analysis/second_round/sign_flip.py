"""Test of a mean change by flipping signs."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from alpclusters.analysis.consensus.results import Recorded
from alpclusters.analysis.conventions import Conventions, Status
from alpclusters.analysis.errors import NotFiniteError, ShapeError, Where
from alpclusters.analysis.second_round.results import SignFlipKind

FloatArray = NDArray[np.float64]
FEWEST_CHANGES: Final = 6
EXACT_UP_TO: Final = 16
RANDOM_FLIPS: Final = 10_000


@dataclass(frozen=True, slots=True)
class SignFlip(Recorded):
    """Outcome of the sign-flip test.

    Attributes
    ----------
    p_value : float or None
        Two-sided.
    n_changed : int
        Differences that are not 0.
    kind : {'exact', 'random'} or None
        All sign patterns, or random ones.
    status : {'ok', 'undefined'}
    reasons : tuple of str
        ``too_few_changes``.
    conventions : Conventions
    """

    p_value: float | None
    n_changed: int
    kind: SignFlipKind | None
    status: Status
    reasons: tuple[str, ...]
    conventions: Conventions


def sign_flip_test(differences: ArrayLike, *, seed: int = 0) -> SignFlip:
    """Test whether changes have a mean of 0 by flipping their signs.

    If raised and lowered were equally likely for every person, each sign could as well be the
    other: p is the share of sign patterns whose sum is at least as far from 0.

    Parameters
    ----------
    differences : array_like of shape (n_raters,)
        Second minus first round; zeros are dropped.
    seed : int, default 0
        Of the random patterns.

    Returns
    -------
    SignFlip
        Undefined with fewer than six differences that are not 0 (``too_few_changes``): with
        five the smallest two-sided p is 0.0625.

    Raises
    ------
    ShapeError
        Not one dimension.
    NotFiniteError
        NaN or infinity.

    Notes
    -----
    Exact up to 16 differences, else 10,000 random patterns with p = (1 + hits) / (1 + 10,000).
    It is not Wilcoxon's test, which flips ranks; the two agree if all differences have the
    same size. The order of the raters changes no bit.

    References
    ----------
    .. [1] R. A. Fisher, The Design of Experiments (1935), section 21.

    Examples
    --------
    >>> sign_flip_test([1, 1, 0, 1, 0, 1, 1, 1]).p_value
    0.03125
    """
    changes = _checked(differences)
    sizes = np.sort(np.abs(changes[changes != 0]))
    is_exact = sizes.size <= EXACT_UP_TO
    is_defined = sizes.size >= FEWEST_CHANGES
    least = abs(float(changes.sum())) - 1e-9 * (float(sizes[-1]) if sizes.size else 1.0)
    p_value = None
    if is_defined:
        p_value = _exact(sizes, least) if is_exact else _random(sizes, least, seed)
    return SignFlip(
        p_value=p_value,
        n_changed=sizes.size,
        kind=None if p_value is None else "exact" if is_exact else "random",
        status="ok" if is_defined else "undefined",
        reasons=() if is_defined else ("too_few_changes",),
        conventions=_conventions(seed, is_random=is_defined and not is_exact),
    )


def _exact(sizes: FloatArray, least: float) -> float:
    """Go through all patterns in which the first sign is plus: the others mirror them."""
    sums = sizes[:1]
    for size in sizes[1:]:
        sums = np.concatenate([sums + size, sums - size])
    return float((np.abs(sums) >= least).mean())


def _random(sizes: FloatArray, least: float, seed: int) -> float:
    """Draw how many of the differences of equal size are plus."""
    random = np.random.default_rng(seed)
    distinct, counts = np.unique(sizes, return_counts=True)
    plus = random.binomial(counts, 0.5, size=(RANDOM_FLIPS, counts.size))
    sums = (2 * plus - counts) @ distinct
    hits = int((np.abs(sums) >= least).sum())
    return (1 + hits) / (1 + RANDOM_FLIPS)


def _checked(differences: ArrayLike) -> FloatArray:
    changes = np.array(differences, dtype=np.float64)
    if changes.ndim != 1:
        code = "ratings.shape"
        raise ShapeError(code, where=Where(argument="differences"), expected="(n_raters,)")
    wrong = np.flatnonzero(~np.isfinite(changes))
    if wrong.size:
        code = "ratings.not_finite"
        raise NotFiniteError(code, where=Where(argument="differences", row=int(wrong[0])))
    return changes


def _conventions(seed: int, *, is_random: bool) -> Conventions:
    return Conventions(
        method="sign_flip_test",
        ties="zeros_dropped",
        missing="refused",
        seed=seed if is_random else None,
        draws=RANDOM_FLIPS if is_random else None,
        thresholds=(("fewest_changes", float(FEWEST_CHANGES)),),
    )
