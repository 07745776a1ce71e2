"""One sample per public function of the analysis: a proper call and the four bad inputs.

Whoever adds a public function adds its sample; the common contract then covers it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np

from alpclusters.analysis import Ratings
from alpclusters.analysis.certainty import Coding, Piece, Source, Undertaking
from alpclusters.analysis.rotation import Languages, seat
from alpclusters.analysis.similarity import Glossary

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

SIMILARITY = {
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
    }.items()
    for name, sample in samples.items()
}
