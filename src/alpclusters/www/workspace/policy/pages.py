"""What the workspace shows of a plan: its lines by level, what is missing."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from alpclusters.platform.languages.codes import LANGUAGE_CODES, LANGUAGES
from alpclusters.platform.partnership.models import Project
from alpclusters.platform.policy.domain.completeness import Gap, Lack, gaps_of
from alpclusters.platform.policy.domain.texts import column
from alpclusters.platform.policy.models import Action, ActionPlan, Level
from alpclusters.www.public.plans.pages import level_words
from alpclusters.www.workspace.policy.access import WRITE, plan_crumbs
from alpclusters.www.workspace.policy.forms import AddActionForm

_NAMES: Final = dict(LANGUAGES)


@dataclass(frozen=True)
class GapLine:
    """One thing a plan lacks, as a sentence, and where to mend it."""

    text: str
    url: str


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
    context = {
        "plan": plan,
        "groups": _by_level(actions),
        "gaps": gap_lines(gaps_of(plan)),
        "form": form or AddActionForm(project=plan.project),
        "crumbs": plan_crumbs(plan),
        "may_write": request.user.has_perm(WRITE, plan.project),
        "may_plan_funding": request.user.has_perm("funding.plan", plan.project),
        "simulated": plan.is_simulated,
        "section": "plans",
    }
    status = 422 if form is not None else 200
    return render(request, "workspace/policy/plan.html", context, status=status)


def _by_level(actions: Sequence[Action]) -> list[LevelGroup]:
    names = level_words()
    groups = [
        LevelGroup(names[level], [action for action in actions if action.level == level])
        for level in Level
    ]
    return [group for group in groups if group.actions]


def gap_lines(gaps: Sequence[Gap]) -> list[GapLine]:
    """Say what is missing, one sentence each."""
    return [GapLine(_sentence(gap), _address(gap)) for gap in gaps]


def _sentence(gap: Gap) -> str:
    sentences = {
        Lack.ACTIONS: _("The plan has no action yet."),
        Lack.TITLE: _("The title is missing in: %(languages)s."),
        Lack.SUMMARY: _("The summary is missing in: %(languages)s."),
        Lack.PUBLISHER: _("The publisher is missing."),
        Lack.DESCRIPTION: _("The description is missing in: %(languages)s."),
        Lack.RESPONSIBLE: _("The responsible body is missing."),
        Lack.PERIOD: _("Start or end is missing."),
        Lack.TRAIL: _("Nothing is behind it: no finding leads here."),
    }
    languages = ", ".join(_NAMES[code] for code in gap.languages)
    sentence = sentences[gap.lack] % {"languages": languages}
    return f"{gap.code}: {sentence}" if gap.code else sentence


def _address(gap: Gap) -> str:
    return reverse("workspace:action_edit", args=[gap.action]) if gap.action else ""


def suggested_texts(project: Project) -> dict[str, str]:
    """Suggest title and summary of a new plan in five languages."""
    found = {"publisher": project.acronym}
    for code in LANGUAGE_CODES:
        with override(code):
            named = {"project": project.acronym}
            found[column("title", code)] = _("Action plan: %(project)s") % named
            found[column("summary", code)] = _(
                "Recommendations from the rated measures become actions, from the European to "
                "the regional level. Each line can be followed back to the ratings it rests on."
            )
    return found
