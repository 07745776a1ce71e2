"""The table of words of the evidence base, and the triggers that note what changed.

As in the directory (`actors.domain.directory.schema`): SQLite drops the triggers of a table that
a migration rebuilds, so such a migration begins with `drop_triggers` and ends with
`create_triggers`.
"""

from collections.abc import Iterator
from typing import Any, Final

from alpclusters.platform.actors.domain.directory.schema import create_texts
from alpclusters.platform.evidence.domain.search.rows import BITS, Kind

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
    """Make the table of words and the triggers, and note all there is."""
    create_texts(editor, TEXTS, KEY)
    create_triggers(editor)
    for statement in noting():
        editor.execute(statement)


def noting() -> Iterator[str]:
    """Return what notes everything there is."""
    for table, (kind, column) in WATCHED.items():
        if column == "id":
            value = _row(kind, column)
            yield f"INSERT INTO {TODO} ({KEY}) SELECT {value} FROM {table}"  # noqa: S608


def remove(editor: Any) -> None:
    """Take both away."""
    drop_triggers(editor)
    editor.execute(f"DROP TABLE IF EXISTS {TEXTS}")


def create_triggers(editor: Any) -> None:
    """Make the triggers anew; safe to repeat."""
    statements = _sqlite if editor.connection.vendor == "sqlite" else _postgresql
    for statement in statements():
        editor.execute(statement)


def drop_triggers(editor: Any) -> None:
    """Take the triggers away; safe to repeat."""
    for table in WATCHED:
        for event in _EVENTS:
            suffix = f" ON {table}" if editor.connection.vendor == "postgresql" else ""
            editor.execute(f"DROP TRIGGER IF EXISTS {trigger_name(table, event)}{suffix}")


def trigger_name(table: str, event: str) -> str:
    """Return the name of one trigger."""
    return f"{table}_search_{event}"


def _row(kind: Kind, column: str) -> str:
    return f"({column} * {1 << BITS} + {kind.value})"


def _sqlite() -> Iterator[str]:
    for table, (kind, column) in WATCHED.items():
        for event, sides in _EVENTS.items():
            name = trigger_name(table, event)
            notes = " ".join(_note(_row(kind, f"{side}.{column}")) for side in sides)
            yield f"DROP TRIGGER IF EXISTS {name}"
            yield f"CREATE TRIGGER {name} AFTER {event.upper()} ON {table} BEGIN {notes} END"


def _note(value: str) -> str:
    """Note a thing once: writers of SQLite wait for one another."""
    return (
        f"INSERT INTO {TODO} ({KEY}) SELECT {value} "  # noqa: S608
        f"WHERE NOT EXISTS (SELECT 1 FROM {TODO} WHERE {KEY} = {value});"
    )


def _postgresql() -> Iterator[str]:
    """Note a thing each time: nobody waits for a row that another transaction holds."""
    for table, (kind, column) in WATCHED.items():
        for event, sides in _EVENTS.items():
            name = trigger_name(table, event)
            values = " UNION ".join(f"SELECT {_row(kind, f'{s}.{column}')}" for s in sides)
            yield (
                f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
                f"INSERT INTO {TODO} ({KEY}) {values}; RETURN NULL; END $$"
            )
            yield f"DROP TRIGGER IF EXISTS {name} ON {table}"
            yield (
                f"CREATE TRIGGER {name} AFTER {event.upper()} ON {table} "
                f"FOR EACH ROW EXECUTE FUNCTION {name}()"
            )
