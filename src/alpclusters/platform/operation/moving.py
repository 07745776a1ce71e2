"""From one kind of database to the other: an agency that grows, or one that goes back to a file."""

import hashlib
import json
import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from itertools import groupby
from pathlib import Path
from typing import Any, Final
from uuid import UUID

import psycopg
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.dateparse import parse_duration
from psycopg.sql import SQL, Composed, Identifier
from psycopg.types.json import Jsonb

from alpclusters.analysis.errors import SetupError
from alpclusters.platform.database_address import Database
from alpclusters.platform.operation.archive import Manifest
from alpclusters.platform.operation.postgresql import DumpedTable, read_dump

# --- Values of a column as the two kinds of database keep them, and as plain Python between them


_ESCAPED: Final = re.compile(r"\\(.)")
_LETTERS: Final = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}
_BYTES: Final = re.compile(r"^\\x")


def _same(value: Any) -> Any:
    return value


def _moment(text: str) -> datetime:
    found = datetime.fromisoformat(text)
    return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)


def _duration(text: str) -> timedelta:
    found = parse_duration(text)
    if found is None:
        raise ValueError(text)
    return found


class Kind:
    """A kind of column.

    Parameters
    ----------
    from_sqlite, from_dump, to_sqlite, to_postgresql : callable
        Each takes what is not null.
    """

    def __init__(
        self,
        from_sqlite: Callable[[Any], Any] = _same,
        from_dump: Callable[[str], Any] = _same,
        to_sqlite: Callable[[Any], Any] = _same,
        to_postgresql: Callable[[Any], Any] = _same,
    ) -> None:
        self.from_sqlite, self.from_dump = from_sqlite, from_dump
        self.to_sqlite, self.to_postgresql = to_sqlite, to_postgresql


TEXT: Final = Kind()
_INTEGER: Final = Kind(from_dump=int)
_FLOAT: Final = Kind(from_sqlite=float, from_dump=float)
_BOOLEAN: Final = Kind(from_sqlite=bool, from_dump=lambda text: text == "t", to_sqlite=int)
_MOMENT: Final = Kind(
    _moment, _moment, lambda value: str(value.astimezone(UTC).replace(tzinfo=None))
)
_DATE: Final = Kind(date.fromisoformat, date.fromisoformat, date.isoformat)
_TIME: Final = Kind(time.fromisoformat, time.fromisoformat, time.isoformat)
_JSON: Final = Kind(json.loads, json.loads, json.dumps, Jsonb)
_UUID: Final = Kind(UUID, UUID, lambda value: value.hex)
_BINARY: Final = Kind(bytes, lambda text: bytes.fromhex(_BYTES.sub("", text)))
_DURATION: Final = Kind(
    lambda n: timedelta(microseconds=n),
    _duration,
    lambda value: value // timedelta(microseconds=1),
)

# By Django's name of a column's type, and by the word SQLite has for it.
_BY_TYPE: Final = {
    "AutoField": _INTEGER,
    "BigAutoField": _INTEGER,
    "BigIntegerField": _INTEGER,
    "IntegerField": _INTEGER,
    "PositiveBigIntegerField": _INTEGER,
    "PositiveIntegerField": _INTEGER,
    "PositiveSmallIntegerField": _INTEGER,
    "SmallAutoField": _INTEGER,
    "SmallIntegerField": _INTEGER,
    "FloatField": _FLOAT,
    "BooleanField": _BOOLEAN,
    "DateTimeField": _MOMENT,
    "DateField": _DATE,
    "TimeField": _TIME,
    "JSONField": _JSON,
    "UUIDField": _UUID,
    "BinaryField": _BINARY,
    "DurationField": _DURATION,
}
_BY_WORD: Final = {
    "integer": _INTEGER,
    "bigint": _INTEGER,
    "smallint": _INTEGER,
    "bool": _BOOLEAN,
    "datetime": _MOMENT,
    "date": _DATE,
    "real": _FLOAT,
}


def kind_of_field(field: Any) -> Kind:
    """Return the kind of a model's column; a foreign key has that of what it points to."""
    while field.is_relation:
        field = field.target_field
    name = field.get_internal_type()
    return _decimal(field.decimal_places) if name == "DecimalField" else _BY_TYPE.get(name, TEXT)


