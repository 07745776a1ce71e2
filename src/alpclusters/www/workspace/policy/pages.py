"""What the workspace shows of a plan: its lines by level, what the checks find."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import override

from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.platform.languages.inputs import input_name
from alpclusters.platform.partnership.models import Project
from alpclusters.platform.policy.models import Action, ActionPlan, Level
from alpclusters.www.public.plans.readings import level_words
from alpclusters.www.workspace.policy.access import SIGN_OFF, WRITE, plan_crumbs
from alpclusters.www.workspace.policy.actions.forms import AddActionForm
from alpclusters.www.workspace.policy.coverage_page import coverage_page
from alpclusters.www.workspace.recommendations.forms import standing_findings


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
