"""Samples of the conditions under which sentences may be said."""

from datetime import date
from types import SimpleNamespace

import numpy as np

from alpclusters.analysis.claims import Estimate
from alpclusters.analysis.decisions import Decision, Decisions, decide
from alpclusters.analysis.ranking import Ranking
from tests.analysis.samples.kinds import ALIKE, NAN, Sample, absent, answered, grid
from tests.analysis.samples.ranking import decided

FAIR, LAB = Estimate("fair", 4.5, 4.2, 4.8), Estimate("lab", 3.0, 2.6, 3.4)
TIERS = [SimpleNamespace(measures=("fair",)), SimpleNamespace(measures=("lab", "visit"))]
NO_NUMBER = absent("takes no number that could be missing")
NO_LIST = absent("takes no list")


def ranked(values: np.ndarray) -> Ranking:
    return decided(values)[0]


def decisions(values: np.ndarray) -> Decisions:
    return decide(*decided(values))


def first(values: np.ndarray) -> Decision:
    return decisions(values).measures[0]


CLAIMS = {
    "among_best": Sample(
        lambda: (ranked(grid()), 1),
        nan=absent("an estimate that is undefined is none"),
        empty=answered("nobody is among the best of nobody", ranked(grid(1)), 1),
        one_rater=answered("one rater ranks nothing", ranked(grid(1)), 1),
        constant=answered("equal items are not told apart", ranked(ALIKE), 1),
    ),
    "axis_word": Sample(
        lambda: ("gradient",),
        options={"is_strictness": False, "reasons": ()},
        nan=NO_NUMBER,
        empty=answered("of too few nothing is said", "too_few", is_strictness=True, reasons=()),
        one_rater=NO_LIST,
        constant=NO_LIST,
    ),
    "lower_groups": Sample(
        lambda: (first(grid()),),
        nan=absent("a probability that is undefined is none"),
        empty=answered("without groups none is lower", first(grid())),
        one_rater=answered("one rater has no groups", first(grid(1))),
        constant=answered("equal answers have no groups", first(ALIKE)),
    ),
    "may_turn": Sample(
        lambda: (0.6, 20, 40),
        nan=answered("a share that is none is not told", NAN, 20, 40),
        empty=answered("nobody turns nothing", None, 0, 0),
        one_rater=answered("one person turns nothing", 0.6, 1, 40),
        constant=NO_LIST,
    ),
    "valued_by_every_group": Sample(
        lambda: (decisions(grid()),),
        nan=absent("a count that is undefined is none"),
        empty=answered("without groups nothing is shared", decisions(grid())),
        one_rater=answered("one rater has no groups", decisions(grid(1))),
        constant=answered("equal answers have no groups", decisions(ALIKE)),
    ),
    "direction": Sample(
        lambda: ((1.0, 2.0), (2.5, 3.0)),
        nan=answered("an undefined end tells nothing apart", (NAN, NAN), (2.5, 3.0)),
        empty=answered("no interval, no direction", (None, None), (2.5, 3.0)),
        one_rater=answered("an interval without width is one", (1.0, 1.0), (1.0, 1.0)),
        constant=answered("equal intervals are not told apart", (1.0, 2.0), (1.0, 2.0)),
    ),
    "may_follow": Sample(
        lambda: (date(2026, 7, 1), date(2025, 3, 1)),
        nan=NO_NUMBER,
        empty=answered("what has no day speaks for no time", None, None),
        one_rater=NO_LIST,
        constant=answered("the same day passes", date(2026, 7, 1), date(2026, 7, 1)),
    ),
    "refused": Sample(
        lambda: ("claim.direction",),
        options={"expected": "higher"},
        nan=NO_NUMBER,
        empty=answered("without a code it holds", ""),
        one_rater=NO_LIST,
        constant=NO_LIST,
    ),
    "sole_leader": Sample(
        lambda: ([LAB, FAIR],),
        nan=absent("an estimate that is undefined is none"),
        empty=answered("nobody leads nobody", []),
        one_rater=answered("one alone leads nobody", [FAIR]),
        constant=answered("equal items are not told apart", [FAIR, FAIR]),
    ),
    "standing": Sample(
        lambda: (TIERS, (1, 1)),
        nan=NO_NUMBER,
        empty=answered("no tiers tell nothing apart", [], None),
        one_rater=answered("one tier tells nothing apart", TIERS[:1], (1, 1)),
        constant=answered("one tier tells nothing apart", TIERS[1:], (1, 2)),
    ),
    "within_reach": Sample(
        lambda: ([LAB, FAIR],),
        nan=absent("an estimate that is undefined is none"),
        empty=answered("nobody is within reach", []),
        one_rater=answered("the leader itself", [FAIR]),
        constant=answered("all stay", [FAIR, FAIR]),
    ),
}
