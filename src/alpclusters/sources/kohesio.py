"""Beneficiaries of cohesion policy in the tables of Kohesio, tab-separated without quoting."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Final

from alpclusters.analysis.errors import RecordError
from alpclusters.sources.organisation_records import (
    OrganisationReading,
    OrganisationRecord,
    id_from_name,
)
from alpclusters.sources.organisation_rows import (
    UNCOUNTED,
    Heads,
    Row,
    converted,
    named_organisation,
)
from alpclusters.sources.records import Licence, Provenance
from alpclusters.sources.streams import TextStream, open_text

SOURCE: Final = "kohesio"
LICENCE: Final = Licence(
    "",
    "Source: Kohesio, European Commission",
    "https://kohesio.ec.europa.eu/",
    "Kohesio, European Commission",
)
REQUIRED: Final = ("country", "beneficiary-name")
DEFAULT_NAME: Final = "beneficiaries.tsv"


def read_organisations(
    source: Path | bytes, *, name: str | None = None, natural_persons: bool = False
) -> OrganisationReading:
    """Read the beneficiaries, each once: the source repeats a body for each region it works in.

    Parameters
    ----------
    source : Path or bytes
        The tab-separated table of beneficiaries.
    name : str, optional
        How errors and provenance call it; ``None`` takes the file's name.
    natural_persons : bool, default False
        Whether bodies whose legal form is that of one person are taken.

    Returns
    -------
    OrganisationReading
        The id is made from country and name: the table has none.

    Raises
    ------
    FileFormatError
        No such file, no text, or a column that is missing.
    """
    shown = name or (source.name if isinstance(source, Path) else DEFAULT_NAME)
    text = open_text(source, name=shown)
    heads = Heads.of(_cells(next(text.lines())), required=REQUIRED, file=text.file)
    convert = partial(_organisation, natural_persons=natural_persons)
    return OrganisationReading(
        lambda: converted(_rows(text, heads), convert),
        provenance=lambda rows: Provenance(SOURCE, text.file, text.sha256, text.n_bytes, rows),
        notes=text.notes,
        header=heads.names,
    )


def _organisation(row: Row, *, natural_persons: bool) -> OrganisationRecord:
    country = row.country("country")
    name = named_organisation(row, "beneficiary-name", country, natural_persons=natural_persons)
    latin = row.text("transliterated-name")
    return OrganisationRecord(
        external_id=id_from_name(name, country),
        scheme="kohesio",
        name=name,
        country=country,
        line=row.line,
        licence=LICENCE,
        provenance=UNCOUNTED,
        other_names=(latin,) if latin and latin != name else (),
    )


def _rows(text: TextStream, heads: Heads) -> Iterator[Row | RecordError]:
    lines = text.lines()
    next(lines)
    for number, line in enumerate(lines, start=2):
        if not line.strip():
            continue
        try:
            yield heads.row(number, _cells(line))
        except RecordError as error:
            yield error


def _cells(line: str) -> list[str]:
    return line.rstrip("\r\n").split("\t")
