"""Who may prepare, run and see an AlpCafé."""

from django.db.models import Q

from alpclusters.platform.accounts.models import Role
from alpclusters.platform.accounts.rights import add_right
from alpclusters.platform.cafe.models import AlpCafe
from alpclusters.platform.cafe.models.events import AlpCafeQuerySet
from alpclusters.platform.partnership.models import Project
from alpclusters.platform.partnership.roles import EVERY_ROLE, Person, holds, project_ids

RUNNERS = (Role.ADMINISTRATOR, Role.PARTNER_COORDINATOR, Role.FACILITATOR)


def may_add_cafe(user: Person, project: Project | None) -> bool:
    """Facilitators and coordinators of a project that is not historic."""
    if project is None:
        return project_ids(user, *RUNNERS) != []
    return not project.is_historic and holds(user, *RUNNERS, project_id=project.pk)


def may_see_cafe(user: Person, cafe: AlpCafe | None) -> bool:
    """Everybody with a role in the project."""
    return cafe is not None and holds(user, *EVERY_ROLE, project_id=cafe.project_id)


def may_run_cafe(user: Person, cafe: AlpCafe | None) -> bool:
    """Facilitators of the AlpCafé's project and region, coordinators of the project."""
    return cafe is not None and holds(
        user, *RUNNERS, project_id=cafe.project_id, region_id=cafe.region_id
    )


def visible_to(user: Person, *, with_rehearsals: bool = False) -> AlpCafeQuerySet:
    """List the AlpCafés a person may see in the workspace; rehearsals only where they are run."""
    found = AlpCafe.everything.all() if with_rehearsals else AlpCafe.objects.get_queryset()
    wanted = project_ids(user)
    return found if wanted is None else found.filter(Q(project_id__in=wanted))


add_right("cafe.add_alpcafe", may_add_cafe)
add_right("cafe.view_alpcafe", may_see_cafe)
add_right("cafe.run_alpcafe", may_run_cafe)
