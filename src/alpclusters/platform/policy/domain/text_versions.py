"""The versions of a recommendation: list them, compare any two word by word in each language."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from alpclusters.platform.history import history_of
from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.platform.policy.domain.editing.things import Editing, plain
from alpclusters.platform.policy.models import Recommendation

if TYPE_CHECKING:
    from collections.abc import Collection

    from alpclusters.analysis.plans import WordPiece


@dataclass(frozen=True, slots=True)
class TextVersion:
    """One kept version: who made it when, in which state it was then.

    Attributes
    ----------
    number : int
        The number of the version, counted from 1.
    made_at : datetime
    made_by : str
        Empty for the program.
    state : str
    reason : mapping of str to str
        Why it was moved, by language, where a reason was given.
    languages : tuple of str
        In which a text differs from the version before.
    """

    number: int
    made_at: datetime
    made_by: str
    state: str
    reason: dict[str, str]
    languages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FieldDiff:
    """One text of two versions, word by word; nothing differs where all pieces are the same."""

    field: str
    language: str
    pieces: "tuple[WordPiece, ...]"

    @property
    def is_same(self) -> bool:
        """Say whether both say the same."""
        return all(piece.kind == "same" for piece in self.pieces)


def versions_of(
    obj: Any, how: Editing, *, states: "Collection[str] | None" = None
) -> list[TextVersion]:
    """List the versions, newest first; of several rows of one version the last one counts.

    With ``states`` only those versions that were in one of them.
    """
    records = _records(obj)
    found = []
    for place, record in enumerate(records):
        before = records[place - 1] if place else None
        if states is None or record.state in states:
            found.append(_version(record, before, how))
    return found[::-1]


def diff_of(
    obj: Any, how: Editing, old: int, new: int, *, language: str
) -> tuple[FieldDiff, ...] | None:
    """Compare two versions in one language; None if one of them is not kept.

    Texts that are empty in both are left out.
    """
    from alpclusters.analysis.plans import word_diff  # noqa: PLC0415 - spares other pages

    rows = {record.version: record for record in _records(obj)}
    if old not in rows or new not in rows:
        return None
    found = []
    for field in how.texts:
        before, after = (
            plain(getattr(rows[number], field).inside(language)) for number in (old, new)
        )
        if before or after:
            found.append(FieldDiff(field, language, word_diff(before, after)))
    return tuple(found)


def changed_languages(obj: Any, how: Editing, old: int, new: int) -> tuple[str, ...]:
    """List the languages in which two versions differ."""
    rows = {record.version: record for record in _records(obj)}
    if old not in rows or new not in rows:
        return ()
    return _languages(rows[new], rows[old], how)


def _records(obj: Any) -> list[Any]:
    """Return the last kept row of every version, oldest first."""
    rows = history_of(obj).select_related("history_user").order_by("history_date", "history_id")
    last = {row.version: row for row in rows}
    return [last[number] for number in sorted(last)]


def _version(record: Any, before: Any, how: Editing) -> TextVersion:
    return TextVersion(
        number=record.version,
        made_at=record.history_date,
        made_by=str(record.history_user) if record.history_user else "",
        state=getattr(record, "state", ""),
        reason=_reason(record, before),
        languages=_languages(record, before, how) if before is not None else (),
    )


def _reason(record: Any, before: Any) -> dict[str, str]:
    if before is None or getattr(before, "state", "") == getattr(record, "state", ""):
        return {}
    if record.state == Recommendation.State.REJECTED:
        return dict(record.rejected_reason.each())
    return dict(record.state_reason.each())


def _languages(new: Any, old: Any, how: Editing) -> tuple[str, ...]:
    return tuple(
        code
        for code in LANGUAGE_CODES
        if any(
            plain(getattr(new, field).inside(code)) != plain(getattr(old, field).inside(code))
            for field in how.texts
        )
    )
