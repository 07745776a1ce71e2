"""The priorities of one programme or region in one period, kept as a whole by people."""

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db import transaction

from alpclusters.analysis.errors import InputError, StateError, Where
from alpclusters.platform.funding.models import Priority, Programme, Status

CHANGED: Final = "funding_priorities.changed_meanwhile"
TWICE: Final = "funding_priorities.twice"
type SubjectKey = tuple[int | None, str, str]


@dataclass(frozen=True, slots=True)
class PriorityFacts:
    """A theme on one side, with its weight (None: not stated) and what says so."""

    side: str
    theme: str
    weight: float | None = None
    source: str = ""
    checked_on: dt.date | None = None


def priorities_of(programme: Programme | None, region: str, period: str) -> list[Priority]:
    """Return the priorities of a programme, or the real ones of a region (one query)."""
    return list(_rows(programme, region, period))


def seen_mark(rows: Sequence[Priority]) -> str:
    """Return a mark that differs once anybody changed one of these rows."""
    said = sorted(
        (row.side, row.theme, repr(row.weight), row.source, str(row.checked_on), row.status)
        for row in rows
    )
    return hashlib.sha256(repr(said).encode()).hexdigest()[:16]


@transaction.atomic
def save_priorities(
    programme: Programme | None,
    region: str,
    period: str,
    facts: Sequence[PriorityFacts],
    *,
    seen: str,
) -> int:
    """Store what a programme or region puts weight on, instead of what was there.

    A row with a source and the day of a check counts as verified, any other one as unverified;
    those of an invented programme are invented, and invented ones of a region stay beside.

    Parameters
    ----------
    programme : Programme or None
        None: it is the strategy of a region.
    region, period : str
    facts : sequence of PriorityFacts
        None of them: the subject has no priorities any more; those of the program's own tables
        come back at the next start.
    seen : str
        `seen_mark` of the rows that the person saw.

    Returns
    -------
    int
        How many rows there are now.

    Raises
    ------
    StateError
        Somebody changed them meanwhile.
    InputError
        A theme stands twice on one side.
    """
    # Two keepers at once: the second waits here and then sees what the first one stored.
    there = list(_rows(programme, region, period).select_for_update(of=("self",)))
    if seen_mark(there) != seen:
        raise StateError(CHANGED)
    _refuse_twice(facts)
    is_invented = programme is not None and programme.status == Status.DEMONSTRATION
    rows = [_row(one, is_invented=is_invented) for one in facts]
    Priority.objects.filter(pk__in=[row.pk for row in there]).delete()
    place = "" if programme else region
    where = {"programme": programme, "region": place, "period": period}
    Priority.objects.bulk_create(Priority(**where, **row, by_people=True) for row in rows)
    return len(rows)


def subjects_of_people() -> set[SubjectKey]:
    """Return programme, region and period of all whose priorities people wrote (one query)."""
    rows = Priority.objects.filter(by_people=True).order_by()
    return set(rows.values_list("programme_id", "region", "period").distinct())


def _rows(programme: Programme | None, region: str, period: str) -> Any:
    rows = Priority.objects.filter(period=period).order_by("side", "theme", "pk")
    if programme is not None:
        return rows.filter(programme=programme)
    return rows.filter(programme=None, region=region).exclude(status=Status.DEMONSTRATION)


def _refuse_twice(facts: Sequence[PriorityFacts]) -> None:
    seen: set[tuple[str, str]] = set()
    for one in facts:
        if (one.side, one.theme) in seen:
            raise InputError(TWICE, where=Where(path=f"/{one.side}"), found=one.theme)
        seen.add((one.side, one.theme))


def _row(facts: PriorityFacts, *, is_invented: bool) -> dict[str, Any]:
    is_verified = bool(facts.source and facts.checked_on)
    status = Status.VERIFIED if is_verified else Status.UNVERIFIED
    if is_invented:
        status = Status.DEMONSTRATION
    return {
        "side": facts.side,
        "theme": facts.theme,
        "weight": facts.weight,
        "source": facts.source,
        "checked_on": facts.checked_on,
        "status": status,
    }
