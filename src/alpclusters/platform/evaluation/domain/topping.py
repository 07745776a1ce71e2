"""The measures people put first, as they stand beside the rating."""

from collections.abc import Sequence

from alpclusters.platform.cafe.domain.top_threes import count_top_three
from alpclusters.platform.cafe.models import AlpCafe
from alpclusters.platform.evaluation.domain.records import Item
from alpclusters.platform.evaluation.domain.science import TopLine, TopThreeResult


def read_top_three(cafe: AlpCafe, measures: Sequence[Item]) -> TopThreeResult | None:
    """Count the top three of an AlpCafé; None where nobody chose."""
    found = count_top_three(cafe)
    if found.n == 0:
        return None
    pks = {item.key: item.pk for item in measures}
    return TopThreeResult(
        n_people=found.n,
        points=found.weights,
        lines=tuple(
            TopLine(pks[line.measure], line.points, line.n, line.places)
            for line in found.lines
            if line.measure in pks
        ),
    )
