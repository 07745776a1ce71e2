"""The report of an import of projects: as an object, as report.json, and as it is read back."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final

from alpclusters.platform.actors.domain.importing.phrases import reason, sentences
from alpclusters.platform.actors.domain.importing.reports import RowFate
from alpclusters.platform.evidence.domain.importing.outcomes import Fate

SHOWN: Final = 50
REPORT: Final = "report.json"


@dataclass(frozen=True, slots=True)
class ProjectReport:
    """What an import did, or would do.

    Attributes
    ----------
    read, created, updated, unchanged, rejected : int
        Rows of projects that the filter let through; the first is the sum of the others.
    filtered : int
        Rows that the filter left out; they are in none of the five.
    gone : int
        Records that the source no longer lists.
    participations : mapping of str to int
        Rows with bodies: rows = records + rejected + repeats, of the whole file.
    is_dry, is_complete : bool
        Whether nothing was stored; whether it came to the end of the file.
    notes, reasons : mapping of str to int
        Projects by code of note, and rows by reason of rejection.
    file_notes : tuple of str
        On the file as a whole, as sentences.
    vintage : dict
        Year whose NUTS codes the file was read in, with the number of codes and those that fit.
    first_rows, rejected_rows : tuple of RowFate
        The first ones, as people read them.
    folder : str
    """

    read: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: int = 0
    filtered: int = 0
    gone: int = 0
    participations: Mapping[str, int] = field(default_factory=dict)
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
    def counts(self) -> dict[str, int]:
        """Return the numbers of the closing line."""
        names = ("read", "created", "updated", "unchanged", "rejected", "filtered", "gone")
        return {name: getattr(self, name) for name in names}


def told(fate: Fate, language: str) -> RowFate:
    """Return a row as people read it."""
    if fate.error is not None:
        where = fate.error.where
        place = where.field or where.column or ""
        text = reason(fate.error, language)
        return RowFate(fate.line, fate.outcome.value, field=place, text=text)
    name = fate.draft.name if fate.draft else ""
    return RowFate(fate.line, fate.outcome.value, name, text=" ".join(_said(fate, language)))


def _said(fate: Fate, language: str) -> Sequence[str]:
    return sentences(fate.notes, language)


def write_report(report: ProjectReport) -> None:
    """Write report.json, whole or not at all."""
    path = Path(report.folder, REPORT)
    new = path.with_suffix(".new")
    text = json.dumps(asdict(report), ensure_ascii=False, indent=1)
    new.write_text(text, encoding="utf-8", errors="surrogatepass")
    new.replace(path)


def read_report(folder: Path) -> ProjectReport | None:
    """Read a report back; None if there is none."""
    try:
        record: dict[str, Any] = json.loads((folder / REPORT).read_text(encoding="utf-8"))
        for name in ("first_rows", "rejected_rows"):
            record[name] = tuple(RowFate(**row) for row in record[name])
        notes = tuple(record["file_notes"])
        return ProjectReport(**{**record, "file_notes": notes, "folder": str(folder)})
    except (OSError, ValueError, TypeError, KeyError):
        return None
