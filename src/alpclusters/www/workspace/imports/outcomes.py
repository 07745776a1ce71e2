"""What a check found or an import did: counts that add up, notes, rows with their fate."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from alpclusters.platform.actors.domain.importing import (
    RowFate,
    RunReport,
    folder_of,
    read_report,
)
from alpclusters.platform.actors.models import ImportRun
from alpclusters.www.components.parts import Figure
from alpclusters.www.workspace.imports.access import figure, frame
from alpclusters.www.workspace.imports.files import NAMES, report_path
from alpclusters.www.workspace.imports.jobs import Job
from alpclusters.www.workspace.imports.kinds import kind_label
from alpclusters.www.workspace.imports.sayings import problem_of, saying_of
from alpclusters.www.workspace.imports.ways import ways_of

FEW: Final = 10
COUNTS: Final = ("created", "updated", "unchanged", "rejected")
# What became of a row, with word, icon and tone.
FATES: Final = {
    "created": (gettext_lazy("new organisation"), "plus", "good"),
    "updated": (gettext_lazy("changed organisation"), "pencil", "info"),
    "unchanged": (gettext_lazy("unchanged organisation"), "check", ""),
    "rejected": (gettext_lazy("rejected row"), "x", "bad"),
}
FILE_WORDS: Final = {
    "accepted": gettext_lazy("rows that were taken, each with what becomes of it"),
    "rejected": gettext_lazy("rejected rows with line, field and reason"),
}
State = ImportRun.State


@dataclass(frozen=True)
class File:
    """A report to take away."""

    name: str
    words: str
    url: str


@dataclass(frozen=True)
class Kind:
    """A kind of note and how many rows have it."""

    label: str
    count: int


@dataclass(frozen=True)
class Row:
    """One row of the list with its fate in words."""

    line: int
    name: str
    field: str
    why: str
    fate: str
    icon: str
    tone: str


@dataclass(frozen=True)
class Summary:
    """The counts as key figures, and their sum in words."""

    figures: Sequence[Figure]
    sum: str


def outcome_of(run: ImportRun, job: Job | None) -> dict[str, Any]:
    """Return everything the page of a run shows while nobody is at it."""
    ways = ways_of(run, job)
    report = _report(run)
    shown = report or RunReport()
    return {
        "run": run,
        "problem": problem_of(run, job),
        **saying_of(run, job, report),
        "summary": _summary(run) if run.n_read else None,
        "start_words": _start_words(run),
        "is_done": run.state == State.DONE,
        **asdict(ways),
        "files": _files(run),
        "files_gone": "" if ways.is_there else _gone(),
        "file_notes": shown.file_notes,
        "notes": [Kind(kind_label(code), n) for code, n in sorted(run.notes.items())],
        "rejected": [_row(one) for one in shown.rejected_rows],
        "rejected_caption": _rejected_caption(run, len(shown.rejected_rows)),
        "few_rejected": len(shown.rejected_rows) <= FEW,
        "few_rows": len(shown.first_rows) <= FEW,
        "rows": [_row(one) for one in shown.first_rows],
        "rows_title": _rows_title(len(shown.first_rows)),
        **_frame(run),
    }


def _report(run: ImportRun) -> RunReport | None:
    """Return the report of the last work; that of a check is no report of an import."""
    report = read_report(folder_of(run))
    has_stored = run.next_line > 0 or run.state == State.DONE
    return report if report is not None and report.is_dry != has_stored else None


def _summary(run: ImportRun) -> Summary:
    values = {name: getattr(run, f"n_{name}") for name in COUNTS}
    labels = {
        "created": _("New organisations"),
        "updated": _("Changed organisations"),
        "unchanged": _("Unchanged"),
        "rejected": _("Rejected rows"),
    }
    figures = [Figure(labels[name], figure(values[name])) for name in COUNTS]
    words = {"read": figure(run.n_read), "sum": " + ".join(map(figure, values.values()))}
    text = ngettext("%(read)s row read = %(sum)s", "%(read)s rows read = %(sum)s", run.n_read)
    return Summary(figures, text % words)


def _start_words(run: ImportRun) -> str:
    n = run.n_created + run.n_updated
    text = ngettext("Import %(n)s organisation", "Import %(n)s organisations", n)
    return text % {"n": figure(n)} if n else _("Import the list")


def _files(run: ImportRun) -> list[File]:
    there = [name for name in NAMES if report_path(run, name) is not None]
    return [
        File(
            f"{name}.csv",
            str(FILE_WORDS[name]),
            reverse("workspace:import-file", args=[run.pk, name]),
        )
        for name in there
    ]


def _gone() -> str:
    days = settings.CONFIGURATION.import_days
    text = ngettext(
        "The uploaded list is not there any more: lists are deleted after %(n)s day.",
        "The uploaded list is not there any more: lists are deleted after %(n)s days.",
        days,
    )
    return text % {"n": figure(days)}


def _row(one: RowFate) -> Row:
    fate, icon, tone = FATES[one.outcome]
    return Row(one.line, one.name, one.field, one.text, str(fate), icon, tone)


def _rejected_caption(run: ImportRun, n: int) -> str:
    if run.n_rejected <= n:
        return ngettext("%(n)s row", "%(n)s rows", run.n_rejected) % {"n": figure(run.n_rejected)}
    words = {"n": figure(n), "all": figure(run.n_rejected)}
    return _("The first %(n)s of %(all)s; the others are in rejected.csv.") % words


def _rows_title(n: int) -> str:
    return ngettext("The first row", "The first %(n)s rows", n) % {"n": figure(n)}


def _frame(run: ImportRun) -> dict[str, Any]:
    is_stored = run.next_line > 0 or run.state == State.DONE
    if is_stored:
        title = _("What was imported")
        here = "result" if run.state == State.DONE else "import"
    else:
        title, here = _("What the import would do"), "check"
    return {
        "counts_title": _("Rows"),
        **frame(here, title=title, kicker=run.source.name, lead=run.file_name),
    }
