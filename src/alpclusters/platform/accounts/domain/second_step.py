"""The second step of signing in: who has one, who must have one, and taking a lost one away."""

import re
import secrets
from collections.abc import Callable, Iterable
from typing import Any, Final

from allauth.mfa import signals
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.core.mail import EmailMessage
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from alpclusters.platform.accounts.domain.sign_ins import device_words, end_sign_ins
from alpclusters.platform.accounts.models import Role, User
from alpclusters.platform.trust.domain.log import Kind, record

# --- Codes for the day on which the phone is lost: told once, kept as hashes, each works once -----
#
# The first sign of a code says which of the set it is, so that a try costs one hash and not ten.


# Without signs that are read for one another on paper: 0 o, 1 i l.
SIGNS: Final = "23456789abcdefghjkmnpqrstuvwxyz"
LENGTH: Final = 10
IN_A_SET: Final = 10
# Codes printed by earlier versions.
_EARLIER: Final = re.compile(r"[0-9]{8}")


@transaction.atomic
def make_recovery_codes(user: User) -> list[str]:
    """Make a set in place of the one before; return the codes, which nobody can read again."""
    User.objects.select_for_update().get(pk=user.pk)
    made = [_drawn(place) for place in range(IN_A_SET)]
    codes_of(user).delete()
    Authenticator.objects.create(
        user=user,
        type=Authenticator.Type.RECOVERY_CODES,
        data={"hashes": [make_password(code) for code in made]},
    )
    return [f"{code[: LENGTH // 2]}-{code[LENGTH // 2 :]}" for code in made]


def codes_of(user: User) -> Any:
    """Return the one row of somebody's codes, or none."""
    return Authenticator.objects.filter(user=user, type=Authenticator.Type.RECOVERY_CODES)


def n_left(kept: Authenticator) -> int:
    """Say how many codes of a set still work."""
    return sum(1 for one in kept.data.get("hashes", ()) if one)


def use_recovery_code(kept: Authenticator, typed: str) -> bool:
    """Say whether a code is one of a set and still works; from now on it does not.

    Raises
    ------
    HashingBusyError
        Too many codes and passwords are being checked; nothing was checked.
    """
    code = re.sub(r"[\s-]", "", typed).lower()
    hashes = kept.data.get("hashes", [])
    for place in _places(code, len(hashes)):
        if hashes[place] and check_password(code, hashes[place]):
            return _strike(kept, place, hashes[place])
    return False


@transaction.atomic
def _strike(kept: Authenticator, place: int, was: str) -> bool:
    """Strike a code off; False where somebody else used it at the same moment."""
    row = Authenticator.objects.select_for_update().filter(pk=kept.pk).first()
    if row is None or row.data["hashes"][place] != was:
        return False
    row.data["hashes"][place] = ""
    row.save(update_fields=["data"])
    return True


def _places(code: str, n: int) -> range | list[int]:
    """Return where in the set a code can stand; nowhere if it is none, such as one of the app."""
    if _EARLIER.fullmatch(code):
        return range(n)
    if len(code) == LENGTH and code[0] in SIGNS[:n]:
        return [SIGNS.index(code[0])]
    return []


def _drawn(place: int) -> str:
    return SIGNS[place] + "".join(secrets.choice(SIGNS) for _ in range(LENGTH - 1))


# --- A mail to the owner when the second step of an account changes or a recovery code is used


_KIND = Authenticator.Type
_ADDED: Final = {
    _KIND.TOTP: gettext_lazy("An app with codes was set up for signing in."),
    _KIND.WEBAUTHN: gettext_lazy("A passkey was set up for signing in."),
    _KIND.RECOVERY_CODES: gettext_lazy("Recovery codes were made. Earlier ones work no more."),
}
# Recovery codes go by themselves with the last step: its own mail is enough.
_REMOVED: Final = {
    _KIND.TOTP: gettext_lazy("The app with codes was removed from signing in."),
    _KIND.WEBAUTHN: gettext_lazy("A passkey was removed from signing in."),
}


def connect() -> None:
    """Write whenever allauth tells of a change."""
    signals.authenticator_added.connect(_teller(_ADDED), weak=False)
    signals.authenticator_reset.connect(_teller(_ADDED), weak=False)
    signals.authenticator_removed.connect(_teller(_REMOVED), weak=False)
    signals.authenticator_used.connect(_used)


def tell_of_removal(user: User) -> None:
    """Write that an administrator took the second step away."""
    with translation.override(user.language):
        _write(user, _("An administrator removed the second step of signing in."), "")


def _teller(sentences: dict[Any, Any]) -> Callable[..., None]:
    def tell(
        request: HttpRequest, user: User, authenticator: Authenticator, **_signal: Any
    ) -> None:
        if authenticator.type in sentences:
            with translation.override(user.language):
                _write(user, str(sentences[authenticator.type]), _device(request))

    return tell


def _used(request: HttpRequest, user: User, authenticator: Authenticator, **_signal: Any) -> None:
    if authenticator.type != _KIND.RECOVERY_CODES:
        return
    authenticator.refresh_from_db()
    n = n_left(authenticator)
    with translation.override(user.language):
        text = ngettext(
            "A recovery code was used. %(n)s is left.",
            "A recovery code was used. %(n)s are left.",
            n,
        )
        _write(user, text % {"n": n}, _device(request))


def _device(request: HttpRequest) -> str:
    return device_words(request.META.get("HTTP_USER_AGENT", ""))


def _write(user: User, what: str, device: str) -> None:
    """Send the mail, in the language that is on."""
    when = date_format(timezone.localtime(), "DATETIME_FORMAT")
    page = settings.CONFIGURATION.address.rstrip("/") + reverse("account_devices")
    text = _(
        "%(what)s\n\n"
        "Account: %(email)s\n"
        "When: %(when)s\n"
        "Device: %(device)s\n\n"
        "Was it you? Then there is nothing to do.\n\n"
        "If not: sign out the other devices on the page below, choose a new password and tell an "
        "administrator of the site.\n%(page)s"
    ) % {
        "what": what,
        "email": user.email,
        "when": when,
        "device": device or _("unknown"),
        "page": page,
    }
    subject = _("AlpClusters: second step of signing in")
    EmailMessage(subject=subject, body=text, to=[user.email]).send()


# --- The second step of signing in: who has one, who must have one, and taking a lost one away


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
