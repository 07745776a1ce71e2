"""What a check found or an import did: counts that add up, notes, projects with their fate."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any, Final

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from alpclusters.platform.actors.domain.importing import RowFate, folder_of
from alpclusters.platform.actors.models import ImportRun
from alpclusters.platform.evidence.domain.importing import ProjectReport, read_report, spool_path
from alpclusters.www.components.parts import Figure
from alpclusters.www.workspace.imports.access import figure
from alpclusters.www.workspace.imports.jobs import Job
from alpclusters.www.workspace.imports.outcomes import COUNTS, FEW, File, Kind, Row, Summary
from alpclusters.www.workspace.imports.sayings import problem_of
from alpclusters.www.workspace.imports.ways import ways_of
from alpclusters.www.workspace.initiative_imports.access import frame
from alpclusters.www.workspace.initiative_imports.files import NAMES
from alpclusters.www.workspace.initiative_imports.kinds import kind_label

# What became of a project, with word, icon and tone.
FATES: Final = {
    "created": (gettext_lazy("new initiative"), "plus", "good"),
    "updated": (gettext_lazy("changed initiative"), "pencil", "info"),
    "unchanged": (gettext_lazy("unchanged initiative"), "check", ""),
    "rejected": (gettext_lazy("rejected row"), "x", "bad"),
}
FILE_WORDS: Final = {
    "accepted": gettext_lazy("projects that were taken, each with what becomes of it"),
    "rejected": gettext_lazy("rejected rows with line, field and reason"),
    "partners": gettext_lazy("rows of partners that could not be taken, with the reason"),
}
State = ImportRun.State


def outcome_of(run: ImportRun, job: Job | None) -> dict[str, Any]:
    """Return everything the page of a run shows while nobody is at it."""
    ways = ways_of(run, job)
    report = _report(run)
    shown = report or ProjectReport()
    return {
        "run": run,
        "problem": problem_of(run, job),
        **_saying(run, job, report),
        "summary": _summary(run, shown) if run.n_read or report else None,
        "start_words": _start_words(run),
        "is_done": run.state == State.DONE,
        "is_spooled": spool_path(run).is_file(),
        **asdict(ways),
        "files": _files(run),
        "files_gone": "" if ways.is_there else _gone(),
        "file_notes": shown.file_notes,
        "notes": [Kind(kind_label(code), n) for code, n in sorted(run.notes.items())],
        "rejected": [_row(one) for one in shown.rejected_rows],
        "few_rejected": len(shown.rejected_rows) <= FEW,
        "few_rows": len(shown.first_rows) <= FEW,
        "rows": [_row(one) for one in shown.first_rows],
        "rows_title": _rows_title(len(shown.first_rows)),
        **_frame(run),
    }


def _report(run: ImportRun) -> ProjectReport | None:
    """Return the report of the last work; that of a check is no report of an import."""
    report = read_report(folder_of(run))
    has_stored = run.next_line > 0 or run.state == State.DONE
    return report if report is not None and report.is_dry != has_stored else None


def _saying(run: ImportRun, job: Job | None, report: ProjectReport | None) -> dict[str, Any]:
    """Return what the page says on top, and in which tone."""
    if problem_of(run, job):
        return {"told": "", "tone": "info"}
    if run.state == State.DONE:
        return {"told": _("The projects are imported."), "tone": "good"}
    if run.state == State.CANCELLED:
        text = _("The import was cancelled. What is stored stays, and it can go on.")
        return {"told": text, "tone": "warn"}
    if report is None:
        text = _("The file was not read to its end. Read it once more.")
        return {"told": text, "tone": "warn"}
    if not report.is_complete:
        text = _("The check was cancelled: only a part of the projects was looked at.")
        return {"told": text, "tone": "warn"}
    return {"told": _("Nothing is stored yet."), "tone": "info"}


def _summary(run: ImportRun, report: ProjectReport) -> Summary:
    values = {name: getattr(run, f"n_{name}") for name in COUNTS}
    labels = {
        "created": _("New initiatives"),
        "updated": _("Changed initiatives"),
        "unchanged": _("Unchanged"),
        "rejected": _("Rejected rows"),
    }
    figures = [Figure(labels[name], figure(values[name])) for name in COUNTS]
    words = {"read": figure(run.n_read), "sum": " + ".join(map(figure, values.values()))}
    text = ngettext("%(read)s row read = %(sum)s", "%(read)s rows read = %(sum)s", run.n_read)
    return Summary(figures, ". ".join([text % words, *_further(report)]))


def _further(report: ProjectReport) -> Sequence[str]:
    told = []
    if report.filtered:
        text = ngettext(
            "%(n)s row left out by your choice", "%(n)s rows left out by your choice",
            report.filtered,
        )  # fmt: skip
        told.append(text % {"n": figure(report.filtered)})
    if report.gone:
        text = ngettext(
            "%(n)s project is no longer listed by the source",
            "%(n)s projects are no longer listed by the source",
            report.gone,
        )
        told.append(text % {"n": figure(report.gone)})
    return told


def _start_words(run: ImportRun) -> str:
    n = run.n_created + run.n_updated
    text = ngettext("Import %(n)s project", "Import %(n)s projects", n)
    return text % {"n": figure(n)} if n else _("Import the projects")


def _files(run: ImportRun) -> list[File]:
    folder = folder_of(run)
    return [
        File(
            f"{name}.csv",
            str(FILE_WORDS[name]),
            reverse("workspace:initiative-import-file", args=[run.pk, name]),
        )
        for name in NAMES
        if (folder / f"{name}.csv").is_file()
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


def _rows_title(n: int) -> str:
    return ngettext("The first project", "The first %(n)s projects", n) % {"n": figure(n)}


def _frame(run: ImportRun) -> dict[str, Any]:
    if run.next_line > 0 or run.state == State.DONE:
        title = _("What was imported")
        here = "result" if run.state == State.DONE else "import"
    else:
        title, here = _("What the import would do"), "check"
    return {
        "counts_title": _("Projects"),
        **frame(here, title=title, kicker=run.source.name, lead=run.file_name),
    }
