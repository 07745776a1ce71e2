"""The reports of a plan that nobody can change: list, one report, what changed, its exact text."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from alpclusters.platform.policy.domain.monitoring.snapshots import read_content
from alpclusters.platform.policy.models import ActionPlan, PlanSnapshot
from alpclusters.platform.policy.rules import visible_plans
from alpclusters.www.components.parts import Crumb
from alpclusters.www.public.monitoring.changes import change_groups
from alpclusters.www.public.monitoring.checking import check_hash, hash_form
from alpclusters.www.public.monitoring.pages import read_report, read_reports

MOST_SHOWN = 300


def _plan(request: HttpRequest, slug: str) -> ActionPlan:
    return get_object_or_404(visible_plans(request.user).select_related("project"), slug=slug)


def _crumbs(plan: ActionPlan, *last: Crumb) -> list[Crumb]:
    address = reverse("public:plan-reports", args=[plan.slug]) if last else ""
    return [
        Crumb(_("Action plans"), reverse("public:plans")),
        Crumb(plan.title, reverse("public:plan", args=[plan.slug])),
        Crumb(_("Monitoring"), address),
        *last,
    ]


@require_safe
def reports(request: HttpRequest, slug: str) -> HttpResponse:
    """List the reports that were kept of a plan, with their hashes."""
    plan = _plan(request, slug)
    form = hash_form(request.GET)
    context = {
        "plan": plan,
        "page": read_reports(plan),
        "form": form,
        "checked": check_hash(form, visible_plans(request.user)),
        "crumbs": _crumbs(plan),
        "simulated": plan.is_simulated,
        "section": "plans",
    }
    return render(request, "public/monitoring/reports.html", context)


@require_safe
def report(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Show one report: what changed, how the actions stand and why, values, who did not answer."""
    plan = _plan(request, slug)
    snapshot = get_object_or_404(plan.snapshots.select_related("round", "corrects"), number=number)
    label = _("Report %(number)s") % {"number": number}
    context = {
        "plan": plan,
        "page": read_report(snapshot),
        "crumbs": _crumbs(plan, Crumb(label)),
        "may_monitor": request.user.has_perm("policy.monitor", plan),
        "simulated": plan.is_simulated,
        "section": "plans",
    }
    return render(request, "public/monitoring/report.html", context)


@require_safe
def changes(request: HttpRequest, slug: str, number: int, before: int) -> HttpResponse:
    """Show what changed between two reports: status first, then dates, money, texts."""
    plan = _plan(request, slug)
    new = get_object_or_404(plan.snapshots, number=number)
    old = get_object_or_404(plan.snapshots, number=before)
    groups = change_groups(read_content(old), read_content(new), most=MOST_SHOWN)
    label = _("What changed from report %(before)s to report %(number)s") % {
        "before": before,
        "number": number,
    }
    context = {
        "plan": plan,
        "old": old,
        "new": new,
        "title": label,
        "groups": groups,
        "crumbs": _crumbs(plan, Crumb(label)),
        "simulated": plan.is_simulated,
        "section": "plans",
    }
    return render(request, "public/monitoring/changes.html", context)


@require_safe
def content(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Send the exact text that was hashed, so that others can compute the hash themselves."""
    plan = _plan(request, slug)
    snapshot: PlanSnapshot = get_object_or_404(plan.snapshots, number=number)
    answer = HttpResponse(snapshot.content, content_type="application/json; charset=utf-8")
    name = f"{plan.slug}-{number}.json"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
