"""The measures people put first, as they stand beside the rating."""

from collections.abc import Mapping, Sequence
from typing import Any

from alpclusters.platform.cafe.domain.top_threes import Chosen, TopThreeCount, count_top_three, tell
from alpclusters.platform.cafe.models import AlpCafe
from alpclusters.platform.evaluation.domain.plain import from_plain
from alpclusters.platform.evaluation.domain.records import Item
from alpclusters.platform.evaluation.domain.science import TopLine, TopThreeResult


def read_top_three(cafe: AlpCafe, measures: Sequence[Item]) -> TopThreeResult | None:
    """Count the top three of an AlpCafé; None where nobody chose."""
    found = count_top_three(cafe)
    if found.n == 0:
        return None
    return _result(found, {item.key: item.pk for item in measures})


def stored_top_three(value: Mapping[str, Any] | None) -> TopThreeResult | None:
    """Return a top three that was stored; of one with people and places what may be told."""
    lines = value["lines"] if value else []
    if value is None or not any("n" in line for line in lines):
        return from_plain(TopThreeResult, value)
    chosen = [Chosen(str(line["measure"]), line["points"], line["n"]) for line in lines]
    found = tell(chosen, n=value["n_people"] or 0, weights=value["points"])
    return _result(found, {one.measure: int(one.measure) for one in chosen})


def _result(found: TopThreeCount, pks: Mapping[str, int]) -> TopThreeResult:
    return TopThreeResult(
        n_people=found.n,
        points=found.weights,
        lines=tuple(
            TopLine(pks[line.measure], line.points) for line in found.lines if line.measure in pks
        ),
        first=tuple(pks[key] for key in found.first if key in pks),
    )
