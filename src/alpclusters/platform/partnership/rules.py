"""Who may see and change a project."""

import rules
from django.db.models import Q, QuerySet

from alpclusters.platform.accounts.models import Role
from alpclusters.platform.partnership.models import Project
from alpclusters.platform.partnership.roles import (
    Person,
    holds,
    is_administrator,
    project_ids,
)


@rules.predicate
def may_change_project(user: Person, project: Project | None) -> bool:
    """Partner coordinators of the project and administrators."""
    if project is None:
        return is_administrator(user)
    return holds(user, Role.ADMINISTRATOR, Role.PARTNER_COORDINATOR, project_id=project.pk)


def visible_to(user: Person) -> QuerySet[Project]:
    """List the projects a person may see."""
    wanted = project_ids(user)
    if wanted is None:
        return Project.objects.all()
    return Project.objects.filter(Q(is_public=True) | Q(pk__in=wanted))


rules.add_perm("partnership.change_project", may_change_project)
rules.add_perm("partnership.add_project", is_administrator)
