"""What the index needs of each database beyond Django's tables: the words, and triggers.

Triggers note every organisation that changes, also where rows are written in bulk or deleted with
others. SQLite drops the triggers of a table that a migration rebuilds, and refuses to rebuild one
that triggers of others read: such a migration begins with `drop_triggers` and ends with
`create_triggers`, and a test looks whether they are there.
"""

from collections.abc import Iterator
from typing import Any, Final

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
    """Make the table of words and the triggers, and note every organisation for indexing."""
    create_texts(editor)
    create_triggers(editor)
    editor.execute(f"INSERT INTO {TODO} (organisation_id) SELECT id FROM actors_organisation")  # noqa: S608


def remove(editor: Any) -> None:
    """Take both away."""
    drop_triggers(editor)
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


def create_triggers(editor: Any) -> None:
    """Make the triggers anew; safe to repeat."""
    statements = _sqlite if editor.connection.vendor == "sqlite" else _postgresql
    for statement in statements():
        editor.execute(statement)


def drop_triggers(editor: Any) -> None:
    """Take the triggers away; safe to repeat."""
    for table in WATCHED:
        for event in ROWS:
            suffix = f" ON {table}" if editor.connection.vendor == "postgresql" else ""
            editor.execute(f"DROP TRIGGER IF EXISTS {trigger_name(table, event)}{suffix}")


def trigger_name(table: str, event: str) -> str:
    """Return the name of one trigger."""
    return f"{table}_index_{event}"


def _sqlite() -> Iterator[str]:
    for table, reading in WATCHED.items():
        for event, rows in ROWS.items():
            name = trigger_name(table, event)
            notes = " ".join(_note(reading.format(row=row)) for row in rows)
            yield f"DROP TRIGGER IF EXISTS {name}"
            yield f"CREATE TRIGGER {name} AFTER {event.upper()} ON {table} BEGIN {notes} END"


def _note(value: str) -> str:
    """Note an organisation once: writers of SQLite wait for one another."""
    return (
        f"INSERT INTO {TODO} (organisation_id) SELECT {value} WHERE {value} IS NOT NULL "  # noqa: S608
        f"AND NOT EXISTS (SELECT 1 FROM {TODO} WHERE organisation_id = {value});"
    )


def _postgresql() -> Iterator[str]:
    """Note an organisation each time: nobody waits for a row that another transaction holds."""
    for table, reading in WATCHED.items():
        for event, rows in ROWS.items():
            name = trigger_name(table, event)
            values = " UNION ".join(f"SELECT {reading.format(row=row)} AS id" for row in rows)
            yield (
                f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "  # noqa: S608
                f"INSERT INTO {TODO} (organisation_id) "
                f"SELECT id FROM ({values}) AS noted WHERE id IS NOT NULL; RETURN NULL; END $$"
            )
            yield f"DROP TRIGGER IF EXISTS {name} ON {table}"
            yield (
                f"CREATE TRIGGER {name} AFTER {event.upper()} ON {table} "
                f"FOR EACH ROW EXECUTE FUNCTION {name}()"
            )
