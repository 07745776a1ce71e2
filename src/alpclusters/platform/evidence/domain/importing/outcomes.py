"""What became of the projects of a list: counts that add up, and the fate of single ones."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from alpclusters.analysis.errors import RecordError
from alpclusters.platform.actors.domain.importing.outcomes import Outcome
from alpclusters.platform.evidence.domain.importing.drafts import Draft
from alpclusters.sources.records import Note

COUNTS: Final = ("created", "updated", "unchanged", "rejected")


@dataclass(slots=True)
class Fate:
    """One project, or a row that is none, and what became of it.

    Attributes
    ----------
    outcome : Outcome
    draft : Draft or None
        None for a rejected row.
    error : RecordError or None
    notes : list of Note
    """

    outcome: Outcome
    draft: Draft | None = None
    error: RecordError | None = None
    notes: list[Note] = field(default_factory=list)

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
        """All rows that the filter let through."""
        return self.created + self.updated + self.unchanged + self.rejected

    def add(self, fates: Iterable[Fate]) -> None:
        """Count some projects; further rows of one that is listed above are unchanged."""
        for fate in fates:
            setattr(self, fate.outcome.value, getattr(self, fate.outcome.value) + 1)
            self.notes.update(note.code for note in fate.notes)
            n_rows = fate.draft.n_rows if fate.draft else 1
            if n_rows > 1:
                self.unchanged += n_rows - 1
                self.notes["project.repeat"] += n_rows - 1
            if fate.error is not None:
                self.reasons[fate.error.code] += 1

    def counts(self) -> dict[str, int]:
        """Return the five numbers."""
        return {"read": self.read, **{name: getattr(self, name) for name in COUNTS}}
