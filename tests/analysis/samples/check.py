"""Samples of the check of a mix."""

from typing import Any

from alpclusters.analysis.funding.case import Cell as FundingCell
from alpclusters.analysis.funding.check import CheckState, open_check
from tests.analysis.funding.check.golden import golden_books, golden_case, golden_mix
from tests.analysis.funding.check.pieces import LAND as CHECK_LAND
from tests.analysis.funding.check.programmes import Duals, Tiny
from tests.analysis.samples.kinds import NAN, Edge, Sample, absent, answered, refused

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

SAME = [(("a", "U1"), ("b", "U1"))]


def named(*names: str) -> list[Any]:
    return [(name, golden_case(), golden_mix()) for name in names]


CHECK = {
    "check_mix": CHECKED,
    "check_common": Sample(
        lambda: (named("a", "b"), SAME),
        nan=NO_NAN_CENTS,
        empty=on_land("no mixes, no account", [], []),
        one_rater=on_land("one case has nothing in common with another", named("a"), SAME),
        constant=on_land("the same grants in every case", named("a", "b", "c"), SAME),
        options=GOLDEN,
    ),
    "open_check": CHECKED,
    "apply_change": CHANGED,
    "recompute_bound": Sample(
        lambda: (Duals([2.0, 0.0]), Tiny()),
        nan=refused(Duals([NAN, 0.0]), Tiny()),
        empty=refused(Duals([]), Tiny()),
        one_rater=refused(Duals([1.0]), Tiny()),
        constant=answered("equal duals prove a bound", Duals([1.0, 1.0]), Tiny()),
    ),
}
