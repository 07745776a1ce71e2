"""Rows of a workbook of costs as typed records; what is None was not written."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from alpclusters.analysis.errors import RecordError


@dataclass(frozen=True, slots=True)
class At:
    """Where a record stands."""

    sheet: str
    line: int


@dataclass(frozen=True, slots=True)
class PartnerRow:
    """A partner, named."""

    at: At
    name: str
    kind: str | None = None
    size: str | None = None
    country: str | None = None
    nuts: str | None = None
    lead: bool | None = None
    own_ct: int | None = None
    credit_ct: int | None = None
    vat: bool | None = None


@dataclass(frozen=True, slots=True)
class PackageRow:
    """A work package; days stand for the quarters that hold them."""

    at: At
    title: str
    key: str | None = None
    themes: tuple[str, ...] = ()
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class CostRow:
    """A cost from one quarter to another; in francs with the euro that one of them is worth."""

    at: At
    partner: str
    category: str
    amount_ct: int
    first: date
    last: date
    package: str | None = None
    currency: str = "EUR"
    rate: str | None = None
    rate_on: date | None = None
    economic: bool | None = None
    article: str | None = None
    place: str | None = None
    outside: bool | None = None


@dataclass(frozen=True, slots=True)
class CaseSheets:
    """What a workbook says.

    Attributes
    ----------
    errors : tuple of RecordError
        In the order of the workbook, at most `MOST_ERRORS`; with one, nothing may be taken over.
    n_errors : int
        All of them.
    unread : tuple of str
        Sheets that are none of the three.
    columns : mapping of str to mapping of str to pair of str
        By sheet and field: the letter of its column, and its head as written.
    """

    partners: tuple[PartnerRow, ...] = ()
    packages: tuple[PackageRow, ...] = ()
    costs: tuple[CostRow, ...] = ()
    errors: tuple[RecordError, ...] = ()
    n_errors: int = 0
    unread: tuple[str, ...] = ()
    columns: Mapping[str, Mapping[str, tuple[str, str]]] = field(default_factory=dict)
