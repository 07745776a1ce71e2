"""Which funding fits an organisation, a measure, an action."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from alpclusters.platform.actors.domain.merges import standing_of
from alpclusters.platform.actors.models import ClusterOrganisation, Organisation
from alpclusters.platform.funding.domain.fitting.fits import Fitting
from alpclusters.platform.funding.domain.fitting.settings import (
    fitting_measure,
    fitting_offers,
)
from alpclusters.platform.measures.rules import visible_to
from alpclusters.platform.policy.domain.funding_cases import fitting_action
from alpclusters.platform.policy.models import Action
from alpclusters.platform.policy.rules import visible_plans
from alpclusters.www.public.fitting.pages import Subject, read_page
from alpclusters.www.public.fitting.subjects import of_action, of_measure, of_organisation


@require_safe
def organisation_fitting(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what fits an organisation; one that was merged leads to the one that stands for it."""
    found = get_object_or_404(Organisation.objects.select_related("region"), pk=pk)
    standing = standing_of(found)
    if not request.user.has_perm("actors.view_organisation", standing):
        raise Http404
    if standing != found:
        return redirect("public:organisation_fitting", standing.pk)
    profile = (
        ClusterOrganisation.objects.filter(organisation=found).prefetch_related("labels").first()
    )
    today = timezone.localdate()
    fitting = fitting_offers(found, profile, today=today)
    return _answer(request, fitting, of_organisation(request.user, found, profile), "network")


@require_safe
def measure_fitting(request: HttpRequest, key: str) -> HttpResponse:
    """Show what fits a measure."""
    found = get_object_or_404(visible_to(request.user).select_related("project"), key=key)
    fitting = fitting_measure(found, today=timezone.localdate())
    return _answer(request, fitting, of_measure(found), "measures")


@require_safe
def action_fitting(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what fits an action of a plan."""
    plans = visible_plans(request.user)
    actions = Action.objects.select_related("plan__project").filter(plan__in=plans)
    found: Action = get_object_or_404(actions, pk=pk)
    fitting = fitting_action(found, today=timezone.localdate())
    return _answer(request, fitting, of_action(found), "plans")


def _answer(request: HttpRequest, fitting: Fitting, subject: Subject, section: str) -> HttpResponse:
    page = read_page(fitting, subject, today=timezone.localdate())
    context = {"page": page, "simulated": page.simulated, "section": section}
    return render(request, "public/fitting/page.html", context)
