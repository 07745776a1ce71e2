"""Samples of the search for partners."""

from typing import Any

import numpy as np
from scipy.sparse import csr_array

from alpclusters.analysis.matching import (
    Part,
    Rules,
    Stated,
    calibrate,
    make_candidates,
    make_profiles,
    read_taxonomy,
)
from alpclusters.analysis.network import make_ties
from tests.analysis.samples.kinds import (
    NAN,
    Build,
    Edge,
    Sample,
    answered,
    flagged,
    refused,
    with_nan,
)

TREE = {"C16.1": "C16", "C16.2": "C16"}
UNIT_ROWS = np.eye(3, dtype=np.float32)
NO_ROWS = np.zeros((0, 3), np.float32)
HALVES = [0, 1] * 20


def chain_of(weights: list[float]) -> Any:
    """Organisations tied one after the other, each in a region of its own."""
    n = len(weights) + 1
    table = np.zeros((n, n))
    for i, weight in enumerate(weights):
        table[i, i + 1] = table[i + 1, i] = weight
    return make_ties(csr_array(table), range(n), range(n), [str(i) for i in range(n)])


def whole_part(values: list[float]) -> Part:
    array = np.array(values)
    array.setflags(write=False)
    there = np.isfinite(array)
    there.setflags(write=False)
    return Part("text", array, there)


def late(build: Build) -> Edge:
    """Refuse where the bad input is already refused when it is built."""
    return Edge("refused", build)


