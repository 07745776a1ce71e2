"""How often organisations are proposed: nobody shall fill the lists of a week."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from alpclusters.platform.network.models import MatchRun

WEEK: Final = timedelta(days=7)
# At most so many of the lists of a week show the same organisation.
CAP_SHARE: Final = 0.05
# With few lists a twentieth of them is less than one: so many are always allowed.
CAP_LEAST: Final = 10


@dataclass(frozen=True, slots=True)
class Recommended:
    """The lists of the last seven days.

    Attributes
    ----------
    lists : tuple of tuple of int
        Who stands in each; of several searches of one organisation the newest counts.
    times : mapping of int to int
        In how many of them each organisation stands.
    lost : tuple of float
        Mean points each list lost by the cap, where it lost any.
    """

    lists: tuple[tuple[int, ...], ...]
    times: Mapping[int, int]
    lost: tuple[float, ...]

    @property
    def n_lists(self) -> int:
        """How many lists there are."""
        return len(self.lists)

    @property
    def cap(self) -> int:
        """In how many lists an organisation may stand before the next one leaves it out."""
        return max(CAP_LEAST, ceil(CAP_SHARE * (self.n_lists + 1)))

    def is_full(self, organisation: int) -> bool:
        """Say whether an organisation stands in as many lists as allowed."""
        return self.times.get(organisation, 0) >= self.cap

    def counts(self, organisations: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the times of some organisations in their order, also of those never shown."""
        return np.array([self.times.get(pk, 0) for pk in organisations.tolist()], dtype=np.int64)


def recommended_lately(
    now: datetime, *, is_simulated: bool, without: int | None = None
) -> Recommended:
    """Count the lists of the last seven days.

    Parameters
    ----------
    now : datetime
    is_simulated : bool
        Lists of simulated organisations are counted apart.
    without : int, optional
        The organisation that searches: its own earlier lists do not stand in its way.
    """
    rows = MatchRun.objects.filter(
        made_at__gt=now - WEEK, made_at__lte=now, organisation__is_simulated=is_simulated
    )
    if without is not None:
        rows = rows.exclude(organisation=without)
    newest: dict[int, tuple[Any, Any]] = {}
    columns = ("organisation", "results", "stamp")
    for organisation, results, stamp in rows.order_by("made_at", "pk").values_list(*columns):
        newest[organisation] = (results, stamp)
    lists = tuple(
        tuple(int(one["organisation"]) for one in results) for results, _ in newest.values()
    )
    times = Counter(pk for one in lists for pk in one)
    lost = tuple(float(stamp["lost"]) for _, stamp in newest.values() if stamp.get("lost"))
    return Recommended(lists, times, lost)
