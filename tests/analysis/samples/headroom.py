"""Samples of accounts of de minimis aid."""

import datetime as dt

from alpclusters.analysis.funding.headroom import Grant
from tests.analysis.samples.kinds import Sample, absent, answered

ON = dt.date(2026, 12, 2)
GRANT = Grant(dt.date(2025, 6, 1), 1_000_000)
GIVEN = {"on": ON}

ACCOUNTS = {
    "headroom": Sample(
        lambda: ([GRANT, Grant(ON, 5)], "general"),
        nan=absent("takes whole cents, no floats"),
        empty=answered("no aid, the whole ceiling", [], "general", on=ON),
        one_rater=answered("one grant", [GRANT], "general", on=ON),
        constant=answered("equal grants add up", [GRANT] * 3, "general", on=ON),
        options=GIVEN,
    ),
}
