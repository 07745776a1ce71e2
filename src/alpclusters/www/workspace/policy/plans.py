"""Plans: list, create, edit, publish, withdraw, next version."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alpclusters.platform.accounts.rules import project_ids
from alpclusters.platform.partnership.models import Project
from alpclusters.platform.partnership.rules import visible_to as visible_projects
from alpclusters.platform.policy.domain.completeness import gaps_of
from alpclusters.platform.policy.domain.plans import (
    PlanIncompleteError,
    create_plan,
    edit_plan,
    new_version,
    publish_plan,
    withdraw_plan,
)
from alpclusters.platform.policy.models import ActionPlan
from alpclusters.platform.policy.rules import visible_plans
from alpclusters.www.components.parts import Crumb
from alpclusters.www.workspace.policy.access import (
    PUBLISH,
    WRITE,
    own_plan,
    own_project,
    plan_crumbs,
    require,
)
from alpclusters.www.workspace.policy.forms import PlanForm, plan_initial
from alpclusters.www.workspace.policy.pages import gap_lines, plan_page, suggested_texts

PAGE_SIZE = 50


@login_required
@require_safe
def plans(request: HttpRequest) -> HttpResponse:
    """List the plans of one's projects."""
    rows = visible_plans(request.user).select_related("project")
    wanted = project_ids(request.user)
    own = rows if wanted is None else rows.filter(project__in=wanted)
    counted = own.annotate(n_actions=Count("actions")).order_by("-pk")
    page = Paginator(counted, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "projects": _writable(request),
        "crumbs": plan_crumbs(),
        "section": "plans",
        "simulated": any(plan.is_simulated for plan in page),
    }
    return render(request, "workspace/policy/plans.html", context)


def _writable(request: HttpRequest) -> list[Project]:
    seen = visible_projects(request.user).running().order_by("acronym", "pk")
    return [project for project in seen if request.user.has_perm(WRITE, project)]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def plan_create(request: HttpRequest, slug: str) -> HttpResponse:
    """Begin the plan of a project."""
    project = own_project(request, slug, WRITE)
    form = PlanForm(request.POST or None, initial=suggested_texts(project))
    if request.method == "POST" and form.is_valid():
        plan = create_plan(project, texts=form.cleaned_data, by=request.user)
        messages.success(request, _("The plan is a draft. Add its actions."))
        return redirect("workspace:plan", pk=plan.pk)
    return _form_page(request, project, form, plan_crumbs(None, Crumb(_("New plan"))))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def plan_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change title, summary and publisher."""
    plan = own_plan(request, pk, WRITE)
    if plan.is_published:
        return _is_published(request, plan)
    form = PlanForm(request.POST or None, initial=plan_initial(plan))
    if request.method == "POST" and form.is_valid():
        edit_plan(plan, texts=form.cleaned_data, by=request.user)
        messages.success(request, _("Saved"))
        return redirect("workspace:plan", pk=pk)
    return _form_page(request, plan.project, form, plan_crumbs(plan, Crumb(_("Edit"))), plan)


def _form_page(
    request: HttpRequest,
    project: Project,
    form: PlanForm,
    crumbs: list[Crumb],
    plan: ActionPlan | None = None,
) -> HttpResponse:
    address = reverse("workspace:plan", args=[plan.pk]) if plan else reverse("workspace:plans")
    context = {
        "form": form,
        "plan": plan,
        "project": project,
        "back": address,
        "crumbs": crumbs,
        "simulated": project.is_simulated,
        "section": "plans",
    }
    status = 422 if form.errors else 200
    return render(request, "workspace/policy/plan_form.html", context, status=status)


@login_required
@require_safe
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a plan with what it still lacks."""
    return plan_page(request, own_plan(request, pk))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def plan_publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask once, then publish; what is missing is listed instead."""
    plan = own_plan(request, pk)
    require(request, PUBLISH, plan)
    if request.method == "POST":
        try:
            publish_plan(plan, by=request.user, now=timezone.now())
        except PlanIncompleteError:
            return _confirm(request, plan, "publish", status=422)
        messages.success(request, _("Plan published."))
        return redirect("workspace:plan", pk=pk)
    return _confirm(request, plan, "publish")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def plan_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask once, then take a plan back."""
    plan = own_plan(request, pk)
    require(request, PUBLISH, plan)
    if request.method == "POST":
        withdraw_plan(plan, by=request.user)
        messages.success(request, _("Plan withdrawn. It is a draft again."))
        return redirect("workspace:plan", pk=pk)
    return _confirm(request, plan, "withdraw")


@login_required
@require_POST
def plan_new_version(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin the next version of a plan as a draft."""
    plan = own_plan(request, pk, WRITE)
    draft = new_version(plan, by=request.user, now=timezone.now())
    text = _("Version %(number)s is a draft. The published version stays public.")
    messages.success(request, text % {"number": draft.version})
    return redirect("workspace:plan", pk=draft.pk)


def _confirm(
    request: HttpRequest, plan: ActionPlan, step: str, *, status: int = 200
) -> HttpResponse:
    gaps = gaps_of(plan) if step == "publish" else ()
    word = _("Publish") if step == "publish" else _("Withdraw")
    context = {
        "plan": plan,
        "step": step,
        "gaps": gap_lines(gaps),
        "crumbs": plan_crumbs(plan, Crumb(word)),
        "simulated": plan.is_simulated,
        "section": "plans",
    }
    return render(request, "workspace/policy/confirm.html", context, status=status)


def _is_published(request: HttpRequest, plan: ActionPlan) -> HttpResponse:
    messages.error(
        request, _("A published plan is not edited. Withdraw it or begin a new version.")
    )
    return redirect("workspace:plan", pk=plan.pk)
