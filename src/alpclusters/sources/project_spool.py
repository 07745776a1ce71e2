"""A list of projects between reading and storing: a file in which it is looked through.

Projects and the bodies in them stand in different tables of a source, in any order. They are
written into a SQLite file beside the list, joined, freed of repeats and counted; a person searches
in it, and an import reads from it in the same order each time, so that it can go on where it was
cut off.
"""

import contextlib
import json
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Final, Self

from alpclusters.analysis.errors import FileFormatError, RecordError, Where, shown
from alpclusters.sources.project_codec import (
    dump_error,
    dump_notes,
    dump_participation,
    dump_project,
    load_error,
    load_notes,
    load_participation,
    load_project,
)
from alpclusters.sources.project_filters import ProjectFilter
from alpclusters.sources.project_reading import MAX_THEMES, ProjectReading
from alpclusters.sources.project_records import (
    Refused,
    SourceParticipation,
    SourceProject,
    SourceTheme,
    Thing,
)
from alpclusters.sources.project_values import folded
from alpclusters.sources.records import Note, Provenance

# Raise it when records are read differently: older spools are made anew then.
LAYOUT: Final = 1
BATCH: Final = 2_000
MAX_SEARCH: Final = 20_000
_SCHEMA: Final = """
CREATE TABLE projects (
    number INTEGER PRIMARY KEY, key TEXT UNIQUE, link TEXT, line INTEGER, updated TEXT,
    programme TEXT, first_year INTEGER, last_year INTEGER, search TEXT, record TEXT, notes TEXT,
    n_rows INTEGER DEFAULT 1
);
CREATE TABLE participations (
    link TEXT, identity TEXT, line INTEGER, updated TEXT, country TEXT, nuts TEXT, record TEXT,
    notes TEXT, PRIMARY KEY (link, identity)
) WITHOUT ROWID;
CREATE TABLE places (
    link TEXT, country TEXT, nuts TEXT, PRIMARY KEY (link, country, nuts)
) WITHOUT ROWID;
CREATE TABLE themes (link TEXT, text TEXT, PRIMARY KEY (link, text)) WITHOUT ROWID;
CREATE TABLE refused (number INTEGER PRIMARY KEY, kind TEXT, line INTEGER, error TEXT);
CREATE TABLE facts (record TEXT);
"""
_PROJECT: Final = """
INSERT INTO projects (key, link, line, updated, programme, first_year, last_year, search, record,
    notes) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (key) DO UPDATE SET n_rows = n_rows + 1,
    line = CASE WHEN excluded.updated > updated THEN excluded.line ELSE line END,
    search = CASE WHEN excluded.updated > updated THEN excluded.search ELSE search END,
    record = CASE WHEN excluded.updated > updated THEN excluded.record ELSE record END,
    notes = CASE WHEN excluded.updated > updated THEN excluded.notes ELSE notes END,
    updated = max(updated, excluded.updated)
"""
_PARTICIPATION: Final = """
INSERT INTO participations VALUES (?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (link, identity) DO UPDATE SET line = excluded.line, updated = excluded.updated,
    country = excluded.country, nuts = excluded.nuts, record = excluded.record,
    notes = excluded.notes WHERE excluded.updated > updated
"""
_ORPHANS: Final = "NOT EXISTS (SELECT 1 FROM projects p WHERE p.link = participations.link)"

type Heed = Callable[[int], object]