MATCHING = {
    "bridge_gains": Sample(
        lambda: (chain_of([1, 2, 1]),),
        nan=late(lambda: (chain_of([NAN]),)),
        empty=flagged(chain_of([0])),
        one_rater=flagged(chain_of([])),
        constant=answered("equal regions have gains", chain_of([1, 1])),
    ),
    "calibrate": Sample(
        lambda: ([i / 40 for i in range(40)], HALVES),
        has_seed=True,
        nan=refused([NAN, 1], [0, 1]),
        empty=flagged([], []),
        one_rater=flagged([1], [1]),
        constant=flagged([1] * 40, [1] * 40),
    ),
    "common_partners": Sample(
        lambda: (chain_of([1, 1]), 0, 2),
        nan=refused(chain_of([1, 1]), 0, NAN),
        empty=answered("no ties, no partners", chain_of([0, 0]), 0, 2),
        one_rater=answered("one has none in common", chain_of([]), 0, 0),
        constant=answered("equal ties have partners", chain_of([1, 1, 1]), 1, 3),
    ),
    "complementarity": Sample(
        lambda: (UNIT_ROWS[:1], UNIT_ROWS[1:2]),
        options={
            "their_needs": Stated(UNIT_ROWS, [0, 1, 2]),
            "their_offers": Stated(UNIT_ROWS, [0, 1, 2]),
            "n": 3,
        },
        nan=refused(
            with_nan(UNIT_ROWS),
            NO_ROWS,
            their_needs=Stated(NO_ROWS, []),
            their_offers=Stated(NO_ROWS, []),
            n=0,
        ),
        empty=flagged(
            NO_ROWS,
            NO_ROWS,
            their_needs=Stated(NO_ROWS, []),
            their_offers=Stated(NO_ROWS, []),
            n=0,
        ),
        one_rater=answered(
            "one candidate has a value",
            UNIT_ROWS[:1],
            NO_ROWS,
            their_needs=Stated(NO_ROWS, []),
            their_offers=Stated(UNIT_ROWS[:1], [0]),
            n=1,
        ),
        constant=answered(
            "nobody states anything: 0",
            NO_ROWS,
            NO_ROWS,
            their_needs=Stated(NO_ROWS, []),
            their_offers=Stated(NO_ROWS, []),
            n=2,
        ),
    ),
    "eligible": Sample(
        lambda: (make_profiles([1, 2, 3]), 1, Rules(common_language=False)),
        nan=refused(make_profiles([1, 2]), NAN, Rules()),
        empty=refused(make_profiles([]), 1, Rules()),
        one_rater=flagged(make_profiles([1]), 1, Rules()),
        constant=answered(
            "equal profiles pass", make_profiles([1, 2]), 1, Rules(common_language=False)
        ),
    ),
    "evaluate": Sample(
        lambda: (
            chain_of([1, 1, 1]),
            make_ties(csr_array(np.ones((4, 4)) - np.eye(4)), range(4), [0] * 4, "A"),
            {},
        ),
        options={"draws": 20},
        has_seed=True,
        nan=late(lambda: (chain_of([NAN]), chain_of([1]), {})),
        empty=flagged(chain_of([]), chain_of([]), {}, draws=5),
        one_rater=flagged(chain_of([1]), chain_of([1]), {}, draws=5),
        constant=flagged(chain_of([1, 1]), chain_of([1, 1]), {}, draws=5),
    ),
    "exposure": Sample(
        lambda: ([[0, 1], [0, 2]], 4),
        nan=refused([[NAN, 1]], 4),
        empty=flagged([], 4),
        one_rater=answered("one list is a list", [[0]], 1),
        constant=answered("all alike are even", [[0, 1], [0, 1]], 2),
    ),
    "fit_isotonic": Sample(
        lambda: ([0.1, 0.2, 0.3], [0, 1, 1]),
        nan=refused([NAN, 1], [0, 1]),
        empty=flagged([], []),
        one_rater=flagged([1], [1]),
        constant=flagged([1, 1], [0, 1]),
    ),
    "fit_platt": Sample(
        lambda: ([0.1, 0.2, 0.3], [0, 1, 1]),
        nan=refused([NAN, 1], [0, 1]),
        empty=flagged([], []),
        one_rater=flagged([1], [1]),
        constant=flagged([1, 1], [0, 1]),
    ),
    "index_vectors": Sample(
        lambda: (UNIT_ROWS,),
        options={"dimensions": 2},
        nan=refused(with_nan(UNIT_ROWS)),
        empty=flagged(NO_ROWS),
        one_rater=answered("one vector is an index", UNIT_ROWS[:1]),
        constant=answered("equal vectors are", UNIT_ROWS[[0, 0]]),
    ),
    "make_candidates": Sample(
        lambda: ([7, 9], [whole_part([0.5, 1])]),
        nan=refused([7, NAN], []),
        empty=answered("nobody is nobody", [], []),
        one_rater=answered("one candidate is fine", [7], [whole_part([1])]),
        constant=answered("equal values are fine", [7, 9], [whole_part([1, 1])]),
    ),
    "make_profiles": Sample(
        lambda: ([7, 9],),
        options={"territory": ["AT33", "ITH1"], "languages": [{"de"}, {"it"}]},
        nan=refused([7, NAN]),
        empty=answered("nobody is nobody", []),
        one_rater=answered("one profile is fine", [7]),
        constant=refused([7, 7]),
    ),
    "match": Sample(
        lambda: (1, make_candidates([7, 9], [whole_part([0.5, 1])])),
        nan=late(lambda: (1, make_candidates([7], [whole_part([NAN])]))),
        empty=answered("nobody is matched", 1, make_candidates([], [])),
        one_rater=answered("one is the match", 1, make_candidates([7], [whole_part([1])])),
        constant=answered("by number", 1, make_candidates([7, 9], [whole_part([1, 1])])),
    ),
    "nearest": Sample(
        lambda: (UNIT_ROWS, [1, 0, 0], 2),
        nan=refused(UNIT_ROWS, [NAN, 0, 0], 2),
        empty=flagged(NO_ROWS, [1, 0, 0], 2),
        one_rater=answered("one is the nearest", UNIT_ROWS[:1], [1, 0, 0], 2),
        constant=answered("equal rows go by row", UNIT_ROWS[[0, 0]], [1, 0, 0], 2),
    ),
    "outcome_probability": Sample(
        lambda: (calibrate([i / 40 for i in range(40)], HALVES), [0.2, 0.7]),
        nan=refused(calibrate([1], [1]), [NAN]),
        empty=flagged(calibrate([], []), []),
        one_rater=flagged(calibrate([1], [1]), [1]),
        constant=answered("equal scores, equal chance", calibrate([1] * 40, HALVES), [1, 1]),
    ),
    "popularity": Sample(
        lambda: (chain_of([1, 1]),),
        nan=late(lambda: (chain_of([NAN]),)),
        empty=flagged(chain_of([0])),
        one_rater=flagged(chain_of([])),
        constant=answered("equally many partners", chain_of([1])),
    ),
    "proximity": Sample(
        lambda: (chain_of([1, 2, 1]), [0, 1]),
        options={"method": "blend"},
        nan=refused(chain_of([1]), [NAN]),
        empty=answered("nobody asks", chain_of([1]), []),
        one_rater=answered("alone: no path", chain_of([]), [0]),
        constant=answered("equal ties have scores", chain_of([1, 1]), [0], method="katz"),
    ),
    "proximity_part": Sample(
        lambda: ([0.0, 2.0, 3.0], [True, True, False]),
        nan=refused([NAN], [True]),
        empty=flagged([], []),
        one_rater=answered("alone in the middle", [1.0], [True]),
        constant=answered("all in the middle", [1.0, 1.0], [True, True]),
    ),
    "read_taxonomy": Sample(
        lambda: ([["C16.1"], ["C16.2"]],),
        options={"above": TREE},
        nan=refused([[NAN]], above=TREE),
        empty=flagged([], above=TREE),
        one_rater=answered("codes of one are as rare as all", [["C16.1"]], above=TREE),
        constant=answered("codes of all are common", [["C16.1"]] * 2, above=TREE),
    ),
    "shared_codes": Sample(
        lambda: (["C16.1"], ["C16.2"], read_taxonomy([["C16.1"], ["C16.2"]], above=TREE)),
        nan=refused([NAN], [], read_taxonomy([["C16.1"]], above=TREE)),
        empty=answered("nothing in common", [], [], read_taxonomy([], above={})),
        one_rater=answered("one code", ["x"], ["x"], read_taxonomy([["x"]], above={})),
        constant=answered("the same", ["x"], ["x"], read_taxonomy([["x"]] * 3, above={})),
    ),
    "standard_methods": Sample(
        lambda: (chain_of([1, 1]),),
        options={"names": ["blend"]},
        nan=late(lambda: (chain_of([NAN]),)),
        empty=answered("methods of no ties", chain_of([0])),
        one_rater=answered("methods of one organisation", chain_of([])),
        constant=answered("methods of equal ties", chain_of([1, 1])),
    ),
    "taxonomy_overlap": Sample(
        lambda: (["C16.1"], [["C16.1"], ["C16.2"], []], read_taxonomy([["C16.1"]], above=TREE)),
        nan=refused([NAN], [], read_taxonomy([["C16.1"]], above=TREE)),
        empty=flagged([], [], read_taxonomy([], above={})),
        one_rater=answered("one candidate", ["x"], [["x"]], read_taxonomy([["x"]], above={})),
        constant=answered("all alike", ["x"], [["x"]] * 2, read_taxonomy([["x"]], above={})),
    ),
    "text_similarity": Sample(
        lambda: (UNIT_ROWS[:1], UNIT_ROWS),
        nan=refused(with_nan(UNIT_ROWS), UNIT_ROWS),
        empty=flagged(NO_ROWS, UNIT_ROWS),
        one_rater=answered("alone in the middle", UNIT_ROWS[:1], UNIT_ROWS[:1]),
        constant=answered("all in the middle", UNIT_ROWS[:1], UNIT_ROWS[[0, 0]]),
    ),
}
