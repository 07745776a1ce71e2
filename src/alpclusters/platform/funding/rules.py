"""Who may keep the catalogue of funding, and work on cases and schemes."""

import rules
from django.db.models import QuerySet

from alpclusters.platform.accounts.models import Role
from alpclusters.platform.accounts.rules import Person, holds, project_ids
from alpclusters.platform.funding.models import (
    FundingCase,
    SynchronisedScheme,
)
from alpclusters.platform.partnership.models import Project

KEEPERS = (Role.ADMINISTRATOR, Role.PARTNER_COORDINATOR)
PLANNERS = (*KEEPERS, Role.POLICY_MAKER, Role.CLUSTER_MANAGER)


@rules.predicate
def may_keep_catalogue(user: Person) -> bool:
    """Coordinators of any project and administrators: entries, imports, decisions on proposals."""
    return project_ids(user, *KEEPERS) != []


@rules.predicate
def may_plan_funding(user: Person, project: Project | None) -> bool:
    """Managers, policy makers and coordinators of a project that is not historic."""
    if project is None:
        return project_ids(user, *PLANNERS) != []
    return not project.is_historic and holds(user, *PLANNERS, project_id=project.pk)


@rules.predicate
def may_write_case(user: Person, case: FundingCase | None) -> bool:
    """Those who may plan the funding of its project."""
    return case is not None and may_plan_funding(user, case.project)


@rules.predicate
def may_write_scheme(user: Person, scheme: SynchronisedScheme | None) -> bool:
    """Those who may plan the funding of its project."""
    return scheme is not None and may_plan_funding(user, scheme.project)


def visible_cases(user: Person) -> QuerySet[FundingCase]:
    """List the cases a person may see."""
    wanted = project_ids(user)
    if wanted is None:
        return FundingCase.objects.all()
    return FundingCase.objects.filter(project_id__in=wanted)


def visible_schemes(user: Person) -> QuerySet[SynchronisedScheme]:
    """List the joint schemes a person may see."""
    wanted = project_ids(user)
    if wanted is None:
        return SynchronisedScheme.objects.all()
    return SynchronisedScheme.objects.filter(project_id__in=wanted)


rules.add_perm("funding.keep_catalogue", may_keep_catalogue)
rules.add_perm("funding.plan", may_plan_funding)
rules.add_perm("funding.write_case", may_write_case)
rules.add_perm("funding.write_scheme", may_write_scheme)
