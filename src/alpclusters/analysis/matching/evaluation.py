"""Would the lists have found the partners that came later? A split in time, and its result."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Final

import numpy as np
from scipy.sparse import csr_array

from alpclusters.analysis.conventions import Conventions, Status
from alpclusters.analysis.errors import AnalysisError, Where
from alpclusters.analysis.matching.score_parts import FloatArray, IntArray, frozen, out_of_range
from alpclusters.analysis.matching.scoring import exposure
from alpclusters.analysis.network import Interval, Ties

# --- What an evaluation of matching yields: methods side by side, with intervals and exposure -----


@dataclass(frozen=True, slots=True)
class MethodFigures:
    """How well one method found the partners that came later.

    Attributes
    ----------
    name : str
    mrr : float or None
        Mean over the queries of 1 / rank of the new partner that stands highest.
    mrr_interval : Interval or None
        By draws of queries.
    difference : float or None
        Mean reciprocal rank less that of popularity, query by query.
    difference_interval : Interval or None
    hit : float or None
        Share of the queries with a new partner among the first ten.
    hit_interval : Interval or None
    gini, coverage, top_share : float or None
        Exposure of the lists of ten over the organisations with ties in the train years.
    reciprocal : ndarray of shape (n_queries,), float64
        1 / rank of each query, in the order of ``Evaluation.queries``.
    """

    name: str
    mrr: float | None
    mrr_interval: Interval | None
    difference: float | None
    difference_interval: Interval | None
    hit: float | None
    hit_interval: Interval | None
    gini: float | None
    coverage: float | None
    top_share: float | None
    reciprocal: FloatArray

    def as_record(self) -> dict[str, object]:
        """Return it as a plain mapping for JSON, without the single queries."""
        record = asdict(self)
        record.pop("reciprocal")
        return record


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Methods side by side on one split in time.

    Attributes
    ----------
    methods : tuple of MethodFigures
        Random and popularity first, then as given.
    queries : ndarray of shape (n_queries,), int64
        Places in the train ties.
    n_organisations, n_candidates, n_train_ties : int
        In the train years: all, those with a tie, ties.
    n_queries, n_new_ties : int
        Candidates with a new partner, and new ties between organisations of the train years.
    n_unreachable : int
        Queries all of whose new partners had no tie in the train years: they count 0.
    status : {'ok', 'undefined', 'limited'}
        Limited below 30 queries.
    reasons : tuple of str
        ``no_new_ties``, ``few_queries``.
    conventions : Conventions
    """

    methods: tuple[MethodFigures, ...]
    queries: IntArray
    n_organisations: int
    n_candidates: int
    n_train_ties: int
    n_queries: int
    n_new_ties: int
    n_unreachable: int
    status: Status
    reasons: tuple[str, ...]
    conventions: Conventions

    def method(self, name: str) -> MethodFigures:
        """Return the figures of one method.

        Raises
        ------
        KeyError
            No such method.
        """
        return {one.name: one for one in self.methods}[name]

    def as_record(self) -> dict[str, object]:
        """Return the whole as a plain mapping for JSON."""
        counts = {name: getattr(self, name) for name in self.__slots__ if name.startswith("n_")}
        return {
            **counts,
            "methods": [one.as_record() for one in self.methods],
            "status": self.status,
            "reasons": list(self.reasons),
            "conventions": self.conventions.as_record(),
        }


# --- Would the lists have found the partners that came later? A split in time ---------------------


type Scorer = Callable[[IntArray], FloatArray]

TOP: Final = 10
DRAWS: Final = 1000
LEVEL: Final = 0.95
BLOCK: Final = 128
POPULARITY: Final = "popularity"
RANDOM: Final = "random"


@dataclass(frozen=True, slots=True)
class _Question:
    """Who asks, who may be found, and who was found later."""

    train: Ties
    new: "csr_array"
    queries: IntArray
    connected: IntArray
    n_new_ties: int


