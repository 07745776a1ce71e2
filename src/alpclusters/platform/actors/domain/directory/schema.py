"""What the index needs of each database beyond Django's tables: the words, and triggers.

Triggers note every organisation that changes, also where rows are written in bulk or deleted with
others; `platform.triggers` keeps them.
"""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from alpclusters.platform.triggers import Trigger

TEXTS: Final = "actors_indextext"
TODO: Final = "actors_indextodo"
# Table -> how the id of the organisation is read from a row called {row}.
WATCHED: Final = {
    "actors_organisation": "{row}.id",
    "actors_alias": "{row}.organisation_id",
    "actors_clusterorganisation": "{row}.organisation_id",
    "actors_clusterlabel": (
        "(SELECT organisation_id FROM actors_clusterorganisation WHERE id = {row}.cluster_id)"
    ),
}
ROWS: Final = {"insert": ("NEW",), "update": ("NEW", "OLD"), "delete": ("OLD",)}


def create(editor: Any) -> None:
    """Make the table of words; the triggers come at the end of the migration."""
    create_texts(editor)


def remove(editor: Any) -> None:
    """Take it away."""
    editor.execute(f"DROP TABLE IF EXISTS {TEXTS}")


def create_texts(editor: Any, table: str = TEXTS, key: str = "organisation_id") -> None:
    """Make a table of words: FTS5 on SQLite, vectors with an inverted index on PostgreSQL.

    The words come folded and parted by spaces: the tokenizer has nothing to decide.
    """
    if editor.connection.vendor == "sqlite":
        editor.execute(
            f"CREATE VIRTUAL TABLE IF NOT EXISTS {table} USING fts5("
            "names, others, tokenize='ascii', detail='column', columnsize=0, prefix='3')"
        )
        return
    editor.execute(
        f"CREATE TABLE IF NOT EXISTS {table} ({key} bigint PRIMARY KEY, "
        "names tsvector NOT NULL, words tsvector NOT NULL)"
    )
    for column in ("names", "words"):
        editor.execute(
            f"CREATE INDEX IF NOT EXISTS {table}_{column} ON {table} USING gin ({column}) "
            "WITH (fastupdate = off)"
        )


def catch_up(cursor: Any) -> None:
    """Note every organisation for indexing."""
    cursor.execute(f"INSERT INTO {TODO} (organisation_id) SELECT id FROM actors_organisation")  # noqa: S608


def directory_triggers(vendor: str) -> Iterator[Trigger]:
    """Return the triggers that note what changes."""
    making = _sqlite if vendor == "sqlite" else _postgresql
    for table, reading in WATCHED.items():
        for event, rows in ROWS.items():
            name = trigger_name(table, event)
            statements = making(name, table, event, [reading.format(row=row) for row in rows])
            yield Trigger(name, table, statements, others=(TODO, *WATCHED))


def trigger_name(table: str, event: str) -> str:
    """Return the name of one trigger."""
    return f"{table}_index_{event}"


def _sqlite(name: str, table: str, event: str, ids: Sequence[str]) -> tuple[str, ...]:
    notes = " ".join(_note(value) for value in ids)
    return (f"CREATE TRIGGER {name} AFTER {event.upper()} ON {table} BEGIN {notes} END",)


def _note(value: str) -> str:
    """Note an organisation once: writers of SQLite wait for one another."""
    return (
        f"INSERT INTO {TODO} (organisation_id) SELECT {value} WHERE {value} IS NOT NULL "  # noqa: S608
        f"AND NOT EXISTS (SELECT 1 FROM {TODO} WHERE organisation_id = {value});"
    )


def _postgresql(name: str, table: str, event: str, ids: Sequence[str]) -> tuple[str, ...]:
    """Note an organisation each time: nobody waits for a row that another transaction holds."""
    values = " UNION ".join(f"SELECT {value} AS id" for value in ids)
    function = (
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "  # noqa: S608
        f"INSERT INTO {TODO} (organisation_id) "
        f"SELECT id FROM ({values}) AS noted WHERE id IS NOT NULL; RETURN NULL; END $$"
    )
    event = f"AFTER {event.upper()} ON {table} FOR EACH ROW"
    return function, f"CREATE TRIGGER {name} {event} EXECUTE FUNCTION {name}()"
