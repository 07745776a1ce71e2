"""Reader of the export directory of the Polis software (votes.csv and what lies beside it).

The CSV exports count agree as 1, pass as 0, disagree as -1; the raw interface and the server's
own matrices have the opposite sign. A reader must know, not guess: see `SignConventionError`.
"""

import csv
import io
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from alpclusters.analysis.consensus import Ratings
from alpclusters.analysis.errors import FileFormatError, InputError, Where
from alpclusters.sources.csv_tables import CsvTable, NotThisKindError, load_csv
from alpclusters.sources.records import Licence, Note, Provenance
from alpclusters.sources.tables import MISSING
from alpclusters.sources.texts import decode_text, read_bytes

IntArray = NDArray[np.int64]
Moderation = Literal["accepted", "rejected", "not_reviewed", "unknown"]

SOURCE: Final = "polis"
VOTE_SCALE: Final = (-1.0, 0.0, 1.0)
AGREE, DISAGREE = 1, -1
_MODERATIONS: Final[dict[str, Moderation]] = {
    "1": "accepted",
    "0": "not_reviewed",
    "-1": "rejected",
}
_META: Final = frozenset({"true", "t", "1"})
_NO_VOTE: Final = 2  # beside -1, 0 and 1
_VOTES: Final = {"1": 1, "0": 0, "-1": -1}
_ATTRIBUTION: Final = (
    "Data was gathered using the Polis software (compdemocracy.org/polis) and is sub-licensed "
    "under CC BY 4.0 with Attribution to The Computational Democracy Project"
)
_HOLDER: Final = "Polis, The Computational Democracy Project"
# Conversations of github.com/compdemocracy/openData, by the address their summary.csv names.
_OPEN_DATA: Final = {
    "https://pol.is/5twd2jsnfk": "https://compdemocracy.org/case-studies/2022-Austria-Klimarat",
    "https://pol.is/2demo": "https://compdemocracy.org/case-studies/2014-seattle-15-per-hour",
    "https://pol.is/3nemnipcrc": "https://github.com/compdemocracy/openData",
}


class SignConventionError(InputError):
    """The votes have the sign of the raw interface: agree is -1 there."""


@dataclass(frozen=True, slots=True)
class PolisStatement:
    """One statement people voted on.

    ``agrees`` and ``disagrees`` count vote events, not standing votes; None if not exported.
    ``is_meta`` tells that the export marks the statement as one about the person.
    """

    id: int
    text: str
    moderation: Moderation
    agrees: int | None
    disagrees: int | None
    is_meta: bool = False


@dataclass(frozen=True, slots=True)
class VoteEvents:
    """Every vote ever cast, in the order of the file; arrays of shape (n_events,)."""

    statement: IntArray
    voter: IntArray
    vote: IntArray
    at: IntArray


@dataclass(frozen=True, slots=True)
class PolisExport:
    """An export directory, read and checked.

    Attributes
    ----------
    votes : VoteEvents
    statements : tuple of PolisStatement
        Sorted by id; without comments.csv only those voted on, moderation unknown.
    topic, description, address : str
        From summary.csv, empty if absent.
    licence : Licence or None
        Known only for published conversations.
    provenance : tuple of Provenance
        One per file read.
    notes : tuple of Note
    """

    votes: VoteEvents
    statements: tuple[PolisStatement, ...]
    topic: str
    description: str
    address: str
    licence: Licence | None
    provenance: tuple[Provenance, ...]
    notes: tuple[Note, ...]

    @property
    def accepted(self) -> tuple[PolisStatement, ...]:
        """Statements that belong into results: all but the rejected ones."""
        return tuple(item for item in self.statements if item.moderation != "rejected")

    def ratings(self) -> Ratings:
        """Return the standing votes on all statements, on the scale -1, 0, 1.

        Per voter and statement the greatest time stands, of equal times the later row. Rejected
        statements are in it; leave them out of results (`accepted`).
        """
        return Ratings.from_arrays(
            self.votes.voter,
            self.votes.statement,
            self.votes.vote,
            at=self.votes.at,
            scale=VOTE_SCALE,
            measures=[item.id for item in self.statements],
        )


def read_polis(directory: Path) -> PolisExport:
    """Read an export directory of the Polis software.

    Parameters
    ----------
    directory : Path
        With votes.csv; comments.csv and summary.csv are used if they are there.

    Returns
    -------
    PolisExport

    Raises
    ------
    FileFormatError
        A missing file or column, an unknown encoding, NUL.
    RecordError, RecordsError
        A row of the wrong length, a text where a number belongs, a vote that is none.
    SignConventionError
        The counts in comments.csv show that agree is -1 here.
    """
    if not directory.is_dir():
        code = "path.missing"
        raise FileFormatError(code, where=Where(file=directory.name))
    table = load_csv(directory / "votes.csv", source=SOURCE, delimiter=",")
    votes, n_empty = _votes(table)
    comments = _optional_csv(directory / "comments.csv")
    statements = _statements(comments, votes)
    mismatches = _check_sign(statements, votes) if comments else 0
    summary = _summary(directory / "summary.csv")
    address = summary.get("url", "")
    return PolisExport(
        votes=votes,
        statements=statements,
        topic=summary.get("topic", ""),
        description=summary.get("conversation-description", ""),
        address=address,
        licence=_licence(address),
        provenance=tuple(found.provenance for found in (table, comments) if found),
        notes=_notes(comments, mismatches, n_empty),
    )


