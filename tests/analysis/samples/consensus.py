"""Samples of ratings: consensus, second round, denominators."""

import numpy as np

from alpclusters.analysis.consensus import Ratings
from tests.analysis.samples.kinds import (
    ALIKE,
    NAN,
    NO_NAN,
    NOTHING,
    Sample,
    absent,
    answered,
    flagged,
    grid,
    ratings,
    refused,
    rows,
    with_nan,
)

CONSENSUS = {
    "agreement_summary": Sample(
        lambda: (rows(grid()),),
        options={"scale": (1, 5)},
        has_seed=True,
        nan=refused([(0, 0, NAN), (1, 0, 3)]),
        empty=flagged([]),
        one_rater=flagged(rows(grid(1))),
        constant=flagged(rows(ALIKE)),
    ),
    "describe": Sample(
        lambda: (ratings(grid()),),
        options={"agree_from": 4},
        nan=NO_NAN,
        empty=flagged(Ratings.from_rows([])),
        one_rater=answered("items below k are withheld", ratings(grid(1))),
        constant=answered("items carry no_variation", ratings(ALIKE)),
    ),
    "jeffreys_interval": Sample(
        lambda: ([0, 3, 8], [10, 10, 11]),
        nan=refused([NAN], [3]),
        empty=answered("no shares, no bounds", [], []),
        one_rater=answered("one trial has bounds", [1], [1]),
        constant=answered("all or nothing has exact ends", [0, 5], [5, 5]),
    ),
    "kendalls_w": Sample(
        lambda: (grid(),),
        options={"permutations": 50},
        has_seed=True,
        nan=refused(with_nan(grid())),
        empty=refused(NOTHING),
        one_rater=refused(grid(1)),
        constant=flagged(ALIKE),
    ),
    "krippendorff_alpha": Sample(
        lambda: (with_nan(grid()),),
        options={"resamples": 50},
        has_seed=True,
        nan=flagged(np.full((3, 4), NAN)),
        empty=flagged(NOTHING),
        one_rater=flagged(grid(1)),
        constant=flagged(ALIKE),
    ),
    "median_ranks": Sample(
        lambda: ([4, 5, 20],),
        nan=refused([NAN]),
        empty=answered("no numbers, no ranks", []),
        one_rater=answered("ranks 0: no interval", [1]),
        constant=absent("takes numbers of values, not values"),
    ),
    "rand_ucla": Sample(
        lambda: (grid(points=9),),
        nan=flagged(np.full((3, 2), NAN)),
        empty=flagged([]),
        one_rater=flagged([7.0]),
        constant=answered("all alike is no disagreement", np.full((8, 2), 8.0)),
    ),
    "tastle_wierman": Sample(
        lambda: ([[0, 1, 2, 5, 3], [5, 0, 0, 0, 5]],),
        nan=refused([1, NAN]),
        empty=flagged([0, 0, 0]),
        one_rater=flagged([0, 1, 0]),
        constant=answered("all alike is full consensus", [0, 9, 0]),
    ),
    "wilson_interval": Sample(
        lambda: ([0, 3, 8], [10, 10, 11]),
        nan=refused([NAN], [3]),
        empty=answered("no shares, no bounds", [], []),
        one_rater=answered("one trial has bounds", [1], [1]),
        constant=answered("all or nothing has exact ends", [0, 5], [5, 5]),
    ),
}

SECOND_ROUND = {
    "rounds_by_item": Sample(
        lambda: (ratings(grid()), ratings(grid()[::-1])),
        nan=NO_NAN,
        empty=answered("no items, nobody", ratings(NOTHING), ratings(NOTHING)),
        one_rater=answered("one person twice", ratings(grid(1)), ratings(grid(1))),
        constant=answered("who answered when", ratings(ALIKE), ratings(ALIKE)),
    ),
    "standing_answers": Sample(
        lambda: ({"Ana": 4, "Luca": 2}, {"Ana": 3}),
        nan=answered("answers are handed on", {"Ana": NAN}, {}),
        empty=answered("nobody answered", {}, {}),
        one_rater=answered("the last answer", {"Ana": 4}, {"Ana": 3}),
        constant=answered("the last answer", {"Ana": 3}, {"Ana": 3}),
    ),
    "compare_rounds": Sample(
        lambda: (rows(grid()), rows(grid()[::-1])),
        options={"scale": (1, 5), "resamples": 50},
        has_seed=True,
        nan=refused([(0, 0, NAN), (1, 0, 3)], []),
        empty=flagged([], []),
        one_rater=flagged(rows(grid(1)), rows(grid(1))),
        constant=answered(
            "no change, measures carry no interval", rows(ALIKE), rows(ALIKE), scale=(1, 5)
        ),
    ),
    "corrected_p_values": Sample(
        lambda: ([0.01, 0.04, NAN],),
        nan=answered("undefined stays undefined and is not counted", [NAN, 0.1]),
        empty=answered("nothing to correct", []),
        one_rater=answered("one p value stays", [0.1]),
        constant=answered("equal p values stay equal", [0.1, 0.1]),
    ),
    "sign_flip_test": Sample(
        lambda: ([1, -1, 2, 1, 1, 0, 3, -2, 1, 2, 0, 1] * 2,),
        has_seed=True,
        nan=refused([NAN, 1]),
        empty=flagged([]),
        one_rater=flagged([1]),
        constant=flagged([0] * 9),
    ),
}

DENOMINATORS = {
    "common_denominators": Sample(
        lambda: ([0.9, 0.8, 0.6, 0.7, 0.3, 0.5],),
        options={"regions": ["DE1", "DE2", "FR1", "ITC", "ITH", "AT3"], "min_regions": 3},
        nan=flagged(np.full((1, 2), NAN), regions=["DE1", "FR1"]),
        empty=flagged(np.zeros((0, 2)), regions=["DE1", "FR1"]),
        one_rater=flagged([0.9], regions=["DE1"]),
        constant=answered("equal regions are regions", [0.5, 0.5], regions=["DE1", "FR1"]),
    ),
}
