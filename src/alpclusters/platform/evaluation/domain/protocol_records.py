"""The protocol of an AlpCafé as frozen records: what is stored with an approved version.

No name of a host is among them: those lie in rows of their own, which time empties.

Texts people wrote keep their language; names of ours are in the five languages. Numbers below
the smallest group are None.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from alpclusters.platform.evaluation.domain.plain import from_plain, to_plain
from alpclusters.platform.languages.codes import LANGUAGE_CODES

type Words = Mapping[str, str]
type Json = dict[str, Any]

FORMAT: Final = 1
REGION: Final = "region"
LEVEL: Final = "level"
HELIX: Final = "helix"
ROLE: Final = "role"
# What facilitators type: by language, may stay empty.
NOTES: Final = ("purpose", "open_points", "next_steps", "incidents")


@dataclass(frozen=True, slots=True)
class AgendaLine:
    """A step of the day; times of day as HH:MM, empty where nobody planned or nothing happened."""

    phase: str
    round_index: int
    planned: str
    happened: str
    extended_min: int


@dataclass(frozen=True, slots=True)
class Group:
    """One group of a split; None is withheld."""

    names: Words
    invited: int | None
    registered: int | None
    attended: int | None
    joined: int | None


@dataclass(frozen=True, slots=True)
class Split:
    """Attendance by region, level, helix or role."""

    kind: str
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Attendance:
    """Who came; totals below five are None."""

    invited: int | None
    registered: int | None
    attended: int | None
    joined: int | None
    splits: tuple[Split, ...]


@dataclass(frozen=True, slots=True)
class Certificate:
    """What a plan did, or what happened: see `analysis.rotation.Certificate`."""

    guests: int
    repeats: int
    revisits: int
    max_meetings: int
    pairs_met: int
    size_min: int
    size_max: int


@dataclass(frozen=True, slots=True)
class Seating:
    """The plan with its bounds and what happened; None where nobody planned or sat."""

    rounds: int
    tables: int
    planned: Certificate | None
    lower_bound: int
    revisit_bound: int
    happened: Certificate | None


@dataclass(frozen=True, slots=True)
class CardLine:
    """A card in its own language; ``supports`` is None below five."""

    public_id: str
    text: str
    language: str
    round_index: int
    has_photo: bool
    supports: int | None


@dataclass(frozen=True, slots=True)
class InsightLine:
    """What several cards say together."""

    title: str
    language: str
    measure: Words
    cards: tuple[CardLine, ...]


@dataclass(frozen=True, slots=True)
class SummaryLine:
    """What a host handed over."""

    round_index: int
    text: str
    language: str


@dataclass(frozen=True, slots=True)
class TableTalk:
    """What was said at a table; number 0 gathers what belongs to no table.

    ``loose`` are cards in no insight; ``persons`` those of them that say what somebody is, has or
    did.
    """

    number: int
    topic: Words
    insights: tuple[InsightLine, ...]
    summaries: tuple[SummaryLine, ...]
    loose: tuple[CardLine, ...]
    measure: Words = field(default_factory=dict)
    persons: tuple[CardLine, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Say whether nothing was written."""
        return not (self.insights or self.summaries or self.loose or self.persons)


@dataclass(frozen=True, slots=True)
class Reason:
    """A comment that facilitators released."""

    measure: str
    text: str
    language: str


@dataclass(frozen=True, slots=True)
class FeedbackLine:
    """Answers 1 to 5 to one question about the day; None is withheld."""

    question: str
    n: int | None
    mean: float | None


@dataclass(frozen=True, slots=True)
class Corrections:
    """What a reader should know about how the figures came in.

    None where fewer than five people stand behind a number; ``undone`` are steps of facilitators.
    """

    changed: int | None
    late: int | None
    informed: int | None
    paper_sheets: int | None
    entered_twice: int | None
    after_release: int | None
    invalid: int | None
    hidden_cards: int | None
    undone: int


@dataclass(frozen=True, slots=True)
class ProtocolRecord:
    """The whole protocol.

    Attributes
    ----------
    evaluation : mapping or None
        As `platform.evaluation.domain.storage.to_json` writes it; None where nobody rated.
    snapshot, digest
        Number and check sum of the evaluation that an approved version rests on.
    """

    format: int
    title: Words
    place: str
    region: Words
    project: str
    project_slug: str
    held_on: str
    begins: str
    ends: str
    languages: tuple[str, ...]
    round: int
    in_hall: bool
    is_simulated: bool
    welcome: Words
    questions: tuple[Words, ...]
    agenda: tuple[AgendaLine, ...]
    attendance: Attendance
    seating: Seating
    tables: tuple[TableTalk, ...]
    reasons: tuple[Reason, ...]
    feedback: tuple[FeedbackLine, ...]
    corrections: Corrections
    trail_path: str
    evaluation: Mapping[str, Any] | None = None
    snapshot: int | None = None
    digest: str = ""

    @property
    def n_cards(self) -> int:
        """Cards that are shown, each once."""
        shown = {c.public_id for t in self.tables for i in t.insights for c in i.cards}
        single = {c.public_id for t in self.tables for c in (*t.loose, *t.persons)}
        return len(shown | single)

    @property
    def n_insights(self) -> int:
        """Insights at all tables."""
        return sum(len(table.insights) for table in self.tables)


def write_record(record: ProtocolRecord) -> Json:
    """Return what is stored of a protocol."""
    return dict(to_plain(record))


def read_record(data: Mapping[str, Any]) -> ProtocolRecord:
    """Return the protocol that was stored."""
    found = from_plain(ProtocolRecord, data)
    if found is None:
        message = "no protocol is stored here"
        raise ValueError(message)
    return found


def empty_notes() -> Json:
    """Return notes in which nothing is written yet."""
    return {name: dict.fromkeys(LANGUAGE_CODES, "") for name in NOTES}
