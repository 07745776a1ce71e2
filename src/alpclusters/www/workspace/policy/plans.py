"""Plans: list, create, edit, publish, withdraw, next version; two who edited one."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alpclusters.analysis.errors import InputError, StateError
from alpclusters.analysis.plans.merging import FieldConflict
from alpclusters.platform.languages.codes import LANGUAGE_CODES, nearest_language
from alpclusters.platform.languages.inputs import input_name
from alpclusters.platform.partnership.models import Project
from alpclusters.platform.partnership.roles import project_ids
from alpclusters.platform.partnership.rules import visible_to as visible_projects
from alpclusters.platform.policy.domain.actions import add_action
from alpclusters.platform.policy.domain.plans import (
    PlanConflictError,
    PlanIncompleteError,
    create_plan,
    edit_plan,
    new_version,
    publish_plan,
    withdraw_plan,
)
from alpclusters.platform.policy.domain.proofs import UnprovedError
from alpclusters.platform.policy.models import Action, ActionPlan, Level
from alpclusters.platform.policy.rules import visible_plans
from alpclusters.reports.errors import phrase
from alpclusters.www.components.marked_text import compare
from alpclusters.www.components.parts import Crumb, Side
from alpclusters.www.public.plans.readings import level_words
from alpclusters.www.signed_in import SignedInRequest
from alpclusters.www.workspace.policy.action_form import (
    MORE,
    AddActionForm,
    keep_quiet,
    with_more_rows,
)
from alpclusters.www.workspace.policy.coverage import coverage_page, error_lines_of
from alpclusters.www.workspace.policy.plan_forms import (
    BODIES,
    PUBLISH,
    SIGN_OFF,
    WRITE,
    PlanForm,
    body_forms,
    own_plan,
    own_project,
    partner_names,
    plan_crumbs,
    plan_initial,
    require,
    stated_bodies,
)
from alpclusters.www.workspace.recommendations.recommendation_forms import standing_findings

# --- Two people edited the general part of a plan: what each wrote, side by side ------------------


@dataclass(frozen=True)
class Line:
    """One field or row in which the two differ."""

    label: Any
    theirs: Side
    mine: Side


def conflict_lines(form: forms.Form, fields: Sequence[FieldConflict]) -> list[Line]:
    """List the fields that cannot be merged, stored text and typed text beside one another."""
    return [
        conflict_line(field.label, one.theirs, one.mine, field.widget.attrs.get("lang", ""))
        for one in fields
        if (field := form.fields[one.field.removesuffix("_id")])
    ]


def conflict_line(label: Any, theirs: object, mine: object, lang: str = "") -> Line:
    """Put two texts side by side."""
    left, right = compare(str(theirs or ""), str(mine or ""))
    return Line(
        label,
        Side(_("Saved meanwhile by somebody else"), left, lang),
        Side(_("Your text, not saved yet"), right, lang),
    )


def rebased(base: Mapping[str, str], conflict: PlanConflictError) -> str:
    """Write a base in which what is in conflict is what is stored now."""
    theirs = {one.field: str(one.theirs or "") for one in conflict.fields}
    return json.dumps({**base, **theirs}, ensure_ascii=False)


# --- What the workspace shows of a plan: its lines by level, what the checks find -----------------


@dataclass(frozen=True)
class LevelGroup:
    """The lines of one level."""

    name: Any
    actions: Sequence[Action]


def plan_page(
    request: HttpRequest, plan: ActionPlan, form: AddActionForm | None = None
) -> HttpResponse:
    """Show a plan; with a form that has errors, answer 422."""
    actions = list(plan.actions.prefetch_related("recommendations"))
    may_write = request.user.has_perm(WRITE, plan.project)
    may_sign = request.user.has_perm(SIGN_OFF, plan.project)
    wanted = form or AddActionForm(project=plan.project)
    context = {
        "plan": plan,
        "groups": _by_level(actions),
        "coverage": coverage_page(plan, may_write=may_write, may_sign=may_sign),
        "form": wanted,
        "basis": "" if actions or not may_write or plan.is_published else _basis(plan, wanted),
        "crumbs": plan_crumbs(plan),
        "may_write": may_write,
        "may_plan_funding": request.user.has_perm("funding.plan", plan.project),
        "simulated": plan.is_simulated,
        "section": "plans",
    }
    status = 422 if form is not None else 200
    return render(request, "workspace/policy/plan.html", context, status=status)


def _basis(plan: ActionPlan, form: AddActionForm) -> str:
    """Say what a new action lacks: findings, or a recommendation on them; empty for nothing."""
    if form.has_recommendations:
        return ""
    return "findings" if standing_findings(plan.project).exists() else "none"


def _by_level(actions: Sequence[Action]) -> list[LevelGroup]:
    names = level_words()
    groups = [
        LevelGroup(names[level], [action for action in actions if action.level == level])
        for level in Level
    ]
    return [group for group in groups if group.actions]


def suggested_texts(project: Project) -> dict[str, str]:
    """Suggest title and summary of a new plan in five languages."""
    found = {"publisher": project.acronym}
    for code in LANGUAGE_CODES:
        with override(code):
            named = {"project": project.acronym}
            found[input_name("title", code)] = _("Action plan: %(project)s") % named
            found[input_name("summary", code)] = _(
                "Recommendations from the rated measures become actions, from the European to "
                "the regional level. Each line can be followed back to the ratings it rests on."
            )
    return found


# --- Plans: list, create, edit, publish, withdraw, next version -----------------------------------


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
def plan_create(request: SignedInRequest, slug: str) -> HttpResponse:
    """Begin the plan of a project."""
    project = own_project(request, slug, WRITE)
    sent = _sent(request)
    form = PlanForm(sent, project=project, initial=suggested_texts(project))
    bodies = body_forms(sent, None)
    if _is_saved(request) and form.is_valid() & _are_valid(bodies):
        try:
            return _begin(request, project, form, bodies)
        except InputError as refused:
            form.blame(refused)
    crumbs = plan_crumbs(None, Crumb(_("New plan")))
    return _form_page(request, project, form, bodies, crumbs=crumbs)


def _begin(request: SignedInRequest, project: Project, form: PlanForm, bodies: Any) -> HttpResponse:
    plan = create_plan(project, texts=form.changes(), bodies=stated_bodies(bodies), by=request.user)
    messages.success(request, _("The plan is a draft. Add its actions."))
    return redirect("workspace:plan", pk=plan.pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def plan_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Change the general part of a plan."""
    plan = own_plan(request, pk, WRITE)
    if plan.is_published:
        return _is_published(request, plan)
    sent = _sent(request)
    form = PlanForm(sent, project=plan.project, plan=plan, initial=plan_initial(plan))
    bodies = body_forms(sent, plan)
    crumbs = plan_crumbs(plan, Crumb(_("Edit")))
    conflict = None
    if _is_saved(request) and form.is_valid() & _are_valid(bodies):
        try:
            return _store(request, plan, form, bodies)
        except InputError as refused:
            form.blame(refused)
        except PlanConflictError as found:
            conflict = conflict_lines(form, found.fields)
            form = form.again(rebased(form.base_values() or {}, found))
    return _form_page(
        request, plan.project, form, bodies, crumbs=crumbs, plan=plan, conflict=conflict
    )


