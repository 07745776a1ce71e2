"""Samples of the certainty of lessons."""

from alpclusters.analysis.certainty import Coding, Piece, Source, Undertaking
from tests.analysis.samples.kinds import NAN, Sample, absent, answered, flagged, refused

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
