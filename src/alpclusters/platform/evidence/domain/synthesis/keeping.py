"""Flat columns kept between requests until the evidence changes.

Few activities are read each time. Many are kept in the process and read again when a stamp of
counts, newest changes and families differs, or after five minutes: a transaction that began early
and ended late could keep its changes from showing in the stamp.
"""

from dataclasses import dataclass
from threading import Lock
from time import monotonic
from typing import Any, Final

from django.db import connection
from django.db.models import Count, Max, Sum

from alpclusters.platform.evidence.domain.synthesis.flat import Flat, read_flat
from alpclusters.platform.evidence.models import Activity, Initiative, Participation

FEW: Final = 2_000
SECONDS: Final = 300

type Stamp = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class _Kept:
    stamp: Stamp
    flat: Flat
    at: float


_kept: dict[str, _Kept] = {}
_lock = Lock()


def flat_evidence() -> Flat:
    """Return the evidence as it is now."""
    n_activities = Activity.objects.count()
    if n_activities <= FEW:
        return read_flat()
    stamp = (n_activities, *_stamp())
    kept = _kept.get(connection.alias)
    if kept is None or kept.stamp != stamp or monotonic() - kept.at > SECONDS:
        # One reader reads; the others wait for it instead of doing the same.
        with _lock:
            kept = _kept.get(connection.alias)
            if kept is None or kept.stamp != stamp or monotonic() - kept.at > SECONDS:
                kept = _Kept(stamp, read_flat(), monotonic())
                _kept[connection.alias] = kept
    return kept.flat


def _stamp() -> Stamp:
    through = Activity.regions.through.objects
    newest = [
        Activity.objects.aggregate(Max("changed_at")),
        Initiative.objects.aggregate(Count("pk"), Max("changed_at")),
        Initiative.objects.aggregate(Sum("family")),
        Participation.objects.aggregate(Count("pk"), Max("pk")),
        through.aggregate(Count("pk"), Max("pk")),
    ]
    database = str(connection.settings_dict["NAME"])
    return (database, *(value for found in newest for value in found.values()))
