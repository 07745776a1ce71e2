"""Samples of disclosure control: statements, audit, groups, repair, attacks."""

import numpy as np

from alpclusters.analysis.disclosure import (
    MISSING,
    Block,
    Choices,
    ChoiceStatement,
    Register,
    RowGroup,
    RowRelease,
    Split,
    Tree,
    audit,
    count_statements,
)
from tests.analysis.samples.kinds import NAN, Sample, absent, answered, refused

SCALE = (MISSING, "cannot_judge", 1, 2, 3, 4, 5)
MIXED = [2, 3, 4, 5, 4, 3, 1, 4, 5, 2]
TREE = Tree({"firm": None, "small": "firm", "large": "firm", "public": None})
NO_NAN = absent("a block refuses NaN when it is made")


def block(answers, values=SCALE):
    return Block.of("m", answers, values=values)


def of_pairs(n):
    pairs = list(zip((MIXED * 3)[:n], (MIXED * 3)[::-1][:n], strict=True))
    return block(pairs, [(one, other) for one in SCALE for other in SCALE])


EVENT, NOBODY, ONE = block(MIXED * 2), block([]), block([4])
ALIKE = block([4] * 20)
PAIRS = of_pairs(20)
TABLE = Register().add(count_statements(EVENT, range(10), release="r"))
SPLIT = Split("role", ("small",) * 10 + ("public",) * 10, TREE)
SPLIT_GROUPS = [frozenset(range(10)), frozenset(range(10, 20))]
CHOICES = Choices(np.array([[0, 1, 2], [1, 2, 0], [0, 2, 1], [2, 1, 0], [1, 0, 2]] * 5), 3)
ALL_ONE = Choices(np.array([[0, 1, 2]] * 25), 3)
NO_CHOICE = Choices(np.zeros((0, 3)), 3)
ONE_CHOICE = Choices(np.array([[0, 1, 2]]), 3)
MANY = np.array([MIXED, MIXED[::-1]] * 4).T
ONE_GROUP = np.zeros_like(MANY)
ROWS = np.array([[0, 1], [0, 0], [1, 1], [1, 0]])
GROUP = RowGroup("role", "firm", frozenset({0, 1}), frozenset({0, 1}))


def choice_statements(choices):
    """How often each measure is put at each place."""
    people = frozenset(range(len(choices.chosen)))
    told = np.ndenumerate(choices.counts(people))
    return [ChoiceStatement(people, ((at, 1),), int(n), int(n), "r") for at, n in told if n]


def len_of_world(world):
    return str(len(world)).encode()


def said(**options):
    """A sample of a function that says something of a group."""
    return {"nan": NO_NAN, "options": {"release": "r", **options}}


def always(**options):
    """The edges of a function that says something of any number of people."""
    told = {"release": "r", **options}
    return {
        "empty": answered("nobody: zero", NOBODY, range(0), **told),
        "one_rater": answered("one person is counted", ONE, range(1), **told),
        "constant": answered("all alike are counted", ALIKE, range(20), **told),
    }


