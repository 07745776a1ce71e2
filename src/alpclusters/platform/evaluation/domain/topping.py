"""The measures people put first, as they stand beside the rating."""

from collections.abc import Mapping
from typing import Any

from alpclusters.platform.cafe.domain.top_threes import Chosen, TopThreeCount, tell
from alpclusters.platform.evaluation.domain.plain import from_plain
from alpclusters.platform.evaluation.domain.science import TopLine, TopThreeResult


def stored_top_three(value: Mapping[str, Any] | None) -> TopThreeResult | None:
    """Return a top three that was stored; of one with people and places what may be told."""
    lines = value["lines"] if value else []
    if value is None or not any("n" in line for line in lines):
        return from_plain(TopThreeResult, value)
    chosen = [Chosen(str(line["measure"]), line["points"], line["n"]) for line in lines]
    found = tell(chosen, n=value["n_people"] or 0, weights=value["points"])
    return top_three_result(found, {one.measure: int(one.measure) for one in chosen})


def top_three_result(found: TopThreeCount, pks: Mapping[str, int]) -> TopThreeResult:
    """Return what may be told, of measures by their numbers."""
    return TopThreeResult(
        n_people=found.n,
        points=found.weights,
        lines=tuple(
            TopLine(pks[line.measure], line.points) for line in found.lines if line.measure in pks
        ),
        first=tuple(pks[key] for key in found.first if key in pks),
    )
