"""Entries of a catalogue of funding as people write them: YAML, JSON or a table."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from alpclusters.analysis.errors import FileFormatError, RecordError, Where
from alpclusters.sources.children import run_child
from alpclusters.sources.texts import read_bytes
from alpclusters.sources.user_tables import open_table

MAX_BYTES: Final = 2_000_000
MAX_ENTRIES: Final = 5_000
TREES: Final = frozenset((".yaml", ".yml", ".json"))
# Fields that hold lists, and fields that hold JSON, in a table.
LISTED: Final = frozenset(("territory", "themes"))
# Endings of fields that hold whole numbers.
WHOLE: Final = ("_ct", "_bp", "_granted", "_applied")
NESTED: Final = frozenset(("terms", "parameters"))


@dataclass(frozen=True, slots=True)
class CatalogueEntry:
    """One entry as it is written.

    Attributes
    ----------
    line : int
        Of the table, or which entry of the list.
    fields : mapping
        Names and values of the catalogue; what a table leaves empty is not there.
    """

    line: int
    fields: Mapping[str, Any]


def read_catalogue_file(path: Path) -> tuple[CatalogueEntry | RecordError, ...]:
    """Read the entries of a file, each of them or the error that it is.

    YAML is read in a process with limits, as plain data, without aliases; JSON is YAML as well.

    Parameters
    ----------
    path : Path
        ``.yaml``, ``.yml`` or ``.json`` with a list of objects, or a table with a head row
        (CSV, TSV, XLSX); at most 2 MB and 5,000 entries.

    Raises
    ------
    FileFormatError
        Missing, too large, damaged, or of another form.
    """
    found = _tree(path) if path.suffix.lower() in TREES else _table(path)
    entries: list[CatalogueEntry | RecordError] = []
    for entry in found:
        if len(entries) >= MAX_ENTRIES:
            code = "catalogue.too_many"
            raise FileFormatError(code, where=Where(file=path.name), expected=str(MAX_ENTRIES))
        entries.append(entry)
    return tuple(entries)


def _tree(path: Path) -> Iterator[CatalogueEntry | RecordError]:
    answer = run_child("yaml_sandbox", read_bytes(path, max_bytes=MAX_BYTES))
    read = json.loads(answer) if answer else {"error": "yaml.unreadable"}
    if "error" in read:
        raise FileFormatError(read["error"], where=Where(file=path.name))
    if not isinstance(read["data"], list) or not read["data"]:
        raise FileFormatError("catalogue.no_list", where=Where(file=path.name))
    for line, one in enumerate(read["data"], start=1):
        if isinstance(one, dict):
            yield CatalogueEntry(line, one)
        else:
            yield RecordError("catalogue.no_object", where=Where(file=path.name, line=line))


def _table(path: Path) -> Iterator[CatalogueEntry | RecordError]:
    with open_table(path, max_bytes=MAX_BYTES) as table:
        names = [head.strip().lower().replace(" ", "_") for head in table.header]
        for row in table.rows():
            if isinstance(row, RecordError):
                yield row
                continue
            cells = {n: c.strip() for n, c in zip(names, row.cells, strict=True) if n and c.strip()}
            try:
                fields = {name: _value(name, cell) for name, cell in cells.items()}
            except (ValueError, RecursionError):
                where = Where(file=table.file, line=row.line)
                yield RecordError("catalogue.bad_json", where=where)
                continue
            yield CatalogueEntry(row.line, fields)


def _value(name: str, cell: str) -> Any:
    if name in NESTED:
        return json.loads(cell)
    if name in LISTED:
        return cell.replace(";", " ").replace(",", " ").split()
    return int(cell) if name.endswith(WHOLE) else cell
