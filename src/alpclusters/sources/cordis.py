"""Organisations in the archives of CORDIS on EU research: organization.csv, alone or zipped."""

import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Final

from alpclusters.analysis.errors import FileFormatError, RecordError, Where
from alpclusters.sources.organisation_fields import nuts_of
from alpclusters.sources.organisation_records import (
    Helix,
    OrganisationReading,
    OrganisationRecord,
    OrganisationType,
)
from alpclusters.sources.organisation_rows import (
    UNCOUNTED,
    Heads,
    Row,
    checked_coordinates,
    checked_postcode,
    checked_website,
    converted,
    named_organisation,
    unreadable_record,
)
from alpclusters.sources.records import Licence, Provenance
from alpclusters.sources.streams import LINE_LIMIT, TextStream, open_text

SOURCE: Final = "cordis"
MEMBER: Final = "organization.csv"
LICENCE: Final = Licence(
    "CC-BY-4.0",
    "Source: CORDIS, European Union",
    "https://cordis.europa.eu/",
    "CORDIS, European Union",
)
REQUIRED: Final = ("organisationid", "name", "country")
_UPDATED: Final = "contentupdatedate"
_PIC: Final = re.compile(r"[0-9]{9}")
# What the five activity types allow to say: "REC" may be applied research or not.
_TYPES: Final[dict[str, tuple[OrganisationType, Helix]]] = {
    "HES": ("university", "research"),
    "REC": ("unknown", "research"),
    "PRC": ("unknown", "business"),
    "PUB": ("unknown", "public"),
}
# A field, one that opens with an undoubled quotation mark, one without quotation marks.
_FIELD: Final = re.compile(
    r'"([^"]*+(?:""[^"]*+)*+)"(?=;|\Z)'
    r'|"("[^"]*+(?:""[^"]*+)*+)"(?=;|\Z)'
    r'|([^;"]*+)(?=;|\Z)'
)
_QUOTED_START: Final = re.compile(r'"[^"\r\n]*";"')
_BARE_START: Final = re.compile(r'[^;"\r\n]*;')


def read_organisations(
    source: Path | bytes, *, name: str | None = None, natural_persons: bool = False
) -> OrganisationReading:
    """Read the bodies that take part in projects, each once.

    Parameters
    ----------
    source : Path or bytes
        ``organization.csv``, or an archive such as ``cordis-HORIZONprojects-csv.zip``.
    name : str, optional
        How errors and provenance call it; ``None`` takes the file's name.
    natural_persons : bool, default False
        Whether bodies whose legal form is that of one person are taken.

    Returns
    -------
    OrganisationReading
        Of the rows of one participant code (PIC) the one updated last stands.

    Raises
    ------
    FileFormatError
        No such file or archive, a column that is missing, the layout of before 2021.
    """
    shown = name or (source.name if isinstance(source, Path) else MEMBER)
    text = open_text(source, name=shown, member=MEMBER)
    heads = _heads(text)
    convert = partial(_organisation, natural_persons=natural_persons)
    return OrganisationReading(
        lambda: converted(_rows(text, heads), convert, stamp=_UPDATED),
        provenance=lambda rows: Provenance(SOURCE, text.file, text.sha256, text.n_bytes, rows),
        notes=text.notes,
        header=heads.names,
    )


def _organisation(row: Row, *, natural_persons: bool) -> OrganisationRecord:
    pic = row.needed("organisationid")
    if not _PIC.fullmatch(pic):
        code = "organisation.not_a_pic"
        raise row.error(code, "organisationid", expected="999905974")
    country = row.country("country", "nutscode")
    name = named_organisation(row, "name", country, natural_persons=natural_persons)
    postcode, postcode_notes = checked_postcode(row.text("postcode"), country)
    website, website_notes = checked_website(row.text("organizationurl"))
    (latitude, longitude), place_notes = checked_coordinates(row.text("geolocation"))
    short, activity = row.text("shortname"), row.text("activitytype")
    kind, helix = _type(activity, row.text("sme"))
    return OrganisationRecord(
        external_id=pic,
        scheme="cordis",
        name=name,
        country=country,
        line=row.line,
        licence=LICENCE,
        provenance=UNCOUNTED,
        short_name="" if short == name else short,
        type=kind,
        helix=helix,
        type_raw=activity,
        nuts=nuts_of(row.text("nutscode")),
        town=row.text("city"),
        street=row.text("street"),
        postcode=postcode,
        website=website,
        latitude=latitude,
        longitude=longitude,
        identifiers=_identifiers(pic, row.text("vatnumber")),
        notes=(*postcode_notes, *website_notes, *place_notes),
    )


def _identifiers(pic: str, vat: str) -> dict[str, str]:
    return {"pic": pic, "vat": vat} if vat else {"pic": pic}


def _type(activity: str, sme: str) -> tuple[OrganisationType, Helix]:
    if activity == "PRC" and sme.casefold() == "true":
        return "sme", "business"
    return _TYPES.get(activity, ("unknown", "unknown"))


def _heads(text: TextStream) -> Heads:
    names = _fields(next(text.lines())) or []
    if {"coordinator", "participants"} <= {name.strip().casefold() for name in names}:
        code = "cordis.old_layout"
        raise FileFormatError(code, where=Where(file=text.file, line=1))
    return Heads.of(names, required=REQUIRED, file=text.file)


def _rows(text: TextStream, heads: Heads) -> Iterator[Row | RecordError]:
    for line, record in _records(text):
        fields = _quick_fields(record, len(heads.names)) or _fields(record)
        if fields is None:
            yield unreadable_record(text.file, line, record)
            continue
        try:
            yield heads.row(line, fields)
        except RecordError as error:
            yield error


def _records(text: TextStream) -> Iterator[tuple[int, str]]:
    """Join the lines of a record: the next one begins where a line begins like one."""
    lines = text.lines()
    start = _QUOTED_START if next(lines).startswith('"') else _BARE_START
    held: list[str] = []
    first = size = 0
    for number, line in enumerate(lines, start=2):
        if held and (start.match(line) or size > LINE_LIMIT):
            yield first, "".join(held)
            held, size = [], 0
        if held or line.strip():
            first = first if held else number
            held.append(line)
            size += len(line)
    if held:
        yield first, "".join(held)


def _quick_fields(record: str, n_fields: int) -> list[str] | None:
    """Split a record without quotation marks inside its fields, or return None."""
    bare = record.rstrip("\r\n")
    fields = bare[1:-1].split('";"')
    is_plain = bare.startswith('"') and bare.endswith('"') and len(fields) == n_fields
    return fields if is_plain and not any('"' in field for field in fields) else None


def _fields(record: str) -> list[str] | None:
    """Split a record; a field that opens with an undoubled quotation mark is mended."""
    bare, place, fields = record.rstrip("\r\n"), 0, []
    while found := _FIELD.match(bare, place):
        fields.append(next(part for part in found.groups() if part is not None).replace('""', '"'))
        place = found.end() + 1
        if place > len(bare):
            return fields
    return None
