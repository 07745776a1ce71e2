"""Who may see and change a project."""

from django.db.models import Q

from alpclusters.platform.accounts.models import Role
from alpclusters.platform.accounts.rights import add_right
from alpclusters.platform.partnership.models import Project, ProjectQuerySet
from alpclusters.platform.partnership.roles import (
    Person,
    holds,
    is_administrator,
    project_ids,
)


def may_change_project(user: Person, project: Project | None) -> bool:
    """Partner coordinators of the project and administrators."""
    if project is None:
        return is_administrator(user)
    return holds(user, Role.ADMINISTRATOR, Role.PARTNER_COORDINATOR, project_id=project.pk)


def visible_to(user: Person) -> ProjectQuerySet:
    """List the projects a person may see."""
    wanted = project_ids(user)
    if wanted is None:
        return Project.objects.all()
    return Project.objects.filter(Q(is_public=True) | Q(pk__in=wanted))


add_right("partnership.change_project", may_change_project)
add_right("partnership.add_project", is_administrator)
