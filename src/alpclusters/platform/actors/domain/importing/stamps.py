"""What is written beside everything that a run stores."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import connection, models
from django.db.models import Model
from django.utils import timezone

from alpclusters.platform.actors.models import ImportRun

# --- Versions of many rows at once: copied inside the database from the rows themselves -----------


_OWN: Final = ("history_date", "history_change_reason", "history_type", "history_user_id")


@dataclass(frozen=True, slots=True)
class Author:
    """What a version says beside the row.

    Attributes
    ----------
    user_id : int or None
    reason : str
    at : datetime
    """

    user_id: int | None
    reason: str
    at: datetime


def keep_versions(
    model: type[models.Model], ids: Sequence[int], author: Author, *, is_new: bool
) -> None:
    """Keep the state of stored rows as versions, each with author, time and reason.

    The same as `bulk_history_create` of simple_history, which builds an object for every row and
    takes a third of the time of an import.
    """
    if not ids:
        return
    history: Any = model.history.model  # type: ignore[attr-defined]
    quote = connection.ops.quote_name
    columns = [quote(field.column) for field in history.tracked_fields]
    own = [quote(name) for name in _OWN]
    date = history._meta.get_field("history_date")
    values = [
        date.get_db_prep_value(author.at, connection),
        author.reason,
        "+" if is_new else "~",
        author.user_id,
    ]
    places = ", ".join(["%s"] * len(ids))
    sql = (
        f"INSERT INTO {quote(history._meta.db_table)} ({', '.join([*columns, *own])}) "  # noqa: S608 - names of our own tables
        f"SELECT {', '.join(columns)}, %s, %s, %s, %s FROM {quote(model._meta.db_table)} "
        f"WHERE id IN ({places}) ORDER BY id"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [*values, *ids])


# --- What is written beside everything that a run stores ------------------------------------------


@dataclass(frozen=True, slots=True)
class Stamp:
    """What is written beside everything that a run stores.

    Attributes
    ----------
    run : ImportRun
    now : datetime
    attribution, licence : str
        As shown with an organisation.
    """

    run: ImportRun
    now: datetime
    attribution: str
    licence: str

    @property
    def reason(self) -> str:
        """What the history says."""
        return f"{self.run.source.name}: {self.run.file_name}"

    def keep_history(self, model: type[Model], rows: Sequence[Model], *, is_new: bool) -> None:
        """Keep a version of each stored row, with author, time and reason."""
        author = Author(self.run.made_by_id, self.reason, self.now)
        keep_versions(model, [row.pk for row in rows], author, is_new=is_new)


# --- Many new rows of one table in few statements, without asking every field of every row --------
#
# Most values of a list are texts and numbers that the database takes as they are; `bulk_create`
# has each of them prepared four times, which was half of the time of an import.


_PLAIN: Final = frozenset({str, int, float, bool, type(None)})
_MOST: Final = 30_000


def insert_rows(rows: Sequence[models.Model]) -> None:
    """Store new rows of one model without translated columns, and give them their keys."""
    if not rows:
        return
    fields = [f for f in rows[0]._meta.concrete_fields if not f.primary_key]
    _set_times(rows, fields)
    for start in range(0, len(rows), _MOST // len(fields)):
        _insert(rows[start : start + _MOST // len(fields)], fields)


def _set_times(rows: Sequence[models.Model], fields: Sequence[Any]) -> None:
    now = timezone.now()
    for field in fields:
        if getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False):
            for row in rows:
                setattr(row, field.attname, now)


def _insert(rows: Sequence[models.Model], fields: Sequence[Any]) -> None:
    quote, meta = connection.ops.quote_name, rows[0]._meta
    columns = ", ".join(quote(str(field.column)) for field in fields)
    places = f"({', '.join(['%s'] * len(fields))})"
    sql = (
        f"INSERT INTO {quote(meta.db_table)} ({columns}) "  # noqa: S608 - names of our own tables
        f"VALUES {', '.join([places] * len(rows))} RETURNING id"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, list(_values(rows, fields)))
        for row, (pk,) in zip(rows, cursor.fetchall(), strict=True):
            row.pk = pk
            row._state.adding = False  # noqa: SLF001 - as bulk_create does


def _values(rows: Sequence[models.Model], fields: Sequence[Any]) -> Iterator[Any]:
    pairs = [(field.attname, field) for field in fields]
    for row in rows:
        held = row.__dict__
        for name, field in pairs:
            value = held[name]
            if type(value) in _PLAIN:
                yield value
            else:
                yield field.get_db_prep_save(value, connection)
