"""Recommendations, plans and two years of reports of the demonstration: all of it is simulated.

Days are counted from the day it is made, so that statuses and deadlines stay alive.
"""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from alpclusters.platform.partnership.models import Project
from alpclusters.platform.policy.domain.demonstration.consulting import (
    endorse,
    hold_consultation,
    judge,
    make_approaches,
    make_partners,
    make_solutions,
)
from alpclusters.platform.policy.domain.demonstration.monitoring import report_on
from alpclusters.platform.policy.domain.demonstration.plans import JOINT, make_plans, tie_cases
from alpclusters.platform.policy.domain.demonstration.recommendations import (
    Calendar,
    decide,
    make_recommendations,
    released,
)
from alpclusters.platform.policy.domain.demonstration.removing import remove_demonstration
from alpclusters.platform.policy.models import ActionPlan

__all__ = ["create_demonstration", "remove_demonstration"]


@transaction.atomic
def create_demonstration(project: Project, *, now: datetime | None = None) -> ActionPlan | None:
    """Draw recommendations from released snapshots and other sources, and carry out plans.

    Returns
    -------
    ActionPlan or None
        The joint plan. A project that has a plan already is left alone; without released
        snapshots there is none.
    """
    if project.plans.exists() or not released(project).exists():
        return None
    calendar = Calendar(now or timezone.now())
    drawn = hold_consultation("past", project, make_recommendations(project, calendar), calendar)
    drawn = decide(drawn, calendar)
    drawn = hold_consultation("open", project, drawn, calendar)
    made = make_plans(project, drawn, calendar)
    endorse(made, drawn, calendar)
    make_approaches(project, drawn, calendar)
    report_on(made, calendar)
    make_solutions(project, made, calendar)
    make_partners(project, calendar)
    judge(made, drawn, calendar)
    tie_cases(project)
    return made.plans[JOINT]
