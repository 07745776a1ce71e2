"""Who lets others in: there is always one administrator, and the last one cannot go."""

from django.db.models import Q, QuerySet

from alpclusters.analysis.errors import StateError
from alpclusters.platform.accounts.models import Role, User
from alpclusters.platform.partnership.models import RoleAssignment


def administrators() -> QuerySet[User]:
    """Return everybody who administers the whole installation and can sign in."""
    holders = RoleAssignment.objects.filter(role=Role.ADMINISTRATOR, project__isnull=True)
    is_one = Q(is_superuser=True) | Q(pk__in=holders.values("user"))
    return User.objects.filter(is_one, is_active=True)


def has_administrator() -> bool:
    """Say whether somebody can already administer this installation."""
    return administrators().exists()


def require_another_administrator(user: User) -> None:
    """Refuse to lose the last administrator; call it in the transaction that lets one go.

    The accounts of all administrators are locked until the transaction ends, and only then
    counted: two who go at the same moment do not both see the other.

    Raises
    ------
    StateError
        ``account.last_administrator``: the person is one, and there is no other.
    """
    list(administrators().order_by("pk").select_for_update(of=("self",)))
    if set(administrators().values_list("pk", flat=True)) == {user.pk}:
        raise StateError("account.last_administrator")
