"""Samples of the ranking."""

import numpy as np

from alpclusters.analysis.consensus import Ratings
from alpclusters.analysis.ranking import Ranking, rank_measures, rating_columns
from tests.analysis.samples.kinds import (
    ALIKE,
    NAN,
    NO_NAN,
    Sample,
    absent,
    answered,
    flagged,
    grid,
    ratings,
    refused,
    rows,
)


def columns(values: np.ndarray) -> tuple[np.ndarray, list[int], list[int]]:
    table = rows(values)
    return np.array([row[2] for row in table]), [r[0] for r in table], [r[1] for r in table]


def decided(values: np.ndarray) -> tuple[Ranking, Ratings]:
    found = ratings(values)
    return rank_measures(*rating_columns(found), scale=(1, 5), draws=100), found


NO_RATERS = absent("takes no raters")

RANKING = {
    "rank_measures": Sample(
        lambda: columns(grid()),
        options={"scale": (1, 5), "draws": 100},
        has_seed=True,
        nan=flagged([NAN] * 3, [1, 2, 3], [1, 1, 1], scale=(1, 5)),
        empty=flagged([], [], []),
        one_rater=flagged(*columns(grid(1)), scale=(1, 5)),
        constant=flagged(*columns(ALIKE), scale=(1, 5)),
    ),
    "rating_columns": Sample(
        lambda: (ratings(grid()),),
        nan=NO_NAN,
        empty=answered("no answers, no rows", Ratings.from_rows([])),
        one_rater=answered("only lays out columns", ratings(grid(1))),
        constant=answered("only lays out columns", ratings(ALIKE)),
    ),
    "weight_sensitivity": Sample(
        lambda: ([[0.8, 0.4, 0.5], [0.5, 0.7, 0.5], [0.4, 0.5, 0.8]],),
        options={"draws": 200},
        has_seed=True,
        nan=refused([[0.8, NAN], [0.5, 0.7]]),
        empty=flagged(np.zeros((0, 2))),
        one_rater=NO_RATERS,
        constant=answered("equal measures share the ranks", [[0.5, 0.5], [0.5, 0.5]]),
    ),
}

DECISIONS = {
    "decide": Sample(
        lambda: decided(grid()),
        has_seed=True,
        nan=NO_NAN,
        empty=refused(*decided(grid())[:1], Ratings.from_rows([])),
        one_rater=flagged(*decided(grid(1))),
        constant=flagged(*decided(ALIKE)),
    ),
    "decide_votes": Sample(
        lambda: ([[[12, 3, 2]], [[2, 3, 12]]], ["fair", "lab"]),
        options={"draws": 100},
        has_seed=True,
        nan=refused([[[NAN, 3, 2]]], ["fair"]),
        empty=flagged(np.zeros((0, 1, 3)), []),
        one_rater=answered("one vote is not judged enough", [[[1, 0, 0]]], ["fair"]),
        constant=answered("equal statements are equal", [[[9, 3, 2]]] * 2, ["fair", "lab"]),
    ),
}

ASKING = {
    "asking_state": Sample(
        lambda: columns(grid()),
        options={"asked": [1, 2, 3], "scale": (1, 5)},
        nan=flagged([NAN] * 3, [1, 2, 3], [1, 1, 1], asked=[1], scale=(1, 5)),
        empty=flagged([], [], [], asked=[1]),
        one_rater=flagged(*columns(grid(1)), asked=[1, 2], scale=(1, 5)),
        constant=flagged(*columns(ALIKE), asked=[1, 2], scale=(1, 5)),
    ),
    "next_measures": Sample(
        lambda: (["fair", "lab", "visit"], [3, 1, 2]),
        options={"count": 2},
        has_seed=True,
        nan=refused(["fair"], [NAN], count=1),
        empty=flagged([], [], count=1),
        one_rater=answered("counts no people", ["fair", "lab"], [1, 0], count=1),
        constant=answered("ties are broken by lot", ["fair", "lab"], [3, 3], count=1),
    ),
    "top_doubt": Sample(
        lambda: ([3.0, 2.0, 1.0], np.eye(3)),
        options={"top": 1, "draws": 100},
        has_seed=True,
        nan=refused([NAN, 2.0], np.eye(2), top=1),
        empty=refused([], np.zeros((0, 0)), top=1),
        one_rater=NO_RATERS,
        constant=answered("equal estimates leave all in doubt", [1.0, 1.0], np.eye(2), top=1),
    ),
}
