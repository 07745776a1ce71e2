"""How many people code an activity, and whether their codes may be seen yet."""

from collections.abc import Iterable, Mapping
from typing import Final

from django.db.models import Count, Max, Q

from alpclusters.platform.evidence.models import Activity

ALONE: Final = 1


def coders_needed(activity_ids: Iterable[int]) -> dict[int, int]:
    """Count per activity how many must have closed before its codes are shown.

    It is the largest number of its corpora, and never less than the people who have begun:
    where a second one is at work, the first one's codes stay unseen.
    """
    rows = (
        Activity.objects.filter(pk__in=list(activity_ids))
        .order_by()
        .annotate(asked=Max("initiative__corpora__n_coders"), begun=Count("codings", distinct=True))
        .values_list("pk", "asked", "begun")
    )
    return {pk: max(asked or ALONE, begun) for pk, asked, begun in rows}


def places_of(activity: Activity) -> int:
    """Return how many people may code an activity."""
    asked = activity.initiative.corpora.aggregate(n=Max("n_coders"))["n"]
    return asked or ALONE


def is_revealed(activity: Activity) -> bool:
    """Say whether everybody who must has closed: only then may anybody compare."""
    counted: Mapping[str, int] = activity.codings.aggregate(
        begun=Count("pk"), closed=Count("pk", filter=Q(closed_at__isnull=False))
    )
    return counted["closed"] >= max(places_of(activity), counted["begun"])
