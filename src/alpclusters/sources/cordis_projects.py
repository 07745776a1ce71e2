"""Projects in the archives of CORDIS on EU research: an archive, a folder, or project.csv alone."""

import hashlib
import re
import zipfile
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Final

from alpclusters.analysis.errors import FileFormatError, RecordError
from alpclusters.sources.archives import find_member, is_zip
from alpclusters.sources.cordis import LICENCE, SOURCE
from alpclusters.sources.cordis_rows import cordis_heads, cordis_rows
from alpclusters.sources.organisation_fields import is_natural_person, nuts_of
from alpclusters.sources.organisation_rows import Heads, Row
from alpclusters.sources.project_reading import (
    MAX_TOWN,
    Noted,
    ProjectReading,
    refused,
    themes_of,
    told,
)
from alpclusters.sources.project_records import (
    Role,
    SourceParticipation,
    SourceProject,
    SourceTheme,
    Status,
    Thing,
)
from alpclusters.sources.project_values import acronym_of, key_of
from alpclusters.sources.records import Note
from alpclusters.sources.streams import TextStream, open_text
from alpclusters.sources.texts import check_file

PROJECTS: Final = "project.csv"
PARTNERS: Final = "organization.csv"
# Tables of words beside the projects, with the column of the word.
THEMES: Final = {"topics.csv": "title", "euroscivoc.csv": "euroscivoctitle"}
REQUIRED: Final = ("id", "acronym", "title", "frameworkprogramme")
REQUIRED_OF_PARTNERS: Final = ("projectid", "organisationid", "name", "role")
_NUMBER: Final = re.compile(r"[0-9A-Za-z._/-]{1,40}")
_PIC: Final = re.compile(r"[0-9]{9}")
_STATUS: Final[Mapping[str, Status]] = {
    "SIGNED": "running",
    "CLOSED": "closed",
    "TERMINATED": "terminated",
}
_ROLES: Final[Mapping[str, Role]] = {
    "coordinator": "lead",
    "participant": "partner",
    "partner": "partner",
    "internationalpartner": "partner",
    "associatedpartner": "associated",
    "thirdparty": "third_party",
}
_NAMES: Final = {
    "FP5": ("Fifth Framework Programme", "1998-2002"),
    "FP6": ("Sixth Framework Programme", "2002-2006"),
    "FP7": ("Seventh Framework Programme", "2007-2013"),
    "H2020": ("Horizon 2020", "2014-2020"),
    "HORIZON": ("Horizon Europe", "2021-2027"),
}


def read_projects(
    source: Path, *, name: str | None = None, natural_persons: bool = False
) -> ProjectReading:
    """Open the projects with the bodies that take part.

    Parameters
    ----------
    source : Path
        An archive such as ``cordis-HORIZONprojects-csv.zip``, a folder with what is in one, or
        ``project.csv`` alone, which names no bodies.
    name : str, optional
        How errors and provenance call it; ``None`` takes the file's name.
    natural_persons : bool, default False
        Whether bodies whose legal form is that of one person are taken.

    Raises
    ------
    FileFormatError
        No such file, an unsafe or damaged archive, a column that is missing, the layout of
        before 2021.
    """
    shown = name or source.name
    texts = _texts(source, shown)
    projects = texts[PROJECTS]
    heads = cordis_heads(projects, required=REQUIRED)
    notes = [note for text in texts.values() for note in text.notes]
    partners = texts.get(PARTNERS)
    partner_heads = None
    if partners is None:
        notes.append(Note("project.no_partners"))
    else:
        partner_heads = cordis_heads(partners, required=REQUIRED_OF_PARTNERS)
    digest = hashlib.sha256("".join(text.sha256 for text in texts.values()).encode())
    return ProjectReading(
        SOURCE,
        LICENCE,
        shown,
        digest.hexdigest(),
        sum(text.n_bytes for text in texts.values()),
        heads.names,
        partial(_things, texts, heads, partner_heads, natural_persons=natural_persons),
        tuple(notes),
        is_whole=partners is not None,
        dated=_dated(source),
    )


def _texts(source: Path, shown: str) -> dict[str, TextStream]:
    if source.is_dir():
        return _of_folder(source, shown)
    check_file(source)
    if not is_zip(source):
        return {PROJECTS: open_text(source, name=shown)}
    found = {PROJECTS: open_text(source, name=shown, member=PROJECTS)}
    found[PARTNERS] = open_text(source, name=shown, member=PARTNERS)
    for member in THEMES:
        if _has(source, member, shown):
            found[member] = open_text(source, name=shown, member=member)
    return found


def _of_folder(folder: Path, shown: str) -> dict[str, TextStream]:
    there = {path.name.casefold(): path for path in sorted(folder.iterdir())}
    names = (PROJECTS, *(name for name in (PARTNERS, *THEMES) if name in there))
    return {
        name: open_text(there.get(name, folder / name), name=f"{shown}/{name}") for name in names
    }


