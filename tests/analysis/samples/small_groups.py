"""Samples of the rules for small numbers of people."""

from tests.analysis.samples.kinds import NAN, Sample, absent, answered, refused

COUNTS = "counts of people: any size has an answer"
NO_NAN = absent("a number of people is a whole number")

SMALL_GROUPS = {
    "in_steps": Sample(
        lambda: (38,),
        nan=NO_NAN,
        empty=answered("nobody is no step", 0),
        one_rater=answered("below the first step", 1),
        constant=answered("a step itself", 5),
    ),
    "told_count": Sample(
        lambda: (12,),
        nan=NO_NAN,
        empty=answered("nobody may be told", 0),
        one_rater=answered("one is not told", 1),
        constant=answered("all of them", 5, of=5),
    ),
    "told_share": Sample(
        lambda: (7, 40),
        nan=NO_NAN,
        empty=answered("no group, no share", 0, 0),
        one_rater=answered("too small for a share", 1, 1),
        constant=answered("all of them", 20, 20),
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
    "withhold_nested": Sample(
        lambda: ([3, 20, 7, 30], [0, 0, 1, 1]),
        nan=NO_NAN,
        empty=answered("no groups", [], [], parent_withheld=[], withheld=[]),
        one_rater=answered(
            "its parent is hidden", [1], [0], parent_withheld=[True], withheld=[True]
        ),
        constant=answered(
            "nothing is hidden", [5, 5], [0, 0], parent_withheld=[False], withheld=[False, False]
        ),
        options={
            "parent_withheld": [False, False],
            "withheld": [True, False, True, False],
        },
    ),
}
