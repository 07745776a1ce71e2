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
from typing import IO, Any, Final, Protocol

from django.utils.translation import gettext as _
from django.utils.translation import override

from alpclusters.platform.evidence.domain.archive.contents import Scope, read_scope, sources_of
from alpclusters.platform.evidence.domain.archive.rows import READERS, documents
from alpclusters.platform.evidence.domain.archive.schemas import TABLES, TableSchema
from alpclusters.platform.evidence.domain.codebook.reading import CODED, codes_of, current_codebook
from alpclusters.platform.evidence.domain.documents.files import file_path
from alpclusters.platform.evidence.models import Code, Codebook, Document
from alpclusters.platform.languages.codes import LANGUAGE_CODES

# --- ``datapackage.json``: what is in the package, in the form of Frictionless Data Package 1 -----


TITLE: Final = "AlpClusters evidence base"
DESCRIPTION: Final = (
    "Earlier European initiatives for clusters and regions: what they did, what became of it "
    "after the funding, what follows from it, how certain that is, and the sources. Facts are in "
    "the words of AlpClusters unless a record names its own licence. README.en.md and the other "
    "languages explain it; codebook/ has the codes with definitions and examples."
)


class Written(Protocol):
    """A file of the package."""

    @property
    def path(self) -> str:
        """Where it lies."""

    @property
    def n_bytes(self) -> int:
        """How long it is."""

    @property
    def digest(self) -> str:
        """Its SHA-256."""


def descriptor(scope: Scope, tables: Mapping[str, Written], version: str) -> dict[str, Any]:
    """Return the descriptor of the package."""
    home = f"{scope.base}/en/evidence/data/"
    return {
        "profile": "tabular-data-package",
        "name": "alpclusters-evidence",
        "id": home,
        "title": TITLE,
        "description": DESCRIPTION,
        "homepage": home,
        "version": version,
        "contributors": [{"title": "AlpClusters", "path": scope.base, "role": "publisher"}],
        "sources": sources_of(scope),
        "resources": [_resource(schema, tables[schema.name]) for schema in TABLES],
    }


def _resource(schema: TableSchema, part: Written) -> dict[str, Any]:
    return {
        "profile": "tabular-data-resource",
        "name": schema.name,
        "title": schema.title,
        "path": part.path,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": part.n_bytes,
        "hash": f"sha256:{part.digest}",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "header": True},
        "schema": schema.as_json(),
    }


# --- What people read in the data package: what it is, and the codebook, in five languages --------


def readme_text(language: str, base: str) -> str:
    """Explain the package in one language, as Markdown."""
    with override(language):
        paragraphs = [
            "# " + _("The evidence base of AlpClusters as a data package"),
            *_about(base),
            "## " + _("Tables"),
            _table_list(),
            "## " + _("How to read it"),
            *_reading(),
            "## " + _("Licences and personal data"),
            *_licences(),
            _(
                "Personal data: there is none. Coders appear as numbers that mean nothing outside "
                "this package; bodies and authors are named as public sources name them."
            ),
        ]
        return "\n\n".join(paragraphs) + "\n"


def _about(base: str) -> list[str]:
    return [
        _(
            "Earlier European initiatives for clusters and regions: what they did, what became "
            "of it after the funding had ended, what follows from it, how certain that is, and "
            "where it is written."
        ),
        f"{base}/en/evidence/data/",
        _(
            "The package holds only what is published. The same content makes the same file, "
            "byte by byte; its version is made from the content."
        ),
    ]


def _table_list() -> str:
    names = ", ".join(f"`data/{schema.name}.csv`" for schema in TABLES)
    return (
        _(
            "Every table is CSV in UTF-8. `datapackage.json` describes each column, key and tie "
            "between tables in the form of Frictionless Data (Table Schema)."
        )
        + f"\n\n{names}"
    )


def _reading() -> list[str]:
    return [
        _(
            "An empty cell means that nobody knows. It never means zero or no. A list is written "
            "in square brackets (JSON). Amounts are in cents of their currency and are never "
            "added over currencies."
        ),
        _(
            "Translated texts have one column per language; empty ones have not been translated. "
            "Facts are unverified until somebody confirmed them (column “standing”). What was "
            "invented for demonstration has “true” in “is_simulated”."
        ),
        _(
            "Programme lines and calls are no evidence that something worked. Count families, not "
            "initiatives: what continues one another or shares its partners counts as one (column "
            "“family”). The grade of certainty follows our own rule; a grade that a person set "
            "stands beside it."
        ),
        _(
            "Texts are unchanged. A spreadsheet may take one that begins with an equals sign for "
            "a formula; import the columns as text."
        ),
    ]


def _licences() -> list[str]:
    return [
        _(
            "Texts that came from a source keep its licence (column “licence”, and “sources” in "
            "`datapackage.json`); name that source. All other facts are in our own words: name "
            "AlpClusters, the version and the address."
        ),
        _("Files of documents are included only where their licence allows it (folder `files`)."),
    ]


def codebook_text(language: str) -> str:
    """Write the codebook in force in one language, as Markdown."""
    with override(language):
        try:
            book = current_codebook()
        except Codebook.DoesNotExist:
            return "# " + _("Codebook") + "\n"
        title = _("Codebook, version %(number)s") % {"number": book.number}
        return "\n\n".join([f"# {title}", *_fields(book)]) + "\n"


def _fields(book: Codebook) -> Iterator[str]:
    for asked in CODED:
        yield f"## {asked.label} (`{asked.name}`)"
        if asked.question:
            yield str(asked.question)
        yield from (_code(code) for code in codes_of(book, asked.name, with_retired=True))


def _code(code: Code) -> str:
    retired = f" ({_('no longer chosen')})" if code.is_retired else ""
    lines = [f"- **{code.label}** (`{code.key}`){retired}: {code.definition}"]
    if code.example:
        lines.append(f"  {_('Example')}: {code.example}")
    if code.counter_example:
        lines.append(f"  {_('Counter-example')}: {code.counter_example}")
    return "\n".join(lines)


# --- Writing the data package: a ZIP whose bytes depend on nothing but what is published ----------


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