def _has(source: Path, member: str, shown: str) -> bool:
    try:
        find_member(source, member, file=shown)
    except FileFormatError as error:
        if error.code == "archive.member_missing":
            return False
        raise
    return True


def _dated(source: Path) -> str:
    """Return the day on which CORDIS packed the archive."""
    if source.is_dir() or not is_zip(source):
        return ""
    with zipfile.ZipFile(source) as archive:
        found = [e for e in archive.infolist() if e.filename.casefold().endswith(PROJECTS)]
    return "{:04}-{:02}-{:02}".format(*found[0].date_time[:3]) if found else ""


def _things(
    texts: Mapping[str, TextStream],
    heads: Heads,
    partner_heads: Heads | None,
    *,
    natural_persons: bool,
) -> Iterator[Thing]:
    for row in cordis_rows(texts[PROJECTS], heads):
        yield refused("project", row) if isinstance(row, RecordError) else _project_or_not(row)
    if partner_heads is not None:
        for row in cordis_rows(texts[PARTNERS], partner_heads):
            if isinstance(row, RecordError):
                yield refused("participation", row)
            else:
                yield _partner_or_not(row, natural_persons=natural_persons)
    for member, column in THEMES.items():
        if member in texts:
            yield from _themes(texts[member], column)


# --- projects -----------------------------------------------------------------------------


def _project_or_not(row: Row) -> Thing:
    try:
        return _project(row)
    except RecordError as error:
        return refused("project", error, row)


def _project(row: Row) -> SourceProject:
    number = row.needed("id")
    if not _NUMBER.fullmatch(number):
        code = "project.bad_id"
        raise row.error(code, "id", expected="690001")
    noted = Noted(row, comma_is_decimal=True)
    title = noted.line("title")
    acronym = acronym_of(noted.line("acronym"), title)
    if not acronym:
        code = "organisation.empty"
        raise row.error(code, "acronym")
    code = row.text("frameworkprogramme").upper()
    programme, period = _NAMES.get(code, (code, ""))
    doi = row.text("grantdoi")
    budget, eu = noted.money("totalcost"), noted.money("ecmaxcontribution")
    start, end = noted.day("startdate"), noted.day("enddate")
    return SourceProject(
        key=f"{code}:{number}" if code else number,
        acronym=acronym,
        line=row.line,
        titles=told({"en": title}),
        programme=programme,
        period=period,
        family="research",
        call=noted.line("topics", "subcall", "mastercall")[:120],
        reference=number,
        start=start,
        end=end,
        status=_STATUS.get(row.text("status").upper(), "unknown"),
        budget=budget,
        eu=eu,
        themes=themes_of(*re.split(r"[;,]", noted.line("keywords"))),
        texts={"aims": told({"en": noted.text("objective")})},
        address=f"https://doi.org/{doi}"
        if doi
        else f"https://cordis.europa.eu/project/id/{number}",
        link=number,
        updated=row.text("contentupdatedate"),
        notes=tuple(noted.notes),
    )


# --- who takes part -----------------------------------------------------------------------


def _partner_or_not(row: Row, *, natural_persons: bool) -> Thing:
    try:
        return _partner(row, natural_persons=natural_persons)
    except RecordError as error:
        return refused("participation", error, row)


def _partner(row: Row, *, natural_persons: bool) -> SourceParticipation:
    number, pic, name = row.needed("projectid"), row.text("organisationid"), row.needed("name")
    noted = Noted(row, comma_is_decimal=True)
    country = noted.country("country", "nutscode")
    if not natural_persons and is_natural_person(name, country):
        code = "organisation.natural_person"
        raise row.error(code, "name")
    role, order = row.text("role").replace("-", "").casefold(), row.text("order")
    is_pic = bool(_PIC.fullmatch(pic))
    key = f"pic:{pic}" if is_pic else f"name:{country}-{key_of(name)}"
    if role not in _ROLES:
        noted.left_out("role", role)
    return SourceParticipation(
        project_key=number,
        organisation_key=key,
        identity=f"{key}|{role}|{order}",
        name=noted.name(name),
        line=row.line,
        country=country,
        town=row.text("city")[:MAX_TOWN],
        role=_ROLES.get(role, "partner"),
        order=int(order) if order.isdecimal() and len(order) < 5 else 0,  # noqa: PLR2004 - a place
        nuts=nuts_of(row.text("nutscode")),
        budget=noted.money("totalcost"),
        eu=noted.money("eccontribution"),
        ended=row.text("endofparticipation").casefold() == "true",
        known_as=(("pic", pic),) if is_pic else (),
        updated=row.text("contentupdatedate"),
        notes=tuple(noted.notes),
    )


def _themes(text: TextStream, column: str) -> Iterator[SourceTheme]:
    heads = cordis_heads(text, required=("projectid",))
    for row in cordis_rows(text, heads):
        if not isinstance(row, RecordError):
            word = " ".join(row.text(column).split())
            if word:
                yield SourceTheme(row.text("projectid"), word)