def kind_of_word(word: str) -> Kind:
    """Return the kind of a column that no model has, by what SQLite calls its type."""
    return _BY_WORD.get(word.lower().split("(")[0].replace(" unsigned", ""), TEXT)


def _decimal(places: int) -> Kind:
    unit = Decimal(1).scaleb(-places)

    def read(value: Any) -> Decimal:
        return Decimal(str(value)).quantize(unit)

    return Kind(read, read, str)


def parse_line(line: str, kinds: list[Kind]) -> list[Any]:
    """Read the line of a row in a dump of PostgreSQL."""
    cells = line.split("\t")
    pairs = zip(cells, kinds, strict=True)
    return [None if cell == r"\N" else kind.from_dump(_plain(cell)) for cell, kind in pairs]


def _plain(cell: str) -> str:
    return _ESCAPED.sub(lambda found: _LETTERS.get(found[1], found[1]), cell)


def comparable(value: Any) -> str:
    """Return a text that is the same for the same value, whichever database it comes from."""
    if isinstance(value, dict | list):
        return json.dumps(_even(value), sort_keys=True)
    return repr(_even(value))


def _even(value: Any) -> Any:
    """Make numbers equal that are equal: PostgreSQL keeps 1e2 in JSON as 100."""
    if isinstance(value, dict):
        return {key: _even(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_even(part) for part in value]
    if isinstance(value, memoryview):
        return bytes(value)
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value.astimezone(UTC) if isinstance(value, datetime) else value


# --- From one kind of database to the other: an agency that grows, or one that goes back to a file


type Row = list[Any]
type Key = tuple[str, str]

# Written when the tables are made, by whoever makes them.
_MIGRATIONS: Final = "django_migrations"


@dataclass(frozen=True, slots=True)
class Table:
    """A table that goes over: its columns and their kinds."""

    name: str
    kinds: dict[str, Kind]


def move_database(copy: Path, manifest: Manifest, database: Database) -> None:
    """Fill an empty database with what a copy of the other kind holds, and compare every row.

    Django runs with the empty database. The tables are made as they were when the copy was made;
    `prepare` brings them to this version. What only one kind has, the words of the search, is left
    out: it is made anew.

    Raises
    ------
    SetupError
        ``backup.rows_differ``: a table came out other than it was. The database is then of no use.
    """
    models = _make_tables(manifest)
    file = Path(database.name) if database.is_sqlite else copy
    with closing(sqlite3.connect(file, isolation_level=None)) as sqlite:
        tables = _tables(sqlite, models)
        if database.is_sqlite:
            came = _into_sqlite(sqlite, _from_dump(copy, tables), tables)
            found = _digests(_from_sqlite(sqlite, tables))
        else:
            with psycopg.connect(**database.connection_values()) as postgresql:
                came = _into_postgresql(postgresql, _from_sqlite(sqlite, tables), tables)
                found = _digests(_from_postgresql(postgresql, tables))
    lost = {name for name, n in manifest.rows.items() if n and name not in tables}
    _require_equal(came, found, manifest, lost - _only_sqlite(file) - {_MIGRATIONS})


def _require_equal(
    came: dict[str, str], found: dict[str, str], manifest: Manifest, lost: set[str]
) -> None:
    counted = {name: int(digest.partition(" ")[0]) for name, digest in found.items()}
    different = {name for name in counted if came.get(name, _EMPTY) != found[name]}
    different |= {name for name, n in counted.items() if manifest.rows.get(name, 0) != n}
    if different | lost:
        raise SetupError("backup.rows_differ", found=", ".join(sorted(different | lost)))


# --- tables ---------------------------------------------------------------------------------------


def _make_tables(manifest: Manifest) -> dict[str, Any]:
    """Make the tables of the version that made the backup; return its models by table."""
    executor = MigrationExecutor(connection)
    targets = _targets(executor, manifest)
    executor.migrate(targets)
    call_command("createcachetable", verbosity=0)
    models = executor.loader.project_state(targets).apps.get_models(include_auto_created=True)
    return {model._meta.db_table: model for model in models}


def _targets(executor: MigrationExecutor, manifest: Manifest) -> list[Key]:
    graph = executor.loader.graph
    parted = [name.partition(".") for name in manifest.migrations]
    taken: set[Key] = {(app, name) for app, _, name in parted}
    # Parts of a joined step stand for it.
    for key, step in executor.loader.disk_migrations.items():
        if step.replaces and set(step.replaces) <= taken:
            taken.add(key)
    nodes = {key for key in taken if key in graph.nodes}
    parents = {parent.key for key in nodes for parent in graph.node_map[key].parents}
    followed = {key for key in parents if any(child.key in nodes for child in _later(graph, key))}
    return sorted(nodes - followed)


def _later(graph: Any, key: Key) -> list[Any]:
    return [child for child in graph.node_map[key].children if child.key[0] == key[0]]


def _only_sqlite(file: Path) -> set[str]:
    with closing(sqlite3.connect(file)) as sqlite:
        return _search_tables(sqlite)


def _search_tables(sqlite: sqlite3.Connection) -> set[str]:
    rows = sqlite.execute("SELECT name FROM pragma_table_list WHERE type IN ('virtual', 'shadow')")
    return {row[0] for row in rows}


def _tables(sqlite: sqlite3.Connection, models: dict[str, Any]) -> dict[str, Table]:
    """Return what goes over: all the file has but the search and what makes tables writes."""
    rows = sqlite.execute("SELECT name FROM pragma_table_list WHERE type = 'table'").fetchall()
    names = {name for (name,) in rows if not name.startswith("sqlite_")}
    names -= {_MIGRATIONS, *_search_tables(sqlite)}
    return {name: Table(name, _kinds(sqlite, name, models.get(name))) for name in sorted(names)}


def _kinds(sqlite: sqlite3.Connection, table: str, model: Any) -> dict[str, Kind]:
    columns = sqlite.execute("SELECT name, type FROM pragma_table_info(?)", [table]).fetchall()
    fields = {f.column: f for f in model._meta.concrete_fields} if model else {}
    return {
        name: kind_of_field(fields[name]) if name in fields else kind_of_word(word)
        for name, word in columns
    }


# --- reading --------------------------------------------------------------------------------------


def _from_dump(copy: Path, tables: dict[str, Table]) -> Iterator[tuple[str, Row]]:
    """Yield rows in the order of the table's columns."""
    name, order, kinds = "", [], []
    for part in read_dump(copy):
        if isinstance(part, DumpedTable):
            name = part.name if part.name in tables else ""
            known = tables[name].kinds if name else {}
            kinds = [known[column] for column in part.columns] if name else []
            order = [part.columns.index(column) for column in known]
        elif name:
            row = parse_line(part, kinds)
            yield name, [row[place] for place in order]


def _from_sqlite(sqlite: sqlite3.Connection, tables: dict[str, Table]) -> Iterator[tuple[str, Row]]:
    for table in tables.values():
        kinds = list(table.kinds.values())
        for row in sqlite.execute(_select(table)):
            pairs = zip(row, kinds, strict=True)
            yield (
                table.name,
                [None if cell is None else kind.from_sqlite(cell) for cell, kind in pairs],
            )


def _from_postgresql(
    postgresql: psycopg.Connection[Any], tables: dict[str, Table]
) -> Iterator[tuple[str, Row]]:
    for table in tables.values():
        with postgresql.cursor(name="moved") as cursor:
            for row in cursor.execute(_select(table)):
                yield table.name, list(row)


def _select(table: Table) -> str:
    columns = ", ".join(f'"{name}"' for name in table.kinds)
    return f'SELECT {columns} FROM "{table.name}"'  # noqa: S608 - their own names


# --- writing --------------------------------------------------------------------------------------


def _into_sqlite(
    sqlite: sqlite3.Connection, rows: Iterable[tuple[str, Row]], tables: dict[str, Table]
) -> dict[str, str]:
    triggers = sqlite.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
    ).fetchall()
    sqlite.execute("PRAGMA foreign_keys = OFF")
    sqlite.execute("BEGIN IMMEDIATE")
    for name, _ in triggers:
        sqlite.execute(f'DROP TRIGGER "{name}"')
    for name in tables:
        sqlite.execute(f'DELETE FROM "{name}"')  # noqa: S608 - their own names
    digest = _Digest()
    for name, row in rows:
        digest.add(name, row)
        kinds = tables[name].kinds
        marks = ", ".join("?" * len(kinds))
        columns = ", ".join(f'"{column}"' for column in kinds)
        pairs = zip(row, kinds.values(), strict=True)
        values = [None if cell is None else kind.to_sqlite(cell) for cell, kind in pairs]
        sqlite.execute(f'INSERT INTO "{name}" ({columns}) VALUES ({marks})', values)  # noqa: S608
    for _, statement in triggers:
        sqlite.execute(statement)
    broken = sqlite.execute("PRAGMA foreign_key_check").fetchall()
    sqlite.execute("COMMIT")
    if broken:
        raise SetupError("backup.rows_differ", found=", ".join(sorted({row[0] for row in broken})))
    return digest.tables()


