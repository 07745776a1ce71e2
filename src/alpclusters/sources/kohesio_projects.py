"""Operations of cohesion policy in the project files of Kohesio, of either funding period."""

import re
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Final

from alpclusters.analysis.errors import RecordError
from alpclusters.sources.delimited import read_records
from alpclusters.sources.kohesio import LICENCE, SOURCE
from alpclusters.sources.organisation_fields import is_natural_person, nuts_of
from alpclusters.sources.organisation_records import id_from_name
from alpclusters.sources.organisation_rows import Heads, Row, unreadable_record
from alpclusters.sources.project_reading import Noted, ProjectReading, refused, themes_of, told
from alpclusters.sources.project_records import SourceParticipation, SourceProject, Thing
from alpclusters.sources.project_values import acronym_of, key_of, period_of
from alpclusters.sources.streams import TextStream, open_text

DELIMITER: Final = ","
REQUIRED: Final = (
    "operation-unique-identifier",
    "operation-name-english",
    "operation-name-programme-language",
    "country",
    "operation-start-date",
)
_ENTITY: Final = re.compile(r"(?:https?://linkedopendata\.eu/entity/)?(Q[0-9]{1,12})")
_CURRENCY: Final = re.compile(r"[A-Z]{3}")
# In which of our languages a country's programmes are written.
_LANGUAGES: Final[Mapping[str, str]] = {
    "AT": "de",
    "DE": "de",
    "FR": "fr",
    "IT": "it",
    "LU": "fr",
    "SI": "sl",
}
_NUTS: Final = ("nuts3-code", "nuts2-code", "nuts1-code")


def read_projects(
    source: Path, *, name: str | None = None, natural_persons: bool = False
) -> ProjectReading:
    """Open the operations of a country.

    Parameters
    ----------
    source : Path
        The CSV of projects, with the 33 columns of 2014-2020 or the 42 of 2021-2027.
    name : str, optional
        How errors and provenance call it; ``None`` takes the file's name.
    natural_persons : bool, default False
        Whether beneficiaries whose legal form is that of one person are taken.

    Returns
    -------
    ProjectReading
        The source repeats an operation for each of its places: one record, a participation of
        the beneficiary for each place.

    Raises
    ------
    FileFormatError
        No such file, no text, or a column that is missing.
    """
    text = open_text(source, name=name or source.name)
    top = next(read_records(text.lines(), delimiter=DELIMITER))
    heads = Heads.of(top.cells or (), required=REQUIRED, file=text.file)
    things = partial(_things, text, heads, natural_persons=natural_persons)
    return ProjectReading(
        SOURCE,
        LICENCE,
        text.file,
        text.sha256,
        text.n_bytes,
        heads.names,
        things,
        text.notes,
        is_whole=True,
    )


def _things(text: TextStream, heads: Heads, *, natural_persons: bool) -> Iterator[Thing]:
    records = read_records(text.lines(), delimiter=DELIMITER)
    next(records)
    for line, cells, raw in records:
        if cells is None:
            yield refused("project", unreadable_record(text.file, line, raw))
            continue
        try:
            row = heads.row(line, cells)
        except RecordError as error:
            yield refused("project", error)
            continue
        yield from _of_row(row, natural_persons=natural_persons)


def _of_row(row: Row, *, natural_persons: bool) -> Iterator[Thing]:
    try:
        project = _project(row)
    except RecordError as error:
        yield refused("project", error, row)
        return
    yield project
    if row.text("beneficiary-unique-identifier") or row.text("beneficiary-name"):
        try:
            yield _beneficiary(row, project, natural_persons=natural_persons)
        except RecordError as error:
            yield refused("participation", error, row)


def _project(row: Row) -> SourceProject:
    given = row.needed("operation-unique-identifier")
    found = _ENTITY.fullmatch(given)
    if found is None:
        code, name = "project.bad_id", "operation-unique-identifier"
        raise row.error(code, name, expected="https://linkedopendata.eu/entity/Q123")
    noted = Noted(row, comma_is_decimal=False)
    country = noted.country("countrycode", "country")
    language = _LANGUAGES.get(country, "")
    own, english = noted.line("operation-name-programme-language"), ""
    english = noted.line("operation-name-english")
    titles = told({language: own, "en": english})
    if not titles:
        code = "organisation.empty"
        raise row.error(code, "operation-name-english")
    currency = row.text("total-eligible-expenditure-currency").upper()
    currency = currency if _CURRENCY.fullmatch(currency) else "EUR"
    programme = noted.line("programme-name") or noted.line("fund-name")
    start, end = noted.day("operation-start-date"), noted.day("operation-end-date")
    return SourceProject(
        key=found[1],
        acronym=acronym_of("", titles.get("en") or own),
        line=row.line,
        titles=titles,
        programme=programme,
        period=period_of(row.text("programming-period")),
        family="interreg" if "interreg" in programme.casefold() else "cohesion",
        reference=row.text("operation-local-identifier")[:60],
        start=start,
        end=end,
        budget=noted.money("total-eligible-expenditure-amount", currency),
        eu=noted.money("project-eu-budget"),
        themes=themes_of(
            *(noted.line(f"{kind}-label") for kind in ("category", "thematic-objective"))
        ),
        texts={
            "aims": told(
                {
                    language: noted.text("operation-summary-programme-language"),
                    "en": noted.text("operation-summary-english"),
                }
            )
        },
        places=((country, _region(row)),),
        address=f"https://linkedopendata.eu/entity/{found[1]}",
        notes=tuple(noted.notes),
    )


def _region(row: Row) -> str:
    return next(filter(None, (nuts_of(row.text(column)) for column in _NUTS)), "")


def _beneficiary(row: Row, project: SourceProject, *, natural_persons: bool) -> SourceParticipation:
    noted = Noted(row, comma_is_decimal=False)
    country = noted.country("countrycode", "country")
    found = _ENTITY.fullmatch(row.text("beneficiary-unique-identifier"))
    number = found[1] if found else ""
    name = noted.line("beneficiary-name") or number
    if not name:
        code = "organisation.empty"
        raise row.error(code, "beneficiary-name")
    if not natural_persons and is_natural_person(name, country):
        code = "organisation.natural_person"
        raise row.error(code, "beneficiary-name")
    key = f"kohesio:{number}" if number else f"name:{country}-{key_of(name)}"
    nuts = _region(row)
    by_name = ("kohesio-name", id_from_name(name, country))
    return SourceParticipation(
        project_key=project.key,
        organisation_key=key,
        identity=f"{key}|{nuts}",
        name=noted.name(name),
        line=row.line,
        country=country,
        role="lead",
        nuts=nuts,
        known_as=(("kohesio", number), by_name) if number else (by_name,),
    )
