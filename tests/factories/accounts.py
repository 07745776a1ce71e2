"""People for tests: a plain account, or one with a role."""

from functools import cache
from itertools import count

from django.contrib.auth.hashers import make_password

from alpclusters.platform.accounts.models import Role, User
from alpclusters.platform.partnership.models import RoleAssignment

_numbers = count(1)


def make_user(*, email: str = "", password: str = "", **fields: object) -> User:
    """Build a person without any role."""
    address = email or f"person{next(_numbers)}@example.org"
    user = User.objects.create_user(address, None, **fields)
    if password:
        user.password = hashed(password)
        user.save(update_fields=["password"])
    return user


@cache
def hashed(password: str) -> str:
    """Hash a password once for everybody who has it: that is slow on purpose."""
    return make_password(password)


def make_user_with(role: Role | str, *, project=None, region=None, **fields: object) -> User:
    """Build a person with one role, everywhere unless a project or region is given."""
    user = make_user(**fields)
    RoleAssignment.objects.create(user=user, role=role, project=project, region=region)
    return user
