"""Turn a ranking and its answers, or counts of votes, into one answer per measure."""

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from alpclusters.analysis.consensus.ratings import Id, Ratings
from alpclusters.analysis.conventions import Status
from alpclusters.analysis.counting import whole_counts
from alpclusters.analysis.decisions.classifying import (
    Counts,
    Kind,
    Table,
    classify,
    is_judged,
    rating_views,
    vote_views,
)
from alpclusters.analysis.decisions.results import Decisions
from alpclusters.analysis.decisions.rules import HALF, MAX_GROUPS, Groups, Rules
from alpclusters.analysis.errors import ShapeError, Where, check_range
from alpclusters.analysis.ranking import RankedMeasure, Ranking

DRAWS: Final = 4000
_AGREE: Final = 0
_DISAGREE: Final = 2


def decide(  # noqa: PLR0913 - one per threshold that people may choose
    ranking: Ranking,
    ratings: Ratings,
    *,
    groups: Mapping[Id, Id | None] | None = None,
    are_camps: bool = False,
    shares: Mapping[Id, float] | None = None,
    threshold: float | None = None,
    middle: float | None = None,
    against: float | None = None,
    against_share: float = 0.20,
    certain: float = 0.80,
    seed: int = 0,
) -> Decisions:
    """Put each measure into one of five classes, if it is certain enough; else call it open.

    Parameters
    ----------
    ranking : Ranking
        Of one criterion, from `rank_measures` on the same answers.
    ratings : Ratings
        The answers behind it.
    groups : mapping of str or int to str, int or None, optional
        Group of each rater: the camps that were found, or groups declared, such as regions.
        People without one are left out of means over groups. Groups under five people are left
        out; of more than six groups none is looked at.
    are_camps : bool, default False
        Whether the groups are camps by the verdict on structure: only then a measure can be a
        bridge.
    shares : mapping, optional
        Weight of each group in the mean over groups, such as its share of the population; the
        people who judged if not given.
    threshold, middle, against : float, optional
        Valued from here on; middle of the scale; a rating at or below is against. If not given,
        at five eighths, half and a quarter of the scale: 3.5, 3 and 2 of 1 to 5.
    against_share : float, default 0.20
        Greatest share against of a measure that all value.
    certain : float, default 0.80
        Probability from which a class is named.
    seed : int, default 0
        Of the draws; their number is that of the ranking.

    Returns
    -------
    Decisions
        Undefined, with every measure ``not_judged_enough``, if the ranking is.

    Raises
    ------
    ShapeError
        A ranking of several criteria, or of other measures than the ratings.
    AnalysisError
        A threshold outside the scale, a share or probability outside 0 to 1.

    Notes
    -----
    Each draw falls into exactly one class: valued by all (mean and every group from ``threshold``
    on, and in each at most ``against_share`` against), a bridge (the same but for the share
    against; camps only), valued but divided (mean from ``threshold`` on), rejected (mean below
    ``middle``), else in the middle. A group's mean is the ranking's estimate, strictness of
    raters taken out, moved towards the group's own answers as far as these carry; its share
    against is drawn from a beta distribution. O(draws * measures * groups).

    References
    ----------
    .. [1] B. Efron and C. Morris, Data analysis using Stein's estimator and its generalizations,
       Journal of the American Statistical Association 70 (1975), 311-319.

    Examples
    --------
    >>> from alpclusters.analysis.ranking import rank_measures, rating_columns
    >>> rows = [(f"p{i}", name, value + (i % 3 == 0 and value < 5))
    ...         for i in range(12) for name, value in (("fair", 4), ("lab", 3), ("visit", 1))]
    >>> ratings = Ratings.from_rows(rows, scale=(1, 5))
    >>> found = decide(rank_measures(*rating_columns(ratings), scale=(1, 5)), ratings)
    >>> [(one.measure, one.outcome) for one in found.measures]
    [('fair', 'valued_by_all'), ('visit', 'rejected'), ('lab', 'in_the_middle')]
    """
    measures = _aligned(ranking, ratings)
    rules = Rules.on_scale(ratings.scale, threshold, middle, against, against_share, certain)
    found = Groups.of(ratings, groups, shares)
    counts = _rating_counts(ratings, found, rules)
    rows = np.flatnonzero(is_judged(counts) & (ranking.status != "undefined"))
    views = None
    if rows.size:
        some = Counts(counts.n[rows], counts.against[rows])
        views = rating_views(ranking, measures, ratings, found.member, rows, some, seed)
    table = Table(
        ids=ratings.measure_ids,
        value=tuple(one.shown if one else None for one in measures),
        tier=tuple(one.tier if one else None for one in measures),
        counts=counts,
        rows=rows,
    )
    conventions = rules.conventions("decide", ratings.scale, ranking.conventions.draws, seed)
    kind = Kind(are_camps, ranking.status, ranking.reasons)
    return classify(table, views, found, rules, kind, conventions)


