"""One sample per public function of the analysis: a proper call and the four bad inputs.

Whoever adds a public function adds its sample; the common contract then covers it.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

import numpy as np
from scipy.sparse import csr_array

from alpclusters.analysis import Ratings
from alpclusters.analysis.certainty import Coding, Piece, Source, Undertaking
from alpclusters.analysis.funding.case.mixes import Cell as FundingCell
from alpclusters.analysis.funding.case.periods import Periods
from alpclusters.analysis.funding.case.records import (
    Case,
    Line,
    Offer,
    Partner,
    Rate,
    WorkPackage,
)
from alpclusters.analysis.funding.case.records import Undertaking as UndertakingOfCase
from alpclusters.analysis.funding.case.territory import Territory
from alpclusters.analysis.funding.check import Check as FundingCheck
from alpclusters.analysis.funding.check import CheckState, open_check
from alpclusters.analysis.funding.eligibility import evaluate, judge_case
from alpclusters.analysis.funding.mix import Found as MixFound
from alpclusters.analysis.funding.mix import Problem, build, prepare, solve
from alpclusters.analysis.funding.policy_mix import Entry, Strategy, theme_weights
from alpclusters.analysis.funding.rulebooks import BOOKS, RULES
from alpclusters.analysis.funding.schemes import Change, Option, Scheme, Span
from alpclusters.analysis.matching import (
    Part,
    Rules,
    Stated,
    calibrate,
    make_candidates,
    make_profiles,
    read_taxonomy,
)
from alpclusters.analysis.meetings import Guest, Hall, Seat, Wish
from alpclusters.analysis.network import (
    Resampled,
    Ties,
    Window,
    cross_border_share,
    incidence,
    make_region_table,
    make_ties,
    project_collaborations,
    project_ties,
    resample_projects,
)
from alpclusters.analysis.plans import (
    GENESIS,
    ActionFacts,
    ActionState,
    ActionStatus,
    AdoptionFacts,
    ChainEntry,
    Colour,
    DependencyFacts,
    IndicatorFacts,
    InterregBody,
    InterregFacts,
    MilestoneFacts,
    StrengthFacts,
    SummaryItem,
    chain_digest,
)
from alpclusters.analysis.rotation import Languages, seat
from alpclusters.analysis.similarity import Glossary, letter_counts, letter_rarity
from alpclusters.analysis.survival import kaplan_meier, spells
from tests.analysis.funding.check.golden import golden_books, golden_case, golden_mix
from tests.analysis.funding.check.pieces import LAND as CHECK_LAND
from tests.analysis.funding.check.programmes import Duals, Tiny

NAN = np.nan
EDGES = ("nan", "empty", "one_rater", "constant")
Build = Callable[[], tuple[Any, ...]]


@dataclass(frozen=True)
class Edge:
    """What a bad input must lead to.

    ``refused``: a typed error. ``flagged``: a result that says by status, reasons or None that
    it is not to be trusted. ``answered``: there is a proper answer; ``why`` says which.
    ``absent``: the input cannot be made; ``why`` says why.
    """

    outcome: Literal["refused", "flagged", "answered", "absent"]
    build: Build = tuple
    options: Mapping[str, Any] = field(default_factory=dict)
    why: str = ""


@dataclass(frozen=True)
class Sample:
    """Positional arguments are built anew for every call."""

    build: Build
    nan: Edge
    empty: Edge
    one_rater: Edge
    constant: Edge
    options: Mapping[str, Any] = field(default_factory=dict)
    has_seed: bool = False


def refused(*arguments: Any, **options: Any) -> Edge:
    return Edge("refused", lambda: arguments, options)


def flagged(*arguments: Any, **options: Any) -> Edge:
    return Edge("flagged", lambda: arguments, options)


def answered(why: str, *arguments: Any, **options: Any) -> Edge:
    return Edge("answered", lambda: arguments, options, why)


def absent(why: str) -> Edge:
    return Edge("absent", why=why)


def grid(n_raters: int = 8, n_items: int = 12, *, points: int = 5) -> np.ndarray:
    return np.random.default_rng(0).integers(1, points + 1, (n_raters, n_items)).astype(float)


def with_nan(array: np.ndarray) -> np.ndarray:
    changed = array.astype(float)
    changed.flat[0] = NAN
    return changed


def rows(values: np.ndarray) -> list[tuple[int, int, float]]:
    return [(rater, item, float(v)) for (rater, item), v in np.ndenumerate(values)]


def ratings(values: np.ndarray) -> Ratings:
    return Ratings.from_rows(rows(values), scale=(1, 5))


def votes(n_people: int = 60, n_statements: int = 12) -> np.ndarray:
    random = np.random.default_rng(1)
    side = np.repeat([1.0, -1.0], n_people // 2)[:, None]
    noisy = np.where(random.random((n_people, n_statements)) < 0.8, side, -side)
    noisy[:, ::3] *= side
    return noisy


def members(n_people: int = 60) -> np.ndarray:
    return np.repeat([0, 1], n_people // 2)


def columns(values: np.ndarray) -> tuple[np.ndarray, list[int], list[int]]:
    table = rows(values)
    return np.array([row[2] for row in table]), [r[0] for r in table], [r[1] for r in table]


def languages() -> Languages:
    return Languages.of([["de"], ["it"], ["de", "it"]] * 4, 3)


NO_NAN = absent("takes Ratings, which refuse NaN when they are built")
NO_RATERS = absent("takes no raters")
NOTHING = np.zeros((0, 0))
ALIKE = np.full((8, 12), 3.0)
COUNTS = "counts of people: any size has an answer"

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
    "withhold_groups": Sample(
        lambda: ([12, 3, 7, 20],),
        nan=refused([NAN, 3]),
        empty=answered("no groups, nothing withheld", []),
        one_rater=answered(COUNTS, [1]),
        constant=answered(COUNTS, [5, 5]),
    ),
    "withhold_table": Sample(
        lambda: ([[9, 3, 8], [7, 6, 9], [8, 9, 7]],),
        nan=refused([[NAN, 3]]),
        empty=refused([]),
        one_rater=answered(COUNTS, [[1, 0], [0, 0]]),
        constant=answered(COUNTS, [[5, 5], [5, 5]]),
    ),
}

SECOND_ROUND = {
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
    "mean_silhouette": Sample(
        lambda: ([[0, 0], [0, 1], [1, 0], [5, 5], [5, 6], [9, 0]], [0, 0, 0, 1, 1, 1]),
        nan=refused([[NAN, 0.0], [0.0, 1.0]], [0, 1]),
        empty=flagged(np.zeros((0, 2)), []),
        one_rater=flagged([[0.0, 1.0]], [0]),
        constant=answered("all distances are 0", [[1.0, 1.0]] * 4, [0, 0, 1, 1]),
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
    "representative_statements": Sample(
        lambda: (votes(), members()),
        nan=refused(votes(), with_nan(members())),
        empty=flagged(NOTHING, []),
        one_rater=flagged(np.ones((1, 3)), [0]),
        constant=flagged(np.ones((40, 3)), [0] * 40),
    ),
}

ROTATION = {
    "add_guest": Sample(
        lambda: (seat(12, 4, 3),),
        nan=refused(seat(12, 4, 3), from_round=NAN),
        empty=absent("takes a plan, which has guests"),
        one_rater=answered("a plan for one takes a second", seat(1, 1, 1)),
        constant=absent("takes no values"),
    ),
    "certify": Sample(
        lambda: ([[[1, 2], [3, 4]], [[1, 3], [2, 4]]],),
        nan=refused([[[NAN, 2], [3, 4]]]),
        empty=answered("nobody meets nobody", []),
        one_rater=answered("one guest meets nobody", [[[1]]]),
        constant=absent("takes no values"),
    ),
    "close_tables": Sample(
        lambda: (seat(12, 4, 3), [4]),
        options={"from_round": 2, "max_iterations": 20},
        nan=refused(seat(12, 4, 3), [NAN], from_round=2),
        empty=answered("no table is closed", seat(12, 4, 3), [], from_round=2),
        one_rater=refused(seat(1, 1, 1), [1], from_round=1),
        constant=absent("takes no values"),
    ),
    "propose_table_languages": Sample(
        lambda: ([["de"], ["it"], ["de", "it"]], 2),
        nan=refused([["de"]], NAN),
        empty=refused([], 2),
        one_rater=answered("their language everywhere", [["de"]], 2),
        constant=answered("their language everywhere", [["de"]] * 5, 2),
    ),
    "remove_guest": Sample(
        lambda: (seat(12, 4, 3), 5),
        nan=refused(seat(12, 4, 3), NAN),
        empty=absent("takes a plan, which has guests"),
        one_rater=answered("an empty plan is left", seat(1, 1, 1), 1),
        constant=absent("takes no values"),
    ),
    "repeat_bound": Sample(
        lambda: (24, 6, 4),
        nan=refused(NAN, 6, 4),
        empty=refused(0, 6, 4),
        one_rater=answered("one guest repeats nobody", 1, 1, 1),
        constant=absent("takes no values"),
    ),
    "seat": Sample(
        lambda: (13, 4, 3),
        has_seed=True,
        nan=refused(NAN, 4, 3),
        empty=refused(0, 4, 3),
        one_rater=answered("one guest sits alone", 1, 1, 1),
        constant=refused(["same", "same"], 1, 1),
    ),
    "seat_choices": Sample(
        lambda: (12, 3, 2),
        options={"languages": languages(), "max_iterations": 50},
        has_seed=True,
        nan=refused(NAN, 3, 2, languages=languages()),
        empty=refused(0, 3, 2, languages=languages()),
        one_rater=answered("one guest sits alone", 1, 1, 1, languages=Languages.of([["de"]], 1)),
        constant=refused(["same"] * 12, 3, 2, languages=languages()),
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

GLOSSARY = Glossary.of(
    {"de": {"förder*": "funding", "regel*": "rule"}, "sl": {"financir*": "funding"}}
)
CARDS = ["Die Förderregeln bremsen", "Financiranje zavira", "Ein Stand auf der Messe"]
IN = ["de", "sl", "de"]

COUNTED = letter_counts(CARDS)
UNCOUNTED = letter_counts([])

SIMILARITY = {
    "letter_counts": Sample(
        lambda: (list(CARDS),),
        nan=refused([NAN, "a"]),
        empty=answered("no texts, no rows", []),
        one_rater=answered("a text is counted by itself", CARDS[:1]),
        constant=answered("equal texts have equal rows", ["Messe"] * 3),
    ),
    "letter_rarity": Sample(
        lambda: (COUNTED.copy(),),
        nan=absent("takes counts of letter_counts"),
        empty=answered("no texts, all weigh the same", UNCOUNTED),
        one_rater=answered("what the only text has weighs 1", letter_counts(CARDS[:1])),
        constant=answered("what all texts have weighs 1", letter_counts(["Messe"] * 3)),
    ),
    "weigh_letters": Sample(
        lambda: (COUNTED.copy(), letter_rarity(COUNTED)),
        nan=absent("takes counts of letter_counts"),
        empty=answered("no texts, no rows", UNCOUNTED, letter_rarity(UNCOUNTED)),
        one_rater=answered("one row of length 1", letter_counts(["a"]), letter_rarity(COUNTED)),
        constant=answered(
            "a text without letters stays empty", letter_counts(["", ""]), letter_rarity(COUNTED)
        ),
    ),
    "shared_words": Sample(
        lambda: (CARDS[0], CARDS[1]),
        options={"languages": ("de", "sl"), "glossary": GLOSSARY},
        nan=refused(NAN, CARDS[1], languages=("de", "sl"), glossary=GLOSSARY),
        empty=flagged("", "", languages=("de", "sl"), glossary=GLOSSARY),
        one_rater=flagged(CARDS[0], "", languages=("de", "sl"), glossary=GLOSSARY),
        constant=answered(
            "the same words", CARDS[0], CARDS[0], languages=("de", "de"), glossary=GLOSSARY
        ),
    ),
    "similar_texts": Sample(
        lambda: (list(CARDS),),
        options={"languages": IN, "glossary": GLOSSARY},
        nan=refused([NAN, "a"], languages=["de", "de"]),
        empty=flagged([], languages=[]),
        one_rater=flagged(["Förderung"], languages=["de"], glossary=GLOSSARY),
        constant=answered("equal texts have cosine 1", ["Messe"] * 3, languages=["de"] * 3),
    ),
}

SOURCES = [Source(k, "supports", True, 20, True, True) for k in range(5)]  # noqa: FBT003 - fields

CERTAINTY = {
    "find_families": Sample(
        lambda: ([Undertaking(1, frozenset("abc")), Undertaking(2, frozenset("abd"))],),
        nan=absent("takes names and dates"),
        empty=answered("no initiatives, no families", []),
        one_rater=answered("one is its own family", [Undertaking(1, frozenset("abc"))]),
        constant=answered("equal partners are one family", [Undertaking(1), Undertaking(2)]),
    ),
    "find_gaps": Sample(
        lambda: ({"a": {"lasting": 3}},),
        options={"of": ("a", "b")},
        nan=refused({"a": {"lasting": NAN}}, of=("a",)),
        empty=answered("no types, no gaps", {}, of=()),
        one_rater=answered("one family is no gap", {"a": {"ended": 1}}, of=("a",)),
        constant=answered("equal types are equal", {}, of=("a", "b")),
    ),
    "gather": Sample(
        lambda: ([Piece(1, "supports", "lasting", 30)],),
        nan=refused([Piece(1, "supports", "lasting", NAN)]),
        empty=flagged([]),
        one_rater=answered("one activity is one family", [Piece(1, "supports")]),
        constant=answered("equal activities are one family", [Piece(1, "supports")] * 3),
    ),
    "grade_lesson": Sample(
        lambda: (list(SOURCES),),
        options={"coding": Coding(0.85, is_once=False)},
        nan=refused(SOURCES, coding=Coding(NAN, is_once=False)),
        empty=flagged([]),
        one_rater=flagged(SOURCES[:1]),
        constant=flagged(SOURCES, coding=Coding(None, is_once=False)),
    ),
    "lasting_share": Sample(
        lambda: ({"lasting": 3, "ended": 1},),
        nan=refused({"lasting": NAN}),
        empty=flagged({}),
        one_rater=flagged({"lasting": 1}),
        constant=answered("all lasting has an exact end", {"lasting": 5}),
    ),
}

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
    "efficiency": of_ties("equal for all"),
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
    "over_windows": Sample(
        lambda: (cross_border_share, [tied(), tied()]),
        nan=TIED,
        empty=answered("no windows, no results", cross_border_share, []),
        one_rater=answered("one window, one result", cross_border_share, [tied()]),
        constant=answered("equal windows", cross_border_share, [tied(), tied()]),
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
    "bridge_gain": Sample(
        lambda: (chain_of([1, 2, 1]), "0", "1"),
        nan=late(lambda: (chain_of([NAN]), "0", "1")),
        empty=flagged(chain_of([0]), "0", "1"),
        one_rater=refused(chain_of([]), "0", "0"),
        constant=answered("equal regions have a gain", chain_of([1, 1]), "0", "1"),
    ),
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
    "cap_exposure": Sample(
        lambda: ([[1, 2], [1, 3]], [[9, 8], [7, 6]]),
        options={"top": 1, "share": 0.5},
        nan=refused([[1, 2]], [[NAN, 1]]),
        empty=flagged(np.zeros((0, 2)), np.zeros((0, 2))),
        one_rater=answered("one list stays", [[1, 2]], [[2, 1]], top=1),
        constant=answered("equal points go by list and number", [[1, 2]] * 2, [[5, 5]] * 2, top=1),
    ),
    "centre_vectors": Sample(
        lambda: (UNIT_ROWS,),
        options={"language": ["de"] * 3, "kind": ["need"] * 3, "min_texts": 2},
        nan=refused(with_nan(UNIT_ROWS), language=["de"] * 3, kind=["need"] * 3),
        empty=answered("no texts stay none", NO_ROWS, language=[], kind=[]),
        one_rater=answered("one text has no mean", UNIT_ROWS[:1], language=["de"], kind=["need"]),
        constant=answered(
            "a text that is the mean has no direction",
            UNIT_ROWS[[0, 0]],
            language=["de"] * 2,
            kind=["need"] * 2,
            min_texts=2,
        ),
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


def hall(n: int = 4, *, weight: int = 1) -> Hall:
    people = tuple(Guest(key, ("en",)) for key in range(n))
    return Hall(people, tuple(Wish(k, k + 1, weight) for k in range(n - 1)), 3, 2)


NO_NAN_MEETINGS = absent("takes a Hall, which refuses NaN when it is made")
MEETINGS = {
    "check_meetings": Sample(
        lambda: (hall(), [Seat(0, 1, 1, 1, "en")]),
        nan=NO_NAN_MEETINGS,
        empty=answered("an empty plan has no mistakes", hall(0), []),
        one_rater=answered("one alone meets nobody", hall(1), []),
        constant=answered("equal meetings are mistakes", hall(), [Seat(0, 1, 1, 1, "en")] * 2),
    ),
    "plan_meetings": Sample(
        lambda: (hall(),),
        nan=NO_NAN_MEETINGS,
        empty=answered("nobody comes, nothing to plan, bound 0", hall(0)),
        one_rater=answered("one alone meets nobody, bound 0", hall(1)),
        constant=answered("equal wishes are planned", hall(6, weight=2)),
    ),
    "unmet_wishes": Sample(
        lambda: (hall(), [Seat(0, 1, 1, 1, "en")]),
        nan=NO_NAN_MEETINGS,
        empty=answered("nothing is wished for", hall(0), []),
        one_rater=answered("one alone wishes nothing", hall(1), []),
        constant=answered("equal wishes are all unmet", hall(6, weight=2), []),
    ),
}

TYROL = Scheme("t", "AT33", {"rate_bp": Span(0, 5000)}, 1)
BERN = Scheme(
    "b", "CH02", {"rate_bp": Span(6000, 7000)}, changes=(Change("k", "rate_bp", 2, Span(0, 7000)),)
)
SCHEMES = {
    "joint_call": Sample(
        lambda: ([TYROL, BERN],),
        nan=refused([Scheme("t", "AT33", {"rate_bp": NAN})]),
        empty=flagged([]),
        one_rater=answered("one scheme is a call of its own", [TYROL]),
        constant=answered("equal schemes bind nobody", [TYROL, replace(TYROL, id="u")]),
    ),
    "let_join": Sample(
        lambda: ([TYROL], BERN),
        nan=refused([TYROL], Scheme("b", "CH02", {"rate_bp": NAN})),
        empty=answered("nobody is there to fit to", [], BERN),
        one_rater=answered("one member is enough", [TYROL], BERN),
        constant=answered("an equal scheme joins", [TYROL], replace(TYROL, id="u")),
    ),
    "read_scheme": Sample(
        lambda: ({"id": "t", "region": "AT33", "attributes": {"rate_bp": [0, 5000]}},),
        nan=refused({"id": "t", "region": "AT33", "attributes": {"rate_bp": [0, NAN]}}),
        empty=answered("a scheme may state nothing", {"id": "t", "region": "AT33"}),
        one_rater=answered("as empty", {"id": "t", "region": "AT33"}),
        constant=answered(
            "one value", {"id": "t", "region": "AT33", "attributes": {"kinds": ["a"]}}
        ),
    ),
    "read_values": Sample(
        lambda: ({"rate_bp": [0, 5000]},),
        nan=refused({"rate_bp": [NAN, NAN]}),
        empty=answered("nothing is stated", {}),
        one_rater=answered("one key is a set", {"kinds": ["a"]}),
        constant=answered("equal ends are one number", {"rate_bp": [1, 1]}),
    ),
    "smallest_cover": Sample(
        lambda: ("12", [Option("a", frozenset("1"), 2), Option("b", frozenset("12"), 3)]),
        nan=absent("weights are whole numbers"),
        empty=answered("no conflicts need no change", [], []),
        one_rater=answered("one change is a cover", "1", [Option("a", frozenset("1"), 2)]),
        constant=answered(
            "names decide", "1", [Option("b", frozenset("1"), 2), Option("a", frozenset("1"), 2)]
        ),
    ),
}

ENTRY = Entry("grant", "energy", "AT33", 1.0)
PHASE_OF = {"grant": "research"}
STRATEGY = Strategy(theme_weights({"energy": 1.0}))
POLICY_MIX = {
    "diversity": Sample(
        lambda: ([50.0, 30.0, 20.0],),
        nan=refused([NAN]),
        empty=flagged([]),
        one_rater=answered("all is in one place", [1.0]),
        constant=answered("as even as can be", [1.0, 1.0]),
    ),
    "policy_gaps": Sample(
        lambda: ([ENTRY], theme_weights({"energy": 0.5, "wood": 0.5})),
        options={"phases": {"grant": "research"}},
        nan=refused([replace(ENTRY, amount=NAN)], theme_weights({}), phases={"grant": "research"}),
        empty=flagged([], theme_weights({}), phases={}),
        one_rater=answered("one entry is a mix", [ENTRY], theme_weights({}), phases=PHASE_OF),
        constant=answered("equal ones", [ENTRY] * 2, theme_weights({}), phases=PHASE_OF),
    ),
    "policy_mix": Sample(
        lambda: ([ENTRY, replace(ENTRY, theme="wood", amount=None)],),
        options={"n_themes": 2, "n_instruments": 1},
        nan=refused([replace(ENTRY, amount=NAN)], n_themes=1, n_instruments=1),
        empty=flagged([], n_themes=1, n_instruments=1),
        one_rater=answered("one entry is a mix", [ENTRY], n_themes=1, n_instruments=1),
        constant=answered("equal ones add up", [ENTRY] * 2, n_themes=1, n_instruments=1),
    ),
    "synergy": Sample(
        lambda: (STRATEGY, STRATEGY),
        nan=absent("takes Weights, made by theme_weights, which refuses NaN"),
        empty=flagged(Strategy(), Strategy()),
        one_rater=flagged(STRATEGY, Strategy()),
        constant=answered("a strategy overlaps itself", STRATEGY, STRATEGY),
    ),
    "synergy_map": Sample(
        lambda: ({"a": STRATEGY, "b": STRATEGY},),
        nan=absent("takes Weights, made by theme_weights, which refuses NaN"),
        empty=answered("no pairs", {}),
        one_rater=answered("no pairs", {"a": STRATEGY}),
        constant=answered("equal ones overlap wholly", {"a": STRATEGY, "b": STRATEGY}),
    ),
    "theme_weights": Sample(
        lambda: ({"energy": 0.5, "wood": None},),
        nan=refused({"energy": NAN}),
        empty=answered("no themes, no weights", {}),
        one_rater=answered("one has all", {"energy": 0.2}),
        constant=answered("equal ones", {"energy": 1.0, "wood": 1.0}),
    ),
}

SMALL = {"eq": ["partner.size", "small"]}
ODD = {"lt": ["partner.turnover_ct", NAN]}
LAND = Territory({2016: frozenset({"DE", "DE1", "DE11"})})
KNOWN: dict[str, object] = {"partner": {"size": "small"}}
UNKNOWN: dict[str, object] = {"partner": {}}
MET = evaluate(SMALL, KNOWN, LAND)
UNMET = evaluate({"all": [SMALL, SMALL]}, UNKNOWN, LAND)


def funding_case(*conditions: Any, partners: int = 1) -> Case:
    """Partners without facts, and an offer for each condition."""
    offers = [
        Offer(f"O{number}", "p", "regional", "regional", "DE", (0, 3), (), condition)
        for number, condition in enumerate(conditions)
    ]
    bodies = [
        Partner(f"P{number}", "One", "U1", "sme", "DE11", 2016, "DE") for number in range(partners)
    ]
    quarters = Periods(dt.date(2025, 1, 1), 4)
    return Case("A case", quarters, (), tuple(bodies), (), (), tuple(offers))


ELIGIBILITY = {
    "check_expression": Sample(
        lambda: ({"all": [SMALL, {"known": "partner.label"}]},),
        nan=answered("a fault with its place", ODD),
        empty=answered("a fault: an object has exactly one key", {}),
        one_rater=answered("no fault", SMALL),
        constant=answered("no fault", {"const": True}),
        options={"territory": LAND},
    ),
    "evaluate": Sample(
        lambda: ({"all": [SMALL, {"within": ["partner.nuts", {"area": "alps"}]}]}, KNOWN, LAND),
        nan=refused(ODD, KNOWN, LAND),
        empty=refused({}, KNOWN, LAND),
        one_rater=answered("nothing is known: open, with what is missing", SMALL, {}, LAND),
        constant=answered("true whoever it is", {"const": True}, {}, LAND),
    ),
    "decide_exactly": Sample(
        lambda: ({"any": [SMALL, {"not": SMALL}]}, UNKNOWN, LAND),
        nan=refused(ODD, KNOWN, LAND),
        empty=refused({}, KNOWN, LAND),
        one_rater=answered("unknown: answers differ", SMALL, UNKNOWN, LAND),
        constant=answered("true whoever it is", {"const": True}, {}, LAND),
    ),
    "read_condition": Sample(
        lambda: (SMALL, LAND),
        nan=refused(ODD, LAND),
        empty=refused({}, LAND),
        one_rater=answered("a condition of one part", SMALL, LAND),
        constant=answered("a condition without a question", {"const": True}, LAND),
    ),
    "judge_case": Sample(
        lambda: (funding_case(SMALL, {"any": []}, partners=2), LAND),
        nan=refused(funding_case(ODD), LAND),
        empty=answered("nobody and nothing to judge", funding_case(partners=0), LAND),
        one_rater=answered("one pair", funding_case(SMALL), LAND),
        constant=answered("all alike", funding_case(SMALL, SMALL, partners=2), LAND),
    ),
    "deciding_fields": Sample(
        lambda: (funding_case(SMALL, {"lt": ["partner.employees", 50]}), "P0", LAND),
        nan=refused(funding_case(ODD), "P0", LAND),
        empty=refused(funding_case(partners=0), "P0", LAND),
        one_rater=answered("one question", funding_case(SMALL), "P0", LAND),
        constant=answered("nothing is open", funding_case({"const": True}), "P0", LAND),
    ),
    "rank_fields": Sample(
        lambda: (judge_case(funding_case(SMALL), LAND), "P0"),
        nan=Edge("absent", why="conditions with faults are refused before"),
        empty=refused(judge_case(funding_case(partners=0), LAND), "P0"),
        one_rater=answered("one question", judge_case(funding_case(SMALL), LAND), "P0"),
        constant=answered("nothing is open", judge_case(funding_case(), LAND), "P0"),
    ),
    "field_of": Sample(
        lambda: ("partner.size",),
        nan=flagged("nan"),
        empty=flagged(""),
        one_rater=answered("a field of the item counted", "it.size"),
        constant=answered("a question of one offer", "partner.condition_listed"),
    ),
    "what_decided": Sample(
        lambda: (evaluate({"any": [SMALL, SMALL]}, KNOWN, LAND),),
        nan=Edge("absent", why="conditions with faults are refused before"),
        empty=answered("nothing decides what is open", UNMET),
        one_rater=answered("one leaf", MET),
        constant=answered("both parts", evaluate({"all": [SMALL, SMALL]}, KNOWN, LAND)),
    ),
    "open_conditions": Sample(
        lambda: (UNMET,),
        nan=Edge("absent", why="conditions with faults are refused before"),
        empty=answered("nothing is open", MET),
        one_rater=answered("one leaf", evaluate(SMALL, UNKNOWN, LAND)),
        constant=answered("both leaves", UNMET),
    ),
    "open_fields": Sample(
        lambda: (UNMET,),
        nan=Edge("absent", why="conditions with faults are refused before"),
        empty=answered("nothing is open", MET),
        one_rater=answered("one field", evaluate(SMALL, UNKNOWN, LAND)),
        constant=answered("a field asked twice stands once", UNMET),
    ),
}

CASE_FILE: dict[str, Any] = {
    "schema": "alpclusters-case/1",
    "currency": "EUR",
    "periods": {"start": "2025-01-01", "length": "quarter", "count": 4},
    "undertakings": [{"id": "U1", "size": "small"}],
    "partners": [
        {
            "id": "P1",
            "name": "One",
            "undertaking": "U1",
            "kind": "sme",
            "nuts": "DE11",
            "vintage": 2016,
            "country": "DE",
        }
    ],
    "work_packages": [{"id": "W1", "title": "All"}],
    "lines": [
        {"id": "L1", "partner": "P1", "wp": "W1", "category": "staff", "period": 0, "cost_ct": 5}
    ],
    "offers": [],
}
NO_NUMBER = "amounts of a case are whole numbers"
NOBODY = "a case without partners, costs and offers"
CASE_FORMAT = {
    "read_case": Sample(
        lambda: (CASE_FILE,),
        nan=refused({**CASE_FILE, "solver": {"gap": NAN}}),
        empty=refused({}),
        one_rater=answered("one partner with one cost", CASE_FILE),
        constant=refused({**CASE_FILE, "lines": CASE_FILE["lines"] * 2}),
    ),
    "case_schema": Sample(
        tuple,
        nan=absent("takes nothing"),
        empty=absent("takes nothing"),
        one_rater=absent("takes nothing"),
        constant=absent("takes nothing"),
    ),
    **{
        name: Sample(
            lambda: (funding_case(SMALL),),
            nan=absent(NO_NUMBER),
            empty=answered(NOBODY, funding_case(partners=0)),
            one_rater=answered("one partner", funding_case(SMALL)),
            constant=answered("all alike", funding_case(SMALL, SMALL, partners=2)),
        )
        for name in ("case_data", "case_digest", "case_warnings", "refuse_large")
    },
}


def funded_case(n_lines: int = 2, **terms: Any) -> Case:
    """One public body with equal costs, and one offer that pays half of them."""
    lines = tuple(
        Line(f"L{k}", "P0", "W", "staff", 0, 10_000, economic=False) for k in range(n_lines)
    )
    rates = (Rate(5_000),)
    offer = Offer("O0", "p", "regional", "regional", "DE", (0, 3), rates, {"all": []}, **terms)
    body = Partner("P0", "One", "U1", "public", "DE11", 2016, "DE")
    packages, body_of = (WorkPackage("W", "All"),), (UndertakingOfCase("U1", "none"),)
    quarters = Periods(dt.date(2025, 1, 1), 4)
    return Case("A case", quarters, body_of, (body,), packages, lines, (offer,) if n_lines else ())


def mix_problem(n_lines: int = 2, **terms: Any) -> Problem:
    return prepare(funded_case(n_lines, **terms), LAND)


def half(n_lines: int = 2) -> tuple[FundingCell, ...]:
    return tuple(FundingCell("O0", f"L{k}", 10_000, 5_000) for k in range(n_lines))


NOTHING_BROKEN = FundingCheck(valid=True, violations=(), ceilings=())
NO_OFFER = "nothing to choose from"
MIX_RESULTS = {
    "alternatives": Sample(
        lambda: (mix_problem(), solve(mix_problem())),
        nan=absent(NO_NUMBER),
        empty=answered("no alternatives to nothing", mix_problem(0), solve(mix_problem(0))),
        one_rater=answered("one offer cannot be varied", mix_problem(1), solve(mix_problem(1))),
        constant=answered("equal costs", mix_problem(3), solve(mix_problem(3))),
    ),
    "scenarios": Sample(
        lambda: (funded_case(), LAND, solve(mix_problem())),
        nan=absent(NO_NUMBER),
        empty=answered(NO_OFFER, funded_case(0), LAND, solve(mix_problem(0))),
        one_rater=answered("one is refused", funded_case(1), LAND, solve(mix_problem(1))),
        constant=answered("equal costs", funded_case(3), LAND, solve(mix_problem(3))),
    ),
    "explain_infeasible": Sample(
        lambda: (mix_problem(),),
        nan=absent(NO_NUMBER),
        empty=answered("an empty mix fits: no reason", mix_problem(0)),
        one_rater=answered("a mix fits: no reason", mix_problem(1)),
        constant=answered("a mix fits: no reason", mix_problem(3)),
    ),
    "cell_rates": Sample(
        lambda: (funded_case(), LAND),
        nan=absent(NO_NUMBER),
        empty=answered(NO_OFFER, funded_case(0), LAND),
        one_rater=answered("one cost", funded_case(1), LAND),
        constant=answered("equal costs", funded_case(3), LAND),
    ),
    "expected_value": Sample(
        lambda: (funded_case(success_bp=5_000), half()),
        nan=absent(NO_NUMBER),
        empty=answered("None: nobody states a chance", funded_case(0), ()),
        one_rater=answered("None: nobody states a chance", funded_case(1), half(1)),
        constant=answered("equal costs", funded_case(3, success_bp=1), half(3)),
    ),
    "mix_document": Sample(
        lambda: (funded_case(), MixFound(half()), NOTHING_BROKEN),
        nan=absent(NO_NUMBER),
        empty=answered("a mix of nothing", funded_case(0), MixFound(()), NOTHING_BROKEN),
        one_rater=answered("one cost", funded_case(1), MixFound(half(1)), NOTHING_BROKEN),
        constant=answered("equal costs", funded_case(3), MixFound(half(3)), NOTHING_BROKEN),
    ),
    "mix_text": Sample(
        lambda: ({"objective": 1},),
        nan=absent("made by mix_document, whose numbers are whole or finite"),
        empty=answered("an empty object", {}),
        one_rater=answered("one key", {"objective": 1}),
        constant=answered("equal values", {"objective": 1, "bound": 1}),
    ),
}


def mix_duals(n_lines: int = 2, value: float = 0.0) -> tuple[Any, ...]:
    model = build(mix_problem(n_lines))
    return model, np.full(len(model.row_lower), value)


CERTIFIED = Sample(
    mix_duals,
    nan=refused(*mix_duals(value=NAN)),
    empty=answered("nothing is worth nothing", *mix_duals(0)),
    one_rater=answered("one cost", *mix_duals(1)),
    constant=answered("equal duals prove a bound", *mix_duals(3, 0.5)),
)
MIX_CORE = {
    "prepare": Sample(
        lambda: (funded_case(), LAND),
        nan=absent(NO_NUMBER),
        empty=answered(NO_OFFER, funded_case(0), LAND),
        one_rater=answered("one cost", funded_case(1), LAND),
        constant=answered("equal costs become one", funded_case(3), LAND),
    ),
    **{
        name: Sample(
            lambda: (mix_problem(),),
            nan=absent(NO_NUMBER),
            empty=answered(NO_OFFER, mix_problem(0)),
            one_rater=answered("one cost", mix_problem(1)),
            constant=answered("equal costs", mix_problem(3)),
        )
        for name in ("build", "solve")
    },
    "certify": CERTIFIED,
    "dual_bound": CERTIFIED,
}

NO_NAN_RULES = absent("takes rules and days, no numbers")
RULE_BOOKS = {
    "book_on": Sample(
        lambda: (dt.date(2024, 1, 1),),
        nan=NO_NAN_RULES,
        empty=flagged(dt.date(2024, 1, 1), books=()),
        one_rater=answered("one book is enough", dt.date(2024, 1, 1), books=BOOKS[-1:]),
        constant=answered("of equal books the last", dt.date(2024, 1, 1), books=BOOKS[-1:] * 2),
    ),
    "rules_on": Sample(
        lambda: (dt.date(2024, 1, 1),),
        nan=NO_NAN_RULES,
        empty=answered("no books, no rules", dt.date(2024, 1, 1), books=()),
        one_rater=answered("one book is enough", dt.date(2024, 1, 1), books=BOOKS[-1:]),
        constant=answered("of equal books the last", dt.date(2024, 1, 1), books=BOOKS[-1:] * 2),
    ),
    "load_rules": Sample(
        lambda: (list(RULES),),
        nan=NO_NAN_RULES,
        empty=answered("no rules contradict nothing", []),
        one_rater=answered("one rule", RULES[:1]),
        constant=refused(RULES[:1] * 2),
    ),
    "view_book": Sample(
        lambda: ("RB", dt.date(2024, 1, 1), None, list(RULES)),
        nan=NO_NAN_RULES,
        empty=answered("an empty book", "RB", dt.date(2024, 1, 1), None, []),
        one_rater=answered("one rule", "RB", dt.date(2024, 1, 1), None, RULES[:1]),
        constant=refused("RB", dt.date(2024, 1, 1), None, RULES[:1] * 2),
    ),
}

NO_NAN_CENTS = absent("takes whole cents only")


def checked_state() -> CheckState:
    return open_check(golden_case(), golden_mix(), territory=CHECK_LAND, books=golden_books())


def on_land(why: str, *arguments: Any) -> Edge:
    return Edge("answered", lambda: arguments, {"territory": CHECK_LAND}, why)


GOLDEN = {"territory": CHECK_LAND, "books": golden_books()}
CHECKED = Sample(
    lambda: (golden_case(), golden_mix()),
    nan=NO_NAN_CENTS,
    empty=on_land("nothing granted breaks nothing", golden_case(), ()),
    one_rater=on_land("one cell", golden_case(), golden_mix()[:1]),
    constant=on_land("a cell twice is a violation", golden_case(), golden_mix()[:1] * 2),
    options=GOLDEN,
)
CHANGED = Sample(
    lambda: (checked_state(), golden_mix()[0]),
    nan=NO_NAN_CENTS,
    empty=answered("nothing declared removes it", checked_state(), FundingCell("X", "a1", 0, 0)),
    one_rater=answered("one cell", checked_state(), golden_mix()[1]),
    constant=answered("no change", checked_state(), golden_mix()[2]),
)
CHECK = {
    "check_mix": CHECKED,
    "open_check": CHECKED,
    "apply_change": CHANGED,
    "recheck": CHANGED,
    "tight_unverified": Sample(
        lambda: (checked_state().check,),
        nan=NO_NAN_CENTS,
        empty=answered(
            "no ceilings, none tight", FundingCheck(valid=True, violations=(), ceilings=())
        ),
        one_rater=answered(
            "one ceiling",
            FundingCheck(valid=True, violations=(), ceilings=checked_state().check.ceilings[:1]),
        ),
        constant=answered(
            "alike",
            FundingCheck(
                valid=True, violations=(), ceilings=checked_state().check.ceilings[:1] * 2
            ),
        ),
    ),
    "recompute_bound": Sample(
        lambda: (Duals([2.0, 0.0]), Tiny()),
        nan=refused(Duals([NAN, 0.0]), Tiny()),
        empty=refused(Duals([]), Tiny()),
        one_rater=refused(Duals([1.0]), Tiny()),
        constant=answered("equal duals prove a bound", Duals([1.0, 1.0]), Tiny()),
    ),
}

JANUARY, JULY, DECEMBER = dt.date(2026, 1, 1), dt.date(2026, 7, 1), dt.date(2026, 12, 31)
ON = {"today": JULY}


def plan_action(key: str = "a", **known: Any) -> ActionFacts:
    return ActionFacts(key, JANUARY, DECEMBER, **{"progress": 0.35, **known})


def plan_indicator(value: float | None = 38.0, *, target: float = 100.0) -> IndicatorFacts:
    targets = ((dt.date(2028, 12, 31), target),)
    return IndicatorFacts("i", "increase", "linear", 0.0, JANUARY, targets, value, JULY)


def plan_item(weight: float = 1) -> SummaryItem:
    status = ActionStatus(
        key="a", state=ActionState.RUNNING, colour=Colour.GREEN, convention="ap-1"
    )
    return SummaryItem(status, weight)


def plan_chain() -> list[ChainEntry]:
    return [ChainEntry(GENESIS, "{}", chain_digest(GENESIS, "{}"))]


TEXTS_ONLY = absent("takes texts")
SNAPSHOT = {"actions": [{"uuid": "1", "code": "A1", "status": "green"}]}
PLAN_STATUS = {
    "action_status": Sample(
        lambda: (plan_action(milestones=(MilestoneFacts(JULY),)),),
        options={**ON, "ready": JULY},
        nan=flagged(plan_action(progress=NAN), **ON),
        empty=flagged(ActionFacts("a", None, None), **ON),
        one_rater=refused(plan_action(milestones=(MilestoneFacts(JULY, NAN),)), **ON),
        constant=flagged(ActionFacts("a", JULY, JULY), **ON),
    ),
    "plan_statuses": Sample(
        lambda: ([plan_action(), plan_action("b")], [DependencyFacts("a", "b", 3)]),
        options=ON,
        nan=answered("counts as missing", [plan_action(progress=NAN)], [], **ON),
        empty=answered("no actions, no statuses", [], [], **ON),
        one_rater=answered("one action has one status", [plan_action()], [], **ON),
        constant=refused([plan_action()] * 2, [], **ON),
    ),
    "find_cycle": Sample(
        lambda: ([DependencyFacts("a", "b"), DependencyFacts("b", "a")],),
        nan=absent("takes keys"),
        empty=flagged([]),
        one_rater=answered("an action that waits for itself", [DependencyFacts("a", "a")]),
        constant=flagged([DependencyFacts("a", "b")] * 2),
    ),
    "check_indicator": Sample(
        lambda: (plan_indicator(),),
        nan=refused(plan_indicator(NAN)),
        empty=flagged(replace(plan_indicator(), targets=())),
        one_rater=refused(replace(plan_indicator(), path="spiral")),
        constant=refused(plan_indicator(target=0.0)),
    ),
    "expected_value": Sample(
        lambda: (plan_indicator(), JULY),
        nan=refused(plan_indicator(target=NAN), JULY),
        empty=flagged(replace(plan_indicator(), targets=()), JULY),
        one_rater=flagged(replace(plan_indicator(), baseline=None), JULY),
        constant=refused(plan_indicator(target=0.0), JULY),
    ),
    "indicator_status": Sample(
        lambda: (plan_indicator(),),
        options=ON,
        nan=refused(plan_indicator(NAN), **ON),
        empty=flagged(replace(plan_indicator(None), targets=()), **ON),
        one_rater=flagged(plan_indicator(None), **ON),
        constant=refused(plan_indicator(target=0.0), **ON),
    ),
    "plan_summary": Sample(
        lambda: ([plan_item(), plan_item(2)],),
        nan=refused([plan_item(NAN)]),
        empty=flagged([]),
        one_rater=flagged([plan_item()]),
        constant=flagged([plan_item(0)] * 3),
    ),
    "strength_of": Sample(
        lambda: (StrengthFacts(certainty="B", probability=0.97, n=64, agreement=0.66),),
        nan=refused(StrengthFacts(certainty="B", probability=NAN, n=64)),
        empty=flagged(StrengthFacts()),
        one_rater=flagged(StrengthFacts(certainty="B", probability=0.97, n=1)),
        constant=flagged(StrengthFacts(certainty="B", probability=0.97, n=64, agreement=0.0)),
    ),
    "adoption_rate": Sample(
        lambda: ([AdoptionFacts("adopted"), AdoptionFacts("unknown")],),
        nan=absent("takes states"),
        empty=answered("nobody is addressed: no rate", []),
        one_rater=answered("one of one", [AdoptionFacts("adopted")]),
        constant=answered("it applies to nobody: no rate", [AdoptionFacts("not_applicable")] * 2),
    ),
    "interreg_figures": Sample(
        lambda: (InterregFacts(ends_on=DECEMBER, bodies=(InterregBody(name="A", country="DE"),)),),
        nan=absent("takes names and dates"),
        empty=answered("nothing counts", InterregFacts(ends_on=None)),
        one_rater=answered(
            "one body",
            InterregFacts(ends_on=DECEMBER, bodies=(InterregBody(name="A", country="DE"),)),
        ),
        constant=answered(
            "one entity",
            InterregFacts(ends_on=DECEMBER, bodies=(InterregBody(name="A", country="DE"),) * 2),
        ),
    ),
}
PLAN_TEXTS = {
    "canonical_text": Sample(
        lambda: (SNAPSHOT,),
        nan=refused({"value": NAN}),
        empty=answered("an empty mapping", {}),
        one_rater=answered("one text", "a"),
        constant=answered("a list of equal values", ["a", "a"]),
    ),
    "chain_digest": Sample(
        lambda: (GENESIS, "{}"),
        nan=TEXTS_ONLY,
        empty=refused("", "{}"),
        one_rater=refused(GENESIS, "\ud800"),
        constant=answered("an empty text has a hash", GENESIS, ""),
    ),
    "verify_chain": Sample(
        lambda: ([*plan_chain(), *plan_chain()],),
        nan=TEXTS_ONLY,
        empty=flagged([]),
        one_rater=flagged(plan_chain()),
        constant=answered("twice the same does not follow", plan_chain() * 2),
    ),
    "word_diff": Sample(
        lambda: ("a test bench", "a shared test bench"),
        nan=TEXTS_ONLY,
        empty=answered("no pieces", "", ""),
        one_rater=answered("all is new", "", "a"),
        constant=answered("one piece", "a a", "a a"),
    ),
    "diff_snapshots": Sample(
        lambda: (SNAPSHOT, {"actions": [{"uuid": "1", "code": "A1", "status": "red"}]}),
        options={"ignore": ("reasons",)},
        nan=refused(NAN, SNAPSHOT),
        empty=answered("nothing changed", {}, {}),
        one_rater=answered("all is new", {}, SNAPSHOT),
        constant=answered("nothing changed", SNAPSHOT, SNAPSHOT),
    ),
    "merge_fields": Sample(
        lambda: ({"t": "A\n\nB"}, {"t": "A\n\nC"}, {"t": "D\n\nB"}),
        options={"long_fields": ("t",)},
        nan=absent("takes what forms hold"),
        empty=answered("no fields", {}, {}, {}),
        one_rater=answered("one person", {"t": "A"}, {"t": "A"}, {"t": "B"}),
        constant=answered("both alike", {"t": "A"}, {"t": "B"}, {"t": "B"}),
    ),
    "merge_paragraphs": Sample(
        lambda: ("A\n\nB", "A\n\nC", "D\n\nB"),
        nan=TEXTS_ONLY,
        empty=answered("nothing", "", "", ""),
        one_rater=answered("one person", "A", "A", "B"),
        constant=answered("both alike", "A", "B", "B"),
    ),
    "merge_rows": Sample(
        lambda: ({"m": {"due": "1"}}, {"m": {"due": "2"}}, {"m": {"due": "3"}, "n": {}}),
        options={"long_fields": ("t",)},
        nan=absent("takes what forms hold"),
        empty=answered("no rows", {}, {}, {}),
        one_rater=answered("one person", {}, {}, {"m": {}}),
        constant=answered("both alike", {}, {"m": {}}, {"m": {}}),
    ),
    "split_paragraphs": Sample(
        lambda: ("One.\n\nTwo.",),
        nan=TEXTS_ONLY,
        empty=answered("no paragraphs", ""),
        one_rater=answered("one paragraph", "One."),
        constant=answered("equal paragraphs are two", "One.\n\nOne."),
    ),
    "anchor_paragraph": Sample(
        lambda: ("One two three.", 0, ["Zero.", "One two three four."]),
        nan=TEXTS_ONLY,
        empty=flagged("", 0, []),
        one_rater=answered("the only one", "One.", 3, ["One."]),
        constant=answered("the nearest", "One.", 1, ["One."] * 3),
    ),
}

SAMPLES: dict[str, Sample] = {
    f"{package}.{name}": sample
    for package, samples in {
        "consensus": CONSENSUS,
        "second_round": SECOND_ROUND,
        "ranking": RANKING,
        "opinion": OPINION,
        "rotation": ROTATION,
        "denominators": DENOMINATORS,
        "similarity": SIMILARITY,
        "certainty": CERTAINTY,
        "plans": {**PLAN_STATUS, **PLAN_TEXTS},
        "network": {**GROUPS, **POSITIONS},
        "survival": SURVIVAL,
        "matching": MATCHING,
        "meetings": MEETINGS,
        "case": CASE_FORMAT,
        "rulebooks": RULE_BOOKS,
        "check": CHECK,
        "mix": {**MIX_RESULTS, **MIX_CORE},
        "eligibility": ELIGIBILITY,
        "schemes": SCHEMES,
        "policy_mix": POLICY_MIX,
    }.items()
    for name, sample in samples.items()
}
