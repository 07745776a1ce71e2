"""How close two organisations are in the network of ties: paths, walks, and their blend."""

from typing import Final, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import csr_array

from alpclusters.analysis.errors import AnalysisError, Where
from alpclusters.analysis.matching.score_parts import (
    FloatArray,
    IntArray,
    Part,
    finite,
    frozen,
    make_part,
    out_of_range,
    percentile_ranks,
    places,
    same_length,
)
from alpclusters.analysis.network import UNKNOWN, Ties, region_table
from alpclusters.analysis.network.integration import collaboration_shares

Method = Literal["adamic_adar", "katz", "ppr", "blend"]
METHODS: Final[tuple[Method, ...]] = ("adamic_adar", "katz", "ppr", "blend")
KATZ_BETA: Final = 0.3
KATZ_LENGTH: Final = 13
RESTART: Final = 0.15
# What is left of a walk after the last step: .85^40 with the usual restart.
REMAINDER: Final = 0.00151
BLEND_RESTART: Final = 0.5
# Four digits of the mean reciprocal rank stay the same from here on (docs/methods/matching.md).
BLEND_STEPS: Final = 6
AFFINITY_FLOOR: Final = 0.001
SCORE_FLOOR: Final = 1e-12


def proximity(
    ties: Ties,
    rows: ArrayLike,
    *,
    method: Method = "adamic_adar",
    columns: ArrayLike | None = None,
    beta: float = KATZ_BETA,
    restart: float = RESTART,
) -> FloatArray:
    """Score how close organisations are to those that ask.

    Parameters
    ----------
    ties : Ties
        ``adamic_adar`` reads only who is tied to whom; the others use the weights as they are.
    rows : array_like of shape (m,)
        Places of those that ask.
    method : {'adamic_adar', 'katz', 'ppr', 'blend'}
    columns : array_like of shape (k,), optional
        Places of the candidates; default all. Ties may be wider than the candidates: paths
        through others count.
    beta : float
        Katz: damping of each step, as a part of 1 / (greatest eigenvalue); below 1.
    restart : float
        Personalised PageRank: chance to return at each step, in (0, 1).

    Returns
    -------
    ndarray of shape (m, k), float64
        Not negative; 0 where no path counts. Only the order within a row means something.

    Raises
    ------
    AnalysisError
        Unknown method, ``beta`` of 1 or more (the sum has no limit), a place that is none.

    Notes
    -----
    Adamic-Adar: sum over common partners z of 1 / ln k_z. Katz: sum of beta^l A^l up to l = 13.
    PageRank: 40 steps with restart .15; with others as many as leave the same remainder. Blend:
    A^2 P q_ab / (q_a q_b), with A Adamic-Adar where a tie weighs ln(1 + weight), P PageRank with
    restart .5 in 6 steps and the affinity of the two groups; wants ``full`` weights
    (docs/methods/matching.md). Time of one row: the ties of the partners for Adamic-Adar, all
    ties times the number of steps for the others.

    Examples
    --------
    >>> from alpclusters.analysis.network import make_ties
    >>> chain = csr_array(np.diag([1.0, 1.0], 1) + np.diag([1.0, 1.0], -1))
    >>> ties = make_ties(chain, [7, 8, 9], [0, 0, 1], ["AT", "IT"])
    >>> proximity(ties, [0]).round(4)
    array([[1.4427, 0.    , 1.4427]])
    """
    if method not in METHODS:
        where = Where(argument="method")
        raise AnalysisError("argument.not_one_of", where=where, expected=", ".join(METHODS))
    if not 0 < beta < 1:
        raise out_of_range("beta", "0 < beta < 1")
    if not 0 < restart < 1:
        raise out_of_range("restart", "0 < restart < 1")
    asked = places(rows, ties.n, "rows")
    taken = np.arange(ties.n) if columns is None else places(columns, ties.n, "columns")
    if not len(asked) or not len(taken):
        return frozen(np.zeros((len(asked), len(taken))))
    if method == "adamic_adar":
        return frozen(_two_steps(ties.binary, ties.degree, asked, taken))
    if method == "katz":
        return frozen(_katz(ties.matrix, asked, taken, beta))
    if method == "ppr":
        return frozen(_walks(ties.matrix, asked, taken, restart, steps_of(restart)))
    return frozen(_blend(ties, asked, taken))


def proximity_part(scores: ArrayLike, tied: ArrayLike) -> Part:
    """Turn one row of scores into the network part of a match.

    Parameters
    ----------
    scores : array_like of shape (n,)
        One row of `proximity`.
    tied : array_like of bool, shape (n,)
        Who has a tie at all; the others have no such part. All false if the one that asks has
        none itself.

    Returns
    -------
    Part
        Percentile among the candidates with a score above 0; 0 for tied ones without.

    Raises
    ------
    AnalysisError
        NaN, or other lengths.

    Examples
    --------
    >>> proximity_part([0.0, 2.0, 3.0, 0.0], [True, True, True, False]).values
    array([0., 0., 1., 0.])
    """
    given, there = finite(scores, "scores"), np.array(tied, dtype=bool)
    same_length(there, len(given), "tied")
    near = there & (given > 0)
    values = np.zeros(len(given))
    values[near] = percentile_ranks(given[near])
    return make_part("network", values, there)


def popularity(ties: Ties) -> Part:
    """Count partners, as the small part of a match that well-known organisations get.

    Parameters
    ----------
    ties : Ties

    Returns
    -------
    Part
        ln(1 + partners), divided by the greatest; absent for those without ties.

    Examples
    --------
    >>> from alpclusters.analysis.network import make_ties
    >>> chain = csr_array(np.diag([1.0, 1.0], 1) + np.diag([1.0, 1.0], -1))
    >>> popularity(make_ties(chain, [7, 8, 9], [0, 0, 1], ["AT", "IT"])).values.round(4)
    array([0.6309, 1.    , 0.6309])
    """
    heights = np.log1p(ties.degree.astype(np.float64))
    greatest = heights.max(initial=0.0)
    return make_part("popularity", heights / greatest if greatest else heights, heights > 0)


def common_partners(ties: Ties, first: int, second: int) -> IntArray:
    """List whom two organisations both work with, those with fewest other partners first.

    Parameters
    ----------
    ties : Ties
    first, second : int
        Places of the two.

    Returns
    -------
    ndarray of int64
        Places: the fact behind the network part.

    Examples
    --------
    >>> from alpclusters.analysis.network import make_ties
    >>> chain = csr_array(np.diag([1.0, 1.0], 1) + np.diag([1.0, 1.0], -1))
    >>> common_partners(make_ties(chain, [7, 8, 9], [0, 0, 1], ["AT", "IT"]), 0, 2)
    array([1])
    """
    one, two = places([first, second], ties.n, "first").tolist()
    shared = np.intersect1d(_partners(ties, one), _partners(ties, two)).astype(np.int64)
    return frozen(shared[np.lexsort((shared, ties.degree[shared]))])


def steps_of(restart: float) -> int:
    """Return after how many steps the remainder of a walk is small."""
    return int(np.ceil(np.log(REMAINDER) / np.log(1 - restart)))


def _partners(ties: Ties, place: int) -> NDArray[np.integer]:
    matrix = ties.matrix
    return np.asarray(matrix.indices[matrix.indptr[place] : matrix.indptr[place + 1]])


def _two_steps(
    matrix: "csr_array", degree: IntArray, rows: IntArray, columns: IntArray
) -> FloatArray:
    """Sum W_iz W_zj / ln k_z over z; a partner in the middle has at least two ties."""
    rarity = 1 / np.log(np.maximum(degree, 2))
    weighted = csr_array(matrix[rows] * rarity[None, :])
    return np.asarray((weighted @ _chosen(matrix, columns)).toarray())


