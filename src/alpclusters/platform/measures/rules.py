"""Who may see and change a measure."""

from django.db.models import Q, QuerySet

from alpclusters.platform.accounts.models import Role
from alpclusters.platform.accounts.rights import add_right
from alpclusters.platform.measures.models import Measure
from alpclusters.platform.partnership.roles import Person, holds, project_ids

EDITORS = (Role.ADMINISTRATOR, Role.PARTNER_COORDINATOR, Role.EVIDENCE_CODER)


def may_change_measure(user: Person, measure: Measure | None) -> bool:
    """Coordinators and evidence coders: of its project, for the catalogue of all projects."""
    if measure is None:
        return project_ids(user, *EDITORS) != []
    return holds(user, *EDITORS, project_id=measure.project_id)


def visible_to(user: Person) -> QuerySet[Measure]:
    """List the measures a person may see."""
    wanted = project_ids(user)
    if wanted is None:
        return Measure.objects.all()
    return Measure.objects.filter(Q(is_published=True) | Q(project_id__in=wanted))


add_right("measures.change_measure", may_change_measure)
