"""Who may work here and who gives roles; the question all other rules ask."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q

from alpclusters.platform.accounts.models import Role, User
from alpclusters.platform.accounts.rights import add_right
from alpclusters.platform.partnership.models import RoleAssignment, RoleAssignmentQuerySet

type Person = User | AnonymousUser

# Of those who work in projects; who answers for personal data works in none.
EVERY_ROLE = tuple(role for role in Role.values if role != Role.DATA_OFFICER)
OF_THE_INSTALLATION = (Role.ADMINISTRATOR, Role.DATA_OFFICER)


def holds(
    person: Person, *roles: str, project_id: int | None = None, region_id: int | None = None
) -> bool:
    """Say whether a person, signed in or not, holds one of the roles there."""
    return isinstance(person, User) and person.has_role(
        *roles, project_id=project_id, region_id=region_id
    )


def project_ids(person: Person, *roles: str) -> list[int] | None:
    """List the projects in which a person holds one of the roles; None means every project."""
    if not isinstance(person, User) or not person.is_active:
        return []
    if person.is_superuser:
        return None
    found = [a.project_id for a in person.assignments if a.role in (roles or EVERY_ROLE)]
    return None if None in found else [pk for pk in found if pk is not None]


def administrators() -> list[User]:
    """List the active administrators of the installation."""
    active = User.objects.filter(is_active=True)
    holders = RoleAssignment.objects.filter(role=Role.ADMINISTRATOR).values("user")
    return list(active.filter(Q(is_superuser=True) | Q(pk__in=holders)).order_by("pk"))


def is_signed_in(user: Person) -> bool:
    """Everybody with an active account."""
    return isinstance(user, User) and user.is_active


def is_administrator(user: Person) -> bool:
    """Administrators of the installation."""
    return holds(user, Role.ADMINISTRATOR)


def answers_requests(user: Person) -> bool:
    """Data protection officers and administrators of the installation."""
    return holds(user, *OF_THE_INSTALLATION)


def may_grant(user: Person, assignment: RoleAssignment | None) -> bool:
    """Administrators everywhere, coordinators in their project, no role of the installation."""
    if is_administrator(user):
        return True
    if assignment is None:
        return bool(project_ids(user, Role.PARTNER_COORDINATOR) != [])
    return (
        assignment.project_id is not None
        and assignment.role not in OF_THE_INSTALLATION
        and holds(user, Role.PARTNER_COORDINATOR, project_id=assignment.project_id)
    )


def visible_to(user: Person) -> RoleAssignmentQuerySet:
    """List the roles a person may see: all, or those of the projects they coordinate."""
    every = RoleAssignment.objects.for_list()
    wanted = project_ids(user, Role.ADMINISTRATOR, Role.PARTNER_COORDINATOR)
    return every if wanted is None else every.filter(project_id__in=wanted)


add_right("partnership.manage_installation", is_administrator)
add_right("trust.answer_requests", answers_requests)
add_right("partnership.grant_role", may_grant)
