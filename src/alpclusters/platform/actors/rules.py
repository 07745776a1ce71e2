"""Who may see organisations, keep profiles, decide claims, import, merge and map stakeholders."""

from django.db.models import Q, QuerySet

from alpclusters.platform.accounts.models import Role, User
from alpclusters.platform.accounts.rights import add_right
from alpclusters.platform.actors.models import Claim, ClusterOrganisation, Organisation
from alpclusters.platform.partnership.models import Project, RoleAssignment
from alpclusters.platform.partnership.roles import (
    EVERY_ROLE,
    Person,
    administrators,
    holds,
    is_administrator,
    is_signed_in,
    project_ids,
)
from alpclusters.platform.territory.models import Region


def may_see_organisation(user: Person, organisation: Organisation | None) -> bool:
    """Everybody, where the organisation is listed; else people with any role."""
    if organisation is None or organisation.is_listed:
        return True
    return project_ids(user, *EVERY_ROLE) != []


def may_change_cluster(user: Person, cluster: ClusterOrganisation | None) -> bool:
    """Its manager with an approved claim, coordinators of its region, administrators."""
    if cluster is None:
        return is_signed_in(user)
    return coordinates(user, cluster.organisation) or manages(user, cluster)


def may_bring_back(user: Person, cluster: ClusterOrganisation | None) -> bool:
    """Coordinators of the region of the cluster organisation, administrators."""
    return cluster is not None and coordinates(user, cluster.organisation)


def may_decide_claim(user: Person, claim: Claim | None) -> bool:
    """Coordinators of the region of the cluster organisation, administrators."""
    if claim is None:
        return is_coordinator(user)
    return coordinates(user, claim.cluster.organisation)


def may_add_cluster(user: Person) -> bool:
    """Cluster managers, coordinators, administrators."""
    return project_ids(user, Role.CLUSTER_MANAGER, Role.PARTNER_COORDINATOR) != [] or (
        is_administrator(user)
    )


def is_coordinator(user: Person) -> bool:
    """Partner coordinators of any project, administrators."""
    return project_ids(user, Role.PARTNER_COORDINATOR, Role.ADMINISTRATOR) != []


def may_see_stakeholders(user: Person, project: Project | None) -> bool:
    """Coordinators and facilitators of that project, administrators; nobody else."""
    roles = (Role.ADMINISTRATOR, Role.PARTNER_COORDINATOR, Role.FACILITATOR)
    if project is None:
        return project_ids(user, *roles) != []
    return holds(user, *roles, project_id=project.pk)


def manages(user: Person, cluster: ClusterOrganisation) -> bool:
    """Say whether a person's claim to this profile is approved."""
    if not isinstance(user, User) or not user.is_active:
        return False
    return Claim.objects.filter(cluster=cluster, user=user, state=Claim.State.APPROVED).exists()


def coordinates(user: Person, organisation: Organisation) -> bool:
    """Say whether a coordinator's region, if the role has one, holds the organisation's."""
    if is_administrator(user):
        return True
    if not isinstance(user, User) or not user.is_active:
        return False
    own = [a for a in user.assignments if a.role == Role.PARTNER_COORDINATOR]
    if any(a.region_id is None for a in own):
        return True
    return _holds_region({a.region_id for a in own if a.region_id}, organisation)


def _holds_region(region_ids: set[int], organisation: Organisation) -> bool:
    if not region_ids or organisation.region is None:
        return False
    codes = Region.objects.filter(pk__in=region_ids).values_list("code", flat=True)
    return any(organisation.region.code.startswith(code) for code in codes)


def visible_to(user: Person) -> QuerySet[ClusterOrganisation]:
    """List the profiles a person may see."""
    every = ClusterOrganisation.objects.filter(organisation__merged_into=None)
    if project_ids(user, *EVERY_ROLE) != []:
        return every
    seen = Q(organisation__is_listed=True)
    if isinstance(user, User):
        seen |= Q(claims__user=user, claims__state=Claim.State.APPROVED)
    return every.filter(pk__in=every.filter(seen).values("pk"))


def kept_by(user: User) -> QuerySet[ClusterOrganisation]:
    """List the profiles a person keeps by an approved claim."""
    return visible_to(user).filter(claims__user=user, claims__state=Claim.State.APPROVED)


def in_care_of(user: User) -> QuerySet[ClusterOrganisation]:
    """List the profiles a person coordinates: of the roles' regions, or all."""
    every = ClusterOrganisation.objects.filter(organisation__merged_into=None)
    if is_administrator(user):
        return every
    own = [a for a in user.assignments if a.role == Role.PARTNER_COORDINATOR]
    if any(a.region_id is None for a in own):
        return every
    regions = {a.region_id for a in own if a.region_id}
    codes = Region.objects.filter(pk__in=regions).values_list("code", flat=True)
    inside = Q(pk__in=[])
    for code in codes:
        inside |= Q(organisation__region__code__startswith=code)
    return every.filter(inside)


def deciders_of(organisation: Organisation) -> list[User]:
    """Return who decides claims to a profile: its coordinators, else the administrators."""
    roles = RoleAssignment.objects.filter(
        role=Role.PARTNER_COORDINATOR, user__is_active=True
    ).select_related("user", "region")
    code = organisation.region.code if organisation.region else ""
    found = {
        a.user_id: a.user
        for a in roles.order_by("pk")
        if a.region is None or code.startswith(a.region.code)
    }
    return list(found.values()) or administrators()


add_right("actors.view_organisation", may_see_organisation)
add_right("actors.change_cluster", may_change_cluster)
add_right("actors.revert_cluster", may_bring_back)
add_right("actors.add_cluster", may_add_cluster)
add_right("actors.decide_claim", may_decide_claim)
add_right("actors.import_organisations", is_coordinator)
add_right("actors.merge_organisations", is_coordinator)
add_right("actors.view_stakeholders", may_see_stakeholders)
add_right("actors.change_stakeholders", may_see_stakeholders)
