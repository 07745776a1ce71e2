"""The plane on which people lie: two principal components of votes with missing cells."""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from alpclusters.analysis.opinion.checks import FloatArray, IntArray
from alpclusters.analysis.opinion.structure.answers import Answers, centre
from alpclusters.analysis.opinion.votes import Votes

N_AXES: Final = 2
N_KEPT: Final = 3  # the third variance shows what the plane leaves out
MAX_GRAM: Final = 3_000
MAX_DOUBLE_CELLS: Final = 4_000_000
SMALL: Final = 100


@dataclass(frozen=True, slots=True)
class Plane:
    """People and statements on two axes.

    Attributes
    ----------
    centre : array of shape (n_statements,)
        Mean vote of those who voted; 0 where nobody did.
    components : array of shape (2, n_statements)
        Unit vectors; the entry of greatest modulus is positive.
    variances : array of shape (3,)
        Of the three leading components, divisor n - 1; NaN where there is none.
    total : float
        Variance of all statements together.
    people : array of shape (n_people, 2)
    statements : array of shape (n_statements, 2)
        Where a person would lie who agrees with this statement and saw no other.
    """

    centre: FloatArray
    components: FloatArray
    variances: FloatArray
    total: float
    people: FloatArray
    statements: FloatArray


@dataclass(frozen=True, slots=True)
class Levels:
    """What is taken out of the votes: mean of each statement, strictness of each person.

    ``ratio`` shrinks strictness, as in `Structure`.
    """

    means: FloatArray
    strictness: FloatArray
    ratio: float

    @classmethod
    def of(cls, votes: Votes) -> "Levels":
        """Estimate both from votes."""
        found = centre(Answers.of_votes(votes), remove_strictness=True)
        return cls(found.means, found.strictness, found.ratio)

    def of_people(self, rows: IntArray) -> "Levels":
        """Return what holds for some people."""
        return Levels(self.means, self.strictness[rows], self.ratio)


def build_plane(votes: Votes, levels: Levels | None = None, *, within: float = 0.0) -> Plane:
    """Project people and statements on the two leading components.

    With ``levels`` each person's strictness is taken out of the votes first. ``within`` is how
    exact the variances are, relative to themselves; 0 is machine precision.

    A missing cell takes the statement's mean, so after centring it is exactly 0: no cell is
    filled in. People with few votes are pushed out by the root of statements per vote, to the
    scale of the others.
    """
    n_people, n_statements = votes.shape
    centre = means(votes) if levels is None else levels.means
    is_single = within > 0 or n_people * n_statements > MAX_DOUBLE_CELLS
    dtype = np.float32 if is_single else np.float64
    centred = _centred(votes, centre, None if levels is None else levels.strictness, dtype)
    squares, axes = _leading(centred, within)
    per_vote = np.sqrt(n_statements / np.maximum(1, votes.n_by_person()))
    people = np.asarray(centred @ axes.astype(centred.dtype), dtype=np.float64)
    return Plane(
        centre=centre,
        components=axes.T.copy(),
        variances=squares / max(1, n_people - 1),
        total=_sum_of_squares(centred) / max(1, n_people - 1),
        people=people * per_vote[:, None],
        statements=np.sqrt(n_statements) * (1 - centre)[:, None] * axes,
    )


def means(votes: Votes) -> FloatArray:
    """Return the mean vote per statement, 0 where nobody voted."""
    agree, disagree, seen = votes.totals()
    return np.asarray((agree - disagree) / np.maximum(1, seen))


