"""What an import did, row by row."""

import csv
import io
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from alpclusters.analysis.errors import InputError
from alpclusters.platform.funding.domain.entries import EntryError

type Outcome = Literal["new", "changed", "unchanged", "proposed", "rejected"]

ACCEPTED: Final[tuple[Outcome, ...]] = ("new", "changed", "unchanged", "proposed")
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class RowReport:
    """One row of the file: what became of it, or why not.

    Attributes
    ----------
    line : int
    key : str
    outcome : str
    error : InputError or None
        Where it was rejected.
    """

    line: int
    key: str
    outcome: Outcome
    file: str = ""
    error: InputError | None = None

    @property
    def reasons(self) -> list[tuple[str, str]]:
        """Place and code of everything that is wrong."""
        if isinstance(self.error, EntryError):
            return [(one.pointer, one.code) for one in self.error.faults]
        return [(self.error.where.field or "", self.error.code)] if self.error else []


@dataclass(frozen=True, slots=True)
class CatalogueReport:
    """Every row of an import; ``n_repeats`` rows said what another one says."""

    rows: Sequence[RowReport]
    n_repeats: int = 0

    @property
    def counts(self) -> dict[str, int]:
        """How many rows there are, and what became of them."""
        found = Counter(row.outcome for row in self.rows)
        outcomes: dict[str, int] = {name: found[name] for name in (*ACCEPTED, "rejected")}
        return {"rows": len(self.rows) + self.n_repeats, **outcomes, "repeats": self.n_repeats}

    @property
    def reasons(self) -> dict[str, int]:
        """How often each code is the reason of a rejection."""
        return dict(Counter(code for row in self.rows for _place, code in row.reasons))


def report_files(report: CatalogueReport) -> dict[str, str]:
    """Return the texts of ``accepted.csv`` and ``rejected.csv``."""
    accepted = [[r.file, r.line, r.key, r.outcome] for r in report.rows if not r.error]
    rejected = [
        [r.file, r.line, r.key, place, code] for r in report.rows for place, code in r.reasons
    ]
    return {
        "accepted.csv": _csv(["file", "line", "key", "outcome"], accepted),
        "rejected.csv": _csv(["file", "line", "key", "place", "reason"], rejected),
    }


def _csv(head: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(head)
    writer.writerows([[_safe(cell) for cell in row] for row in rows])
    return text.getvalue()


def _safe(cell: object) -> object:
    """Keep a spreadsheet from reading a foreign text as a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell
