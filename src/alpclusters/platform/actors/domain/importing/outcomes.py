"""What became of the rows: counts that add up, notes by kind, and the fate of single rows."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from alpclusters.analysis.errors import RecordError
from alpclusters.platform.actors.domain.importing.drafts import Draft
from alpclusters.sources.records import Note


class Outcome(StrEnum):
    """What became of one row."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    REJECTED = "rejected"


@dataclass(slots=True)
class Fate:
    """One row, or several that list one body, and what became of it.

    Attributes
    ----------
    outcome : Outcome
    draft : Draft or None
        None for a rejected row.
    error : RecordError or None
    notes : list of Note
    n_rows : int
    """

    outcome: Outcome
    draft: Draft | None = None
    error: RecordError | None = None
    notes: list[Note] = field(default_factory=list)
    n_rows: int = 1

    @property
    def line(self) -> int:
        """Where the row stands."""
        if self.draft is not None:
            return self.draft.line
        return (self.error.where.line if self.error else None) or 0


@dataclass(slots=True)
class Tally:
    """Counts of an import; ``read`` is always the sum of the other four."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: int = 0
    notes: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)

    @property
    def read(self) -> int:
        """All rows."""
        return self.created + self.updated + self.unchanged + self.rejected

    def add(self, fates: Iterable[Fate]) -> None:
        """Count some rows; further rows of a body that is listed above are unchanged."""
        for fate in fates:
            setattr(self, fate.outcome.value, getattr(self, fate.outcome.value) + 1)
            self.notes.update(note.code for note in fate.notes)
            if fate.n_rows > 1:
                self.unchanged += fate.n_rows - 1
                self.notes["organisation.repeat"] += fate.n_rows - 1
            if fate.error is not None:
                self.reasons[fate.error.code] += 1

    def counts(self) -> dict[str, int]:
        """Return the five numbers."""
        return {"read": self.read, **{one.value: getattr(self, one.value) for one in Outcome}}
