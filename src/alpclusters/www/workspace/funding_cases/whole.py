"""Whole cases: duplicate, delete, export, history."""

import json

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alpclusters.analysis.errors import AlpClustersError
from alpclusters.platform.funding.domain.accounts.composing import computed_data
from alpclusters.platform.funding.domain.casework import delete_case, duplicate_case
from alpclusters.platform.funding.domain.casework.application import with_application
from alpclusters.platform.funding.domain.casework.copying import bring_back
from alpclusters.platform.funding.domain.casework.versions import versions_of
from alpclusters.www.components.parts import Crumb
from alpclusters.www.signed_in import SignedInRequest
from alpclusters.www.workspace.funding_cases.access import (
    WRITE,
    frame,
    own_case,
    refused,
    version_in,
)
from alpclusters.www.workspace.funding_cases.words import euros, reason_words

MOST_VERSIONS = 100


@login_required
@require_POST
def funding_case_copy(request: SignedInRequest, pk: int) -> HttpResponse:
    """Make a second case of the same content."""
    case = own_case(request, pk, WRITE)
    title = _("%(title)s (copy)") % {"title": case.title[:150]}
    made = duplicate_case(case, title=title[:160], by=request.user, now=timezone.now())
    messages.success(request, _("This is the copy. Its mixes are computed anew."))
    return redirect("workspace:funding_case", pk=made.pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def funding_case_delete(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask once, then delete a case with its mixes and its history."""
    case = own_case(request, pk, WRITE)
    if request.method == "POST":
        title = case.title
        delete_case(case, by=request.user)
        messages.success(request, _("Deleted: %(title)s") % {"title": title})
        return redirect("workspace:funding_cases")
    context = frame(request, case, "", Crumb(_("Delete")))
    context["n_runs"] = case.runs.count()
    return render(request, "workspace/funding_cases/delete.html", context)


@login_required
@require_safe
def funding_case_export(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the case as JSON with the accounts of its partners, as the command line takes it."""
    case = own_case(request, pk)
    data = with_application(computed_data(case), case)
    body = json.dumps(data, ensure_ascii=False, indent=1, sort_keys=False)
    name = f"{slugify(case.title)[:60] or 'case'}.json"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(
        f"{body}\n", content_type="application/json; charset=utf-8", headers=headers
    )


@login_required
@require_safe
def funding_case_history(request: HttpRequest, pk: int) -> HttpResponse:
    """Show who changed what when."""
    case = own_case(request, pk)
    context = frame(request, case, "", Crumb(_("History")))
    context["versions"] = [
        {
            "number": one.number,
            "version": one.version,
            "made_at": one.made_at,
            "made_by": one.made_by or _("the program"),
            "words": reason_words(one.reason),
            "costs": euros(one.cost_ct),
            "n_offers": one.n_offers,
            "is_newest": one.is_newest,
        }
        for one in versions_of(case, most=MOST_VERSIONS)
    ]
    return render(request, "workspace/funding_cases/history.html", context)


@login_required
@require_POST
def funding_case_back(request: SignedInRequest, pk: int, number: int) -> HttpResponse:
    """Bring back an earlier version."""
    case = own_case(request, pk, WRITE)
    try:
        brought = bring_back(
            case, number, version=version_in(request), by=request.user, now=timezone.now()
        )
    except AlpClustersError as error:
        refused(request, error)
        return redirect("workspace:funding_case_history", pk=pk)
    if brought is None:
        raise Http404
    messages.success(request, _("Earlier version brought back. It can be undone below."))
    return redirect("workspace:funding_case_history", pk=pk)