@dataclass(frozen=True, slots=True)
class Counts:
    """What became of rows of one kind: ``rows`` is the sum of the other three."""

    rows: int = 0
    records: int = 0
    rejected: int = 0
    repeats: int = 0


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a list once it was read.

    Attributes
    ----------
    projects, participations : Counts
    header, notes : tuple
        As of the reading.
    source, file, sha256, dated : str
    n_bytes : int
    is_whole : bool
    """

    projects: Counts
    participations: Counts
    header: tuple[str, ...]
    notes: tuple[Note, ...]
    source: str
    file: str
    sha256: str
    n_bytes: int
    is_whole: bool
    dated: str

    @property
    def provenance(self) -> Provenance:
        """Where the records come from."""
        return Provenance(self.source, self.file, self.sha256, self.n_bytes, self.projects.rows)


@dataclass(frozen=True, slots=True)
class SpooledProject:
    """A project with who takes part, in the order of the source.

    Attributes
    ----------
    number : int
        Its place in the spool.
    project : SourceProject
    participations : tuple of SourceParticipation
    content : str
        Everything that is read from the source, to tell a changed record from an unchanged one.
    n_rows : int
        Rows that list it; one of them stands.
    """

    number: int
    project: SourceProject
    participations: tuple[SourceParticipation, ...]
    content: str
    n_rows: int = 1


class ProjectSpool(AbstractContextManager["ProjectSpool"]):
    """A spooled list, open for reading."""

    def __init__(self, path: Path) -> None:
        self._base = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
        try:
            self.facts = _facts_of(self._base)
        except BaseException:
            self._base.close()
            raise

    @classmethod
    def opened(cls, path: Path, *, sha256: str) -> "ProjectSpool | None":
        """Open the spool of a list, or return None where there is none of that very list."""
        if not path.is_file():
            return None
        try:
            spool = cls(path)
        except (sqlite3.DatabaseError, ValueError, TypeError, KeyError):
            return None
        if spool.facts.sha256 == sha256:
            return spool
        spool.close()
        return None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_raised: object) -> None:
        self.close()

    def close(self) -> None:
        """Let the file go."""
        self._base.close()

    def count(self, wanted: ProjectFilter) -> int:
        """Return how many projects a filter lets through."""
        sql, values = wanted.condition()
        found = self._base.execute(f"SELECT count(*) FROM projects p WHERE {sql}", values)  # noqa: S608 - of our own parts
        return int(found.fetchone()[0])

    def count_rows(self, wanted: ProjectFilter) -> int:
        """Return how many rows list the projects that a filter lets through."""
        sql, values = wanted.condition()
        found = self._base.execute(f"SELECT sum(n_rows) FROM projects p WHERE {sql}", values)  # noqa: S608 - of our own parts
        return int(found.fetchone()[0] or 0)

    def projects(
        self, wanted: ProjectFilter, *, after: int = 0, most: int = BATCH
    ) -> list[SpooledProject]:
        """Return the next projects that a filter lets through."""
        sql, values = wanted.condition()
        rows = self._base.execute(
            "SELECT number, key, link, line, updated, record, notes, n_rows FROM projects p "  # noqa: S608 - of our own parts
            f"WHERE p.number > ? AND {sql} ORDER BY p.number LIMIT ?",
            [after, *values, most],
        ).fetchall()
        links = [row[2] for row in rows]
        bodies, words = self._bodies(links), self._words(links)
        return [self._joined(row, bodies[row[2]], words[row[2]]) for row in rows]

    def _bodies(self, links: Sequence[str]) -> dict[str, list[tuple[Any, ...]]]:
        found: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
        for marks, some in _portions(links):
            rows = self._base.execute(
                "SELECT link, identity, line, updated, record, notes FROM participations "  # noqa: S608 - question marks
                f"WHERE link IN ({marks}) ORDER BY line, identity",
                some,
            )
            for row in rows:
                found[row[0]].append(row)
        return found

    def _words(self, links: Sequence[str]) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for marks, some in _portions(links):
            rows = self._base.execute(
                f"SELECT link, text FROM themes WHERE link IN ({marks}) ORDER BY text",  # noqa: S608 - question marks
                some,
            )
            for link, text in rows:
                found[link].append(text)
        return found

    def _joined(
        self, row: tuple[Any, ...], bodies: list[tuple[Any, ...]], words: list[str]
    ) -> SpooledProject:
        number, key, link, line, updated, record, notes, n_rows = row
        provenance = self.facts.provenance
        found = [
            load_participation(
                one[4], project_key=key, identity=one[1], line=one[2], updated=one[3],
                notes=load_notes(one[5]), provenance=provenance,
            )
            for one in bodies
        ]  # fmt: skip
        found.sort(key=lambda one: (one.role != "lead", one.order, one.line))
        lead = found[0].organisation_key if found and found[0].role == "lead" else ""
        project = load_project(
            record, key=key, link=link, line=line, updated=updated, notes=load_notes(notes),
            lead_key=lead, themes=words[:MAX_THEMES], provenance=provenance,
        )  # fmt: skip
        content = "\n".join((record, *(one[4] for one in bodies), *words))
        return SpooledProject(number, project, tuple(found), content, n_rows)

    def refused(self, kind: str = "") -> Iterator[tuple[str, RecordError]]:
        """Yield the rows that cannot be taken, in the order of the file."""
        rows = self._base.execute(
            "SELECT kind, error FROM refused WHERE ? IN ('', kind) ORDER BY number", [kind]
        )
        for found, text in rows:
            yield found, load_error(text)

    def programmes(self, *, most: int = 200) -> list[tuple[str, int]]:
        """Return the programmes with their numbers of projects, the largest first."""
        rows = self._base.execute(
            "SELECT json_extract(record, '$.programme') AS name, count(*) AS n FROM projects "
            "GROUP BY name ORDER BY n DESC, name LIMIT ?",
            [most],
        )
        return [(str(name or ""), int(n)) for name, n in rows]

    def whole_programmes(self) -> list[tuple[str, str]]:
        """Return name and period of every programme of which the list holds projects."""
        rows = self._base.execute(
            "SELECT DISTINCT json_extract(record, '$.programme'), json_extract(record, '$.period') "
            "FROM projects"
        )
        return sorted((str(name), str(period)) for name, period in rows if name)

    def countries(self) -> list[tuple[str, int]]:
        """Return the countries with their numbers of projects, by code."""
        rows = self._base.execute(
            "SELECT country, count(DISTINCT link) FROM places WHERE country != '' "
            "GROUP BY country ORDER BY country"
        )
        return [(str(code), int(n)) for code, n in rows]

    def regions(self) -> dict[str, int]:
        """Return the codes of regions as given, with how often they stand there."""
        rows = self._base.execute(
            "SELECT nuts, count(*) FROM participations WHERE nuts != '' GROUP BY nuts"
        )
        return {str(code): int(n) for code, n in rows}

    def keys(self) -> Iterator[str]:
        """Yield the keys of all projects."""
        for (key,) in self._base.execute("SELECT key FROM projects ORDER BY number"):
            yield str(key)


# --- making one ---------------------------------------------------------------------------


def spool_projects(reading: ProjectReading, path: Path, *, heed: Heed | None = None) -> None:
    """Read a whole list into a spool; the file appears when it is whole.

    Parameters
    ----------
    reading : ProjectReading
    path : Path
    heed : callable, optional
        Told every few thousand rows how many were read; what it raises ends the reading.

    Raises
    ------
    FileFormatError
        The list is damaged somewhere, or holds no project.
    """
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    new = path.with_suffix(".part")
    new.unlink(missing_ok=True)
    try:
        with contextlib.closing(sqlite3.connect(new)) as base:
            new.chmod(0o600)
            _Making(base, reading).make(heed)
        new.replace(path)
    finally:
        new.unlink(missing_ok=True)


class _Making:
    """Gathers rows and writes them in batches."""

    def __init__(self, base: sqlite3.Connection, reading: ProjectReading) -> None:
        self._base, self._reading = base, reading
        self._projects: list[tuple[Any, ...]] = []
        self._bodies: list[tuple[Any, ...]] = []
        self._themes: list[tuple[str, str]] = []
        self._places: list[tuple[str, str, str]] = []
        self._refused: list[tuple[Any, ...]] = []
        self._n = {"project": 0, "participation": 0}

    def make(self, heed: Heed | None) -> None:
        """Read everything, join it, count it."""
        # Nothing that is half made is ever used, so the disk need not be waited for.
        for pragma in ("journal_mode=OFF", "synchronous=OFF", "cache_size=-64000"):
            self._base.execute(f"PRAGMA {pragma}")
        self._base.executescript(_SCHEMA)
        for n, thing in enumerate(self._reading.things(), start=1):
            self._take(thing)
            if n % BATCH == 0:
                self._write()
                if heed:
                    heed(n)
        self._write()
        self._finish()
        self._base.commit()

    def _take(self, thing: Thing) -> None:
        if isinstance(thing, SourceParticipation):
            self._n["participation"] += 1
            self._bodies.append(_participation_row(thing))
            self._places.append((thing.project_key, thing.country, thing.nuts))
        elif isinstance(thing, SourceProject):
            self._n["project"] += 1
            self._projects.append(_project_row(thing))
            self._places += [(thing.link or thing.key, *place) for place in thing.places]
        elif isinstance(thing, SourceTheme):
            self._themes.append((thing.project_key, thing.text))
        else:
            self._n[thing.kind] += 1
            self._refused.append(_refused_row(thing))

    def _write(self) -> None:
        for sql, rows in (
            (_PROJECT, self._projects),
            (_PARTICIPATION, self._bodies),
            ("INSERT OR IGNORE INTO themes VALUES (?, ?)", self._themes),
            ("INSERT OR IGNORE INTO places VALUES (?, ?, ?)", self._places),
            ("INSERT INTO refused (kind, line, error) VALUES (?, ?, ?)", self._refused),
        ):
            self._base.executemany(sql, rows)
            rows.clear()

    def _finish(self) -> None:
        if not self._n["project"]:
            raise FileFormatError("project.none", where=Where(file=self._reading.file))
        self._base.execute("CREATE INDEX by_link ON projects (link)")
        self._refuse_orphans()
        facts = replace(
            _facts_from(self._reading),
            projects=self._counts("project", self._count("projects")),
            participations=self._counts("participation", self._count("participations")),
        )
        self._base.execute("INSERT INTO facts VALUES (?)", [_dumped(facts)])

    def _count(self, table: str) -> int:
        found = self._base.execute(f"SELECT count(*) FROM {table}")  # noqa: S608 - one of ours
        return int(found.fetchone()[0])

    def _counts(self, kind: str, n_records: int) -> Counts:
        found = self._base.execute("SELECT count(*) FROM refused WHERE kind = ?", [kind])
        rejected, rows = int(found.fetchone()[0]), self._n[kind]
        return Counts(rows, n_records, rejected, rows - n_records - rejected)

    def _refuse_orphans(self) -> None:
        """Refuse bodies whose project the list does not hold."""
        file = self._reading.file
        rows = self._base.execute(
            f"SELECT link, line, record FROM participations WHERE {_ORPHANS} ORDER BY line"  # noqa: S608 - our own
        ).fetchall()
        self._refused = [_orphan_row(file, *row) for row in rows]
        self._write()
        self._base.execute(f"DELETE FROM participations WHERE {_ORPHANS}")  # noqa: S608 - our own


def _project_row(one: SourceProject) -> tuple[Any, ...]:
    first, last = _years(one)
    texts = [one.acronym, *one.titles.values(), *one.themes, *one.texts.get("aims", {}).values()]
    return (
        one.key,
        one.link or one.key,
        one.line,
        one.updated,
        folded(one.programme),
        first,
        last,
        folded("\n".join(texts))[:MAX_SEARCH],
        dump_project(one),
        dump_notes(one.notes),
    )


def _years(one: SourceProject) -> tuple[int | None, int | None]:
    """Return the years of the programme's period, else of the project."""
    if one.period:
        first, last = one.period.split("-")
        return int(first), int(last)
    start, end = one.start or one.end, one.end or one.start
    return (start.year, end.year) if start and end else (None, None)


