"""Projects as outside sources list them, with who takes part and where each fact stands."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Final, Literal

from alpclusters.analysis.errors import RecordError
from alpclusters.sources.records import Note, Provenance

type Status = Literal["planned", "running", "closed", "terminated", "unknown"]
type Role = Literal["lead", "partner", "associated", "third_party"]
type Texts = Mapping[str, str]

# Stands in a record until the whole file is counted.
UNCOUNTED: Final = Provenance("", "", "", 0, 0)
_HUNDRED: Final = 100


@dataclass(frozen=True, slots=True)
class Money:
    """An amount as the source writes it; nothing is not zero."""

    amount: Decimal
    currency: str = "EUR"

    @property
    def cents(self) -> int:
        """The amount in hundredths."""
        return int((self.amount * _HUNDRED).to_integral_value())


@dataclass(frozen=True, slots=True)
class SourceProject:
    """One project of one file.

    Attributes
    ----------
    key : str
        Finds the project again at the next import.
    acronym : str
        The title, cut, where the source has none.
    line : int
        1-based line, row of the sheet, or position in the list of a JSON file.
    titles : mapping of str to str
        By language; the empty one stands for a language the source does not tell.
    programme, period : str
        The period as ``2014-2020``.
    family : str
        What kind of programme it is, a key of the platform's list.
    call, reference : str
        The reference is the number of the grant.
    start, end : date or None
    status : str
    budget, eu : Money or None
        None is unknown; zero is zero.
    themes : tuple of str
        Words of the source.
    texts : mapping of str to mapping
        Kind (aims, expected, achieved) to language to plain text.
    website, address : str
        The project's own page; where the source shows the project.
    places : tuple of (country, nuts)
        Where it is done, for a source that says so beside naming bodies.
    lead_key : str
        Of the leading body; empty if nobody leads, or as long as the bodies are not read.
    link : str
        What participations call the project; empty if they call it by its key.
    updated : str
        When the source changed the row, as a text that can be sorted.
    notes : tuple of Note
    provenance : Provenance
    """

    key: str
    acronym: str
    line: int
    titles: Texts = field(default_factory=dict)
    programme: str = ""
    period: str = ""
    family: str = ""
    call: str = ""
    reference: str = ""
    start: date | None = None
    end: date | None = None
    status: Status = "unknown"
    budget: Money | None = None
    eu: Money | None = None
    themes: tuple[str, ...] = ()
    texts: Mapping[str, Texts] = field(default_factory=dict)
    website: str = ""
    address: str = ""
    places: tuple[tuple[str, str], ...] = ()
    lead_key: str = ""
    link: str = ""
    updated: str = ""
    notes: tuple[Note, ...] = ()
    provenance: Provenance = UNCOUNTED


@dataclass(frozen=True, slots=True)
class SourceParticipation:
    """A body that takes part in a project.

    Attributes
    ----------
    project_key, organisation_key : str
        The latter is the same wherever the body takes part: ``pic:999905974``, ``keep:7001``,
        ``kohesio:Q8000001``, else country and name.
    identity : str
        Tells the rows of one project apart: two of one identity are repeats.
    name, country, town : str
        The country in ISO 3166, empty if unknown.
    line : int
    role : str
    order : int
    nuts : str
        As given, of any vintage.
    budget, eu : Money or None
    ended : bool
        The body left before the end.
    known_as : tuple of (scheme, value)
        Further numbers by which the body may be in the directory.
    updated : str
    notes : tuple of Note
    provenance : Provenance
    """

    project_key: str
    organisation_key: str
    identity: str
    name: str
    line: int
    country: str = ""
    town: str = ""
    role: Role = "partner"
    order: int = 0
    nuts: str = ""
    budget: Money | None = None
    eu: Money | None = None
    ended: bool = False
    known_as: tuple[tuple[str, str], ...] = ()
    updated: str = ""
    notes: tuple[Note, ...] = ()
    provenance: Provenance = UNCOUNTED


@dataclass(frozen=True, slots=True)
class SourceTheme:
    """A word for a project that stands in a table of its own."""

    project_key: str
    text: str


@dataclass(frozen=True, slots=True)
class Refused:
    """A row that cannot be taken; ``kind`` says what it should have been."""

    kind: Literal["project", "participation"]
    error: RecordError


type Thing = SourceProject | SourceParticipation | SourceTheme | Refused
