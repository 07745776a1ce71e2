"""The page of cases weighed together: how far it is, why there is nothing, or what came out."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from alpclusters.platform.funding.domain.joint.performing import cancel_joint
from alpclusters.platform.funding.domain.mixing.runs import UNDER_WAY
from alpclusters.platform.funding.models import JointRun, MixRun
from alpclusters.reports import blocks
from alpclusters.reports.cells import column_formats, column_title, row_texts
from alpclusters.reports.funding.joint import (
    joint_law,
    joint_note,
    joint_sentences,
    joint_tables,
)
from alpclusters.www.components.parts import Column, Table
from alpclusters.www.workspace.joint.access import PLAN, frame, own_run, subject_of
from alpclusters.www.workspace.joint.files import files_of
from alpclusters.www.workspace.mixes.waiting import state_of
from alpclusters.www.workspace.mixes.words import OTHER_REASON, REASONS, language


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
