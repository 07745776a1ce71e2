"""Samples of networks: positions and groups."""

from typing import Any

import numpy as np
from scipy.sparse import csr_array

from alpclusters.analysis.network import (
    Resampled,
    Ties,
    Window,
    incidence,
    make_region_table,
    make_ties,
    project_collaborations,
    project_ties,
    resample_projects,
)
from tests.analysis.samples.kinds import NAN, Edge, Sample, absent, answered, flagged, refused

TIED = absent("takes Ties, which refuse NaN when they are built")


def some_ties(n: int = 12, *, share: float = 0.3) -> Ties:
    upper = np.triu(np.random.default_rng(2).random((n, n)) < share, 1).astype(float)
    return make_ties(csr_array(upper + upper.T), range(n), np.arange(n) % 3, ("AT", "IT", "SI"))


def of_ties(alike: str, *more: Any, has_seed: bool = False, **options: Any) -> Sample:
    """Any measure of the positions in a network."""
    return Sample(
        lambda: (some_ties(), *more),
        options=options,
        has_seed=has_seed,
        nan=TIED,
        empty=flagged(some_ties(0), *more, **options),
        one_rater=flagged(some_ties(1), *more, **options),
        constant=answered(alike, some_ties(share=1.0), *more, **options),
    )


POSITIONS = {
    "betweenness": of_ties("nobody lies between", has_seed=True, pivots=5),
    "brokerage": of_ties("no pair is open"),
    "brokerage_between": Sample(
        lambda: (some_ties(), 0, 1),
        nan=TIED,
        empty=flagged(some_ties(0), 0, 1),
        one_rater=flagged(some_ties(1), 0, 1),
        constant=flagged(some_ties(share=1.0), 0, 1),
    ),
    "clustering": of_ties("every pair is closed"),
    "components": of_ties("all in one"),
    "constraint": of_ties("equal for all"),
    "cores": of_ties("one core of all", largest_project=5),
    "effective_size": of_ties("equal for all"),
    "n_paths_needed": Sample(
        lambda: (10,),
        options={"epsilon": 0.01},
        nan=refused(10, epsilon=NAN),
        empty=answered("no path has an inner stop", 0, epsilon=0.1),
        one_rater=answered("no path has an inner stop", 1, epsilon=0.1),
        constant=absent("takes one number"),
    ),
    "participation": of_ties("nearly equal for all"),
    "small_world": of_ties("one step between all", has_seed=True),
    "two_mode_null": Sample(
        lambda: (incidence([1, 2, 3, 1, 4, 5], [1, 1, 1, 2, 2, 2]),),
        options={"draws": 2},
        has_seed=True,
        nan=absent("takes an Incidence of whole numbers"),
        empty=flagged(incidence([], []), draws=2),
        one_rater=flagged(incidence([1], [1]), draws=2),
        constant=answered("one project stays as it is", incidence([1, 2], [7, 7]), draws=2),
    ),
}

TEAMS = (incidence([1, 2, 3, 4, 1, 3, 2, 4], [5, 5, 5, 6, 6, 6, 7, 7]), [3, 3, 4], [0, 0, 1, 2])
NOBODY = (incidence([], []), [], [])
ALONE = (incidence([1], [5]), [1], [0])
PLACES = ("AT", "IT", "SI")
LINKED = ([1, 2, 3, 1], [2, 3, 1, 4], [1, 2, 3, 4], [0, 1, 1, 2], PLACES)
FLOWS = ([9, 4, 2, 7, 5, 1], [3, 3, 3, 8, 8, 2], [8, 2, 6, 2, 6, 6], [10, 20, 30, 15, 12, 40])
TABLE = [[50, 30, 10, 5], [30, 40, 20, 12], [10, 20, 60, 3], [5, 12, 3, 20]]


def drawn(teams: tuple[Any, ...] = TEAMS) -> Resampled:
    return resample_projects(project_collaborations(*teams, PLACES, weights="full"), draws=20)


