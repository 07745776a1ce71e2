"""PostgreSQL's own programs: found, given the address, run; and what a dump holds, as text."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from psycopg.conninfo import make_conninfo

from alpclusters.analysis.errors import SetupError
from alpclusters.platform.database_address import Database

_COPY: Final = re.compile(r"COPY (?:\S+?\.)?(\S+) \((.*)\) FROM stdin;\n")


@dataclass(frozen=True, slots=True)
class DumpedTable:
    """The head of a table in a dump; its lines follow."""

    name: str
    columns: tuple[str, ...]


def find_postgresql_program(name: str) -> str:
    """Find a program of PostgreSQL, also where Debian hides it.

    Raises
    ------
    SetupError
        ``setup.program_missing``.
    """
    found = shutil.which(name)
    if found:
        return found
    hidden = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    if hidden:
        return str(hidden[-1])
    raise SetupError("setup.program_missing", values={"program": name})


def run_postgresql(name: str, options: list[str], database: Database) -> None:
    """Run a program of PostgreSQL on a database; the password goes by the environment.

    Raises
    ------
    SetupError
        ``setup.program_missing``, ``setup.program_failed``.
    """
    values = database.connection_values()
    environment = {**os.environ, "PGPASSWORD": values.pop("password", "")}
    command = [find_postgresql_program(name), "-d", make_conninfo(**values), *options]
    result = subprocess.run(  # noqa: S603 - found program, own arguments
        command, check=False, capture_output=True, text=True, env=environment
    )
    if result.returncode:
        message = result.stderr.strip().splitlines()[-1:] or [""]
        raise SetupError("setup.program_failed", found=message[0], values={"program": name})


def read_dump(dump: Path) -> Iterator[DumpedTable | str]:
    """Read the tables of a dump, without a server: each table's head, then a line for each row.

    Raises
    ------
    SetupError
        ``setup.program_missing``, ``setup.program_failed``: the dump cannot be read.
    """
    command = [find_postgresql_program("pg_restore"), "--data-only", "-f", "-", str(dump)]
    with subprocess.Popen(  # noqa: S603 - found program, own arguments
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8"
    ) as running:
        yield from _tables(iter(running.stdout or ()))
        message = (running.stderr.read() if running.stderr else "").strip()
    if running.returncode:
        last = message.splitlines()[-1:] or [""]
        raise SetupError("setup.program_failed", found=last[0], values={"program": "pg_restore"})


def _tables(lines: Iterator[str]) -> Iterator[DumpedTable | str]:
    for line in lines:
        head = _COPY.fullmatch(line)
        if head is None:
            continue
        columns = tuple(_unquoted(name) for name in head[2].split(", "))
        yield DumpedTable(_unquoted(head[1]), columns)
        for row in lines:
            if row == "\\.\n":
                break
            yield row[:-1]


def _unquoted(name: str) -> str:
    return name[1:-1].replace('""', '"') if name.startswith('"') else name
