"""How a run stands, in one or two sentences."""

from typing import Any

from django.utils.translation import gettext as _

from alpclusters.analysis.errors import AlpClustersError, Where
from alpclusters.platform.actors.domain.importing import RunReport
from alpclusters.platform.actors.models import ImportRun
from alpclusters.www.workspace.imports.jobs import Job
from alpclusters.www.workspace.sentences import placed_sentence

State = ImportRun.State
_WHERE = ("file", "sheet", "line", "column", "field", "path", "argument", "row")
_KNOWN = {"code", "seen", "expected", "severity", *_WHERE}


def problem_of(run: ImportRun, job: Job | None) -> str:
    """Say what went wrong, if anything did."""
    if run.state == State.FAILED and run.error:
        return placed_sentence(_error(run.error))
    is_cut_off = run.state == State.RUNNING and not (job is not None and job.is_active)
    if (job is not None and job.is_broken) or is_cut_off:
        return _(
            "The work broke off in a way nobody foresaw. Try once more; if it happens again, what "
            "the server printed says why. Rows that are stored stay."
        )
    return ""


def saying_of(run: ImportRun, job: Job | None, report: RunReport | None) -> dict[str, Any]:
    """Return what the page says on top, and in which tone."""
    if problem_of(run, job):
        return {"told": "", "tone": "info"}
    if run.state == State.DONE:
        return {"told": _("The list is imported."), "tone": "good"}
    if run.state == State.CANCELLED:
        text = _("The import was cancelled. What is stored stays, and it can go on.")
        return {"told": text, "tone": "warn"}
    if report is not None and not report.is_complete:
        text = _("The check was cancelled: only a part of the rows was looked at.")
        return {"told": text, "tone": "warn"}
    return {"told": _("Nothing is stored yet."), "tone": "info"}


def _error(record: dict[str, Any]) -> AlpClustersError:
    """Make the error again that was kept on the run."""
    return AlpClustersError(
        record["code"],
        where=Where(**{name: record[name] for name in _WHERE if name in record}),
        found=record.get("seen"),
        expected=record.get("expected"),
        values={name: value for name, value in record.items() if name not in _KNOWN},
    )
