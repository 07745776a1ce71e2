"""The report of an import: the same as an object, as report.json, and as it is read back."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final

from alpclusters.platform.actors.domain.importing.outcomes import Fate, Tally
from alpclusters.platform.actors.domain.importing.phrases import reason, sentences
from alpclusters.platform.actors.domain.importing.row_files import ACCEPTED, REJECTED, REPORT

SHOWN: Final = 50


@dataclass(frozen=True, slots=True)
class RowFate:
    """One row as people read it.

    Attributes
    ----------
    line : int
    outcome : str
        created, updated, unchanged or rejected.
    name : str
        Empty for a rejected row.
    field : str
        Of a rejected row.
    text : str
        Reason or notes, in the language of whoever imports.
    """

    line: int
    outcome: str
    name: str = ""
    field: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class RunReport:
    """What an import did, or would do.

    Attributes
    ----------
    read, created, updated, unchanged, rejected : int
        The first is the sum of the others.
    is_dry, is_complete : bool
        Whether nothing was stored; whether it came to the end of the file.
    notes, reasons : mapping of str to int
        Rows by code of note, and by reason of rejection.
    file_notes : tuple of str
        On the file as a whole, as sentences.
    vintage : dict
        Year whose NUTS codes the file was read in, with the number of codes and those that fit.
    first_rows : tuple of RowFate
        The first rows one by one.
    rejected_rows : tuple of RowFate
        The first of the rejected ones.
    folder : str
        Where accepted.csv and rejected.csv lie.
    """

    read: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: int = 0
    is_dry: bool = False
    is_complete: bool = True
    notes: Mapping[str, int] = field(default_factory=dict)
    reasons: Mapping[str, int] = field(default_factory=dict)
    file_notes: tuple[str, ...] = ()
    vintage: Mapping[str, int] = field(default_factory=dict)
    first_rows: tuple[RowFate, ...] = ()
    rejected_rows: tuple[RowFate, ...] = ()
    folder: str = ""

    @property
    def accepted_file(self) -> Path:
        """The list of rows that were taken."""
        return Path(self.folder, ACCEPTED)

    @property
    def rejected_file(self) -> Path:
        """The list of rows that were not taken, with reasons."""
        return Path(self.folder, REJECTED)

    @property
    def counts(self) -> dict[str, int]:
        """Return the five numbers."""
        names = ("read", "created", "updated", "unchanged", "rejected")
        return {name: getattr(self, name) for name in names}

    def as_record(self) -> dict[str, Any]:
        """Return the report for JSON."""
        return {**asdict(self), "accepted_file": ACCEPTED, "rejected_file": REJECTED}


@dataclass(slots=True)
class FirstRows:
    """Gathers the first rows, and the first rejected ones, as people read them."""

    language: str
    rows: list[RowFate] = field(default_factory=list)
    rejected: list[RowFate] = field(default_factory=list)

    def add(self, fates: Sequence[Fate]) -> None:
        """Look at some rows."""
        for fate in fates:
            if len(self.rows) < SHOWN:
                self.rows.append(self._told(fate))
            if fate.error is not None and len(self.rejected) < SHOWN:
                self.rejected.append(self._told(fate))

    def _told(self, fate: Fate) -> RowFate:
        if fate.error is not None:
            where = fate.error.where
            place = where.field or where.column or ""
            text = reason(fate.error, self.language)
            return RowFate(fate.line, fate.outcome.value, field=place, text=text)
        name = fate.draft.name if fate.draft else ""
        text = " ".join(sentences(fate.notes, self.language))
        return RowFate(fate.line, fate.outcome.value, name, text=text)


def report_of(tally: Tally, first: FirstRows, **more: Any) -> RunReport:
    """Put a report together."""
    counts: dict[str, Any] = tally.counts()
    return RunReport(
        **counts,
        notes=dict(tally.notes),
        reasons=dict(tally.reasons),
        first_rows=tuple(first.rows),
        rejected_rows=tuple(first.rejected),
        **more,
    )


def write_report(report: RunReport) -> None:
    """Write report.json, whole or not at all."""
    path = Path(report.folder, REPORT)
    new = path.with_suffix(".new")
    text = json.dumps(report.as_record(), ensure_ascii=False, indent=1)
    new.write_text(text, encoding="utf-8", errors="surrogatepass")
    new.replace(path)


def read_report(folder: Path) -> RunReport | None:
    """Read a report back; None if there is none."""
    try:
        record = json.loads((folder / REPORT).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    for name in ("accepted_file", "rejected_file"):
        record.pop(name, None)
    for name in ("first_rows", "rejected_rows"):
        record[name] = tuple(RowFate(**row) for row in record[name])
    return RunReport(**{**record, "file_notes": tuple(record["file_notes"]), "folder": str(folder)})