def _chosen(matrix: "csr_array", columns: IntArray) -> "csr_array":
    whole = len(columns) == matrix.shape[0] and (columns == np.arange(len(columns))).all()
    return matrix if whole else csr_array(matrix[:, columns])


def _katz(matrix: "csr_array", rows: IntArray, columns: IntArray, beta: float) -> FloatArray:
    radius = _radius(matrix)
    if not radius:
        return np.zeros((len(rows), len(columns)))
    step = _starts(matrix.shape[0], rows)
    total = np.zeros((len(columns), len(rows)))
    for _ in range(KATZ_LENGTH):
        step = (beta / radius) * (matrix @ step)
        total += step[columns]
    return total.T


def _radius(matrix: "csr_array") -> float:
    """Return the greatest eigenvalue, from a start that is the same every time."""
    from scipy.sparse.linalg import eigsh  # noqa: PLC0415 - slow to load, only Katz needs it

    n = int(matrix.shape[0])
    if not matrix.nnz:
        return 0.0
    if n <= 3:  # noqa: PLR2004 - Lanczos needs more rows than vectors
        return float(np.linalg.eigvalsh(matrix.toarray())[-1])
    found = eigsh(matrix, 1, which="LA", return_eigenvectors=False, v0=np.ones(n))
    return float(found[0])


def _walks(
    matrix: csr_array, rows: IntArray, columns: IntArray, restart: float, n_steps: int
) -> FloatArray:
    moves = _moves(matrix)
    start = _starts(matrix.shape[0], rows)
    here = start
    for _ in range(n_steps - 1):
        here = (1 - restart) * (moves @ here) + restart * start
    last = _chosen_rows(moves, columns) @ here
    return ((1 - restart) * last + restart * start[columns]).T


def _chosen_rows(matrix: "csr_array", rows: IntArray) -> "csr_array":
    return csr_array(matrix[rows])


def _moves(matrix: "csr_array") -> "csr_array":
    """Return where a walker goes: column by column, in proportion to the weights."""
    strength = np.asarray(matrix.sum(axis=0)).ravel()
    share = np.divide(1.0, strength, out=np.zeros_like(strength), where=strength > 0)
    return csr_array(matrix * share[None, :])


def _starts(n: int, rows: IntArray) -> FloatArray:
    start = np.zeros((n, len(rows)))
    start[rows, np.arange(len(rows))] = 1.0
    return start


def _blend(ties: Ties, rows: IntArray, columns: IntArray) -> FloatArray:
    scaled = ties.matrix.copy()
    scaled.data = np.log1p(scaled.data)
    partners = _two_steps(scaled, ties.degree, rows, columns)
    walks = _walks(ties.matrix, rows, columns, BLEND_RESTART, BLEND_STEPS)
    drawn = group_affinities(ties, rows, columns)
    found = (partners + SCORE_FLOOR) ** 2 * (walks + SCORE_FLOOR) * (drawn + AFFINITY_FLOOR)
    return np.where(walks > 0, found, 0.0)


def group_affinities(ties: Ties, rows: IntArray, columns: IntArray | None = None) -> FloatArray:
    """Return q_ab / (q_a q_b) of the groups of each pair; 1 where a group is unknown or empty."""
    shares = collaboration_shares(region_table(ties).weight)
    margins = shares.sum(axis=1)
    product = np.outer(margins, margins)
    ratio = np.ones_like(shares)
    np.divide(shares, product, out=ratio, where=product > 0)
    others = ties.group if columns is None else ties.group[columns]
    a, b = ties.group[rows][:, None], others[None, :]
    if not ratio.size:
        return np.ones((len(rows), len(others)))
    known = (a != UNKNOWN) & (b != UNKNOWN)
    return np.where(known, ratio[a, b], 1.0)