def evaluate(
    train: Ties,
    test: Ties,
    methods: Mapping[str, Scorer],
    *,
    seed: int = 0,
    draws: int = DRAWS,
    top: int = TOP,
) -> Evaluation:
    """Rank all possible partners by what was known before, and look where later ones stood.

    Parameters
    ----------
    train : Ties
        Of the earlier years.
    test : Ties
        Of later years; organisations are the same by their numbers. Only who is tied to whom is
        read, and only to count; no method sees it.
    methods : mapping of str to callable
        Name to a function from places in ``train``, shape (m,), to scores of all organisations
        of ``train``, shape (m, n); see `standard_methods`. Popularity (number of partners) and
        random are always added.
    seed : int
        Of the random scores and of the draws for intervals.
    draws : int
        Draws of queries for intervals.
    top : int
        Length of the lists for hits and exposure.

    Returns
    -------
    Evaluation

    Raises
    ------
    AnalysisError
        A method called popularity or random; scores of another shape or not a number; ``draws``
        or ``top`` below 1.

    Notes
    -----
    Candidates of a query: everybody with a tie in ``train``, less itself and its partners.
    Equal scores: rank = 1 + number above + (e - p) / (p + 1), with p new partners among e equal
    candidates, the expected rank in random order; on lists the lower number comes first.
    Percentile bootstrap over queries, differences paired.

    Examples
    --------
    >>> from alpclusters.analysis.matching import standard_methods
    >>> from alpclusters.analysis.network import make_ties
    >>> def path(*pairs):
    ...     table = np.zeros((4, 4))
    ...     for a, b in pairs:
    ...         table[a, b] = table[b, a] = 1
    ...     return make_ties(csr_array(table), range(4), [0] * 4, ["AT"])
    >>> before, after = path((0, 1), (1, 2), (2, 3)), path((0, 2))
    >>> found = evaluate(before, after, standard_methods(before, names=["adamic_adar"]), draws=50)
    >>> [(one.name, one.mrr) for one in found.methods if one.name != "random"]
    [('popularity', 1.0), ('adamic_adar', 1.0)]
    """
    if draws < 1 or top < 1:
        raise out_of_range("draws", "1 – …")
    if {POPULARITY, RANDOM} & set(methods):
        where = Where(argument="methods")
        raise AnalysisError("argument.not_one_of", where=where, expected="other names")
    question = _ask(train, test)
    drawn = _draw(len(question.queries), draws, seed)
    scorers = {RANDOM: _random(train, seed), POPULARITY: _popular(train), **methods}
    ranked = {name: _rank(question, scorer, top) for name, scorer in scorers.items()}
    base = ranked[POPULARITY].reciprocal
    n = len(question.queries)
    few: tuple[str, ...] = () if n >= 30 else ("few_queries",) if n else ("no_new_ties",)  # noqa: PLR2004 - small sample
    return Evaluation(
        methods=tuple(_figures(k, r, base, question, drawn, seed) for k, r in ranked.items()),
        queries=frozen(question.queries),
        n_organisations=train.n,
        n_candidates=len(question.connected),
        n_train_ties=train.matrix.nnz // 2,
        n_queries=n,
        n_new_ties=question.n_new_ties,
        n_unreachable=ranked[POPULARITY].n_unreachable,
        status="ok" if n and not few else "limited" if n else "undefined",
        reasons=few,
        conventions=_conventions(seed, draws, top),
    )


@dataclass(frozen=True, slots=True)
class _Ranked:
    reciprocal: FloatArray
    lists: IntArray
    hits: FloatArray
    n_unreachable: int


def _ask(train: Ties, test: Ties) -> _Question:
    order = np.argsort(train.nodes, kind="stable")
    place = np.searchsorted(train.nodes, test.nodes, sorter=order)
    at = order[np.minimum(place, max(train.n - 1, 0))] if train.n else place
    known = train.nodes[at] == test.nodes if train.n else np.zeros(test.n, bool)
    rows = np.repeat(np.arange(test.n), np.diff(test.matrix.indptr))
    columns = test.matrix.indices
    both = known[rows] & known[columns]
    cells = (np.ones(int(both.sum())), (at[rows[both]], at[columns[both]]))
    later = csr_array(cells, shape=(train.n, train.n))
    new = csr_array(later - later.multiply(train.binary))
    new.eliminate_zeros()
    new.sort_indices()
    has_new = np.diff(new.indptr) > 0
    connected = np.flatnonzero(train.degree > 0)
    return _Question(
        train, new, np.flatnonzero(has_new & (train.degree > 0)), connected, new.nnz // 2
    )


def _random(train: Ties, seed: int) -> Scorer:
    def score(rows: IntArray) -> FloatArray:
        # A stream of its own for each query: the size of a block does not matter.
        streams = [np.random.default_rng([seed, row]) for row in rows.tolist()]
        return np.stack([one.random(train.n) for one in streams])

    return score


def _popular(train: Ties) -> Scorer:
    def score(rows: IntArray) -> FloatArray:
        return np.broadcast_to(train.degree.astype(np.float64), (len(rows), train.n))

    return score


