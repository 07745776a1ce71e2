"""What programmes and regional strategies put weight on, with where it is from."""

import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations
from typing import Any, Final

from django.db import transaction

from alpclusters.analysis.errors import InputError, StateError, Where
from alpclusters.analysis.funding.policy_mix import (
    Strategy,
    Synergy,
    Weights,
    synergy,
    theme_weights,
)
from alpclusters.platform.funding.domain.lists import BROAD, rows_of
from alpclusters.platform.funding.models import Priority, Programme, Status
from alpclusters.platform.seed_rows import store_rows

# --- The priorities of one programme or region in one period, kept as a whole by people -----------


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


# --- What programmes and regional strategies put weight on, with where it is from -----------------


OTHER_LIST: Final = "other_list"


@dataclass(frozen=True, slots=True)
class Subject:
    """A programme or a region's strategy in one period.

    Attributes
    ----------
    key : str
        Key of the programme, or code of the region.
    programme : Programme or None
    region, period : str
    strategy : Strategy
    sources : tuple of str
        Each source once, in the order of the themes.
    n_priorities, n_unknown : int
        Themes named on any side, and those without a stated weight.
    is_simulated, is_unverified : bool
        Whether any of it is.
    """

    key: str
    programme: Programme | None
    region: str
    period: str
    strategy: Strategy
    sources: tuple[str, ...]
    n_priorities: int
    n_unknown: int
    is_simulated: bool
    is_unverified: bool

    @property
    def lists(self) -> frozenset[bool]:
        """Whether its themes are broad ones of programmes, fine ones of the vocabulary, or both."""
        sides = (self.strategy.priorities, self.strategy.needs, self.strategy.strengths)
        return frozenset(theme in BROAD for side in sides for theme in side.themes)


def read_subjects(*, is_simulated: bool = False, period: str = "") -> list[Subject]:
    """Return regions by code, then programmes by name (one query).

    Parameters
    ----------
    is_simulated : bool
        Whether invented priorities count instead of real ones.
    period : str
        Empty: the newest period of each.
    """
    rows = Priority.objects.select_related("programme")
    invented = {"status": Status.DEMONSTRATION}
    rows = rows.filter(**invented) if is_simulated else rows.exclude(**invented)
    if period:
        rows = rows.filter(period=period)
    found: dict[tuple[str, str], list[Priority]] = {}
    for row in rows:
        if row.programme is None or row.programme.is_published:
            found.setdefault((key_of(row), row.period), []).append(row)
    subjects = [_subject(found[one]) for one in _newest(found)]
    return sorted(subjects, key=_order)


def key_of(row: Priority) -> str:
    """Return the key of the programme or the code of the region."""
    return row.region if row.programme is None else row.programme.key


def _newest(keys: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    newest: dict[str, str] = {}
    for key, period in keys:
        newest[key] = max(period, newest.get(key, ""))
    return list(newest.items())


def _order(subject: Subject) -> tuple[bool, str, str]:
    name = "" if subject.programme is None else subject.programme.name
    return (subject.programme is not None, name, subject.key)


def _subject(rows: Sequence[Priority]) -> Subject:
    first = rows[0]
    return Subject(
        key=key_of(first),
        programme=first.programme,
        region=first.region,
        period=first.period,
        strategy=Strategy(
            priorities=_weights(rows, Priority.Side.PRIORITY),
            needs=_weights(rows, Priority.Side.NEED),
            strengths=_weights(rows, Priority.Side.STRENGTH),
        ),
        sources=tuple(dict.fromkeys(row.source for row in rows if row.source)),
        n_priorities=len({row.theme for row in rows}),
        n_unknown=sum(row.weight is None for row in rows),
        is_simulated=any(row.status == Status.DEMONSTRATION for row in rows),
        is_unverified=any(row.status == Status.UNVERIFIED for row in rows),
    )


def _weights(rows: Iterable[Priority], side: str) -> Weights:
    return theme_weights({row.theme: row.weight for row in rows if row.side == side})


def synergies_of(subjects: Sequence[Subject]) -> Mapping[tuple[str, str], Synergy]:
    """Compare every pair, in the given order.

    Broad themes of programmes and fine ones of the vocabulary never meet: where two subjects use
    no list together there is no figure, and the reason is `OTHER_LIST`, not an overlap of 0.
    """
    return {(a.key, b.key): synergy_of(a, b) for a, b in combinations(subjects, 2)}


def synergy_of(first: Subject, second: Subject) -> Synergy:
    """Compare two subjects."""
    found = synergy(first.strategy, second.strategy)
    if first.lists & second.lists:
        return found
    return replace(
        found,
        overlap=None,
        jaccard=None,
        complementarity=None,
        status="undefined",
        reasons=(OTHER_LIST,),
    )


# --- Priorities of real programmes, as far as a source states them; after the programmes ----------


def load_priorities() -> None:
    """Load or update the priorities of programmes that are there; those of people stay."""
    rows = rows_of("programme_priorities")
    keys = Programme.objects.filter(key__in={row["programme"] for row in rows})
    programmes = dict(keys.values_list("key", "pk").order_by())
    theirs = subjects_of_people()
    store_rows(
        Priority,
        (
            {
                "programme_id": programmes[row["programme"]],
                "region": "",
                "period": row["period"],
                "side": row["side"],
                "theme": row["theme"],
                "weight": float(row["weight"]) if row["weight"] else None,
                "status": row["status"],
                "source": row["source"],
                "checked_on": date.fromisoformat(row["checked_on"]) if row["checked_on"] else None,
            }
            for row in rows
            if row["programme"] in programmes
            and (programmes[row["programme"]], "", row["period"]) not in theirs
        ),
        key=("programme_id", "region", "period", "side", "theme"),
    )
