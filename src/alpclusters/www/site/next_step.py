"""The one next step of a project on its way from partners over a plan to its funding."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from alpclusters.platform.funding.models import FundingCase
from alpclusters.platform.partnership.models import Project
from alpclusters.platform.partnership.roles import Person
from alpclusters.platform.policy.models import Action


@dataclass(frozen=True)
class NextStep:
    """What to do, why, and where."""

    text: str
    action: str
    url: str


def next_step(user: Person, project: Project, *, has_partners: bool) -> NextStep | None:
    """Return what a person can do next for a project, None for who may do nothing of it.

    Partners come before the plan, an action of the plan before its funding; whoever may plan
    funding but write no plan is led to funding at once.
    """
    if project.is_historic:
        return None
    if not has_partners and user.has_perm("partnership.change_project", project):
        return NextStep(
            _("Add the partners. Plan and funding need to know where they sit."),
            _("Add partner"),
            reverse("workspace:partner_add", args=[project.slug]),
        )
    if user.has_perm("policy.write_policy", project):
        return _of_plan(project)
    return _of_funding(project) if user.has_perm("funding.plan", project) else None


def _of_plan(project: Project) -> NextStep:
    plan = project.plans.order_by("-pk").first()
    if plan is None:
        return NextStep(
            _("Begin the action plan. Each of its actions can look for funding."),
            _("Begin the plan"),
            reverse("workspace:plan_create", args=[project.slug]),
        )
    if not Action.objects.filter(plan=plan).exists():
        return NextStep(
            _("The plan has no action yet. Add the first one."),
            _("Open the plan"),
            reverse("workspace:plan", args=[plan.pk]) + "#add",
        )
    case = _newest_case(project)
    if case is not None:
        return _open_case(case)
    return NextStep(
        _("Choose an action of the plan and find its funding."),
        _("Open the plan"),
        reverse("workspace:plan", args=[plan.pk]),
    )


def _of_funding(project: Project) -> NextStep:
    case = _newest_case(project)
    if case is not None:
        return _open_case(case)
    address = reverse("workspace:funding_case_new")
    return NextStep(
        _("Find out which offers fund the project."),
        _("Find funding"),
        f"{address}?project={project.slug}",
    )


def _newest_case(project: Project) -> FundingCase | None:
    return project.funding_cases.only("pk", "title").order_by("-updated_at", "-pk").first()


def _open_case(case: FundingCase) -> NextStep:
    return NextStep(
        _("Go on with the funding case “%(title)s”.") % {"title": case.title},
        _("Open the case"),
        reverse("workspace:funding_case", args=[case.pk]),
    )