def _store(request: SignedInRequest, plan: ActionPlan, form: PlanForm, bodies: Any) -> HttpResponse:
    edit_plan(
        plan,
        texts=form.changes(),
        bodies=stated_bodies(bodies),
        base=form.base_values(),
        by=request.user,
    )
    messages.success(request, _("Saved"))
    return redirect("workspace:plan", pk=plan.pk)


def _sent(request: HttpRequest) -> QueryDict | None:
    """Return what was sent, with one more row where that was asked for."""
    if request.method != "POST":
        return None
    return with_more_rows(request.POST, BODIES) if MORE in request.POST else request.POST


def _is_saved(request: HttpRequest) -> bool:
    return request.method == "POST" and MORE not in request.POST


def _are_valid(bodies: Any) -> bool:
    return not bodies.is_bound or bodies.is_valid()


def _form_page(
    request: HttpRequest,
    project: Project,
    form: PlanForm,
    bodies: Any,
    *,
    crumbs: list[Crumb],
    plan: ActionPlan | None = None,
    conflict: object = None,
) -> HttpResponse:
    address = reverse("workspace:plan", args=[plan.pk]) if plan else reverse("workspace:plans")
    if MORE in request.POST:
        keep_quiet(form, *bodies.forms)
    context = {
        "form": form,
        "bodies": bodies,
        "partners": partner_names(project),
        "plan": plan,
        "project": project,
        "back": address,
        "conflict": conflict,
        "crumbs": crumbs,
        "simulated": project.is_simulated,
        "section": "plans",
    }
    status = 409 if conflict is not None else 422 if _is_saved(request) else 200
    return render(request, "workspace/policy/plan_form.html", context, status=status)


@login_required
@require_safe
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a plan with what it still lacks."""
    return plan_page(request, own_plan(request, pk))


@login_required
@require_POST
def action_add(request: SignedInRequest, pk: int) -> HttpResponse:
    """Add a line that carries out the ticked recommendations."""
    plan = own_plan(request, pk, WRITE)
    form = AddActionForm(request.POST, project=plan.project)
    if not form.is_valid():
        return plan_page(request, plan, form)
    try:
        added = add_action(plan, form.chosen(), by=request.user, now=timezone.now())
    except StateError:
        return _is_published(request, plan)
    messages.success(
        request, _("Added: %(code)s. Say who does it and when.") % {"code": added.code}
    )
    return redirect("workspace:action_edit", pk=added.pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def plan_publish(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask once, then publish; what is missing is listed instead."""
    plan = own_plan(request, pk)
    require(request, PUBLISH, plan)
    if request.method == "POST":
        try:
            publish_plan(plan, by=request.user, now=timezone.now())
        except PlanIncompleteError:
            return _confirm(request, plan, "publish", status=422)
        except UnprovedError as error:
            messages.error(request, phrase(error, nearest_language(get_language())))
            return _confirm(request, plan, "publish", status=422)
        messages.success(request, _("Plan published."))
        return redirect("workspace:plan", pk=pk)
    return _confirm(request, plan, "publish")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def plan_withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
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
def plan_new_version(request: SignedInRequest, pk: int) -> HttpResponse:
    """Begin the next version of a plan as a draft."""
    plan = own_plan(request, pk, WRITE)
    draft = new_version(plan, by=request.user, now=timezone.now())
    text = _("Version %(number)s is a draft. The published version stays public.")
    messages.success(request, text % {"number": draft.version})
    return redirect("workspace:plan", pk=draft.pk)


def _confirm(
    request: HttpRequest, plan: ActionPlan, step: str, *, status: int = 200
) -> HttpResponse:
    errors = error_lines_of(plan) if step == "publish" else []
    word = _("Publish") if step == "publish" else _("Withdraw")
    context = {
        "plan": plan,
        "step": step,
        "errors": errors,
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
