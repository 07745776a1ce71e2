"""Samples of seat plans and meetings."""

from alpclusters.analysis.meetings import Guest, Hall, Seat, Wish
from alpclusters.analysis.rotation import Languages, seat
from tests.analysis.samples.kinds import NAN, Sample, absent, answered, refused


def languages() -> Languages:
    return Languages.of([["de"], ["it"], ["de", "it"]] * 4, 3)


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
    "even_out": Sample(
        lambda: (seat(12, 4, 3), 2),
        nan=refused(seat(12, 4, 3), NAN),
        empty=absent("takes a plan, which has guests"),
        one_rater=answered("one guest stays", seat(1, 1, 1), 1),
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
    "spread_bound": Sample(
        lambda: (24, 6, 4),
        nan=refused(NAN, 6, 4),
        empty=refused(0, 6, 4),
        one_rater=answered("one guest repeats nobody", 1, 1, 1),
        constant=absent("takes no values"),
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
