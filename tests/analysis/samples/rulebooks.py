"""Samples of books of rules."""

import datetime as dt

from alpclusters.analysis.funding.rulebooks import BOOKS, PROLONGED, RULES
from tests.analysis.samples.kinds import Sample, absent, answered, flagged, refused

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
    "read_books": Sample(
        lambda: (BOOKS,),
        nan=NO_NAN_RULES,
        empty=answered("no books, nothing to read", (), reading=PROLONGED),
        one_rater=answered("one book is enough", BOOKS[-1:], reading=PROLONGED),
        constant=answered("equal books stay so", BOOKS[-1:] * 2, reading=PROLONGED),
        options={"reading": PROLONGED},
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