def tied(teams: tuple[Any, ...] = TEAMS) -> Ties:
    return project_ties(*teams, PLACES, weights="full")


def of_groups(alike: Edge, *, has_seed: bool = False, **options: Any) -> Sample:
    """Any measure of the groups of a network."""
    return Sample(
        lambda: (tied(),),
        options=options,
        has_seed=has_seed,
        nan=TIED,
        empty=flagged(tied(NOBODY)),
        one_rater=flagged(tied(ALONE)),
        constant=alike,
    )


GROUPS = {
    "affinity": of_groups(
        answered("equal pairs have equal ratios", make_region_table(np.ones((4, 4)), "ABCD")),
        null="cross",
    ),
    "backbone": Sample(
        lambda: (tied(),),
        options={"alpha": 0.6},
        nan=TIED,
        empty=flagged(tied(NOBODY)),
        one_rater=flagged(tied(ALONE)),
        constant=answered("nothing stands out", tied(), alpha=0.01),
    ),
    "bridge_candidates": Sample(
        lambda: (tied(), 0, 1),
        nan=TIED,
        empty=answered("nobody is no candidate", tied(NOBODY), 0, 1),
        one_rater=answered("one is no candidate", tied(ALONE), 0, 1),
        constant=answered("all are tied, none stands between", some_ties(share=1.0), 0, 1),
    ),
    "cross_border_share": of_groups(answered("equal weights have a share", tied())),
    "external_internal": of_groups(
        flagged(make_ties(csr_array(np.ones((5, 5)) - np.eye(5)), range(5), [0] * 5, ["AT"])),
        has_seed=True,
        permutations=20,
    ),
    "great_circle": Sample(
        lambda: ([47.0, 46.0], [11.0, 12.0]),
        options={"area_km2": [100.0, 200.0]},
        nan=refused([NAN], [1.0]),
        empty=answered("no place, no distance", [], []),
        one_rater=answered("one place is at its own distance", [47.0], [11.0]),
        constant=answered("no distance between equal places", [47.0] * 3, [11.0] * 3),
    ),
    "hidden_cells": of_groups(flagged(tied())),
    "in_window": Sample(
        lambda: ([1.0, 5.0], [9.0, 9.0], Window(name="a", start=1, end=5, rule="started")),
        nan=answered("no date lies in no window", [NAN], [9.0], Window(rule="started")),
        empty=answered("no project, no answer", [], [], Window()),
        one_rater=answered("one project has an answer", [1.0], [2.0], Window()),
        constant=answered("equal dates have equal answers", [1.0] * 3, [2.0] * 3, Window()),
    ),
    "incidence": Sample(
        lambda: ([1, 2, 1], [5, 5, 5]),
        options={"parent": [1, 1, 1]},
        nan=refused([NAN], [1.0]),
        empty=answered("no rows, nobody", [], []),
        one_rater=answered("one row is one participation", [1], [5]),
        constant=answered("a repeated row counts once", [1] * 3, [5] * 3),
    ),
    "integration": of_groups(
        answered("no bias where all is alike", make_region_table(np.ones((3, 3)), "ABC"))
    ),
    "link_collaborations": Sample(
        lambda: LINKED,
        options={"project": [3, 3, 4, -1]},
        nan=absent("takes whole numbers"),
        empty=answered("no links, nothing to draw", [], [], [], [], PLACES),
        one_rater=answered("a loop is left out", [1], [1], [1], [0], PLACES),
        constant=answered("equal links are drawn alone", [1] * 3, [2] * 3, [1, 2], [0, 1], PLACES),
    ),
    "link_ties": Sample(
        lambda: LINKED,
        options={"weights": "full"},
        nan=absent("takes whole numbers"),
        empty=answered("no links, no ties", [], [], [], [], PLACES),
        one_rater=answered("a loop is counted", [1], [1], [1], [0], PLACES),
        constant=answered("equal links are one tie", [1] * 3, [2] * 3, [1, 2], [0, 1], PLACES),
    ),
    "make_region_table": Sample(
        lambda: (TABLE, "ABCD"),
        nan=refused([[NAN]], "A"),
        empty=answered("no region, no tie", np.zeros((0, 0)), ()),
        one_rater=answered("one region has its own ties", [[3.0]], "A"),
        constant=answered("equal cells are a table", np.ones((3, 3)), "ABC"),
    ),
    "make_ties": Sample(
        lambda: (csr_array(np.array([[0.0, 2.0], [2.0, 0.0]])), [7, 8], [0, 1], PLACES),
        nan=refused(csr_array(np.array([[0.0, NAN], [NAN, 0.0]])), [7, 8], [0, 1], PLACES),
        empty=answered("nobody has no ties", csr_array((0, 0)), [], [], ()),
        one_rater=answered("one has no ties", csr_array((1, 1)), [7], [0], PLACES),
        constant=refused(csr_array(np.ones((2, 2))), [7, 8], [0, 1], PLACES),
    ),
    "missing_pairs": Sample(
        lambda: (tied(), drawn()),
        nan=TIED,
        empty=flagged(tied(NOBODY), drawn(NOBODY)),
        one_rater=flagged(tied(ALONE), drawn(ALONE)),
        constant=flagged(tied(), drawn()),
    ),
    "project_collaborations": Sample(
        lambda: (*TEAMS, PLACES),
        options={"weights": "fractional"},
        nan=absent("takes an Incidence of whole numbers"),
        empty=answered("nobody works together", *NOBODY, PLACES),
        one_rater=answered("one works alone", *ALONE, PLACES),
        constant=answered("one project", incidence([1, 2], [7, 7]), [2], [0, 1], PLACES),
    ),
    "project_ties": Sample(
        lambda: (*TEAMS, PLACES),
        options={"weights": "fractional"},
        nan=absent("takes an Incidence of whole numbers"),
        empty=answered("nobody has no ties", *NOBODY, PLACES),
        one_rater=answered("one is a node without ties", *ALONE, PLACES),
        constant=answered("one project", incidence([1, 2], [7, 7]), [2], [0, 1], PLACES),
    ),
    "region_table": Sample(
        lambda: (tied(),),
        nan=TIED,
        empty=answered("nobody has no ties", tied(NOBODY)),
        one_rater=answered("one has no ties", tied(ALONE)),
        constant=answered("equal ties are counted", some_ties(share=1.0)),
    ),
    "resample_projects": Sample(
        lambda: (project_collaborations(*TEAMS, PLACES),),
        options={"draws": 20},
        has_seed=True,
        nan=absent("takes Collaborations of whole numbers"),
        empty=answered("tables of zeros", project_collaborations(*NOBODY, PLACES), draws=3),
        one_rater=answered("tables of zeros", project_collaborations(*ALONE, PLACES), draws=3),
        constant=answered(
            "one project, drawn always",
            project_collaborations(incidence([1, 2], [7, 7]), [2], [0, 1], PLACES),
            draws=3,
        ),
    ),
    "spatial_interaction": Sample(
        lambda: FLOWS,
        options={"border": [0, 1, 1, 0, 1, 0], "first": [0, 0, 0, 1, 1, 2]}
        | {"second": [1, 2, 3, 2, 3, 3]},
        nan=refused([NAN], [1], [1], [1]),
        empty=flagged([], [], [], []),
        one_rater=flagged([1], [1], [1], [1]),
        constant=flagged([2] * 6, [3] * 6, [3] * 6, [9] * 6),
    ),
    "tie_alphas": Sample(
        lambda: (tied(),),
        nan=TIED,
        empty=answered("no tie, no alpha", tied(NOBODY)),
        one_rater=answered("no tie, no alpha", tied(ALONE)),
        constant=answered("equal weights have equal alphas", some_ties(share=1.0)),
    ),
}
