"""Records that a source no longer lists: marked with the day, never deleted."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Final

from django.db.models import Q

from alpclusters.platform.evidence.models import InitiativeRecord

_SLICE: Final = 1_000


def mark_vanished(
    source_id: int,
    listed: Iterable[str],
    programmes: Iterable[tuple[str, str]],
    *,
    countries: Collection[str] = (),
    today: date,
) -> int:
    """Mark the records of some programmes that a whole list of them does not hold.

    Parameters
    ----------
    source_id : int
    listed : iterable of str
        Keys of all projects in the list, also of those a filter left out.
    programmes : iterable of (name, period)
        That the list holds in full.
    countries : collection of str
        Of a list that holds them for some countries only; all countries if empty.
    today : date

    Returns
    -------
    int
        How many are marked now.
    """
    asked = Q(pk__in=[])
    for name, period in programmes:
        asked |= Q(initiative__programme__name=name, initiative__programme__period=period)
    rows = InitiativeRecord.objects.filter(asked, source=source_id, gone_since=None)
    if countries:
        rows = rows.filter(initiative__countries__in=countries)
    stored = dict(rows.order_by().values_list("external_id", "pk"))
    for key in listed:
        stored.pop(key, None)
    gone = sorted(stored.values())
    for start in range(0, len(gone), _SLICE):
        some = InitiativeRecord.objects.filter(pk__in=gone[start : start + _SLICE])
        some.update(gone_since=today)
    return len(gone)
