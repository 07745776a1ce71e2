"""The lines of a plan: add, change, move, remove."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from alpclusters.analysis.errors import StateError
from alpclusters.platform.policy.domain.actions import (
    add_action,
    edit_action,
    move_action,
    remove_action,
)
from alpclusters.platform.policy.models import Action, ActionPlan
from alpclusters.www.components.parts import Crumb
from alpclusters.www.public.trail import strip_of
from alpclusters.www.workspace.policy.access import WRITE, own_action, own_plan, plan_crumbs
from alpclusters.www.workspace.policy.forms import ActionForm, AddActionForm, action_initial
from alpclusters.www.workspace.policy.pages import plan_page


@login_required
@require_POST
def action_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a line that carries out the ticked recommendations."""
    plan = own_plan(request, pk, WRITE)
    form = AddActionForm(request.POST, project=plan.project)
    if not form.is_valid():
        return plan_page(request, plan, form)
    try:
        added = add_action(plan, form.chosen(), by=request.user, now=timezone.now())
    except StateError:
        return _refused(request, plan)
    messages.success(
        request, _("Added: %(code)s. Say who does it and when.") % {"code": added.code}
    )
    return redirect("workspace:action_edit", pk=added.pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def action_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a line of a plan, or remove it."""
    found = own_action(request, pk)
    if found.plan.is_published:
        return _refused(request, found.plan)
    if request.method == "POST" and request.POST.get("decision") == "remove":
        return _remove(request, found)
    project = found.plan.project
    form = ActionForm(request.POST or None, project=project, initial=action_initial(found))
    if request.method == "POST" and form.is_valid():
        edit_action(
            found, form.chosen(), changes=form.changes(), by=request.user, now=timezone.now()
        )
        messages.success(request, _("Saved"))
        return redirect("workspace:plan", pk=found.plan_id)
    context = {
        "action": found,
        "form": form,
        "trail": strip_of(found, seen_by=request.user, label=found.code),
        "may_plan_funding": request.user.has_perm("funding.plan", project),
        "crumbs": plan_crumbs(found.plan, Crumb(found.code)),
        "simulated": project.is_simulated,
        "section": "plans",
    }
    status = 422 if form.errors else 200
    return render(request, "workspace/policy/action.html", context, status=status)


@login_required
@require_POST
def action_move(request: HttpRequest, pk: int) -> HttpResponse:
    """Move a line up or down within its level."""
    found = own_action(request, pk)
    try:
        move_action(found, up=request.POST.get("direction") == "up", by=request.user)
    except StateError:
        return _refused(request, found.plan)
    return redirect(f"{_plan_address(found)}#{found.code}")


def _plan_address(found: Action) -> str:
    return reverse("workspace:plan", args=[found.plan_id])


def _remove(request: HttpRequest, found: Action) -> HttpResponse:
    code, plan = found.code, found.plan_id
    remove_action(found)
    messages.success(request, _("Removed: %(code)s") % {"code": code})
    return redirect("workspace:plan", pk=plan)


def _refused(request: HttpRequest, plan: ActionPlan) -> HttpResponse:
    messages.error(
        request, _("A published plan is not edited. Withdraw it or begin a new version.")
    )
    return redirect("workspace:plan", pk=plan.pk)
