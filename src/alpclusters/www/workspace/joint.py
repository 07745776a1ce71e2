"""Cases that are weighed together: chosen by project, the answer, and its files."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alpclusters.analysis.errors import AlpClustersError
from alpclusters.analysis.funding.case_files import CaseError, read_case
from alpclusters.analysis.funding.rulebooks import PROLONGED
from alpclusters.platform.funding.domain.case_offers import with_titles
from alpclusters.platform.funding.domain.joint.asking import Common, ask_joint, common_undertakings
from alpclusters.platform.funding.domain.joint.performing import cancel_joint
from alpclusters.platform.funding.domain.mixing.runs import UNDER_WAY
from alpclusters.platform.funding.models import FundingCase, JointRun, MixRun
from alpclusters.platform.funding.rules import visible_cases, visible_joint_runs
from alpclusters.platform.partnership.models import Project
from alpclusters.reports import blocks
from alpclusters.reports.blocks import Document
from alpclusters.reports.blocks import Table as WrittenTable
from alpclusters.reports.cells import column_formats, column_title, row_texts
from alpclusters.reports.error_texts.case_faults import fault_line
from alpclusters.reports.funding.joint import (
    JointSubject,
    joint_document,
    joint_law,
    joint_note,
    joint_sentences,
    joint_tables,
    scenario_marked,
)
from alpclusters.reports.funding.law_in_time import READINGS
from alpclusters.reports.writers.csv import write_csv
from alpclusters.www.components.parts import Column, Crumb, Table
from alpclusters.www.public.documents import CONTENT_TYPES, TakenAway, sent, written
from alpclusters.www.signed_in import SignedInRequest
from alpclusters.www.workspace.funding_cases.case_frame import UNPROCESSABLE, list_crumbs
from alpclusters.www.workspace.mixes.mix_frame import OTHER_REASON, REASONS, STATES, euros, language
from alpclusters.www.workspace.mixes.mix_list import state_of
from alpclusters.www.workspace.mixes.proofs import FileRow
from alpclusters.www.workspace.sentences import sentence

# --- Whose joint runs one may see, and what all their pages begin with ----------------------------


PLAN = "funding.plan"


def own_runs(request: HttpRequest) -> QuerySet[JointRun]:
    """List the joint runs of one's projects, newest first."""
    rows = visible_joint_runs(request.user).select_related("project", "asked_by")
    return rows.order_by("-asked_at", "-pk")


def own_run(request: HttpRequest, pk: int, right: str = "") -> JointRun:
    """Return a joint run of one's projects: 404 if not visible, 403 if not allowed."""
    found = get_object_or_404(own_runs(request), pk=pk)
    if right and not request.user.has_perm(right, found.project):
        raise PermissionDenied
    return found


def subject_of(run: JointRun) -> JointSubject:
    """Return the answer of a run in the reader's language."""
    cases = {
        one["key"]: with_titles(read_case(one["data"]), language()) for one in run.asked["cases"]
    }
    asked = {**run.asked, "project": run.project.slug}
    return JointSubject(asked, run.result or {}, cases, language())


def crumbs(*last: Crumb) -> list[Crumb]:
    """Return the way to the joint runs."""
    here = reverse("workspace:joint_cases") if last else ""
    return list_crumbs(Crumb(_("Several cases on one account"), here), *last)


def frame(request: HttpRequest, run: JointRun) -> dict[str, Any]:
    """Return head and place of a page of a run."""
    versions = {one["case"]: one["version"] for one in run.asked["cases"]}
    now = dict(run.project.funding_cases.filter(pk__in=versions).values_list("pk", "version"))
    return {
        "run": run,
        "cases": run.asked["cases"],
        "is_outdated": now != versions,
        "crumbs": crumbs(Crumb(str(run))),
        "simulated": run.project.is_simulated,
        "may_plan": request.user.has_perm(PLAN, run.project),
        "section": "funding",
    }


# --- Choose the cases that are weighed together, by project; below, what was weighed before -------


PAGE_SIZE: Final = 10
MOST_FAULTS: Final = 20


@dataclass(frozen=True)
class CaseChoice:
    """A case with the undertakings that it shares with others of its project."""

    case: FundingCase
    common: str
    is_chosen: bool


