"""Which numbers of people may be told, and which cells of a table: the one home of these rules.

`analysis.disclosure` says of a whole publication what follows from it; here is what is said of one
number or one table, before anything is published.
"""

from alpclusters.analysis.small_groups.counts import in_steps, told_count, told_share
from alpclusters.analysis.small_groups.suppression import (
    Withheld,
    WithheldTable,
    withhold_groups,
    withhold_nested,
    withhold_table,
)

__all__ = [
    "Withheld",
    "WithheldTable",
    "in_steps",
    "told_count",
    "told_share",
    "withhold_groups",
    "withhold_nested",
    "withhold_table",
]
