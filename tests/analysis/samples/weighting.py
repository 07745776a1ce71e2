"""Samples of weighting to margins."""

from tests.analysis.samples.kinds import NAN, Sample, answered, flagged, refused

REGION = [0, 0, 0, 0, 0, 0, 1, 1, 1, 1]
HALVES = [[0.5, 0.5]]
RATING = [5.0, 4.0, 4.0, 3.0, 5.0, 4.0, 2.0, 1.0, 2.0, 3.0]

WEIGHTING = {
    "rake": Sample(
        lambda: ([list(REGION)], [[0.5, 0.5]]),
        nan=refused([[0.0, NAN]], HALVES),
        empty=flagged([[]], HALVES),
        one_rater=flagged([[0]], HALVES),
        constant=flagged([[0] * 8], HALVES),
    ),
    "effective_n": Sample(
        lambda: ([1.0, 1.0, 4.0],),
        nan=refused([1.0, NAN]),
        empty=answered("nobody is worth nobody", []),
        one_rater=answered("one is worth one", [7.0]),
        constant=answered("equal weights lose nothing", [2.0] * 5),
    ),
    "poststratify": Sample(
        lambda: (list(RATING), [list(REGION)], [[0.5, 0.5]]),
        nan=refused([NAN, *RATING[1:]], [REGION], HALVES),
        empty=flagged([], [[]], HALVES),
        one_rater=flagged([4.0], [[0]], HALVES),
        constant=flagged([4.0] * 10, [REGION], HALVES),
    ),
    "mrp": Sample(
        lambda: (list(RATING), [list(REGION)], [[0.5, 0.5]]),
        nan=refused([NAN, *RATING[1:]], [REGION], HALVES),
        empty=flagged([], [[]], HALVES),
        one_rater=flagged([4.0], [[0]], HALVES),
        constant=flagged([4.0] * 10, [REGION], HALVES),
    ),
    "worst_case": Sample(
        lambda: ([1.0, 1.0, -1.0], 1.5),
        nan=refused([1.0, NAN], 1.5),
        empty=flagged([], 1.5),
        one_rater=answered("the only value", [2.0], 1.5),
        constant=answered("no weights change it", [2.0] * 5, 1.5),
    ),
    "breakdown": Sample(
        lambda: (list(RATING), 3.0),
        nan=refused([1.0, NAN], 0.0),
        empty=refused([], 0.0),
        one_rater=answered("no weights change it", [2.0], 0.0),
        constant=answered("no weights change it", [2.0] * 5, 0.0),
    ),
    "turning_share": Sample(
        lambda: (1.75, 4.1667, 3.5),
        nan=refused(NAN, 4.0, 3.5),
        empty=answered("takes means, which nobody has of nobody", 1.0, 4.0, 3.5),
        one_rater=answered("takes means, whoever they are of", 1.0, 4.0, 3.5),
        constant=flagged(4.0, 4.0, 3.5),
    ),
}