@dataclass(frozen=True)
class ProjectChoice:
    """A project with the cases that have an undertaking in common."""

    project: Project
    cases: Sequence[CaseChoice]


@dataclass(frozen=True)
class RunRow:
    """One joint run in the list."""

    run: JointRun
    icon: str
    tone: str
    together: str
    lost: str
    scenario: str


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def joint_cases(request: SignedInRequest) -> HttpResponse:
    """Choose cases, or ask for those that were chosen."""
    if request.method != "POST":
        return _show(request)
    wanted = {int(pk) for pk in request.POST.getlist("case") if pk.isdecimal() and len(pk) < 10}  # noqa: PLR2004 - no such case
    rows = visible_cases(request.user).filter(pk__in=wanted).select_related("project")
    cases = list(rows.order_by("title", "pk"))
    if not all(request.user.has_perm(PLAN, case.project) for case in cases):
        raise PermissionDenied
    try:
        run = ask_joint(cases, by=request.user, now=timezone.now())
    except CaseError as error:
        told = _("One of the cases is not ready yet. Please mend this first:")
        faults = [fault_line(fault, language()) for fault in error.faults[:MOST_FAULTS]]
        return _show(request, told=told, faults=faults, chosen=wanted)
    except AlpClustersError as error:
        return _show(request, told=sentence(error), chosen=wanted)
    return redirect("workspace:joint", pk=run.pk)


def _show(
    request: HttpRequest,
    *,
    told: str = "",
    faults: Sequence[str] = (),
    chosen: set[int] | None = None,
) -> HttpResponse:
    page = Paginator(own_runs(request), PAGE_SIZE).get_page(request.GET.get("page"))
    rows = [_row(run) for run in page.object_list]
    choices = list(_choices(request, chosen))
    context: dict[str, Any] = {
        "choices": choices,
        "page": page,
        "rows": rows,
        "told": told,
        "faults": faults,
        "crumbs": crumbs(),
        "simulated": any(row.run.project.is_simulated for row in rows)
        or any(one.project.is_simulated for one in choices),
        "section": "funding",
    }
    status = UNPROCESSABLE if told else 200
    return render(request, "workspace/joint/choose.html", context, status=status)


def _choices(request: HttpRequest, chosen: set[int] | None) -> Iterator[ProjectChoice]:
    """Yield the projects whose funding one may plan and which have cases in common."""
    by_project: dict[Project, list[FundingCase]] = {}
    rows = visible_cases(request.user).select_related("project").order_by("title", "pk")
    for case in rows:
        by_project.setdefault(case.project, []).append(case)
    planned = [one for one in by_project if request.user.has_perm(PLAN, one)]
    common = common_undertakings([case for one in planned for case in by_project[one]])
    for project in sorted(planned, key=lambda one: one.acronym):
        mine = frozenset(case.pk for case in by_project[project])
        # Common to cases of this project, not to one of it and one of another.
        here = [one for one in common if len(one.cases & mine) > 1]
        found = [_choice(case, here, chosen) for case in by_project[project]]
        if shared := [one for one in found if one.common]:
            yield ProjectChoice(project, shared)


def _choice(case: FundingCase, common: Sequence[Common], chosen: set[int] | None) -> CaseChoice:
    names = ", ".join(one.name for one in common if case.pk in one.cases)
    return CaseChoice(case, names, chosen is None or case.pk in chosen)


def _row(run: JointRun) -> RunRow:
    icon, tone = STATES[run.state]
    found = run.result or {}
    is_scenario = any(one["data"].get("rulebook") == PROLONGED for one in run.asked["cases"])
    return RunRow(
        run,
        icon,
        tone,
        euros(found.get("together_ct")),
        euros(found.get("lost_ct")),
        _(READINGS[PROLONGED]) if is_scenario else "",
    )


# --- The answer as documents and tables -----------------------------------------------------------


DOCUMENTS: Final = ("pdf", "docx", "xlsx")
# The tables that have a file of their own.
TABLES: Final = {
    "cases": gettext_lazy("Cases"),
    "draws": gettext_lazy("Draws from accounts"),
    "accounts": gettext_lazy("Accounts by day"),
}


