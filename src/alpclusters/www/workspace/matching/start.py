"""Begin a search for partners; earlier ones are listed below."""

from typing import Any, Final

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alpclusters.platform.actors.models import Organisation
from alpclusters.platform.network.domain.matching.searching import search_partners
from alpclusters.platform.network.models import MatchRun, Posting
from alpclusters.www.components.parts import Crumb
from alpclusters.www.signed_in import SignedInRequest
from alpclusters.www.workspace.matching.access import (
    partner_crumbs,
    require_speaker,
    searchable_by,
)
from alpclusters.www.workspace.matching.forms import PartnerForm

PAGE_SIZE: Final = 10


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def partners(request: SignedInRequest) -> HttpResponse:
    """Ask what is looked for, and search."""
    require_speaker(request)
    organisations = searchable_by(request.user)
    form = PartnerForm(request.POST or None, organisations=organisations, initial=_initial(request))
    if request.method == "POST" and form.is_valid():
        return _search(request, form.cleaned_data["organisation"], form)
    return _page(request, form, {"has_organisation": organisations.exists()})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def posting_partners(request: SignedInRequest, pk: int) -> HttpResponse:
    """Look for partners for a posting of one's own."""
    require_speaker(request)
    own = Posting.objects.filter(organisation__in=searchable_by(request.user).order_by())
    posting = get_object_or_404(own.select_related("organisation"), pk=pk)
    form = PartnerForm(
        request.POST or None, organisations=Organisation.objects.none(), posting=posting
    )
    if request.method == "POST" and form.is_valid():
        return _search(request, posting.organisation, form)
    context = {"posting": posting, "has_organisation": True}
    return _page(request, form, context, Crumb(posting.title))


def _search(
    request: SignedInRequest, organisation: Organisation, form: PartnerForm
) -> HttpResponse:
    made = search_partners(
        organisation, form.question(), form.options(), by=request.user, now=timezone.now()
    )
    return redirect("workspace:match-run", pk=made.pk)


def _initial(request: HttpRequest) -> dict[str, Any]:
    """Take the organisation a link names."""
    wanted = request.GET.get("organisation", "")
    return {"organisation": wanted} if wanted.isascii() and wanted.isdecimal() else {}


def _page(
    request: SignedInRequest, form: PartnerForm, context: dict[str, Any], *last: Crumb
) -> HttpResponse:
    runs = MatchRun.objects.filter(organisation__in=searchable_by(request.user).order_by())
    runs = runs.select_related("organisation", "posting").order_by("-made_at", "-pk")
    page = Paginator(runs, PAGE_SIZE).get_page(request.GET.get("page"))
    shared = {
        "form": form,
        "posting": None,
        "page": page,
        "runs": list(page),
        "crumbs": partner_crumbs(*last),
        "page_title": _("Find partners"),
        "simulated": any(run.organisation.is_simulated for run in page),
    }
    status = 422 if form.errors else 200
    return render(request, "workspace/matching/start.html", shared | context, status=status)
