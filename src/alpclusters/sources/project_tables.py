"""Initiatives in tables of people's own, CSV or XLSX, with columns named as our fields are."""

import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Final

from alpclusters.analysis.errors import RecordError
from alpclusters.sources.organisation_fields import country_of, is_natural_person
from alpclusters.sources.organisation_records import id_from_name
from alpclusters.sources.organisation_rows import Heads, Row
from alpclusters.sources.project_reading import Noted, ProjectReading, refused, themes_of, told
from alpclusters.sources.project_records import (
    SourceParticipation,
    SourceProject,
    Status,
    Thing,
)
from alpclusters.sources.project_values import acronym_of, key_of, period_of
from alpclusters.sources.records import Licence
from alpclusters.sources.user_tables import UserTable, open_table

SOURCE: Final = "table"
LICENCE: Final = Licence("", "", "")
REQUIRED: Final = ("acronym",)
FIELDS: Final = (
    "key", "acronym", "title", "programme", "period", "call", "reference", "start", "end",
    "status", "budget", "eu", "keywords", "aims", "website", "lead", "countries", "partners",
)  # fmt: skip
_WITH_LANGUAGE: Final = re.compile(r"(?:title|aims)-([a-z]{2})")
_STATUSES: Final[tuple[Status, ...]] = ("planned", "running", "closed", "terminated", "unknown")
_FAMILIES: Final = {
    "interreg": "interreg",
    "horizon": "research",
    "framework programme": "research",
    "cip": "competitiveness",
    "cosme": "competitiveness",
    "erdf": "cohesion",
}
_LIST: Final = re.compile(r"[;|\n]")
_PARTNER: Final = re.compile(r"(.+?)\s*\(([A-Za-z]{2})\)")


def read_projects(
    source: Path, *, name: str | None = None, natural_persons: bool = False
) -> ProjectReading:
    """Open a table of initiatives.

    Parameters
    ----------
    source : Path
        CSV, TSV or XLSX; columns named as in `FIELDS`, ``title`` and ``aims`` also with a language
        as ``title_de``.
    name : str, optional
        How errors and provenance call it; ``None`` takes the file's name.
    natural_persons : bool, default False
        Whether partners whose legal form is that of one person are taken.

    Raises
    ------
    FileFormatError
        No such file, no table, or no column ``acronym``.
    """
    shown = name or source.name
    with open_table(source, name=shown) as table:
        heads = Heads.of(table.header, required=REQUIRED, file=shown, sheet=table.sheet)
        digest, notes = table.sha256, table.notes
    return ProjectReading(
        SOURCE,
        LICENCE,
        shown,
        digest,
        source.stat().st_size,
        heads.names,
        partial(_things, source, shown, heads, natural_persons=natural_persons),
        notes,
    )


def _things(source: Path, shown: str, heads: Heads, *, natural_persons: bool) -> Iterator[Thing]:
    with open_table(source, name=shown) as table:
        for row in _rows(table, heads):
            if isinstance(row, RecordError):
                yield refused("project", row)
                continue
            try:
                project = _project(row)
            except RecordError as error:
                yield refused("project", error, row)
                continue
            yield project
            yield from _partners(row, project, natural_persons=natural_persons)


def _rows(table: UserTable, heads: Heads) -> Iterator[Row | RecordError]:
    for row in table.rows():
        yield row if isinstance(row, RecordError) else Row(heads, row.line, row.cells)


def _languages(heads: Heads) -> list[str]:
    """Return the languages that heads such as ``title_de`` name, English first."""
    found = {match[1] for name in heads.places if (match := _WITH_LANGUAGE.fullmatch(name))}
    return sorted(found, key=lambda code: (code != "en", code))


def _project(row: Row) -> SourceProject:
    noted = Noted(row, comma_is_decimal=False)
    languages = _languages(row.heads)
    titles = {"": noted.line("title")} | {c: noted.line(f"title-{c}") for c in languages}
    aims = {"": noted.text("aims")} | {c: noted.text(f"aims-{c}") for c in languages}
    acronym = acronym_of(noted.line("acronym"), next(iter(told(titles).values()), ""))
    if not acronym:
        code = "organisation.empty"
        raise row.error(code, "acronym")
    programme, period = noted.line("programme"), noted.line("period")
    status = row.text("status").casefold()
    start, end = noted.day("start"), noted.day("end")
    return SourceProject(
        key=row.text("key")[:120] or key_of(programme, period, acronym),
        acronym=acronym,
        line=row.line,
        titles=told(titles),
        programme=programme,
        period=period_of(period) or period_of(programme),
        family=_family(programme),
        call=noted.line("call")[:120],
        reference=noted.line("reference")[:60],
        start=start,
        end=end,
        status=next((one for one in _STATUSES if one == status), "unknown"),
        budget=noted.money("budget"),
        eu=noted.money("eu"),
        themes=themes_of(*_LIST.split(noted.raw("keywords"))),
        texts={"aims": told(aims)},
        website=noted.website("website"),
        places=_places(row.text("countries")),
        notes=tuple(noted.notes),
    )


def _places(text: str) -> tuple[tuple[str, str], ...]:
    codes = (country_of(part) for part in re.split(r"[\s,;|]+", text))
    return tuple((code, "") for code in dict.fromkeys(filter(None, codes)))


def _family(programme: str) -> str:
    words = programme.casefold()
    found = next((family for word, family in _FAMILIES.items() if word in words), "")
    return found or ("other_eu" if programme else "none")


def _partners(row: Row, project: SourceProject, *, natural_persons: bool) -> Iterator[Thing]:
    lead = " ".join(row.text("lead").split())
    others = [" ".join(part.split()) for part in _LIST.split(row.text("partners"))]
    for order, given in enumerate(filter(None, (lead, *others))):
        found = _PARTNER.fullmatch(given)
        name, country = (found[1], found[2].upper()) if found else (given, "")
        if not natural_persons and is_natural_person(name, country):
            code = "organisation.natural_person"
            yield refused("participation", row.error(code, "partners"), row)
            continue
        key = f"name:{country}-{key_of(name)}"
        yield SourceParticipation(
            project_key=project.key,
            organisation_key=key,
            identity=key,
            name=name[:300],
            line=row.line,
            country=country,
            role="lead" if given == lead and order == 0 else "partner",
            order=order,
            known_as=(("import-name", id_from_name(name, country)),),
        )
