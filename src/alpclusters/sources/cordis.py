"""Organisations in the archives of CORDIS on EU research: organization.csv, alone or zipped."""

import re
from functools import partial
from pathlib import Path
from typing import Final

from alpclusters.sources.cordis_rows import cordis_heads, cordis_rows
from alpclusters.sources.organisation_fields import nuts_of
from alpclusters.sources.organisation_records import (
    Helix,
    OrganisationReading,
    OrganisationRecord,
    OrganisationType,
)
from alpclusters.sources.organisation_rows import (
    UNCOUNTED,
    Row,
    checked_coordinates,
    checked_postcode,
    checked_website,
    converted,
    named_organisation,
)
from alpclusters.sources.records import Licence, Provenance
from alpclusters.sources.streams import open_text

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
    heads = cordis_heads(text, required=REQUIRED)
    convert = partial(_organisation, natural_persons=natural_persons)
    return OrganisationReading(
        lambda: converted(cordis_rows(text, heads), convert, stamp=_UPDATED),
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