def _votes(table: CsvTable) -> tuple[VoteEvents, int]:
    """Return the votes, and how many rows hold none."""

    def whole(name: str) -> IntArray:
        numbers = table.converted(name, _whole, code="table.not_a_whole_number", expected="0, 1, 2")
        return np.array(numbers, dtype=np.int64)

    # All columns are looked up before any is converted: a missing one is the clearer error.
    for name in ("timestamp", "comment-id", "voter-id", "vote"):
        table.column(name)
    vote = np.array(
        table.converted("vote", _vote, code="polis.not_a_vote", expected="-1, 0, 1"), np.int64
    )
    given = vote != _NO_VOTE
    events = VoteEvents(
        statement=_frozen(whole("comment-id")[given]),
        voter=_frozen(whole("voter-id")[given]),
        vote=_frozen(vote[given]),
        at=_frozen(whole("timestamp")[given]),
    )
    return events, int((~given).sum())


def _optional_csv(path: Path) -> CsvTable | None:
    return load_csv(path, source=SOURCE, delimiter=",") if path.is_file() else None


def _statements(comments: CsvTable | None, votes: VoteEvents) -> tuple[PolisStatement, ...]:
    listed = {item.id: item for item in _listed(comments)} if comments else {}
    unlisted = sorted(set(np.unique(votes.statement).tolist()) - set(listed))
    bare = [PolisStatement(number, "", "unknown", None, None) for number in unlisted]
    return tuple(sorted([*listed.values(), *bare], key=lambda item: item.id))


def _listed(comments: CsvTable) -> list[PolisStatement]:
    def whole(name: str) -> list[int]:
        return comments.converted(name, _whole, code="table.not_a_whole_number", expected="0, 1, 2")

    ids = whole("comment-id")
    agrees, disagrees = whole("agrees"), whole("disagrees")
    moderations = comments.converted(
        "moderated", _moderation, code="polis.not_a_moderation", expected="-1, 0, 1"
    )
    repeated = [number for number, count in Counter(ids).items() if count > 1]
    if repeated:
        rows = [row for row, number in enumerate(ids) if number in repeated][1:]
        comments.refuse(rows[:1], ["comment-id"], code="table.repeated_id", expected="")
    texts = comments.column("comment-body")
    metas = _metas(comments)
    rows_ = zip(ids, texts, moderations, agrees, disagrees, metas, strict=True)
    return [PolisStatement(*row) for row in rows_]


def _metas(comments: CsvTable) -> list[bool]:
    """Read which statements are about the person; older exports do not say."""
    if comments.place("is-meta") is None:
        return [False] * comments.n_rows
    return [text.strip().casefold() in _META for text in comments.column("is-meta")]


def _check_sign(statements: tuple[PolisStatement, ...], votes: VoteEvents) -> int:
    """Count statements whose `agrees` is not the number of +1 events; stop if they are -1."""
    plus = Counter(votes.statement[votes.vote == AGREE].tolist())
    minus = Counter(votes.statement[votes.vote == DISAGREE].tolist())
    told = [item for item in statements if item.agrees is not None]
    wrong = [item for item in told if item.agrees != plus[item.id]]
    turned = [item for item in wrong if item.agrees == minus[item.id]]
    if len(turned) > len(told) / 2:
        code = "polis.sign"
        raise SignConventionError(
            code,
            where=Where(file="votes.csv", field="vote"),
            values={"turned": len(turned), "n": len(told)},
        )
    return len(wrong)


def _notes(comments: CsvTable | None, mismatches: int, n_empty: int) -> tuple[Note, ...]:
    notes = [Note("polis.votes_missing", {"n": n_empty})] if n_empty else []
    if comments is None:
        notes.append(Note("polis.no_comments"))
    elif mismatches:
        notes.append(Note("polis.agrees_mismatch", {"n": mismatches}))
    return tuple(notes)


def _summary(path: Path) -> dict[str, str]:
    """Read key and value pairs; a damaged summary costs title and licence, not the votes."""
    if not path.is_file():
        return {}
    text = decode_text(read_bytes(path), file=path.name, guess_western=True).text
    rows = csv.reader(io.StringIO(text, newline=""))
    return {row[0].strip(): row[1].strip() for row in rows if len(row) > 1}


def _licence(address: str) -> Licence | None:
    page = _OPEN_DATA.get(address)
    return Licence("CC-BY-4.0", _ATTRIBUTION, page, _HOLDER) if page else None


def _whole(text: str) -> int:
    digits = text.strip()
    if not (digits.isascii() and digits.isdigit() and len(digits) < 19):  # noqa: PLR2004 - int64
        raise NotThisKindError
    return int(digits)


def _vote(text: str) -> int:
    bare = text.strip()
    if bare.casefold() in MISSING:
        return _NO_VOTE
    try:
        return _VOTES[bare]
    except KeyError:
        raise NotThisKindError from None


def _moderation(text: str) -> Moderation:
    try:
        return _MODERATIONS[text.strip()]
    except KeyError:
        raise NotThisKindError from None


def _frozen(array: IntArray) -> IntArray:
    array.setflags(write=False)
    return array