def _into_postgresql(
    postgresql: psycopg.Connection[Any], rows: Iterable[tuple[str, Row]], tables: dict[str, Table]
) -> dict[str, str]:
    names = [Identifier(name) for name in tables]
    for name in names:
        postgresql.execute(SQL("ALTER TABLE {} DISABLE TRIGGER USER").format(name))
    postgresql.execute(SQL("TRUNCATE {} CASCADE").format(SQL(", ").join(names)))
    digest = _Digest()
    for table, of_table in _by_table(rows):
        kinds = list(tables[table].kinds.values())
        with postgresql.cursor() as cursor, cursor.copy(_copy(tables[table])) as copy:
            for row in of_table:
                digest.add(table, row)
                pairs = zip(row, kinds, strict=True)
                copy.write_row(
                    [None if cell is None else kind.to_postgresql(cell) for cell, kind in pairs]
                )
    # References are looked at when the transaction ends; before it ends no table can be altered.
    postgresql.execute("SET CONSTRAINTS ALL IMMEDIATE")
    for name in names:
        postgresql.execute(SQL("ALTER TABLE {} ENABLE TRIGGER USER").format(name))
    _set_counters(postgresql)
    return digest.tables()


def _by_table(rows: Iterable[tuple[str, Row]]) -> Iterator[tuple[str, Iterator[Row]]]:
    for name, pairs in groupby(rows, key=lambda pair: pair[0]):
        yield name, (row for _, row in pairs)


