"""The table of words of the evidence base, and the triggers that note what changed.

As in the directory (`actors.domain.directory.schema`); `platform.triggers` keeps them.
"""

from collections.abc import Iterator, Sequence
from enum import IntEnum
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from alpclusters.platform.actors.domain.directory.schema import create_texts
from alpclusters.platform.triggers import Trigger

# --- Kind and number of a thing in one integer: the index has one table for all kinds -------------
#
# >>> row_of(Kind.LESSON, 12), thing_at(98)
# (98, (<Kind.LESSON: 2>, 12))


type Rows = NDArray[np.int64]

BITS: Final = 3


class Kind(IntEnum):
    """What can be found."""

    INITIATIVE = 0
    ACTIVITY = 1
    LESSON = 2
    DOCUMENT = 3
    PAGE = 4


def row_of(kind: Kind, number: int) -> int:
    """Return the row of a thing."""
    return number << BITS | kind


def thing_at(row: int) -> tuple[Kind, int]:
    """Return which thing a row is of."""
    return Kind(row & (1 << BITS) - 1), row >> BITS


def rows_of_kind(rows: Rows, kind: Kind) -> Rows:
    """Select the rows of one kind."""
    kinds = rows & ((1 << BITS) - 1)
    chosen: Rows = rows[np.equal(kinds, kind.value)]
    return chosen


def numbers_at(rows: Rows) -> Rows:
    """Return the numbers of the things at rows of one kind."""
    return rows >> BITS


# --- The table of words of the evidence base, and the triggers that note what changed -------------


TEXTS: Final = "evidence_searchtext"
KEY: Final = "row"
TODO: Final = "evidence_searchtodo"
_EVENTS: Final = {"insert": ("NEW",), "update": ("NEW", "OLD"), "delete": ("OLD",)}
# Table -> kind, and the column that holds the number of the thing.
WATCHED: Final = {
    "evidence_initiative": (Kind.INITIATIVE, "id"),
    "evidence_participation": (Kind.INITIATIVE, "initiative_id"),
    "evidence_activity": (Kind.ACTIVITY, "id"),
    "evidence_lesson": (Kind.LESSON, "id"),
    "evidence_document": (Kind.DOCUMENT, "id"),
    "evidence_documentpage": (Kind.PAGE, "id"),
}


def create(editor: Any) -> None:
    """Make the table of words; the triggers come at the end of the migration."""
    create_texts(editor, TEXTS, KEY)


def catch_up(cursor: Any) -> None:
    """Note all there is."""
    for statement in noting():
        cursor.execute(statement)


def noting() -> Iterator[str]:
    """Return what notes everything there is."""
    for table, (kind, column) in WATCHED.items():
        if column == "id":
            value = _row(kind, column)
            yield f"INSERT INTO {TODO} ({KEY}) SELECT {value} FROM {table}"  # noqa: S608


def remove(editor: Any) -> None:
    """Take it away."""
    editor.execute(f"DROP TABLE IF EXISTS {TEXTS}")


def search_triggers(vendor: str) -> Iterator[Trigger]:
    """Return the triggers that note what changes."""
    making = _sqlite if vendor == "sqlite" else _postgresql
    for table, (kind, column) in WATCHED.items():
        for event, sides in _EVENTS.items():
            name = trigger_name(table, event)
            statements = making(name, table, event, [_row(kind, f"{s}.{column}") for s in sides])
            yield Trigger(name, table, statements, others=(TODO,))


def trigger_name(table: str, event: str) -> str:
    """Return the name of one trigger."""
    return f"{table}_search_{event}"


def _row(kind: Kind, column: str) -> str:
    return f"({column} * {1 << BITS} + {kind.value})"


def _sqlite(name: str, table: str, event: str, numbers: Sequence[str]) -> tuple[str, ...]:
    notes = " ".join(_note(number) for number in numbers)
    return (f"CREATE TRIGGER {name} AFTER {event.upper()} ON {table} BEGIN {notes} END",)


def _note(value: str) -> str:
    """Note a thing once: writers of SQLite wait for one another."""
    return (
        f"INSERT INTO {TODO} ({KEY}) SELECT {value} "  # noqa: S608
        f"WHERE NOT EXISTS (SELECT 1 FROM {TODO} WHERE {KEY} = {value});"
    )


def _postgresql(name: str, table: str, event: str, numbers: Sequence[str]) -> tuple[str, ...]:
    """Note a thing each time: nobody waits for a row that another transaction holds."""
    values = " UNION ".join(f"SELECT {number}" for number in numbers)
    function = (
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"INSERT INTO {TODO} ({KEY}) {values}; RETURN NULL; END $$"
    )
    event = f"AFTER {event.upper()} ON {table} FOR EACH ROW"
    return function, f"CREATE TRIGGER {name} {event} EXECUTE FUNCTION {name}()"
