"""Samples of opinion groups."""

import numpy as np

from tests.analysis.samples.kinds import NAN, NOTHING, Sample, answered, flagged, refused, with_nan


def votes(n_people: int = 60, n_statements: int = 12) -> np.ndarray:
    random = np.random.default_rng(1)
    side = np.repeat([1.0, -1.0], n_people // 2)[:, None]
    noisy = np.where(random.random((n_people, n_statements)) < 0.8, side, -side)
    noisy[:, ::3] *= side
    return noisy


def members(n_people: int = 60) -> np.ndarray:
    return np.repeat([0, 1], n_people // 2)


OPINION = {
    "adjusted_rand_index": Sample(
        lambda: ([0, 0, 0, 1, 1, 1], [0, 0, 1, 1, 2, 2]),
        nan=refused([NAN, 0.0], [0, 0]),
        empty=answered("two trivial partitions are the same", [], []),
        one_rater=answered("two trivial partitions are the same", [0], [0]),
        constant=answered("two trivial partitions are the same", [0, 0], [1, 1]),
    ),
    "consensus_statements": Sample(
        lambda: (votes(),),
        nan=flagged(np.full((5, 3), NAN)),
        empty=flagged(NOTHING),
        one_rater=answered("nobody stands out: empty lists", np.ones((1, 3))),
        constant=answered("all agree: a full list", np.ones((40, 3))),
    ),
    "group_informed_consensus": Sample(
        lambda: (votes(), members()),
        nan=refused(votes(), with_nan(members())),
        empty=flagged(NOTHING, []),
        one_rater=flagged(np.ones((1, 3)), [0]),
        constant=flagged(np.ones((40, 3)), [0] * 40),
    ),
    "opinion_groups": Sample(
        lambda: (votes(),),
        options={"resamples": 3, "starts": 3},
        has_seed=True,
        nan=flagged(np.full((50, 3), NAN)),
        empty=flagged(NOTHING),
        one_rater=flagged(np.ones((1, 9))),
        constant=flagged(np.ones((50, 9))),
    ),
    "opinion_structure": Sample(
        lambda: (votes(),),
        options={"draws": 3, "camp_draws": 3},
        has_seed=True,
        nan=flagged(np.full((50, 9), NAN)),
        empty=flagged(NOTHING),
        one_rater=flagged(np.ones((1, 9))),
        constant=flagged(np.ones((50, 9))),
    ),
    "person_statements": Sample(
        lambda: (["I own a house", "More trains"],),
        nan=refused([NAN, "More trains"]),
        empty=answered("no statements, no status", []),
        one_rater=answered("a statement is read by itself", ["I own a house"]),
        constant=answered("equal wordings, equal status", ["I own a house"] * 3),
    ),
    "representative_statements": Sample(
        lambda: (votes(), members()),
        nan=refused(votes(), with_nan(members())),
        empty=flagged(NOTHING, []),
        one_rater=flagged(np.ones((1, 3)), [0]),
        constant=flagged(np.ones((40, 3)), [0] * 40),
    ),
}