def _copy(table: Table) -> Composed:
    columns = SQL(", ").join(Identifier(column) for column in table.kinds)
    return SQL("COPY {} ({}) FROM STDIN").format(Identifier(table.name), columns)


def _set_counters(postgresql: psycopg.Connection[Any]) -> None:
    """Let numbers go on behind the highest one of each table."""
    columns = postgresql.execute(
        "SELECT table_name, column_name FROM information_schema.columns "
        "WHERE table_schema = current_schema() AND (is_identity = 'YES' "
        "OR column_default LIKE 'nextval(%')"
    ).fetchall()
    for table, column in columns:
        postgresql.execute(
            SQL(
                "SELECT setval(pg_get_serial_sequence({0}, {1}), coalesce(max({2}), 1), "
                "max({2}) IS NOT NULL) FROM {3}"
            ).format(f'"{table}"', column, Identifier(column), Identifier(table))
        )


# --- comparing ------------------------------------------------------------------------------------

_EMPTY: Final = "0 " + "0" * 32


class _Digest:
    """Number of rows and a sum of their hashes by table, in whatever order they come."""

    def __init__(self) -> None:
        self._n: dict[str, int] = {}
        self._sum: dict[str, int] = {}

    def add(self, table: str, row: Row) -> None:
        """Take in a row."""
        text = "\x1f".join(comparable(value) for value in row)
        value = int.from_bytes(hashlib.sha256(text.encode()).digest()[:16])
        self._n[table] = self._n.get(table, 0) + 1
        self._sum[table] = (self._sum.get(table, 0) + value) % 2**128

    def tables(self) -> dict[str, str]:
        """Return a text for each table that had rows."""
        return {name: f"{n} {self._sum[name]:032x}" for name, n in self._n.items()}


def _digests(rows: Iterable[tuple[str, Row]]) -> dict[str, str]:
    digest = _Digest()
    for name, row in rows:
        digest.add(name, row)
    return digest.tables()