def _participation_row(one: SourceParticipation) -> tuple[Any, ...]:
    return (
        one.project_key,
        one.identity,
        one.line,
        one.updated,
        one.country,
        one.nuts,
        dump_participation(one),
        dump_notes(one.notes),
    )


def _refused_row(one: Refused) -> tuple[Any, ...]:
    return one.kind, one.error.where.line or 0, dump_error(one.error)


def _orphan_row(file: str, link: str, line: int, record: str) -> tuple[Any, ...]:
    where = Where(file=file, line=line)
    error = RecordError("project.orphan", where=where, found=link)
    error.cells = (link, str(json.loads(record)[1]))
    return "participation", line, dump_error(error)


def _portions(links: Sequence[str]) -> Iterator[tuple[str, Sequence[str]]]:
    for start in range(0, len(links), 500):
        some = links[start : start + 500]
        yield ", ".join("?" * len(some)), some


# --- facts --------------------------------------------------------------------------------


def _facts_from(reading: ProjectReading) -> Facts:
    return Facts(
        Counts(),
        Counts(),
        reading.header,
        reading.notes,
        reading.source,
        reading.file,
        reading.sha256,
        reading.n_bytes,
        reading.is_whole,
        reading.dated,
    )


def _dumped(facts: Facts) -> str:
    record = {**asdict(facts), "notes": dump_notes(facts.notes), "layout": LAYOUT}
    return json.dumps(record)


def _facts_of(base: sqlite3.Connection) -> Facts:
    found = base.execute("SELECT record FROM facts").fetchone()
    record = json.loads(found[0]) if found else {}
    if record.pop("layout", None) != LAYOUT:
        raise ValueError(shown("another layout"))
    record["header"], record["notes"] = tuple(record["header"]), load_notes(record["notes"])
    for name in ("projects", "participations"):
        record[name] = Counts(**record[name])
    return Facts(**record)
