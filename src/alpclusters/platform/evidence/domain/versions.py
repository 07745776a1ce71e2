"""The kept versions of a row, each with what it changed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from alpclusters.platform.history import history_of
from alpclusters.platform.languages.text import differences


@dataclass(frozen=True, slots=True)
class Change:
    """One field before and after; of a text one language."""

    field: str
    before: Any
    after: Any
    language: str = ""


@dataclass(frozen=True, slots=True)
class Version:
    """An earlier state: who made it when, why, and what it changed."""

    number: int
    made_at: datetime
    made_by: str
    reason: str
    is_first: bool
    is_newest: bool
    changes: tuple[Change, ...]


def versions_of(row: Any, fields: Sequence[str]) -> list[Version]:
    """Return all versions of a row, newest first; only some fields are compared."""
    records = history_of(row).select_related("history_user")
    newest_first = list(records.order_by("-history_date", "-history_id"))
    older = [*newest_first[1:], None]
    return [
        _version(new, old, fields, is_newest=i == 0)
        for i, (new, old) in enumerate(zip(newest_first, older, strict=True))
    ]


def values_of_version(row: Any, number: int, fields: Iterable[str]) -> dict[str, Any] | None:
    """Return the fields of an earlier version; None if the row has no such version."""
    record = history_of(row).filter(pk=number).first()
    return {name: getattr(record, name) for name in fields} if record else None


def _version(new: Any, old: Any, fields: Sequence[str], *, is_newest: bool) -> Version:
    return Version(
        number=new.history_id,
        made_at=new.history_date,
        made_by=str(new.history_user) if new.history_user else "",
        reason=new.history_change_reason or "",
        is_first=old is None,
        is_newest=is_newest,
        changes=() if old is None else _changes(new, old, fields),
    )


def _changes(new: Any, old: Any, fields: Sequence[str]) -> tuple[Change, ...]:
    return tuple(
        Change(name, before, after, language)
        for name in fields
        for language, before, after in differences(getattr(old, name), getattr(new, name))
    )
