"""The protocol of an AlpCafé as frozen records: what is stored with an approved version.

No name of a host is among them: those lie in rows of their own, which time empties.

Texts people wrote keep their language; names of ours are in the five languages. Numbers below
the smallest group are None.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from alpclusters.analysis.small_groups import told_count, withhold_groups
from alpclusters.platform.actors.domain.named_lists import helix_name, level_name
from alpclusters.platform.cafe.domain.answers import people_who_took_part
from alpclusters.platform.cafe.domain.roles import role_name
from alpclusters.platform.cafe.models import AlpCafe, Invitation
from alpclusters.platform.evaluation.domain.plain import from_plain, to_plain
from alpclusters.platform.languages.catalogues import translator
from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.platform.territory.models import Region

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


# --- Who was invited, registered, came and took part: by group, small groups withheld -------------
#
# A group has ten people or more, as has what is left of all; who registered was invited, so the
# difference of both is a group too.


COLUMNS: Final = ("invited", "registered", "attended", "joined")
SMALLEST_GROUP: Final = 10
_INVITED: Final = (Invitation.State.INVITED, Invitation.State.REGISTERED, Invitation.State.DECLINED)


@dataclass(frozen=True, slots=True)
class _Person:
    """One invitation or participant with its group per split."""

    columns: frozenset[str]
    groups: Mapping[str, str]


def attendance_of(cafe: AlpCafe) -> Attendance:
    """Count an AlpCafé's people in five queries; a participant is never tied to an invitation."""
    people = [*_invitations(cafe), *_participants(cafe)]
    splits = [_split(kind, people) for kind in (REGION, LEVEL, HELIX, ROLE)]
    totals = {column: sum(column in person.columns for person in people) for column in COLUMNS}
    invited = told_count(totals["invited"])
    return Attendance(
        **{c: told_count(n, of=invited if c == "registered" else None) for c, n in totals.items()},
        splits=tuple(split for split in splits if split is not None),
    )


def _invitations(cafe: AlpCafe) -> Iterable[_Person]:
    rows = cafe.invitations.order_by("pk").values_list(
        "state", "attended", "region_id", "level", "helix"
    )
    for state, attended, region, level, helix in rows:
        columns = {
            "invited": state in _INVITED,
            "registered": state == Invitation.State.REGISTERED,
            "attended": attended,
        }
        groups = {REGION: str(region or ""), LEVEL: level, HELIX: helix}
        yield _Person(frozenset(name for name, is_in in columns.items() if is_in), groups)


def _participants(cafe: AlpCafe) -> Iterable[_Person]:
    people = people_who_took_part(cafe).order_by("pk")
    rows = people.values_list("region_id", "level", "role")
    for region, level, role in rows:
        groups = {REGION: str(region or ""), LEVEL: level, ROLE: role}
        yield _Person(frozenset({"joined"}), groups)


def _split(kind: str, people: Sequence[_Person]) -> Split | None:
    """Return a split; None where everybody is of one group or nobody said."""
    counts = {
        column: Counter(p.groups[kind] for p in people if column in p.columns and kind in p.groups)
        for column in COLUMNS
    }
    keys = sorted({key for found in counts.values() for key in found}, key=lambda k: (not k, k))
    if not [key for key in keys if key]:
        return None
    names = _names(kind, keys)
    columns = _protected({column: [counts[column][key] for key in keys] for column in COLUMNS})
    groups = [
        Group(names[key], **{column: columns[column][place] for column in COLUMNS})
        for place, key in enumerate(keys)
    ]
    return Split(kind, tuple(groups))


def _protected(counts: Mapping[str, Sequence[int]]) -> dict[str, list[int | None]]:
    pairs = list(zip(counts["registered"], counts["invited"], strict=True))
    left = [told_count(registered, of=invited) is None for registered, invited in pairs]
    return {
        column: _shown(numbers, also=left if column == "registered" else None)
        for column, numbers in counts.items()
    }


def _shown(counts: Sequence[int], *, also: Sequence[bool] | None) -> list[int | None]:
    hidden = withhold_groups(counts, k_anonymity=SMALLEST_GROUP, also=also).groups
    return [None if flag else n for n, flag in zip(counts, hidden, strict=True)]


def _names(kind: str, keys: Sequence[str]) -> dict[str, Words]:
    found: dict[str, Words] = {}
    regions = _regions(keys) if kind == REGION else {}
    for key in keys:
        if not key:
            found[key] = _by_language(lambda code: translator(code).gettext("not stated"))
        elif kind == REGION:
            found[key] = regions[key]
        elif kind == ROLE:
            found[key] = {code: role_name(key, code) for code in LANGUAGE_CODES}
        else:
            name = level_name if kind == LEVEL else helix_name
            found[key] = {code: name(key, code) for code in LANGUAGE_CODES}
    return found


def _by_language(write: object) -> Words:
    return {code: write(code) for code in LANGUAGE_CODES}  # type: ignore[operator]


def _regions(keys: Sequence[str]) -> dict[str, Words]:
    rows = Region.objects.filter(pk__in=[int(key) for key in keys if key]).order_by("pk")
    return {str(row.pk): row.name.filled() for row in rows}
