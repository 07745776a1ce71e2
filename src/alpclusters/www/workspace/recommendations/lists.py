"""The recommendations of a project with filters; new ones from the evaluation of an AlpCafé."""

from collections.abc import Sequence

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from alpclusters.analysis.errors import InputError
from alpclusters.platform.evaluation.domain.snapshots import evaluation_of
from alpclusters.platform.partnership.models import Project
from alpclusters.platform.policy.domain.recommendations import derive_recommendations
from alpclusters.platform.policy.domain.strengths.computing import strengths_of, with_evidence
from alpclusters.platform.policy.models import Action, Recommendation
from alpclusters.www.public.recommendations.strength import (
    card_of,
    chips_of,
    facets_of,
    fits,
    read_chosen,
)
from alpclusters.www.signed_in import SignedInRequest
from alpclusters.www.workspace.evaluations import DeriveForm, own_snapshot, snapshot_page
from alpclusters.www.workspace.recommendations.access import (
    WRITE,
    own_project,
    recommendation_crumbs,
    require,
)

PAGE_SIZE = 50


@login_required
@require_safe
def recommendations(request: HttpRequest, slug: str) -> HttpResponse:
    """List the recommendations of a project with state, level, strength and findings."""
    project = own_project(request, slug)
    rows = _rows(project)
    strengths = strengths_of(rows)
    chosen = read_chosen(request.GET)
    found = [one for one in rows if fits(one, chosen, strengths)]
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    here = reverse("workspace:recommendations", args=[slug])
    context = {
        "project": project,
        "page": page,
        "cards": [
            card_of(one, strengths[one.pk], "workspace:recommendation", _codes(one)) for one in page
        ],
        "total": len(rows),
        "facets": facets_of(rows, chosen, strengths),
        "chips": chips_of(chosen, lambda: here),
        "plans": list(project.plans.order_by("-pk")[:10]),
        "crumbs": recommendation_crumbs(project),
        "may_write": request.user.has_perm(WRITE, project),
        "simulated": project.is_simulated,
        "section": "plans",
    }
    return render(request, "workspace/recommendations/list.html", context)


def _rows(project: Project) -> list[Recommendation]:
    actions = Action.objects.select_related("plan").order_by("plan", "order", "pk")
    rows = with_evidence(Recommendation.objects.filter(project=project))
    return list(rows.prefetch_related(Prefetch("actions", queryset=actions)).order_by("pk"))


def _codes(one: Recommendation) -> Sequence[str]:
    return list(dict.fromkeys(action.code for action in one.actions.all()))


@login_required
@require_POST
def recommendation_derive(request: SignedInRequest, pk: int) -> HttpResponse:
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
