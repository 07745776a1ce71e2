"""Cooperation projects as keep.eu exports them: a workbook of projects, partners and calls."""

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from alpclusters.analysis.errors import FileFormatError, RecordError, Where
from alpclusters.sources.csv_tables import normalised
from alpclusters.sources.keep import LICENCE, SOURCE
from alpclusters.sources.organisation_fields import is_natural_person, nuts_of
from alpclusters.sources.organisation_records import id_from_name
from alpclusters.sources.organisation_rows import Heads, Row, as_text
from alpclusters.sources.project_reading import (
    MAX_TOWN,
    Noted,
    ProjectReading,
    refused,
    themes_of,
    told,
)
from alpclusters.sources.project_records import SourceParticipation, SourceProject, Thing
from alpclusters.sources.project_values import (
    acronym_of,
    folded,
    key_of,
    period_of,
    without_period,
)
from alpclusters.sources.records import Note
from alpclusters.sources.spooled_sheets import spool_sheet
from alpclusters.sources.texts import check_file

HEAD_ROWS: Final = 20
# Newer downloads have other heads: each column by its names.
REQUIRED: Final = ("programme", "acronym", "project-start")
REQUIRED_OF_PARTNERS: Final = ("programme", "acronym", "project-partner")
_OTHER_HEADS: Final = {
    "project-acronym": "acronym",
    "project-start-date": "project-start",
    "start-date": "project-start",
    "project-end-date": "project-end",
    "end-date": "project-end",
    "programme-name": "programme",
    "partner-name": "project-partner",
    "partner": "project-partner",
    "total-budget": "budget",
}
_CODE: Final = re.compile(r"([A-Z]{2,6}[0-9]{0,2}(?:-[0-9][0-9.]*)+)\s+(\S.*)")
_NUTS: Final = ("nuts3-(or-equivalent)", "nuts2-(or-equivalent)", "nuts1-(or-equivalent)")
_THEMES: Final = ("thematic1", "thematic2", "thematic3")
_START_OF_TEXT: Final = 40


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A sheet by the row of its heads."""

    heads: Heads
    top: int


@dataclass(frozen=True, slots=True)
class _Standing:
    """A project for the partner rows that name it."""

    key: str
    lead: str


def read_workbook_projects(
    source: Path, *, name: str | None = None, natural_persons: bool = False
) -> ProjectReading:
    """Open the projects of an export as workbook.

    Parameters
    ----------
    source : Path
        The workbook (.xlsx).
    name : str, optional
        How errors and provenance call it; ``None`` takes the file's name.
    natural_persons : bool, default False
        Whether partners whose legal form is that of one person are taken.

    Returns
    -------
    ProjectReading
        The key is made of programme, acronym and title: the export has none.

    Raises
    ------
    FileFormatError
        No such file, an unsafe or damaged workbook, or no sheet with these columns.
    """
    check_file(source)
    shown = name or source.name
    projects, partners = _sheets(source, shown)
    with source.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return ProjectReading(
        SOURCE,
        LICENCE,
        shown,
        digest,
        source.stat().st_size,
        projects.heads.names,
        partial(_things, source, projects, partners, natural_persons=natural_persons),
        () if partners else (Note("project.no_partners"),),
    )


def split_code(acronym: str) -> tuple[str, str]:
    """Part the number of the grant from an acronym that carries it.

    Examples
    --------
    >>> split_code("DTP1-095-1.1 DanuBioValNet"), split_code("S3-4AlpClusters")
    (('DTP1-095-1.1', 'DanuBioValNet'), ('', 'S3-4AlpClusters'))
    """
    found = _CODE.fullmatch(acronym)
    return (found[1], found[2]) if found else ("", acronym)


def _sheets(source: Path, shown: str) -> tuple[_Sheet, _Sheet | None]:
    """Find the sheets by their columns: newer exports have a cover sheet, and other names."""
    with spool_sheet(source, name=shown, max_rows=HEAD_ROWS) as first:
        names = first.sheets
    projects = partners = None
    for name in names:
        if projects is None and (found := _look(source, shown, name, REQUIRED)):
            projects = found
        elif partners is None:
            partners = _look(source, shown, name, REQUIRED_OF_PARTNERS)
    if projects is None:
        code, expected = "project.no_sheet", "Programme, Acronym, Project start"
        where = Where(file=shown)
        raise FileFormatError(code, where=where, found=", ".join(names), expected=expected)
    return projects, partners


def _look(source: Path, shown: str, name: str, required: tuple[str, ...]) -> _Sheet | None:
    with spool_sheet(source, name=shown, sheet=name, max_rows=HEAD_ROWS) as sheet:
        for row in sheet.rows():
            cells = [_head(as_text(cell)) for cell in row.cells]
            if set(required) <= {normalised(cell) for cell in cells}:
                heads = Heads.of(cells, required=required, file=shown, sheet=name)
                return _Sheet(heads, row.line)
    return None


def _head(text: str) -> str:
    return _OTHER_HEADS.get(normalised(text), text)


def _rows(source: Path, sheet: _Sheet) -> Iterator[Row]:
    width = len(sheet.heads.names)
    file = sheet.heads.file
    with spool_sheet(source, name=file, sheet=sheet.heads.sheet) as spooled:
        for row in spooled.rows():
            if row.line > sheet.top:
                cells = (*row.cells[:width], *[None] * (width - len(row.cells)))
                yield Row(sheet.heads, row.line, cells)


def _things(
    source: Path, projects: _Sheet, partners: _Sheet | None, *, natural_persons: bool
) -> Iterator[Thing]:
    standing: defaultdict[tuple[str, str], list[_Standing]] = defaultdict(list)
    sites = Counter(_site(row) for row in _rows(source, projects))
    for row in _rows(source, projects):
        try:
            # The site of several projects is that of their programme.
            project = _project(row, has_own_site=sites[_site(row)] == 1)
        except RecordError as error:
            yield refused("project", error, row)
            continue
        own = _Standing(project.key, folded(row.text("lead-partner")))
        if own not in standing[_pair(row)]:
            standing[_pair(row)].append(own)
        yield project
        if partners is None and row.text("lead-partner"):
            yield _lead(row, project)
    for row in _rows(source, partners) if partners else ():
        try:
            yield _partner(row, standing, natural_persons=natural_persons)
        except RecordError as error:
            yield refused("participation", error, row)


def _pair(row: Row) -> tuple[str, str]:
    """Return programme and acronym, by which partner rows find their project."""
    return folded(row.text("programme")), folded(row.text("acronym"))


def _site(row: Row) -> tuple[str, str]:
    return row.text("programme"), row.text("website").casefold().rstrip("/")


def _project(row: Row, *, has_own_site: bool) -> SourceProject:
    programme, written = row.needed("programme"), row.needed("acronym")
    noted = Noted(row, comma_is_decimal=False)
    title = noted.line("project-name", "project-name-language-2", "project-name-language-3")
    texts = {
        "aims": {"en": noted.text("description-en"), "": noted.text("description-1")},
        "expected": {"en": noted.text("expected-results-en")},
        "achieved": {"en": noted.text("achievements-en") or noted.text("delivered-outputs-en")},
    }
    code, acronym = split_code(written)
    start, end = noted.day("project-start"), noted.day("project-end")
    return SourceProject(
        key=key_of(programme, written, title or texts["aims"]["en"][:_START_OF_TEXT]),
        acronym=acronym_of(acronym, title),
        line=row.line,
        titles=told({"": title}),
        programme=without_period(programme),
        period=period_of(row.text("period")) or period_of(programme),
        family=family_of(programme),
        call=row.text("call-sn")[:120],
        reference=code,
        start=start,
        end=end,
        budget=noted.money("budget"),
        eu=noted.money("eu-funding"),
        themes=themes_of(*(noted.line(name) for name in _THEMES)),
        texts={kind: told(by) for kind, by in texts.items() if told(by)},
        website=noted.website("website") if has_own_site else "",
        notes=tuple(noted.notes),
    )


def family_of(programme: str) -> str:
    """Return the kind of programme that keep.eu lists under a name.

    Examples
    --------
    >>> family_of("2014 - 2020 INTERREG VB Alpine Space"), family_of("ENI CBC Black Sea Basin")
    ('interreg', 'other_eu')
    """
    words = programme.casefold()
    is_other = any(word in words.split() for word in ("eni", "enpi", "ipa", "tacis", "phare"))
    return "other_eu" if is_other and "interreg" not in words else "interreg"


def _lead(row: Row, project: SourceProject) -> SourceParticipation:
    noted = Noted(row, comma_is_decimal=False)
    name, country = row.text("lead-partner"), noted.country("country")
    return SourceParticipation(
        project_key=project.key,
        organisation_key=f"name:{country}-{key_of(name)}",
        identity="lead",
        name=noted.name(name),
        line=row.line,
        country=country,
        town=row.text("town")[:MAX_TOWN],
        role="lead",
    )


def _partner(
    row: Row,
    standing: dict[tuple[str, str], list[_Standing]],
    *,
    natural_persons: bool,
) -> SourceParticipation:
    name = row.needed("project-partner")
    noted = Noted(row, comma_is_decimal=False)
    country, town = noted.country("country-code", "country"), row.text("town")
    if not natural_persons and is_natural_person(name, country):
        code = "organisation.natural_person"
        raise row.error(code, "project-partner")
    is_lead = row.text("lead-partner").casefold() in ("yes", "true", "1", "lead")
    key = f"name:{country}-{key_of(name)}"
    return SourceParticipation(
        project_key=_project_of(row, standing, name if is_lead else ""),
        organisation_key=key,
        identity=f"{key}|{folded(town)}|{row.text('department')}",
        name=noted.name(name),
        line=row.line,
        country=country,
        town=town[:MAX_TOWN],
        role="lead" if is_lead else "partner",
        nuts=next(filter(None, (nuts_of(row.text(column)) for column in _NUTS)), ""),
        known_as=(("keep-name", id_from_name(name, country, town)),),
        notes=tuple(noted.notes),
    )


def _project_of(row: Row, standing: dict[tuple[str, str], list[_Standing]], lead: str) -> str:
    """Return the key of the project a partner row names.

    Raises
    ------
    RecordError
        No project, or several of which the lead partner does not tell the one.
    """
    found = standing.get(_pair(row), [])
    if len(found) > 1:
        found = [one for one in found if lead and one.lead == folded(lead)]
        if len(found) != 1:
            code = "project.several"
            raise row.error(code, "acronym")
    if not found:
        code = "project.orphan"
        raise row.error(code, "acronym")
    return found[0].key