def _centred(
    votes: Votes,
    centre: FloatArray,
    strictness: FloatArray | None,
    dtype: type[np.floating[Any]],
) -> Any:
    """Return vote minus mean and strictness where seen, else 0; sparse if the votes are."""
    if votes.seen is None:
        matrix: Any = votes.values
        shifted = matrix.astype(np.float64)
        shifted.data -= centre[matrix.indices]
        if strictness is not None:
            shifted.data -= np.repeat(strictness, np.diff(matrix.indptr))
        return shifted
    result = np.empty(votes.shape, dtype)
    shift = centre.astype(dtype)
    for block in votes.blocks():
        own = shift if strictness is None else shift + strictness[block.rows, None].astype(dtype)
        np.multiply(block.seen, own, out=result[block.rows])
        np.subtract(block.values, result[block.rows], out=result[block.rows])
    return result


def _sum_of_squares(centred: Any) -> float:
    cells = np.ravel(centred.data if hasattr(centred, "indptr") else centred)
    return float(np.dot(cells, cells))


def _leading(centred: Any, within: float) -> tuple[FloatArray, FloatArray]:
    """Return three greatest eigenvalues of Z'Z and two eigenvectors as columns."""
    n_columns = centred.shape[1]
    if n_columns > MAX_GRAM:
        values, vectors = _iterated(centred, within)
    else:
        values, vectors = _decomposed(_gram(centred), within)
    squares = np.full(N_KEPT, np.nan)
    squares[: values.size] = np.maximum(values, 0)
    axes = np.zeros((n_columns, N_AXES))
    n_axes = min(N_AXES, n_columns)
    axes[:, :n_axes] = _turned(vectors[:, :n_axes])
    return squares, axes


def _gram(centred: Any) -> FloatArray:
    if not hasattr(centred, "indptr"):
        return np.asarray(centred.T @ centred, dtype=np.float64)
    step = max(1, MAX_DOUBLE_CELLS // centred.shape[1])
    total = np.zeros((centred.shape[1], centred.shape[1]))
    for start in range(0, centred.shape[0], step):
        part = centred[start : start + step].toarray()
        total += part.T @ part
    return total


def _decomposed(gram: FloatArray, within: float) -> tuple[FloatArray, FloatArray]:
    size = gram.shape[0]
    if size <= SMALL:
        values, vectors = np.linalg.eigh(gram)
        return values[::-1][:N_KEPT], vectors[:, ::-1][:, :N_KEPT]
    if not gram.any():
        return np.zeros(N_KEPT), np.eye(size, N_KEPT)
    return _lanczos(gram, size, within)


def _iterated(centred: Any, within: float) -> tuple[FloatArray, FloatArray]:
    """Many statements: Lanczos steps with Z and Z', never the square matrix."""
    from scipy.sparse.linalg import LinearOperator  # noqa: PLC0415 - slow to import

    size = centred.shape[1]

    def multiply(vector: NDArray[Any]) -> NDArray[Any]:
        product = centred.T @ (centred @ vector.astype(centred.dtype))
        return np.asarray(product, dtype=np.float64)

    if not _sum_of_squares(centred):
        return np.zeros(N_KEPT), np.eye(size, N_KEPT)
    square = LinearOperator((size, size), matvec=multiply, dtype=np.float64)
    return _lanczos(square, size, within)


def _lanczos(square: Any, size: int, within: float) -> tuple[FloatArray, FloatArray]:
    """Return the greatest eigenvalues and their vectors, ``within`` 0 to machine precision.

    Where fewer directions are left than are asked for, it goes on from a vector drawn by chance:
    the same each time.
    """
    from scipy.sparse.linalg import eigsh  # noqa: PLC0415 - slow to import

    rng = np.random.default_rng(0)
    values, vectors = eigsh(square, k=N_KEPT, v0=rng.normal(size=size), tol=within, rng=rng)
    order = np.argsort(values)[::-1]
    return values[order], vectors[:, order]


def _turned(vectors: FloatArray) -> FloatArray:
    """Give each column the sign that makes its entry of greatest modulus positive."""
    peak = np.abs(vectors).argmax(axis=0)
    sign = np.where(vectors[peak, np.arange(peak.size)] < 0, -1.0, 1.0)
    return np.asarray(vectors * sign)
