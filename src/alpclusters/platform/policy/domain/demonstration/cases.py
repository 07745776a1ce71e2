"""The case of the demonstration is about an action of its plan."""

from typing import Final

from alpclusters.platform.partnership.models import Project
from alpclusters.platform.policy.domain.funding_cases import tie_case
from alpclusters.platform.policy.models import Action

# The case is about a pilot of firms; the demonstration plan has an action for it.
MEASURE: Final = "sme_pilot"


def tie_cases(project: Project) -> None:
    """Say which action of the plan the project's cases are about."""
    rows = Action.objects.filter(plan__project=project)
    of_measure = rows.filter(recommendations__findings__measure__type_key=MEASURE)
    action = of_measure.first() or rows.first()
    if action is None:
        return
    for case in project.funding_cases.filter(action_tie=None):
        tie_case(case, action)
