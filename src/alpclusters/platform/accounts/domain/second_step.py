"""The second step of signing in: who has one, who must have one, and taking a lost one away."""

from collections.abc import Iterable
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import transaction

from alpclusters.platform.accounts.domain.sign_ins import end_sign_ins
from alpclusters.platform.accounts.domain.step_notices import tell_of_removal
from alpclusters.platform.accounts.models import Role, User
from alpclusters.platform.trust.domain.log import Kind, record

STEPS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def has_second_step(user: User) -> bool:
    """Say whether somebody signs in with a passkey or the code of an app."""
    return bool(Authenticator.objects.filter(user=user, type__in=STEPS).exists())


def with_second_step(users: Iterable[User]) -> set[int]:
    """Return the keys of those among some people who have one, in one query."""
    held = Authenticator.objects.filter(user__in={user.pk for user in users}, type__in=STEPS)
    return set(held.values_list("user_id", flat=True))


def must_have_second_step(user: User) -> bool:
    """Say whether the installation asks one of somebody, by the role; no matter where it counts."""
    wanted = settings.CONFIGURATION.second_step
    if wanted in {"nobody", "everybody"}:
        return bool(wanted == "everybody")
    roles = {Role.ADMINISTRATOR, Role.DATA_OFFICER}
    if wanted == "coordinators":
        roles.add(Role.PARTNER_COORDINATOR)
    return user.is_superuser or any(one.role in roles for one in user.assignments)


@transaction.atomic
def remove_second_step(user: User, *, by: User | None = None) -> None:
    """Forget passkeys, app and recovery codes of somebody who lost them; end all sessions.

    Who found the device is signed out with the owner. Where somebody else did it (`by`), the
    owner gets a mail.
    """
    if Authenticator.objects.filter(user=user).delete()[0]:
        record(Kind.FACTOR_REMOVED, actor=by, about=user)
        if by is not None:
            tell_of_removal(user)
    end_sign_ins(user)


def export_second_step(user: User) -> list[dict[str, Any]]:
    """Return what is kept of somebody's second step; secrets are not given out."""
    return [
        {
            "kind": str(one.type),
            "name": one.data.get("name", ""),
            "created_at": one.created_at.isoformat(),
            "last_used_at": one.last_used_at.isoformat() if one.last_used_at else None,
        }
        for one in Authenticator.objects.filter(user=user).order_by("pk")
    ]
