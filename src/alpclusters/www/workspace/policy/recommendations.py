"""Recommendations of a project: list, derive, edit, agree, reject."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alpclusters.analysis.errors import InputError, StateError
from alpclusters.platform.evaluation.domain.snapshots import evaluation_of
from alpclusters.platform.policy.domain.recommendations import (
    EditConflictError,
    adopt_recommendation,
    derive_recommendations,
    edit_recommendation,
    reject_recommendation,
)
from alpclusters.platform.policy.domain.records import recommendation_line
from alpclusters.platform.policy.models import Recommendation
from alpclusters.www.components.parts import Crumb
from alpclusters.www.public.plans.evidence import evidence_table
from alpclusters.www.public.trail import strip_of
from alpclusters.www.workspace.evaluations.forms import DeriveForm
from alpclusters.www.workspace.evaluations.views import own_snapshot, snapshot_page
from alpclusters.www.workspace.policy.access import (
    VIEW,
    WRITE,
    own_project,
    own_recommendation,
    recommendation_crumbs,
    require,
)
from alpclusters.www.workspace.policy.conflicts import Conflict, conflict_of
from alpclusters.www.workspace.policy.forms import (
    RecommendationForm,
    RejectionForm,
    initial_of,
)

PAGE_SIZE = 50


@login_required
@require_safe
def recommendations(request: HttpRequest, slug: str) -> HttpResponse:
    """List the recommendations of a project with their findings."""
    project = own_project(request, slug)
    rows = project.recommendations.prefetch_related("findings__measure", "actions__plan")
    page = Paginator(rows.order_by("pk"), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "project": project,
        "page": page,
        "plans": list(project.plans.order_by("-pk")[:10]),
        "crumbs": recommendation_crumbs(project),
        "may_write": request.user.has_perm(WRITE, project),
        "simulated": project.is_simulated,
        "section": "plans",
    }
    return render(request, "workspace/policy/recommendations.html", context)


@login_required
@require_POST
def recommendation_derive(request: HttpRequest, pk: int) -> HttpResponse:
    """Draft a recommendation for each ticked measure of a snapshot."""
    snapshot = own_snapshot(request, pk)
    require(request, WRITE, snapshot.cafe.project)
    form = DeriveForm(request.POST, evaluation=evaluation_of(snapshot))
    if not form.is_valid():
        return snapshot_page(request, snapshot, form)
    try:
        drawn = derive_recommendations(snapshot, form.chosen(), by=request.user, now=timezone.now())
    except InputError:
        form.add_error("measures", _("Of one of these measures no result can be shown."))
        return snapshot_page(request, snapshot, form)
    text = ngettext(
        "%(n)s recommendation is ready as a draft.",
        "%(n)s recommendations are ready as drafts.",
        len(drawn),
    )
    messages.success(request, text % {"n": len(drawn)})
    return redirect("workspace:recommendations", slug=snapshot.cafe.project.slug)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def recommendation_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a recommendation in five languages; save it, agree on it or reject it."""
    is_post = request.method == "POST"
    found = own_recommendation(request, pk, WRITE if is_post else VIEW)
    if not is_post:
        return _page(request, found, _form_of(found))
    match request.POST.get("decision", ""):
        case "agree":
            adopt_recommendation(found, by=request.user)
            messages.success(request, _("Agreed: %(code)s") % {"code": found.code})
            return redirect("workspace:recommendation_edit", pk=pk)
        case "reject":
            return _reject(request, found)
    return _save(request, found)


def _form_of(found: Recommendation) -> RecommendationForm:
    return RecommendationForm(
        initial=initial_of(found, RecommendationForm, "level", "addressee", "version")
    )


def _save(request: HttpRequest, found: Recommendation) -> HttpResponse:
    form = RecommendationForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form, status=422)
    version = form.cleaned_data["version"]
    try:
        edit_recommendation(found, form.changes(), version=version, by=request.user)
    except EditConflictError as error:
        return _conflict(request, error.theirs, form)
    messages.success(request, _("Saved"))
    return redirect("workspace:recommendation_edit", pk=found.pk)


def _conflict(
    request: HttpRequest, theirs: Recommendation, mine: RecommendationForm
) -> HttpResponse:
    """Show both texts; sending the form again keeps what stands in it."""
    data = request.POST.copy()
    data["version"] = str(theirs.version)
    conflict = conflict_of(theirs, mine)
    return _page(request, theirs, RecommendationForm(data), conflict=conflict, status=409)


def _reject(request: HttpRequest, found: Recommendation) -> HttpResponse:
    rejection = RejectionForm(request.POST)
    if not rejection.is_valid():
        return _page(request, found, _form_of(found), rejection=rejection, status=422)
    try:
        reason = rejection.cleaned_data["rejected_reason"]
        reject_recommendation(found, reason=reason, by=request.user)
    except StateError:
        rejection.add_error(
            "rejected_reason", _("An action of a plan carries it out. Change the action first.")
        )
        return _page(request, found, _form_of(found), rejection=rejection, status=422)
    messages.success(request, _("Rejected: %(code)s") % {"code": found.code})
    return redirect("workspace:recommendation_edit", pk=found.pk)


def _page(
    request: HttpRequest,
    found: Recommendation,
    form: RecommendationForm,
    *,
    rejection: RejectionForm | None = None,
    conflict: list[Conflict] | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "recommendation": found,
        "form": form,
        "rejection": rejection or RejectionForm(),
        "conflict": conflict,
        "evidence": evidence_table(recommendation_line(found).evidence),
        "trail": strip_of(found, seen_by=request.user, label=found.code),
        "crumbs": recommendation_crumbs(found.project, Crumb(found.code)),
        "may_write": request.user.has_perm(WRITE, found.project),
        "simulated": found.project.is_simulated,
        "section": "plans",
    }
    return render(request, "workspace/policy/recommendation.html", context, status=status)
