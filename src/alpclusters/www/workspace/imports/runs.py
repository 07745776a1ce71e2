"""A run after its columns are chosen: at work, what a check found, stored, its files."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.utils.translation import gettext, gettext_lazy, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from alpclusters.analysis.errors import AlpClustersError
from alpclusters.platform.actors.domain.importing import RowFate, RunReport, folder_of, read_report
from alpclusters.platform.actors.models import ImportRun
from alpclusters.www.components.parts import Figure
from alpclusters.www.workspace.imports import run_states
from alpclusters.www.workspace.imports.run_states import (
    Job,
    figure,
    frame,
    own_run,
    problem_of,
    saying_of,
    ways_of,
)
from alpclusters.www.workspace.sentences import placed_sentence

# --- Kinds of notes on rows, short, for counting them ---------------------------------------------


KINDS: Final = {
    "region.recoded": _("Region codes of an earlier year, recoded to those of today"),
    "region.ambiguous": _("Region codes that became several regions: the region stays empty"),
    "region.approximate": _("Region codes whose area changed on the way"),
    "region.elsewhere": _("Codes of regions outside those kept here: the region stays empty"),
    "region.unknown_code": _("Codes that no list of regions has: the region stays empty"),
    "region.unknown_name": _("Names of regions nobody knows: the region stays empty"),
    "region.several_names": _("Names that several regions have: the region stays empty"),
    "region.country_only": _("A country where a region was expected"),
    "region.extra_regio": _("Codes outside of every region"),
    "region.other_country": _("Region and country do not fit together"),
    "identifier.taken": _("Numbers that another organisation has already"),
    "organisation.ambiguous_number": _("Numbers that can be read in two ways"),
    "organisation.formula": _("Cells with formulas: the stored result was taken"),
    "organisation.kept": _("Fields kept as a person set them"),
    "organisation.proposed": _("Fields that a person set and the list says differently"),
    "organisation.left_out": _("Values that cannot be read, left out"),
    "organisation.too_long": _("Texts that are too long, left out"),
    "organisation.matched": _("Found by name, country and town"),
    "organisation.no_country": _("No country"),
    "organisation.no_coordinates": _("Places that are none on Earth, left out"),
    "organisation.no_profile": _("Fields of a profile for a body that has none, left out"),
    "organisation.no_website": _("Web addresses that are none, left out"),
    "organisation.postcode_padded": _("Postcodes that had lost their leading zeros"),
    "organisation.repeat": _("Rows that repeat an organisation of the same list"),
    "organisation.unknown_word": _("Words for type, sector or label nobody knows, left out"),
}


def kind_label(code: str) -> str:
    """Return the kind of a note in words; an unknown one by its code."""
    return str(KINDS.get(code, code))


# --- The reports of a run as files, for those who may import --------------------------------------


NAMES: Final = ("accepted", "rejected")


@login_required
@require_safe
def import_file(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Hand out a report; it is nobody's page and is never shown in the browser."""
    run = own_run(request, pk)
    path = report_path(run, name)
    if path is None:
        raise Http404
    shown = f"{slugify(run.source.key)}-{run.pk}-{name}.csv"
    # Not streamed: behind an asynchronous server Django would gather the blocks anyway, and warn.
    response = HttpResponse(path.read_bytes(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = content_disposition_header(True, shown)  # noqa: FBT003
    return response


def report_path(run: ImportRun, name: str) -> Path | None:
    """Return where a report of the last work lies, if it lies there."""
    if name not in NAMES:
        return None
    path = folder_of(run) / f"{name}.csv"
    return path if path.is_file() else None


# --- What a check found or an import did: counts that add up, notes, rows with their fate ---------


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
        "created": gettext("New organisations"),
        "updated": gettext("Changed organisations"),
        "unchanged": gettext("Unchanged"),
        "rejected": gettext("Rejected rows"),
    }
    figures = [Figure(labels[name], figure(values[name])) for name in COUNTS]
    words = {"read": figure(run.n_read), "sum": " + ".join(map(figure, values.values()))}
    text = ngettext("%(read)s row read = %(sum)s", "%(read)s rows read = %(sum)s", run.n_read)
    return Summary(figures, text % words)


def _start_words(run: ImportRun) -> str:
    n = run.n_created + run.n_updated
    text = ngettext("Import %(n)s organisation", "Import %(n)s organisations", n)
    return text % {"n": figure(n)} if n else gettext("Import the list")


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
    return gettext("The first %(n)s of %(all)s; the others are in rejected.csv.") % words


def _rows_title(n: int) -> str:
    return ngettext("The first row", "The first %(n)s rows", n) % {"n": figure(n)}


def _frame(run: ImportRun) -> dict[str, Any]:
    is_stored = run.next_line > 0 or run.state == State.DONE
    if is_stored:
        title = gettext("What was imported")
        here = "result" if run.state == State.DONE else "import"
    else:
        title, here = gettext("What the import would do"), "check"
    return {
        "counts_title": gettext("Rows"),
        **frame(here, title=title, kicker=run.source.name, lead=run.file_name),
    }


# --- A run after its columns are chosen: at work, checked, stored, or broken off ------------------


@login_required
@require_safe
@never_cache
def import_run(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how far a run is, what its check found, or what it did."""
    run = own_run(request, pk)
    job = run_states.job_of(run)
    if job is not None and job.is_active:
        return render(request, "workspace/imports/working.html", _working(run, job))
    if job is None and run.state == ImportRun.State.UPLOADED:
        return redirect("workspace:import-columns", pk=pk)
    context = outcome_of(run, job)
    return render(request, "workspace/imports/run.html", context)


@login_required
@require_safe
@never_cache
def import_progress(request: HttpRequest, pk: int) -> JsonResponse:
    """Say how far the worker is, for the script of the page."""
    run = own_run(request, pk)
    job = run_states.job_of(run)
    if job is None or not job.is_active:
        return JsonResponse({"is_over": True})
    now = run_states.progress_of(run)
    answer = {
        "is_over": False,
        "done": now.done,
        "total": now.total,
        "told": run_states.told(job, now),
    }
    return JsonResponse(answer)


@login_required
@require_POST
def import_check(request: HttpRequest, pk: int) -> HttpResponse:
    """Look at every row once more."""
    run = own_run(request, pk)
    if not ways_of(run, run_states.job_of(run)).can_check:
        messages.error(request, gettext("The list cannot be checked any more."))
        return redirect("workspace:import-run", pk=pk)
    return _begin(request, run, run_states.CHECK)


@login_required
@require_POST
def import_start(request: HttpRequest, pk: int) -> HttpResponse:
    """Store a list that was checked, or go on where an import was cut off."""
    run = own_run(request, pk)
    ways = ways_of(run, run_states.job_of(run))
    if not ways.can_start and not ways.can_resume:
        messages.error(request, gettext("Check the list first; then it can be imported once."))
        return redirect("workspace:import-run", pk=pk)
    return _begin(request, run, run_states.IMPORT)


def _begin(request: HttpRequest, run: ImportRun, kind: str) -> HttpResponse:
    try:
        run_states.begin(run.pk, kind)
    except AlpClustersError as error:
        messages.error(request, placed_sentence(error))
    return redirect("workspace:import-run", pk=run.pk)


@login_required
@require_POST
def import_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask the worker to end; what is stored stays."""
    run = own_run(request, pk)
    job = run_states.job_of(run)
    if job is not None and job.is_active:
        run_states.cancel(run)
        messages.info(request, gettext("The work ends after the rows it is at."))
    return redirect("workspace:import-run", pk=pk)


def _working(run: ImportRun, job: Job) -> dict[str, Any]:
    now = run_states.progress_of(run)
    is_check = job.kind == run_states.CHECK
    if is_check:
        label, kept = gettext("The list is being checked"), gettext("Checking stores nothing.")
    else:
        label = gettext("The list is being imported")
        kept = gettext(
            "Rows that are stored stay, also when you cancel; the import can go on later."
        )
    return {
        "run": run,
        "job": job,
        "progress": now,
        "label": label,
        "told": run_states.told(job, now),
        "kept": kept,
        **frame("check" if is_check else "import", title=label, kicker=run.source.name),
    }
