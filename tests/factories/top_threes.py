"""The top three of a round as they stand, for tests."""

from alpclusters.platform.cafe.domain.top_threes import TopThreeCount, count_log, read_log
from alpclusters.platform.cafe.models import AlpCafe


def count_top_three(cafe: AlpCafe, round_: int = 1) -> TopThreeCount:
    """Count the standing choices of a round."""
    return count_log(cafe, read_log(cafe, round_).counted, round_=round_)
