"""GISCO's postal code points: which NUTS 3 region a postcode of Europe lies in."""

import csv
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from alpclusters.analysis.errors import FileFormatError, Where
from alpclusters.sources.records import Licence
from alpclusters.sources.streams import TextStream, open_text

LICENCE: Final = Licence(
    key="CC-BY-SA-4.0",
    attribution=("© European Union – GISCO, 2024, postal code point dataset, Licence CC-BY-SA 4.0"),
    address="https://ec.europa.eu/eurostat/web/gisco/geodata/administrative-units/postal-codes",
    holder="European Union – GISCO",
)
LENGTHS: Final = {"AT": 4, "CH": 4, "LI": 4, "SI": 4, "DE": 5, "FR": 5, "IT": 5}
_COUNTRY, _POSTCODE, _TOWN = "cntr_id", "postcode", "lau_name"
_NUTS3: Final = re.compile(r"nuts3_(\d{4})")
_CODE: Final = re.compile(r"[A-Z]{2}[A-Z0-9]{3}")
# Eurostat writes two countries otherwise than ISO.
_ISO: Final = {"EL": "GR", "UK": "GB"}
_PREFIX: Final = re.compile(r"^[A-Z]{1,3}[\s-]+(?=\d)")


@dataclass(frozen=True, slots=True)
class PostalCode:
    """One postcode and the region its point lies in.

    Attributes
    ----------
    country : str
        ISO 3166 alpha-2.
    postcode : str
        As people write it, without the letters of the country.
    nuts3 : str
        Code of NUTS 3 (or of a statistical region) in ``vintage``.
    vintage : int
    town : str
        The municipality as the source names it.
    """

    country: str
    postcode: str
    nuts3: str
    vintage: int
    town: str


@dataclass(slots=True)
class PostcodeReader:
    """Reads a file row by row; the counts are complete once it was read to its end.

    Attributes
    ----------
    n_rows : int
        Rows after the header: the sum of those yielded, ``n_elsewhere`` and ``rejected``.
    n_elsewhere : int
        Rows of countries that were not asked for.
    n_rejected : int
        Rows without postcode or without a code of NUTS 3.
    first_rejected : int or None
        Line of the first such row.
    """

    path: Path
    countries: Collection[str]
    n_rows: int = 0
    n_elsewhere: int = 0
    n_rejected: int = 0
    first_rejected: int | None = field(default=None)

    def __iter__(self) -> Iterator[PostalCode]:
        """Yield the postcodes of the countries in the order of the file.

        Raises
        ------
        FileFormatError
            Not a text, or a column is missing.
        """
        stream = open_text(self.path, name=self.path.name)
        rows = csv.reader(stream.lines())
        columns = _Columns.found_in(next(rows, []), stream)
        for row in rows:
            if not row:
                continue
            self.n_rows += 1
            found = self._record(row, columns)
            if found:
                yield found
            elif self.first_rejected is None and self.n_rejected:
                self.first_rejected = rows.line_num

    def _record(self, row: Sequence[str], columns: "_Columns") -> PostalCode | None:
        if len(row) <= columns.last:
            self.n_rejected += 1
            return None
        country = row[columns.country].strip().upper()
        country = _ISO.get(country, country)
        if country not in self.countries:
            self.n_elsewhere += 1
            return None
        postcode = normalise_postcode(country, row[columns.postcode])
        nuts3 = row[columns.nuts3].strip(" '\"").upper()
        if not postcode or not _CODE.fullmatch(nuts3):
            self.n_rejected += 1
            return None
        town = row[columns.town].strip() if columns.town is not None else ""
        return PostalCode(country, postcode, nuts3, columns.vintage, town)


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where the columns lie; the year of the codes is part of a name."""

    country: int
    postcode: int
    nuts3: int
    vintage: int
    town: int | None

    @property
    def last(self) -> int:
        return max(self.country, self.postcode, self.nuts3, self.town or 0)

    @classmethod
    def found_in(cls, head: Sequence[str], stream: TextStream) -> "_Columns":
        names = [name.strip().strip("\ufeff").lower() for name in head]
        years = {int(match[1]): i for i, name in enumerate(names) if (match := _match(name))}
        missing = [name for name in (_COUNTRY, _POSTCODE) if name not in names]
        if missing or not years:
            raise FileFormatError(
                "table.missing_column",
                where=Where(file=stream.file, line=1, field=(missing or ["NUTS3_2024"])[0].upper()),
                found=", ".join(head),
            )
        newest = max(years)
        town = names.index(_TOWN) if _TOWN in names else None
        return cls(names.index(_COUNTRY), names.index(_POSTCODE), years[newest], newest, town)


def _match(name: str) -> re.Match[str] | None:
    return _NUTS3.fullmatch(name)


def normalise_postcode(country: str, text: str) -> str:
    """Write a postcode as the source does: no country letters, leading zeros that were lost.

    Examples
    --------
    >>> normalise_postcode("AT", "A-5020"), normalise_postcode("DE", "1067")
    ('5020', '01067')
    """
    plain = _PREFIX.sub("", text.strip().upper()).replace(" ", "")
    length = LENGTHS.get(country)
    if length and plain.isdecimal() and len(plain) < length:
        return plain.zfill(length)
    return plain
