"""Writing the data package: a ZIP whose bytes depend on nothing but what is published."""

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import IO, Any, Final

from alpclusters.platform.evidence.domain.archive.descriptors import descriptor
from alpclusters.platform.evidence.domain.archive.guides import codebook_text, readme_text
from alpclusters.platform.evidence.domain.archive.rows import READERS, documents
from alpclusters.platform.evidence.domain.archive.schemas import TABLES, TableSchema
from alpclusters.platform.evidence.domain.archive.scope import Scope, read_scope
from alpclusters.platform.evidence.domain.documents.files import file_path
from alpclusters.platform.evidence.models import Document
from alpclusters.platform.languages.codes import LANGUAGE_CODES

# No clock: the same content makes the same bytes on every day.
WHEN: Final = (1980, 1, 1, 0, 0, 0)
PIECE: Final = 65_536

type Row = Mapping[str, Any]
type Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Part:
    """A file of the package: its path, how many bytes and rows, and its hash."""

    path: str
    n_bytes: int
    digest: str
    n_rows: int = 0


@dataclass(frozen=True, slots=True)
class Package:
    """What was written.

    Attributes
    ----------
    version : str
        The first digits of a hash of all files: the same for the same content.
    n_rows : dict
        Rows per table.
    n_files : int
        Files of open documents.
    """

    version: str
    n_rows: dict[str, int]
    n_files: int


def write_package(target: IO[bytes], *, base: str, progress: Progress | None = None) -> Package:
    """Write the whole published evidence base as one archive.

    Parameters
    ----------
    target : binary file
        Need not be seekable.
    base : str
        Address of the site, without a slash at its end.
    progress : callable(done, all), optional
        Told after each table.

    Returns
    -------
    Package

    Notes
    -----
    Rows are read and written batch by batch; only keys and numbers of rows are kept in memory.
    What is published is asked once, in the beginning: what somebody publishes meanwhile is in the
    next package. No transaction is held, because on SQLite it would keep everybody from writing.
    """
    with zipfile.ZipFile(target, "w") as archive:
        return _write(archive, read_scope(base), progress or _silent)


def _silent(_done: int, _all: int) -> None:
    return


def _write(archive: zipfile.ZipFile, scope: Scope, progress: Progress) -> Package:
    files = _open_files(scope)
    tables: dict[str, Part] = {}
    for number, schema in enumerate(TABLES, start=1):
        tables[schema.name] = _write_table(archive, schema, _rows(schema, scope, files))
        progress(number, len(TABLES))
    guides = list(_write_guides(archive, scope.base))
    stored = [_store(archive, name, path) for name, path in sorted(files.values())]
    version = _version([*tables.values(), *guides, *stored])
    _put(archive, "datapackage.json", _as_json(descriptor(scope, tables, version)))
    counts = {name: part.n_rows for name, part in tables.items()}
    return Package(version, counts, len(stored))


def _rows(
    schema: TableSchema, scope: Scope, files: Mapping[int, tuple[str, Path]]
) -> Iterable[Row]:
    if schema.name == "documents":
        return documents(scope, {pk: name for pk, (name, _path) in files.items()})
    return READERS[schema.name](scope)


def _open_files(scope: Scope) -> dict[int, tuple[str, Path]]:
    """Return, for documents whose licence allows it, the path in the package and the file."""
    rows = Document.objects.filter(is_open=True).exclude(file="").order_by("pk")
    found = {}
    for document in rows:
        path = file_path(document) if document.pk in scope.documents else None
        if path:
            found[document.pk] = (f"files/{document.key}{path.suffix.lower()}", path)
    return found


def _write_table(archive: zipfile.ZipFile, schema: TableSchema, rows: Iterable[Row]) -> Part:
    counted = _Counted()
    path = f"data/{schema.name}.csv"
    with archive.open(_info(path), "w", force_zip64=True) as raw:
        for piece in _pieces(_lines(schema, rows, counted)):
            counted.add(piece)
            raw.write(piece)
    return Part(path, counted.n_bytes, counted.digest, counted.n_rows)


class _Counted:
    """What went through: bytes, rows, hash."""

    def __init__(self) -> None:
        self.n_bytes = 0
        self.n_rows = 0
        self._hash = hashlib.sha256()

    def add(self, piece: bytes) -> None:
        self.n_bytes += len(piece)
        self._hash.update(piece)

    @property
    def digest(self) -> str:
        return self._hash.hexdigest()


def _lines(schema: TableSchema, rows: Iterable[Row], counted: _Counted) -> Iterator[bytes]:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(schema.columns)
    for row in rows:
        counted.n_rows += 1
        writer.writerow([written(row.get(one.name)) for one in schema.fields])
        yield _taken(out)
    yield _taken(out)


def _taken(out: io.StringIO) -> bytes:
    text = out.getvalue()
    out.seek(0)
    out.truncate()
    return text.encode()


def _pieces(lines: Iterable[bytes]) -> Iterator[bytes]:
    gathered = bytearray()
    for line in lines:
        gathered += line
        if len(gathered) >= PIECE:
            yield bytes(gathered)
            gathered.clear()
    yield bytes(gathered)


def written(value: object) -> str:
    """Write a value as Table Schema reads it; nothing for None."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return str(value).replace("\x00", "")


def _write_guides(archive: zipfile.ZipFile, base: str) -> Iterator[Part]:
    for code in LANGUAGE_CODES:
        yield _put(archive, f"README.{code}.md", readme_text(code, base).encode())
    for code in LANGUAGE_CODES:
        yield _put(archive, f"codebook/codebook.{code}.md", codebook_text(code).encode())


def _put(archive: zipfile.ZipFile, path: str, content: bytes) -> Part:
    archive.writestr(_info(path), content)
    return Part(path, len(content), hashlib.sha256(content).hexdigest())


def _store(archive: zipfile.ZipFile, name: str, path: Path) -> Part:
    counted = _Counted()
    info = _info(name, method=zipfile.ZIP_STORED)
    with path.open("rb") as source, archive.open(info, "w", force_zip64=True) as raw:
        while piece := source.read(PIECE):
            counted.add(piece)
            raw.write(piece)
    return Part(name, counted.n_bytes, counted.digest)


def _info(path: str, *, method: int = zipfile.ZIP_DEFLATED) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(path, WHEN)
    info.compress_type = method
    info.create_system = 3
    info.external_attr = 0o644 << 16
    return info


def _as_json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()


def _version(parts: Iterable[Part]) -> str:
    lines = sorted(f"{part.digest} {part.path}\n" for part in parts)
    return hashlib.sha256("".join(lines).encode()).hexdigest()[:12]