def _rank(question: _Question, scorer: Scorer, top: int) -> _Ranked:
    found = [_rank_one(*row, question, top) for row in _scored(question, scorer)]
    inverse = np.array([one[0] for one in found], dtype=np.float64)
    lists = np.array([one[1] for one in found], dtype=np.int64).reshape(len(found), top)
    return _Ranked(
        inverse,
        lists,
        np.array([one[2] for one in found], dtype=np.float64),
        sum(one[0] == 0 for one in found),
    )


def _scored(question: _Question, scorer: Scorer) -> Iterator[tuple[int, FloatArray]]:
    n = question.train.n
    for start in range(0, len(question.queries), BLOCK):
        rows = question.queries[start : start + BLOCK]
        scores = np.asarray(scorer(rows), dtype=np.float64)
        if scores.shape != (len(rows), n) or np.isnan(scores).any():
            where = Where(argument="methods")
            raise AnalysisError("argument.out_of_range", where=where, expected=f"… × {n}")
        yield from zip(rows.tolist(), scores, strict=True)


def _rank_one(
    query: int, scores: FloatArray, question: _Question, top: int
) -> tuple[float, IntArray, float]:
    """Return 1 / rank of the best new partner, the list, and whether it stands on the list."""
    left = np.full(len(scores), -np.inf)
    left[question.connected] = scores[question.connected]
    left[query] = -np.inf
    left[_row(question.train.matrix, query)] = -np.inf
    partners = left[_row(question.new, query)]
    best = partners.max()
    if best == -np.inf:
        return 0.0, _list(left, top), 0.0
    equal, mine = int((left == best).sum()), int((partners == best).sum())
    rank = 1 + int((left > best).sum()) + (equal - mine) / (mine + 1)
    return 1 / rank, _list(left, top), float(rank <= top)


def _row(matrix: "csr_array", row: int) -> IntArray:
    return np.asarray(matrix.indices[matrix.indptr[row] : matrix.indptr[row + 1]])


def _list(scores: FloatArray, top: int) -> IntArray:
    """Return the places of the best, of equal ones the lower place; -1 where nobody is left."""
    listed = np.full(top, -1)
    top = min(top, len(scores))
    least = np.partition(scores, len(scores) - top)[len(scores) - top]
    close = np.flatnonzero((scores >= least) & (scores > -np.inf))
    order = close[np.lexsort((close, -scores[close]))][:top]
    listed[: len(order)] = order
    return listed


def _draw(n: int, draws: int, seed: int) -> IntArray:
    return np.random.default_rng(seed).integers(0, max(n, 1), (draws, n))


def _figures(
    name: str,
    ranked: _Ranked,
    base: FloatArray,
    question: _Question,
    drawn: IntArray,
    seed: int,
) -> MethodFigures:
    spread = exposure(_among(ranked.lists, question.connected), len(question.connected))
    mrr, mrr_interval = _mean(ranked.reciprocal, drawn, seed)
    difference, difference_interval = _mean(ranked.reciprocal - base, drawn, seed)
    hit, hit_interval = _mean(ranked.hits, drawn, seed)
    return MethodFigures(
        name=name,
        mrr=mrr,
        mrr_interval=mrr_interval,
        difference=difference,
        difference_interval=difference_interval,
        hit=hit,
        hit_interval=hit_interval,
        gini=spread.gini,
        coverage=spread.coverage,
        top_share=spread.top_share,
        reciprocal=frozen(ranked.reciprocal),
    )


def _among(lists: IntArray, connected: IntArray) -> IntArray:
    """Number the places anew among those with ties."""
    if not lists.size:
        return lists
    place = np.searchsorted(connected, np.maximum(lists, 0))
    return np.where(lists >= 0, place, -1)


def _mean(values: FloatArray, drawn: IntArray, seed: int) -> tuple[float | None, Interval | None]:
    if not len(values):
        return None, None
    means = values[drawn].mean(axis=1)
    low, high = np.quantile(means, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return float(values.mean()), Interval(float(low), float(high), LEVEL, len(drawn), seed)


def _conventions(seed: int, draws: int, top: int) -> Conventions:
    return Conventions(
        method="evaluate_matching",
        level=LEVEL,
        intervals=(("mrr", "percentile_bootstrap_over_queries"),),
        ties="expected_rank_in_random_order",
        seed=seed,
        draws=draws,
        thresholds=(("top", top),),
    )
