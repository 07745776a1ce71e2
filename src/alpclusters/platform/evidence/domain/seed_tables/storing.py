"""How rows of the evidence base come in: in bulk, only their own keys, and never over people.

As `platform.seed_rows`, for tables that hold many thousand rows beside those of the seeds, which
imports change as well as people.
"""

import calendar
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from django.db import models
from django.db.models import Q
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from alpclusters.platform.evidence.models import Initiative
from alpclusters.platform.history import history_of
from alpclusters.platform.languages.text import field_of
from alpclusters.platform.seed_rows import BATCH, REASON

# --- Values of the seed tables: days with their precision, money, lists ---------------------------


_PRECISION: Final = {
    4: Initiative.Precision.YEAR,
    7: Initiative.Precision.MONTH,
    10: Initiative.Precision.DAY,
}


def first_day(text: str) -> tuple[date | None, str]:
    """Read a beginning: the first day of the month or year that is given, and how exact it is.

    Examples
    --------
    >>> first_day("2013-09")
    (datetime.date(2013, 9, 1), Precision.MONTH)
    """
    parts = _parts(text)
    if not parts:
        return None, Initiative.Precision.DAY
    year, month, day = [*parts, 1, 1][:3]
    return date(year, month, day), _PRECISION[len(text)]


def last_day(text: str) -> tuple[date | None, str]:
    """Read an end: the last day of the month or year that is given, and how exact it is.

    Examples
    --------
    >>> last_day("2014-11")
    (datetime.date(2014, 11, 30), Precision.MONTH)
    """
    parts = _parts(text)
    if not parts:
        return None, Initiative.Precision.DAY
    year, month = [*parts, 12][:2]
    day = next(iter(parts[2:]), calendar.monthrange(year, month)[1])
    return date(year, month, day), _PRECISION[len(text)]


def cents(text: str) -> int | None:
    """Read an amount in euros; empty is unknown."""
    return int(Decimal(text) * 100) if text else None


def number(text: str) -> Any:
    """Read a whole number; empty is unknown."""
    return int(text) if text else None


def _parts(text: str) -> list[int]:
    return [int(part) for part in text.split("-")] if text else []


# --- How rows of the evidence base come in: in bulk, only their own keys, and never over people


SEEDS: Final = Path(__file__).resolve().parents[2] / "seeds"

type Key = tuple[Any, ...]


@dataclass(frozen=True)
class Stored:
    """What is there now, and which of it is new.

    Attributes
    ----------
    things : dict
        All rows of the seed that are in the database, by key.
    new : frozenset of keys
        Those that came in just now.
    """

    things: dict[Key, Any]
    new: frozenset[Key]

    def id_of(self, *key: Any) -> int | None:
        """Return the primary key of a row; None where a person deleted it."""
        thing = self.things.get(key)
        return None if thing is None else thing.pk

    def is_new(self, *key: Any) -> bool:
        """Say whether a row came in just now."""
        return key in self.new


def store(model: Any, rows: Iterable[dict[str, Any]], *, key: Sequence[str]) -> Stored:
    """Bring rows with a history into a table.

    Parameters
    ----------
    model : type of Model
    rows : iterable of dict
        Field names (``initiative_id`` for a relation) and values.
    key : sequence of str
        The fields that name a row for ever; the first of them finds the rows of the seed.
    """
    wanted = {tuple(row[name] for name in key): row for row in rows}
    near = {f"{key[0]}__in": {each[0] for each in wanted}}
    there = {_key(thing, key): thing for thing in model._default_manager.filter(**near)}
    left_alone = _of_others(model, near, key)
    fresh = [k for k in wanted if k not in there and k not in left_alone]
    _create(model, [model(**wanted[k]) for k in fresh])
    _change(
        model,
        [(there[k], row) for k, row in wanted.items() if k in there and k not in left_alone],
    )
    found = model._default_manager.filter(**near) if fresh else there.values()
    things = {_key(thing, key): thing for thing in found}
    return Stored({k: things[k] for k in wanted if k in things}, frozenset(fresh))


def create_missing(model: Any, rows: Iterable[dict[str, Any]], *, key: str) -> dict[str, int]:
    """Bring in the rows whose key is not there, leave the others; return primary keys by key."""
    wanted = {row[key]: row for row in rows}
    known = model._default_manager.filter(**{f"{key}__in": wanted})
    there = set(known.values_list(key, flat=True))
    new = [model(**row) for name, row in wanted.items() if name not in there]
    model._default_manager.bulk_create(new, batch_size=BATCH)
    return dict(known.all().values_list(key, "pk"))


def _key(thing: models.Model, key: Sequence[str]) -> Key:
    return tuple(getattr(thing, name) for name in key)


def _of_others(model: Any, near: dict[str, Any], key: Sequence[str]) -> set[Key]:
    """Return the keys of rows that a person or an import changed, or somebody deleted."""
    others = Q(history_user__isnull=False) | Q(history_type="-")
    others |= Q(history_change_reason__isnull=False) & ~Q(history_change_reason=REASON)
    return set(history_of(model).filter(others, **near).values_list(*key).order_by())


def _create(model: Any, new: list[Any]) -> None:
    if new:
        bulk_create_with_history(new, model, batch_size=BATCH, default_change_reason=REASON)


def _change(model: Any, pairs: list[tuple[Any, dict[str, Any]]]) -> None:
    changed = [thing for thing, row in pairs if _differs(thing, row)]
    if not changed:
        return
    fields = sorted({field_of(model, name).name for _, row in pairs for name in row})
    bulk_update_with_history(changed, model, fields, batch_size=BATCH, default_change_reason=REASON)


def _differs(thing: Any, row: dict[str, Any]) -> bool:
    different = {name: v for name, v in row.items() if getattr(thing, name) != v}
    for name, value in different.items():
        setattr(thing, name, value)
    return bool(different)
