"""Which reader takes a file of projects."""

import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from alpclusters.analysis.errors import FileFormatError, Where
from alpclusters.sources import cordis_projects, kohesio_projects, project_tables
from alpclusters.sources.archives import is_zip
from alpclusters.sources.csv_tables import normalised
from alpclusters.sources.keep_json import read_json_projects
from alpclusters.sources.keep_projects import read_workbook_projects
from alpclusters.sources.project_reading import ProjectReading
from alpclusters.sources.streams import open_text
from alpclusters.sources.texts import check_file
from alpclusters.sources.user_tables import is_workbook

CORDIS: Final = "cordis"
KEEP: Final = "keep"
KOHESIO: Final = "kohesio"
TABLE: Final = "table"
KINDS: Final = (CORDIS, KEEP, KOHESIO, TABLE)

type Reader = Callable[..., ProjectReading]


def open_projects(
    path: Path, kind: str, *, name: str | None = None, natural_persons: bool = False
) -> ProjectReading:
    """Open a file of a source.

    Raises
    ------
    FileFormatError
        It cannot be read, or lacks what such a file has.
    """
    _check_there(path)
    readers: Mapping[str, Reader] = {
        CORDIS: cordis_projects.read_projects,
        KEEP: _keep(path),
        KOHESIO: kohesio_projects.read_projects,
        TABLE: project_tables.read_projects,
    }
    return readers[kind](path, name=name, natural_persons=natural_persons)


def guess_kind(path: Path) -> str:
    """Tell whose file it is from what is in it; what nobody knows is a table.

    Raises
    ------
    FileFormatError
        There is no such file.
    """
    _check_there(path)
    if path.is_dir():
        return CORDIS
    if is_zip(path):
        return _kind_of_zip(path)
    text = open_text(path, name=path.name)
    first = next(text.lines()).lstrip()
    if first.startswith(("[", "{")):
        return KEEP
    heads = {normalised(cell.strip('"')) for cell in first.replace(";", ",").split(",")}
    if {"frameworkprogramme", "acronym"} <= heads:
        return CORDIS
    return KOHESIO if "operation-unique-identifier" in heads else TABLE


def _kind_of_zip(path: Path) -> str:
    if not is_workbook(path):
        return CORDIS
    try:
        read_workbook_projects(path)
    except FileFormatError as error:
        if error.code == "project.no_sheet":
            return TABLE
        raise
    return KEEP


def _keep(path: Path) -> Reader:
    """Take the workbook for a zip, else JSON."""
    is_book = not path.is_dir() and zipfile.is_zipfile(path)
    return read_workbook_projects if is_book else read_json_projects


def _check_there(path: Path) -> None:
    if not path.exists():
        code = "path.missing"
        raise FileFormatError(code, where=Where(file=path.name))
    if not path.is_dir():
        check_file(path)
