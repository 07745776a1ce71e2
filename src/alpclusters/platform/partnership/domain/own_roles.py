"""The roles of a person with an account: given out, erased; the last administrator stays."""

from collections.abc import Iterator
from typing import Any, Final

from alpclusters.platform.accounts.models import User
from alpclusters.platform.partnership.domain.administrators import require_another_administrator
from alpclusters.platform.partnership.models import RoleAssignment
from alpclusters.platform.privacy import OwnData


def export_roles(user: User) -> list[dict[str, Any]]:
    """Return the roles of a person as plain values for JSON."""
    held = RoleAssignment.objects.filter(user=user).select_related(
        "project", "region", "granted_by"
    )
    return [
        {
            "role": one.role,
            "project": one.project.slug if one.project else None,
            "region": one.region.code if one.region else None,
            "granted_at": one.granted_at.isoformat(),
            "granted_by": str(one.granted_by) if one.granted_by else None,
        }
        for one in held.select_related("project", "region", "granted_by")
    ]


def erase_roles(user: User) -> None:
    """Take every role away."""
    RoleAssignment.objects.filter(user=user).delete()


def _projects_of(user: User) -> Iterator[str]:
    for one in RoleAssignment.objects.filter(user=user).select_related("project"):
        if one.project:
            yield from (one.project.acronym, one.project.name)


ROLES: Final = OwnData(
    export=lambda user: {"roles": export_roles(user)},
    erase=erase_roles,
    may_go=require_another_administrator,
    names=_projects_of,
)
