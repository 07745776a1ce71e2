"""Published plans, one plan with its views, its data and its files."""

from typing import Final

from django.core.paginator import Paginator
from django.db.models import Sum
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_safe

from alpclusters.platform.languages.codes import nearest_language
from alpclusters.platform.policy.domain.records import today_of
from alpclusters.platform.policy.models import ActionPlan
from alpclusters.platform.policy.rules import visible_plans
from alpclusters.platform.worlds import of_world
from alpclusters.reports.plan import (
    build_plan_document,
    build_plan_workbook,
    note_handed_out,
    read_subject,
)
from alpclusters.www.public.directory.views import EMBEDDED
from alpclusters.www.public.documents import sent, written
from alpclusters.www.public.plans.action_page import read_action
from alpclusters.www.public.plans.open_data import IN_FULL, KINDS, TABLES, feed_of, sent_data
from alpclusters.www.public.plans.plan_page import (
    frame_code,
    read_page,
    read_progress,
    reports_of,
    view_tabs,
)
from alpclusters.www.public.plans.plan_views import VIEWS, read_view
from alpclusters.www.public.plans.readings import base_of, read_plan
from alpclusters.www.public.recommendations.evidence import released_snapshots
from alpclusters.www.worlds import side_of

PAGE_SIZE: Final = 24
FORMATS: Final = ("pdf", "docx", "html", "xlsx")


@require_safe
def plans(request: HttpRequest) -> HttpResponse:
    """List the published plans, the newest first."""
    every = ActionPlan.objects.published().select_related("project")
    side = side_of(request, every)
    rows = of_world(every, is_simulated=side.is_simulated)
    counted = rows.counted().order_by("-published_at", "-pk")
    page = Paginator(counted, PAGE_SIZE).get_page(request.GET.get("page"))
    totals = counted.aggregate(
        actions=Sum("n_actions"), funding=Sum("n_funding"), values=Sum("n_values")
    )
    context = {
        "page": page,
        "totals": totals,
        "side": side,
        "simulated": side.is_simulated,
        "section": "plans",
    }
    return render(request, "public/plans/list.html", context)


def _visible_plan(request: HttpRequest, slug: str) -> ActionPlan:
    return get_object_or_404(
        visible_plans(request.user).select_related("project", "parent"), slug=slug
    )


@require_safe
def plan(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a plan: how it stands, what is late and why, schedule, logic, all actions."""
    found = _visible_plan(request, slug)
    page = read_page(found, now=timezone.now())
    frame = frame_code(request, found, page.title)
    return _page(request, found, "page", page=page, formats=FORMATS, frame_code=frame)


@require_safe
def plan_view(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """Show one view of a plan."""
    if kind not in VIEWS:
        raise Http404
    found = _visible_plan(request, slug)
    view = read_view(found, kind, request.GET.dict(), now=timezone.now())
    tabs = view_tabs(slug, kind)
    return _page(
        request, found, "view", view=view, tabs=tabs, crumbs=view.reading.crumbs(view.name)
    )


@require_safe
def plan_progress(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what is late, why, and what its body says about it."""
    found = _visible_plan(request, slug)
    context = read_progress(found, request.GET.get("page"), now=timezone.now())
    return _page(request, found, "progress", **context)


@require_safe
def plan_action(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """Show one action with everything that belongs to it."""
    found = _visible_plan(request, slug)
    action = get_object_or_404(found.actions.select_related("plan"), code=code)
    reading = read_plan(found, now=timezone.now(), only=[action.pk], has_evidence=True)
    (line,) = reading.record.actions
    released = released_snapshots(line.evidence)
    page = read_action(reading, action, reports_of(action), released, person=request.user)
    return _page(request, found, "action", page=page, crumbs=reading.crumbs(code))


@require_safe
def plan_feed(request: HttpRequest, slug: str) -> HttpResponse:
    """Send what changed last in a plan."""
    found = _visible_plan(request, slug)
    reading = read_plan(found, now=timezone.now())
    content = feed_of(reading, base=base_of(request), path=request.path)
    return HttpResponse(content, content_type="application/atom+xml; charset=utf-8")


@require_safe
@xframe_options_exempt
@csp_override(EMBEDDED)
def plan_embed(request: HttpRequest, slug: str) -> HttpResponse:
    """Show how a published plan stands, for other sites to frame."""
    found = get_object_or_404(
        ActionPlan.objects.published().select_related("project", "parent"), slug=slug
    )
    context = read_progress(found, None, now=timezone.now())
    response = _page(request, found, "embed", **context)
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


@require_safe
def plan_data(request: HttpRequest, slug: str, name: str, kind: str) -> StreamingHttpResponse:
    """Send a plan, its actions, indicators or values as open data."""
    if name not in TABLES or kind not in KINDS:
        raise Http404
    found = _visible_plan(request, slug)
    only = None if name in IN_FULL else ()
    reading = read_plan(found, now=timezone.now(), only=only)
    return sent_data(request, reading, name, kind, base_of(request))


def _page(request: HttpRequest, found: ActionPlan, name: str, **more: object) -> HttpResponse:
    context = {"plan": found, "simulated": found.is_simulated, "section": "plans", **more}
    return render(request, f"public/plans/{name}.html", context)


@require_safe
def plan_file(request: HttpRequest, slug: str, format: str) -> HttpResponse:  # noqa: A002
    """Send a plan as a document in the language of the page."""
    if format not in FORMATS:
        raise Http404
    found = _visible_plan(request, slug)
    language, now = nearest_language(get_language()), timezone.now()
    subject = read_subject(found, today=today_of(found, now), language=language)
    build = build_plan_workbook if format == "xlsx" else build_plan_document
    document = build(subject, language=language)
    note_handed_out(found, document, now=now)
    return sent(written(document, format))


urlpatterns: list[URLPattern] = [
    path("plans/", plans, name="plans"),
    path("plans/<slug:slug>/", plan, name="plan"),
    path("plans/<slug:slug>/views/<slug:kind>/", plan_view, name="plan-view"),
    path("plans/<slug:slug>/progress/", plan_progress, name="plan-progress"),
    path("plans/<slug:slug>/actions/<slug:code>/", plan_action, name="plan-action"),
    path("plans/<slug:slug>/changes.atom", plan_feed, name="plan-feed"),
    path("plans/<slug:slug>/embed/", plan_embed, name="plan-embed"),
    path("plans/<slug:slug>/data/<slug:name>.<slug:kind>", plan_data, name="plan-data-file"),
    path("plans/<slug:slug>/<slug:format>", plan_file, name="plan_file"),
]
