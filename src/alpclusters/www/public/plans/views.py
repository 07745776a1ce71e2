"""Published plans, one plan with its files, one recommendation with its findings."""

from typing import Final

from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from alpclusters.platform.languages.codes import nearest_language
from alpclusters.platform.policy.domain.records import recommendation_line, record_of
from alpclusters.platform.policy.models import Action, ActionPlan, Recommendation
from alpclusters.platform.policy.rules import visible_plans, visible_recommendations
from alpclusters.reports.plan import build_plan_document
from alpclusters.www.components.parts import Crumb
from alpclusters.www.public.documents import sent, written
from alpclusters.www.public.plans.evidence import evidence_table
from alpclusters.www.public.plans.pages import level_words, read_page
from alpclusters.www.public.trail import strip_of

PAGE_SIZE: Final = 24
FORMATS: Final = ("pdf", "docx")


@require_safe
def plans(request: HttpRequest) -> HttpResponse:
    """List the published plans, the newest first."""
    rows = ActionPlan.objects.published().select_related("project")
    counted = rows.annotate(n_actions=Count("actions")).order_by("-published_at", "-pk")
    page = Paginator(counted, PAGE_SIZE).get_page(request.GET.get("page"))
    simulated = any(plan.is_simulated for plan in page)
    context = {"page": page, "simulated": simulated, "section": "plans"}
    return render(request, "public/plans/list.html", context)


def _visible_plan(request: HttpRequest, slug: str) -> ActionPlan:
    return get_object_or_404(visible_plans(request.user).select_related("project"), slug=slug)


@require_safe
def plan(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a plan by level, each line with its trail."""
    found = _visible_plan(request, slug)
    page = read_page(found, person=request.user, today=timezone.localdate())
    context = {
        "page": page,
        "plan": found,
        "formats": FORMATS,
        "simulated": found.is_simulated,
        "section": "plans",
    }
    return render(request, "public/plans/page.html", context)


@require_safe
def plan_file(request: HttpRequest, slug: str, format: str) -> HttpResponse:  # noqa: A002
    """Send a plan as a document in the language of the page."""
    if format not in FORMATS:
        raise Http404
    found = _visible_plan(request, slug)
    document = build_plan_document(record_of(found), language=nearest_language(get_language()))
    return sent(written(document, format))


@require_safe
def recommendation(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a recommendation with its findings and what carries it out."""
    found = get_object_or_404(
        visible_recommendations(request.user).select_related("project"), pk=pk
    )
    context = {
        "recommendation": found,
        "level": level_words()[found.level],
        "evidence": evidence_table(recommendation_line(found).evidence),
        "actions": _carrying(request, found),
        "trail": strip_of(found, seen_by=request.user, label=found.code, lists="#why-title"),
        "crumbs": [Crumb(_("Action plans"), reverse("public:plans")), Crumb(found.code)],
        "simulated": found.project.is_simulated,
        "section": "plans",
    }
    return render(request, "public/plans/recommendation.html", context)


def _carrying(request: HttpRequest, found: Recommendation) -> list[Action]:
    """List the lines of visible plans that carry a recommendation out."""
    seen = found.actions.filter(plan__in=visible_plans(request.user)).select_related("plan")
    return list(seen.order_by("plan", "order", "pk"))
