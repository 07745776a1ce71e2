"""Samples of what lasts."""

from typing import Any

from alpclusters.analysis.network import incidence
from alpclusters.analysis.survival import kaplan_meier, spells
from tests.analysis.samples.kinds import NAN, Sample, absent, answered, flagged, refused

SURVIVED = ([1.0, 2, 2, 3, 4, 5], [1, 1, 0, 1, 0, 1])
ANSWERED = ([0, 0, 1], [366, 731, 400], ["alive", "ended", "alive"], [0.0, 0.0])


def teams(organisation: list[int], project: list[int]) -> tuple[Any, ...]:
    found = incidence(organisation, project)
    n = len(found.projects)
    return found, [400.0 * k for k in range(n)], [100.0 + 400 * k for k in range(n)], [2] * n


SURVIVAL = {
    "at": Sample(
        lambda: (kaplan_meier(*SURVIVED), 2.5),
        nan=refused(kaplan_meier(*SURVIVED), NAN),
        empty=flagged(kaplan_meier([], []), 1),
        one_rater=flagged(kaplan_meier([1], [1]), 2),
        constant=flagged(kaplan_meier([2] * 9, [0] * 9), 3),
    ),
    "cluster_bootstrap": Sample(
        lambda: (*SURVIVED, [0, 0, 1, 1, 2, 2]),
        options={"times": (1, 2), "draws": 20},
        has_seed=True,
        nan=refused([1, NAN], [1, 1], [0, 1], times=(1,)),
        empty=flagged([], [], [], times=(1,)),
        one_rater=flagged([1], [1], [0], times=(1,)),
        constant=flagged([2] * 9, [1] * 9, [0] * 9, times=(1,)),
    ),
    "cluster_difference": Sample(
        lambda: (*SURVIVED, [0, 0, 1, 1, 2, 2], ["a", "b"] * 3),
        options={"times": (1, 2), "draws": 20},
        has_seed=True,
        nan=refused([1, NAN], [1, 1], [0, 1], ["a", "b"], times=(1,)),
        empty=flagged([], [], [], [], times=(1,)),
        one_rater=flagged([1], [1], [0], ["a"], times=(1,)),
        constant=flagged([2] * 4, [1] * 4, [0] * 4, ["a", "b"] * 2, times=(1,)),
    ),
    "kaplan_meier": Sample(
        lambda: SURVIVED,
        options={"entry": (0, 1, 0, 0, 2, 0)},
        nan=refused([1, NAN], [1, 1]),
        empty=flagged([], []),
        one_rater=flagged([1], [1]),
        constant=flagged([2] * 9, [0] * 9),
    ),
    "log_rank": Sample(
        lambda: (*SURVIVED, ["a", "b"] * 3),
        nan=refused([1, NAN], [1, 1], ["a", "b"]),
        empty=flagged([], [], []),
        one_rater=flagged([1], [1], ["a"]),
        constant=flagged([2] * 9, [1] * 9, ["a"] * 9),
    ),
    "numbers_at_risk": Sample(
        lambda: (kaplan_meier(*SURVIVED), (0, 1, 2)),
        nan=refused(kaplan_meier(*SURVIVED), (NAN,)),
        empty=answered("nobody is a count", kaplan_meier([], []), (0,)),
        one_rater=answered("one is a count", kaplan_meier([1], [1]), (0,)),
        constant=answered("equal durations count", kaplan_meier([2] * 9, [0] * 9), (2,)),
    ),
    "place_events": Sample(
        lambda: (spells(*ANSWERED),),
        options={"place": "left"},
        nan=absent("takes Spells, which hold no NaN"),
        empty=flagged(spells([], [], [], []), place="left"),
        one_rater=answered(
            "one link has its spell", spells([0], [9], ["alive"], [0]), place="left"
        ),
        constant=answered(
            "spells alike", spells([0, 1], [9] * 2, ["ended"] * 2, [0] * 2), place="right"
        ),
    ),
    "renewal_spells": Sample(
        lambda: teams([1, 2, 1, 2, 1, 3], [10, 10, 11, 11, 12, 12]),
        options={"snapshot": 1200},
        nan=refused(*teams([1, 2], [10, 10]), snapshot=NAN),
        empty=flagged(*teams([], []), snapshot=1200),
        one_rater=flagged(*teams([1], [10]), snapshot=1200),
        constant=answered("equal projects are one spell", *teams([1, 2], [10, 10]), snapshot=1200),
    ),
    "restricted_mean": Sample(
        lambda: (kaplan_meier(*SURVIVED),),
        nan=refused(kaplan_meier(*SURVIVED), until=NAN),
        empty=flagged(kaplan_meier([], [])),
        one_rater=answered("one has a mean", kaplan_meier([1], [1])),
        constant=answered("equal durations have a mean", kaplan_meier([2] * 9, [1] * 9)),
    ),
    "sensitivity": Sample(
        lambda: (spells(*ANSWERED),),
        options={"times": (1, 1.5)},
        nan=refused(spells(*ANSWERED), times=(NAN,)),
        empty=answered("readings say no_spells", spells([], [], [], []), times=(1,)),
        one_rater=answered(
            "one link has readings", spells([0], [9], ["alive"], [0]), times=(0.01,)
        ),
        constant=answered(
            "spells alike", spells([0, 1], [9] * 2, ["ended"] * 2, [0] * 2), times=(1,)
        ),
    ),
    "spells": Sample(
        lambda: ANSWERED,
        nan=refused([0], [NAN], ["alive"], [0]),
        empty=flagged([], [], [], []),
        one_rater=answered("one link has its spell", [0], [9], ["alive"], [0]),
        constant=answered("links alike have spells alike", [0, 1], [9, 9], ["alive"] * 2, [0, 0]),
    ),
}
