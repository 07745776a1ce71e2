"""Versions of many rows at once: copied inside the database from the rows themselves."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import connection, models

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
