"""Look for a name or an address everywhere: all tables, all files, the bytes of the database."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import connection

from alpclusters.platform.desk.finding import stored_forms

_CHUNK: Final = 1 << 22


@dataclass(frozen=True, slots=True)
class Proof:
    """What a look everywhere found.

    Attributes
    ----------
    tables : dict of str to int
        Rows with one of the words, by table; tables without any are left out. Search indexes,
        histories and the queues of mail and work are tables.
    n_tables : int
        Tables that were looked through.
    files : int
        Files of the data directory that hold one of the words, without the database.
    places : int or None
        Places in the bytes of the database file; None where it is on a server.
    """

    tables: dict[str, int]
    n_tables: int
    files: int
    places: int | None


def look_everywhere(words: Sequence[str]) -> Proof:
    """Look for words, letters as they stand or small, in everything that is stored."""
    wanted = list(dict.fromkeys(form for word in words if word for form in stored_forms(word)))
    if not wanted:
        return Proof({}, 0, 0, None)
    names = sorted(connection.introspection.table_names())
    counts = {name: _rows_with(name, wanted) for name in names}
    found = {name: n for name, n in counts.items() if n}
    _write_through()
    database = _database_files()
    files = [path for path in _uploads() if _places_in(path, wanted)]
    places = sum(_places_in(path, wanted) for path in database) if database else None
    return Proof(found, len(names), len(files), places)


def _rows_with(table: str, wanted: Sequence[str]) -> int:
    quoted = connection.ops.quote_name(table)
    with connection.cursor() as cursor:
        text = f"{quoted}::text"
        if connection.vendor == "sqlite":
            columns = connection.introspection.get_table_description(cursor, table)
            cells = [f"CAST({connection.ops.quote_name(c.name)} AS TEXT)" for c in columns]
            text = " || ' ' || ".join(f"COALESCE({cell}, '')" for cell in cells)
        function = "INSTR" if connection.vendor == "sqlite" else "STRPOS"
        where = " OR ".join(f"{function}(LOWER({text}), %s) > 0" for _ in wanted)
        # Names of tables and columns come from the database itself.
        cursor.execute(f"SELECT COUNT(*) FROM {quoted} WHERE {where}", list(wanted))  # noqa: S608
        return int(cursor.fetchone()[0])


def _write_through() -> None:
    """Let SQLite write its log into the file: erased pages would stand there a while longer."""
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            cursor.fetchall()


def _database_files() -> list[Path]:
    if connection.vendor != "sqlite":
        return []
    path = Path(str(connection.settings_dict["NAME"]))
    return [one for one in (path, path.with_name(f"{path.name}-wal")) if one.is_file()]


def _uploads() -> Iterable[Path]:
    root = Path(settings.MEDIA_ROOT)
    return (path for path in root.rglob("*") if path.is_file()) if root.is_dir() else ()


def _places_in(path: Path, wanted: Sequence[str]) -> int:
    """Count the places of a file in which one of the words stands; it may be large."""
    needles = [word.encode() for word in wanted]
    overlap = max(map(len, needles)) - 1
    n, rest = 0, b""
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            text = rest + chunk.lower()
            n += sum(text.count(needle) for needle in needles)
            # A word across two chunks is found in the next one; one within the rest counts once.
            rest = text[len(text) - overlap :] if overlap else b""
            n -= sum(rest.count(needle) for needle in needles)
    return n + sum(rest.count(needle) for needle in needles)