DISCLOSURE = {
    "at_least_statement": Sample(
        lambda: (EVENT, range(20), [4, 5]),
        **said(n=8),
        empty=answered("a claim, not a count", NOBODY, range(0), [4], n=0, release="r"),
        one_rater=answered("one person", ONE, range(1), [4], n=1, release="r"),
        constant=answered("all alike", ALIKE, range(20), [4], n=20, release="r"),
    ),
    "attack_rows": Sample(
        lambda: (RowRelease(ROWS, (GROUP,)),),
        nan=absent("a release refuses NaN when it is made"),
        empty=answered("no rows, no groups", RowRelease(np.zeros((0, 2)), ())),
        one_rater=answered(
            "one row is read",
            RowRelease(ROWS[:1], (RowGroup("role", "firm", frozenset({0}), frozenset({0})),)),
        ),
        constant=answered(
            "rows that are the same are not told apart",
            RowRelease(np.ones((4, 2)), (GROUP,)),
        ),
    ),
    "audit": Sample(
        lambda: (TABLE, [EVENT]),
        nan=NO_NAN,
        empty=answered("no questions, no secrets", Register(), []),
        one_rater=answered("nothing is said of one person", Register(), [ONE]),
        constant=answered(
            "everybody is given away",
            Register().add(count_statements(ALIKE, range(20), release="r")),
            [ALIKE],
        ),
    ),
    "audit_choices": Sample(
        lambda: (CHOICES, choice_statements(CHOICES)),
        nan=absent("choices refuse NaN when they are made"),
        empty=answered("nobody chose", NO_CHOICE, []),
        one_rater=answered("nothing is said", ONE_CHOICE, choice_statements(ONE_CHOICE)),
        constant=answered("points give everybody away", ALL_ONE, choice_statements(ALL_ONE)),
    ),
    "band_statements": Sample(
        lambda: (EVENT, range(20), [(1, 2), (3,), (4, 5)]),
        **said(),
        empty=answered("nobody: zero", NOBODY, range(0), [(1, 2)], release="r"),
        one_rater=answered("one person", ONE, range(1), [(4, 5)], release="r"),
        constant=answered("all alike", ALIKE, range(20), [(4, 5)], release="r"),
    ),
    "count_statements": Sample(lambda: (EVENT, range(20)), **said(), **always()),
    "deal_answers": Sample(
        lambda: (MANY, ONE_GROUP),
        nan=refused([[NAN]], [[0]]),
        empty=answered("nobody, no answers", np.zeros((0, 2)), np.zeros((0, 2))),
        one_rater=answered("one keeps the own answers", MANY[:1], ONE_GROUP[:1]),
        constant=answered("all alike stay", ONE_GROUP, ONE_GROUP),
        has_seed=True,
    ),
    "exchange_answers": Sample(
        lambda: (MANY, ONE_GROUP),
        options={"seed": 3},
        nan=refused([[NAN]], [[0]], seed=3),
        empty=answered("nobody, no answers", np.zeros((0, 2)), np.zeros((0, 2)), seed=3),
        one_rater=answered("one keeps the own answers", MANY[:1], ONE_GROUP[:1], seed=3),
        constant=answered("all alike stay", ONE_GROUP, ONE_GROUP, seed=3),
        has_seed=True,
    ),
    "knowledge_attack": Sample(
        lambda: (ROWS,),
        options={"known": (1, 2)},
        nan=refused([[NAN, 1.0]]),
        empty=answered("no rows, nobody is found", []),
        one_rater=answered("a single row is found at once", ROWS[:1], known=(1,)),
        constant=answered("rows that are the same are not found", np.ones((4, 2)), known=(2,)),
    ),
    "mean_statements": Sample(
        lambda: (EVENT, range(20)),
        **said(decimals=1),
        empty=refused(NOBODY, range(0), decimals=1, release="r"),
        one_rater=answered("the mean of one", ONE, range(1), decimals=1, release="r"),
        constant=answered("the mean is the answer", ALIKE, range(20), decimals=1, release="r"),
    ),
    "partitions": Sample(
        lambda: ({"small": 9, "large": 12, "public": 14, None: 3}, TREE),
        nan=refused({"small": NAN}, TREE),
        empty=answered("one empty group", {}, TREE),
        one_rater=answered("one group", {"small": 1}, TREE),
        constant=answered("one code, one group", {"small": 30}, TREE),
    ),
    "pooled_attack": Sample(
        lambda: (TABLE, [EVENT]),
        nan=NO_NAN,
        empty=answered("nobody to pool", Register(), []),
        one_rater=answered("nobody to pool", Register(), [ONE]),
        constant=answered(
            "all are known",
            Register().add(count_statements(ALIKE, range(20), release="r")),
            [ALIKE],
        ),
    ),
    "publish_block": Sample(
        lambda: (EVENT, range(20), [SPLIT_GROUPS]),
        **said(),
        empty=answered("withheld", NOBODY, range(0), [], release="r"),
        one_rater=answered("withheld", ONE, range(1), [], release="r"),
        constant=answered("high", ALIKE, range(20), [], release="r"),
    ),
    "publish_change": Sample(
        lambda: (PAIRS, frozenset(range(20))),
        **said(),
        empty=answered("withheld", of_pairs(0), frozenset(), release="r"),
        one_rater=answered("withheld", of_pairs(1), frozenset({0}), release="r"),
        constant=answered(
            "withheld: nobody changed",
            block([(4, 4)] * 20, [(4, 4), (4, 5)]),
            frozenset(range(20)),
            release="r",
        ),
    ),
    "repair": Sample(
        lambda: ([EVENT], [SPLIT]),
        nan=NO_NAN,
        empty=refused([], []),
        one_rater=answered("nothing is shown", [ONE], [Split("role", ("small",), TREE)]),
        constant=answered("high or withheld, with a reason", [ALIKE], [SPLIT]),
    ),
    "verify": Sample(
        lambda: (audit(TABLE, [EVENT]), len_of_world),
        nan=NO_NAN,
        empty=answered("nothing to replay", audit(Register(), []), len_of_world),
        one_rater=answered("nothing to replay", audit(Register(), [ONE]), len_of_world),
        constant=answered("nothing to replay", audit(Register(), [ALIKE]), len_of_world),
    ),
    "without": Sample(
        lambda: (TABLE, [EVENT], frozenset({0, 1})),
        nan=NO_NAN,
        empty=answered("nobody is taken out", Register(), [], frozenset()),
        one_rater=answered("nobody is left", Register(), [ONE], frozenset({0})),
        constant=answered("the others alone", Register(), [ALIKE], frozenset({0})),
    ),
}
