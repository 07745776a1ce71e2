"""Who may write recommendations and plans, publish and see them."""

from django.db.models import Q, QuerySet

from alpclusters.platform.accounts.models import Role
from alpclusters.platform.accounts.rights import add_right
from alpclusters.platform.partnership.models import Project
from alpclusters.platform.partnership.roles import EVERY_ROLE, Person, holds, project_ids
from alpclusters.platform.policy.domain.states import PUBLIC
from alpclusters.platform.policy.models import (
    ActionPlan,
    Consultation,
    JointApproach,
    Recommendation,
)

DECIDERS = (Role.ADMINISTRATOR, Role.POLICY_MAKER)
WRITERS = (Role.ADMINISTRATOR, Role.PARTNER_COORDINATOR, Role.POLICY_MAKER)


def may_write_policy(user: Person, project: Project | None) -> bool:
    """Policy makers and coordinators of a project that is not historic."""
    if project is None:
        return project_ids(user, *WRITERS) != []
    return not project.is_historic and holds(user, *WRITERS, project_id=project.pk)


def may_see_drafts(user: Person, project: Project | None) -> bool:
    """Everybody with a role in the project."""
    return project is not None and holds(user, *EVERY_ROLE, project_id=project.pk)


def may_publish_plan(user: Person, plan: ActionPlan | None) -> bool:
    """Those who may write it."""
    return plan is not None and may_write_policy(user, plan.project)


def may_monitor(user: Person, plan: ActionPlan | None) -> bool:
    """Those who may write it: they open rounds, confirm values, correct a status, keep reports."""
    return plan is not None and may_write_policy(user, plan.project)


def may_decide_policy(user: Person, project: Project | None) -> bool:
    """Policy makers of a project that is not historic: they adopt and publish."""
    if project is None:
        return project_ids(user, *DECIDERS) != []
    return not project.is_historic and holds(user, *DECIDERS, project_id=project.pk)


def visible_plans(user: Person) -> QuerySet[ActionPlan]:
    """List the plans a person may see."""
    wanted = project_ids(user)
    if wanted is None:
        return ActionPlan.objects.all()
    public = Q(state=ActionPlan.State.PUBLISHED, project__is_public=True)
    return ActionPlan.objects.filter(public | Q(project_id__in=wanted))


def visible_recommendations(user: Person) -> QuerySet[Recommendation]:
    """List the recommendations a person may see: public ones, all of own projects.

    Public are those in published plans, and in public projects what was published or rejected.
    """
    wanted = project_ids(user)
    if wanted is None:
        return Recommendation.objects.all()
    planned = Q(
        actions__plan__state=ActionPlan.State.PUBLISHED, actions__plan__project__is_public=True
    )
    decided = Q(state__in=PUBLIC, project__is_public=True)
    seen = Recommendation.objects.filter(planned | decided | Q(project_id__in=wanted))
    # Not distinct on the rows: PostgreSQL could not order the pages of a list by another table.
    return Recommendation.objects.filter(pk__in=seen.order_by().values("pk"))


def visible_consultations(user: Person) -> QuerySet[Consultation]:
    """List the consultations a person may see: public ones once open, published, own projects'."""
    wanted = project_ids(user)
    if wanted is None:
        return Consultation.objects.all()
    states, open_to_all = Consultation.State, Consultation.Audience.PUBLIC
    begun = Q(audience=open_to_all) & ~Q(state=states.PLANNED)
    public = Q(project__is_public=True) & (begun | Q(state=states.PUBLISHED))
    return Consultation.objects.filter(public | Q(project_id__in=wanted))


def visible_approaches(user: Person) -> QuerySet[JointApproach]:
    """List the joint approaches a person may see: published ones, all of own projects."""
    wanted = project_ids(user)
    if wanted is None:
        return JointApproach.objects.all()
    public = Q(is_public=True, project__is_public=True)
    return JointApproach.objects.filter(public | Q(project_id__in=wanted))


add_right("policy.write_policy", may_write_policy)
add_right("policy.view_drafts", may_see_drafts)
add_right("policy.publish_plan", may_publish_plan)
add_right("policy.decide", may_decide_policy)
add_right("policy.monitor", may_monitor)
