"""The lines of a plan: change on one page, say how they ended, move, remove."""

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
    edit_action,
    end_action,
    move_action,
    remove_action,
)
from alpclusters.platform.policy.domain.merging import ActionConflictError, rebased
from alpclusters.platform.policy.models import Action, ActionPlan
from alpclusters.www.components.parts import Crumb
from alpclusters.www.public.trail import strip_of
from alpclusters.www.signed_in import SignedInRequest
from alpclusters.www.workspace.policy.access import own_action, plan_crumbs
from alpclusters.www.workspace.policy.actions.bundle import MORE, ActionForms, with_more_rows
from alpclusters.www.workspace.policy.actions.conflicts import action_conflict_lines
from alpclusters.www.workspace.policy.actions.ending import EndForm, end_initial
from alpclusters.www.workspace.policy.actions.page import Lookup, page_context
from alpclusters.www.workspace.policy.actions.rows import KINDS
from alpclusters.www.workspace.policy.actions.taking import SEARCH, TAKE, TAKE_MIX, taken


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def action_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Change a line of a plan with all its parts, or remove it."""
    found = own_action(request, pk)
    if found.plan.is_published:
        return _refused(request, found.plan)
    if request.method != "POST":
        return _page(request, found, ActionForms(found))
    if request.POST.get("decision") == "remove":
        return _remove(request, found)
    if request.POST.get(MORE) in KINDS:
        longer = with_more_rows(request.POST, request.POST[MORE])
        return _page(request, found, ActionForms(found, longer, is_checked=False))
    if any(request.POST.get(name) for name in (TAKE, TAKE_MIX)) or SEARCH in request.POST:
        filled = ActionForms(found, taken(found, request.POST), is_checked=False)
        return _page(request, found, filled, Lookup.of(request.POST))
    return _save(request, found)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def action_end(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say when an action was done or stopped, and why; in a published plan too."""
    found = own_action(request, pk)
    form = EndForm(
        request.POST or None, original=found.plan.source_language, initial=end_initial(found)
    )
    if request.method == "POST" and form.is_valid():
        end_action(found, changes=form.changes(), by=request.user)
        messages.success(request, _("Saved"))
        return redirect(_plan_address(found))
    context = {
        "action": found,
        "form": form,
        "crumbs": plan_crumbs(found.plan, Crumb(found.code)),
        "simulated": found.plan.is_simulated,
        "section": "plans",
    }
    status = 422 if form.errors else 200
    return render(request, "workspace/policy/action_end.html", context, status=status)


@login_required
@require_POST
def action_move(request: SignedInRequest, pk: int) -> HttpResponse:
    """Move a line up or down within its level."""
    found = own_action(request, pk)
    try:
        move_action(found, up=request.POST.get("direction") == "up", by=request.user)
    except StateError:
        return _refused(request, found.plan)
    return redirect(_plan_address(found))


def _save(request: SignedInRequest, found: Action) -> HttpResponse:
    forms = ActionForms(found, request.POST)
    if not forms.is_valid():
        return _page(request, found, forms, status=422)
    try:
        edit_action(
            found,
            forms.form.chosen(),
            changes=forms.changes(),
            parts=forms.parts(),
            version=forms.version,
            base=forms.base,
            by=request.user,
            now=timezone.now(),
        )
    except ActionConflictError as conflict:
        return _conflict(request, forms, conflict)
    messages.success(request, _("Saved"))
    return redirect(_plan_address(found))


def _conflict(
    request: HttpRequest, forms: ActionForms, conflict: ActionConflictError
) -> HttpResponse:
    """Show both texts; the form keeps what was typed, and saved again that stands."""
    lines = action_conflict_lines(forms, conflict)
    again = request.POST.copy()
    if forms.base is None:
        again["version"] = str(conflict.theirs.version)
    else:
        again["base"] = rebased(forms.base, conflict)
    mine = ActionForms(conflict.theirs, again, is_checked=False)
    return _page(request, conflict.theirs, mine, conflict=lines, status=409)


def _page(
    request: HttpRequest,
    found: Action,
    forms: ActionForms,
    lookup: Lookup | None = None,
    *,
    conflict: object = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        **page_context(found, forms, lookup),
        "trail": strip_of(found, seen_by=request.user, label=found.code),
        "may_plan_funding": request.user.has_perm("funding.plan", found.plan.project),
        "crumbs": plan_crumbs(found.plan, Crumb(found.code)),
        "conflict": conflict,
    }
    return render(request, "workspace/policy/action.html", context, status=status)


def _plan_address(found: Action) -> str:
    return f"{reverse('workspace:plan', args=[found.plan_id])}#{found.code}"


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
