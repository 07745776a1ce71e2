"""The ties below an action: what pays for it, what measures it, what was reported.

Each funding line and indicator names its action, each value its indicator, so these ties are read
from there instead of being kept a second time as edges: ``paid_by``, ``measured_by``, ``reports``.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import Final

from alpclusters.platform.policy.models import FundingLine, Indicator, IndicatorValue
from alpclusters.platform.tracing.domain.evidence import Link, Reader
from alpclusters.platform.trail.domain.kinds import Thing

type Pairs = Iterable[tuple[int, int]]


def _action_funding(known: Collection[int], is_upwards: bool) -> Pairs:  # noqa: FBT001 - a reader
    end = "pk" if is_upwards else "action"
    rows = FundingLine.objects.filter(**{f"{end}__in": known})
    return rows.values_list("action_id", "pk").order_by()


def _action_indicators(known: Collection[int], is_upwards: bool) -> Pairs:  # noqa: FBT001 - a reader
    """Leave out indicators of the plan as a whole: they measure no single action."""
    end = "pk" if is_upwards else "action"
    rows = Indicator.objects.filter(action__isnull=False, **{f"{end}__in": known})
    return rows.values_list("action_id", "pk").order_by()


def _indicator_values(known: Collection[int], is_upwards: bool) -> Pairs:  # noqa: FBT001 - a reader
    """Tie what was reported; what a person rejected says nothing."""
    end = "pk" if is_upwards else "indicator"
    rows = IndicatorValue.objects.exclude(status="rejected").filter(**{f"{end}__in": known})
    return rows.values_list("indicator_id", "pk").order_by()


# Link, nearer to the source first -> pairs of numbers (upper, lower).
READERS: Final[Mapping[Link, Reader]] = {
    (Thing.ACTION, Thing.FUNDING_LINE): _action_funding,
    (Thing.ACTION, Thing.INDICATOR): _action_indicators,
    (Thing.INDICATOR, Thing.VALUE): _indicator_values,
}
