"""What an evaluation of matching yields: methods side by side, with intervals and exposure."""

from dataclasses import asdict, dataclass

from alpclusters.analysis.conventions import Conventions, Status
from alpclusters.analysis.matching.checking import FloatArray, IntArray
from alpclusters.analysis.network import Interval


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