def files_of(run: JointRun) -> list[FileRow]:
    """List what can be taken away."""

    def address(name: str) -> str:
        return reverse("workspace:joint_file", args=[run.pk, name])

    whole = tuple((ending.upper(), address(f"answer.{ending}")) for ending in DOCUMENTS)
    rows = [FileRow(gettext_lazy("The whole answer"), whole)]
    names = _tables(run)
    rows += [
        FileRow(title, (("CSV", address(f"{name}.csv")),))
        for name, title in TABLES.items()
        if name in names
    ]
    return rows


@login_required
@require_safe
def joint_file(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Send one of the files in the reader's language."""
    run = own_run(request, pk)
    stem, _dot, ending = name.partition(".")
    if run.result is None:
        raise Http404
    if stem == "answer" and ending in DOCUMENTS:
        return sent(written(_document(run), ending))
    table = _tables(run).get(stem) if ending == "csv" else None
    if table is None:
        raise Http404
    name = f"{slugify(str(run))[:60] or 'cases'}-{stem}-{pk}.csv"
    content = write_csv(scenario_marked(table, subject_of(run)), language(), "spreadsheet")
    return sent(TakenAway(name, CONTENT_TYPES["csv"], content))


def _document(run: JointRun) -> Document:
    return joint_document(subject_of(run), day=timezone.localdate(run.ended_at or run.asked_at))


def _tables(run: JointRun) -> dict[str, WrittenTable]:
    """Return the tables that have files, by the names of these."""
    found = joint_tables(subject_of(run))
    return {name: found[name] for name in TABLES if name in found}


# --- The page of cases weighed together: how far it is, why there is nothing, or what came out


@login_required
@require_safe
def joint(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what several cases get together, or how far the computation is."""
    run = own_run(request, pk)
    context = frame(request, run)
    if run.state in UNDER_WAY:
        here = reverse("workspace:joint", args=[run.pk])
        context |= {"state": state_of(run), "reload": here}
        return render(request, "workspace/joint/working.html", context)
    if run.result is None:
        return render(request, "workspace/joint/ended.html", {**context, "why": _why(run)})
    return render(request, "workspace/joint/result.html", {**context, **_found(run)})


@login_required
@require_safe
def joint_progress(request: HttpRequest, pk: int) -> JsonResponse:
    """Tell a script how far a run is."""
    return JsonResponse(state_of(own_run(request, pk)))


@login_required
@require_POST
def joint_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """End a run; nothing of it is kept."""
    run = own_run(request, pk, PLAN)
    cancel_joint(run, now=timezone.now())
    messages.info(request, _("The computation ends."))
    return redirect("workspace:joint", pk=pk)


def _why(run: JointRun) -> str:
    if run.state == MixRun.State.CANCELLED:
        return _("It was cancelled before anything was found.")
    values = (run.error or {}).get("values") or {}
    return str(REASONS.get(str(values.get("reason", "")), OTHER_REASON))


def _found(run: JointRun) -> dict[str, Any]:
    subject = subject_of(run)
    return {
        "law_messages": joint_law(subject),
        "sentences": joint_sentences(subject),
        "has_mixes": subject.has_mixes,
        "tables": [_table(table) for table in joint_tables(subject).values()],
        "note": joint_note(subject),
        "files": files_of(run),
    }


def _table(table: blocks.Table) -> tuple[Table, str]:
    """Return a table of a document for the page, and its note."""
    formats = column_formats(table, language())
    shown = Table(
        table.caption,
        [Column(column_title(one), one.kind == "number") for one in table.columns],
        [row_texts(formats, row) for row in table.value_rows],
        row_texts(formats, table.total) if table.total else (),
    )
    return shown, str(table.note)


_RUN = "funding/together/<int:pk>/"

urlpatterns: list[URLPattern] = [
    path("funding/together/", joint_cases, name="joint_cases"),
    path(_RUN, joint, name="joint"),
    path(f"{_RUN}progress/", joint_progress, name="joint_progress"),
    path(f"{_RUN}cancel/", joint_cancel, name="joint_cancel"),
    path(f"{_RUN}files/<str:name>", joint_file, name="joint_file"),
]
