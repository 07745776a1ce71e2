"""Who may keep the catalogue of funding, and work on cases and schemes."""

from django.db.models import QuerySet

from alpclusters.platform.accounts.models import Role, User
from alpclusters.platform.accounts.rights import add_right
from alpclusters.platform.actors.models import Claim
from alpclusters.platform.funding.models import (
    ControlLink,
    DeMinimisAid,
    FundingCase,
    JointRun,
    SynchronisedScheme,
)
from alpclusters.platform.partnership.models import Project
from alpclusters.platform.partnership.roles import Person, holds, is_administrator, project_ids

KEEPERS = (Role.ADMINISTRATOR, Role.PARTNER_COORDINATOR)
PLANNERS = (*KEEPERS, Role.POLICY_MAKER, Role.CLUSTER_MANAGER)


def may_keep_catalogue(user: Person) -> bool:
    """Coordinators of any project and administrators: entries, imports, decisions on proposals."""
    return project_ids(user, *KEEPERS) != []


def may_plan_funding(user: Person, project: Project | None) -> bool:
    """Managers, policy makers and coordinators of a project that is not historic."""
    if project is None:
        return project_ids(user, *PLANNERS) != []
    return not project.is_historic and holds(user, *PLANNERS, project_id=project.pk)


def may_write_case(user: Person, case: FundingCase | None) -> bool:
    """Those who may plan the funding of its project."""
    return case is not None and may_plan_funding(user, case.project)


def may_confirm_aid(user: Person, aid: DeMinimisAid | None) -> bool:
    """Those who keep the profile of its organisation, administrators."""
    return aid is not None and _keeps(user, aid.organisation_id)


def may_remove_aid(user: Person, aid: DeMinimisAid | None) -> bool:
    """Who entered it, those who keep the profile of its organisation, administrators."""
    return aid is not None and (
        _is_same(user, aid.entered_by_id) or _keeps(user, aid.organisation_id)
    )


def may_change_control(user: Person, link: ControlLink | None) -> bool:
    """Who entered it, those who keep the profile of one of the two, administrators."""
    return link is not None and (
        _is_same(user, link.entered_by_id)
        or _keeps(user, link.organisation_id, link.controlled_by_id)
    )


def _is_same(user: Person, pk: int | None) -> bool:
    return isinstance(user, User) and pk is not None and user.pk == pk


def _keeps(user: Person, *organisations: int) -> bool:
    """Say whether a person keeps the profile of one of some organisations."""
    if is_administrator(user):
        return True
    if not isinstance(user, User) or not user.is_active:
        return False
    own = Claim.objects.filter(user=user, state=Claim.State.APPROVED)
    return own.filter(cluster__organisation__in=organisations).exists()


def may_write_scheme(user: Person, scheme: SynchronisedScheme | None) -> bool:
    """Those who may plan the funding of its project."""
    return scheme is not None and may_plan_funding(user, scheme.project)


def visible_cases(user: Person) -> QuerySet[FundingCase]:
    """List the cases a person may see."""
    wanted = project_ids(user)
    if wanted is None:
        return FundingCase.objects.all()
    return FundingCase.objects.filter(project_id__in=wanted)


def visible_joint_runs(user: Person) -> QuerySet[JointRun]:
    """List what was weighed together of the projects whose cases a person may see."""
    wanted = project_ids(user)
    if wanted is None:
        return JointRun.objects.all()
    return JointRun.objects.filter(project_id__in=wanted)


def visible_schemes(user: Person) -> QuerySet[SynchronisedScheme]:
    """List the joint schemes a person may see."""
    wanted = project_ids(user)
    if wanted is None:
        return SynchronisedScheme.objects.all()
    return SynchronisedScheme.objects.filter(project_id__in=wanted)


add_right("funding.keep_catalogue", may_keep_catalogue)
add_right("funding.plan", may_plan_funding)
add_right("funding.write_case", may_write_case)
add_right("funding.confirm_aid", may_confirm_aid)
add_right("funding.remove_aid", may_remove_aid)
add_right("funding.change_control", may_change_control)
add_right("funding.write_scheme", may_write_scheme)