def decide_votes(  # noqa: PLR0913 - one per threshold that people may choose
    counts: ArrayLike,
    statements: Sequence[Id],
    *,
    groups: Sequence[Id] = (),
    sizes: Sequence[int] = (),
    are_camps: bool = False,
    shares: Mapping[Id, float] | None = None,
    threshold: float = 0.50,
    against_share: float = 0.20,
    certain: float = 0.80,
    draws: int = DRAWS,
    seed: int = 0,
) -> Decisions:
    """Put each statement into one of five classes by how many agree, pass and disagree.

    Parameters
    ----------
    counts : array_like of int, shape (n_statements, n_groups, 3)
        Votes that agree, pass, disagree, per group; one group without groups.
    statements : sequence of str or int, shape (n_statements,)
    groups : sequence of str or int, shape (n_groups,), optional
        Names; at most six, each of at least five people.
    sizes : sequence of int, shape (n_groups,), optional
        People who voted, per group; needed with groups.
    are_camps, shares, against_share, certain, seed
        As in `decide`.
    threshold : float, default 0.50
        Share agreeing of those who saw a statement from which it is valued. The middle is as
        many for as against, passes aside; disagreeing is against.
    draws : int, default 4000

    Returns
    -------
    Decisions
        Undefined (``no_votes``) without statements.

    Raises
    ------
    ShapeError
        Counts of another shape, names or sizes that do not go with it, more than six groups.
    NotFiniteError, ScaleError
        Counts that are no whole numbers.
    AnalysisError
        A negative count, a share or probability outside 0 to 1.

    Notes
    -----
    Shares of a group are drawn from a Dirichlet distribution with half a vote added to each
    answer; nothing is borrowed among groups or statements. O(draws * statements * groups).

    References
    ----------
    .. [1] H. Jeffreys, An invariant form for the prior probability in estimation problems,
       Proceedings of the Royal Society A 186 (1946), 453-461.

    Examples
    --------
    >>> found = decide_votes([[[30, 3, 2]], [[4, 6, 25]]], ["bus", "tax"])
    >>> [(one.measure, one.outcome) for one in found.measures]
    [('bus', 'valued_by_all'), ('tax', 'rejected')]
    """
    table = whole_counts(counts, argument="counts")
    ids = tuple(statements)
    n_groups = max(len(groups), 1)
    if not ids:
        table = table.reshape(0, n_groups, 3)
    if table.shape != (len(ids), n_groups, 3) or (groups and len(sizes) != len(groups)):
        code = "groups.length"
        expected = str((len(ids), n_groups, 3))
        raise ShapeError(
            code, where=Where(argument="counts"), found=str(table.shape), expected=expected
        )
    check_range("counts", bool((table >= 0).all()), ">= 0")
    check_range("groups", len(groups) <= MAX_GROUPS, f"<= {MAX_GROUPS}")
    check_range("draws", draws >= 1, ">= 1")
    rules = Rules(threshold, HALF, None, against_share, certain, 1.0)
    rules.check_shares()
    found = Groups.named(tuple(groups), tuple(sizes), shares)
    tally = Counts(table.sum(axis=2), table[:, :, _DISAGREE])
    rows = np.flatnonzero(is_judged(tally))
    views = None
    if rows.size:
        views = vote_views(table[rows], draws=draws, seed=seed)
    values = (table[:, :, _AGREE].sum(axis=1) / np.maximum(tally.n.sum(axis=1), 1)).tolist()
    known = [value if n else None for value, n in zip(values, tally.n.sum(axis=1), strict=True)]
    conventions = rules.conventions("decide_votes", (), draws, seed)
    status: Status = "ok" if ids else "undefined"
    return classify(
        Table(ids, tuple(known), (None,) * len(ids), tally, rows),
        views,
        found,
        rules,
        Kind(are_camps, status, () if ids else ("no_votes",)),
        conventions,
    )


def _aligned(ranking: Ranking, ratings: Ratings) -> tuple[RankedMeasure | None, ...]:
    """Return the ranked measures in the order of the ratings; None where nobody judged."""
    ranked = {one.measure: one for one in ranking.measures}
    judged = {ratings.measure_ids[place] for place in np.unique(ratings.measure)}
    if ranking.criteria or not judged <= set(ranked) <= set(ratings.measure_ids):
        code = "decisions.other_ranking"
        raise ShapeError(code, where=Where(argument="ranking"))
    return tuple(ranked.get(measure) for measure in ratings.measure_ids)


def _rating_counts(ratings: Ratings, groups: Groups, rules: Rules) -> Counts:
    """Count the answers of each group, and those against; without groups, of everybody."""
    member = groups.member
    shape = (len(ratings.measure_ids), groups.n_columns)
    of = member[ratings.rater]
    cell = ratings.measure * shape[1] + of
    against = ratings.value <= (rules.against or 0.0)

    def count(rows: NDArray[np.bool_]) -> NDArray[np.int64]:
        return np.bincount(cell[rows], minlength=shape[0] * shape[1]).reshape(shape)

    return Counts(count(of >= 0), count((of >= 0) & against))
