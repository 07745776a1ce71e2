"""What Django and allauth tell of people who sign in goes into the security log."""

from importlib.util import find_spec
from typing import Any, Final

from allauth.account import signals as account
from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.auth import signals as auth
from django.contrib.auth.base_user import AbstractBaseUser as User
from django.core.cache import cache
from django.http import HttpRequest

from alpclusters.platform.trust.domain.log import Kind, record, shortened

HOUR_S: Final = 3600
FIRST: Final = 20


def connect() -> None:
    """Connect all of them; those of the second factor where it is installed."""
    auth.user_logged_in.connect(_signed_in)
    auth.user_logged_out.connect(_signed_out)
    auth.user_login_failed.connect(_failed)
    account.login_code_rejected.connect(_failed)
    account.password_set.connect(_password)
    account.password_changed.connect(_password)
    account.password_reset.connect(_password)
    account.email_changed.connect(_address)
    if apps.is_installed("allauth.mfa") and find_spec("allauth.mfa.signals"):
        _connect_factors()


def _connect_factors() -> None:
    from allauth.mfa import signals as factors  # noqa: PLC0415 - its models need the app

    factors.authenticator_added.connect(_factor_added)
    factors.authenticator_reset.connect(_factor_added)
    factors.authenticator_removed.connect(_factor_removed)
    factors.authenticator_used.connect(_factor_used)
    factors.authentication_failed.connect(_factor_failed)


def network_of(request: HttpRequest | None) -> str:
    """Return where a request came from, if it came from anywhere."""
    return request.META.get("REMOTE_ADDR", "") if request is not None else ""


def _signed_in(request: HttpRequest | None, user: User, **_: Any) -> None:
    record(Kind.SIGNED_IN, actor=user, network=network_of(request))


def _signed_out(request: HttpRequest | None, user: User | None, **_: Any) -> None:
    if user is not None:
        record(Kind.SIGNED_OUT, actor=user, network=network_of(request))


def _failed(request: HttpRequest | None = None, user: User | None = None, **given: Any) -> None:
    """Note a wrong password or code: the first of a network within the hour, then fewer and fewer.

    Whoever tries millions must not be able to fill the disk.
    """
    n = _count(network_of(request))
    if n > FIRST and n & (n - 1):
        return
    address = (given.get("credentials") or {}).get("email") or ""
    about = user or get_user_model().objects.filter(email=str(address).lower()).first()
    record(Kind.SIGN_IN_FAILED, about=about, network=network_of(request), n=n)


def _count(network: str) -> int:
    name = f"sign-in-failed-{shortened(network)}"
    if cache.add(name, 1, timeout=HOUR_S):
        return 1
    try:
        return int(cache.incr(name))
    except ValueError:
        return 1


def _password(request: HttpRequest | None, user: User, **_: Any) -> None:
    record(Kind.PASSWORD_CHANGED, actor=user, network=network_of(request))


def _address(request: HttpRequest | None, user: User, **_: Any) -> None:
    record(Kind.ADDRESS_CHANGED, actor=user, network=network_of(request))


def _factor_added(request: HttpRequest | None, user: User, **told: Any) -> None:
    _factor(Kind.FACTOR_ADDED, request, user, told)


def _factor_removed(request: HttpRequest | None, user: User, **told: Any) -> None:
    _factor(Kind.FACTOR_REMOVED, request, user, told)


def _factor_used(request: HttpRequest | None, user: User, **told: Any) -> None:
    """Note a recovery code; what somebody signs in with every day is in the entry of that."""
    if told["authenticator"].type == "recovery_codes":
        record(Kind.RECOVERY_USED, actor=user, network=network_of(request))


def _factor_failed(request: HttpRequest | None, user: User, **told: Any) -> None:
    _factor(Kind.FACTOR_FAILED, request, user, told)


def _factor(kind: str, request: HttpRequest | None, user: User, told: dict[str, Any]) -> None:
    one = told.get("authenticator")
    factor = str(told.get("authenticator_type") or getattr(one, "type", ""))
    record(kind, actor=user, network=network_of(request), factor=factor)
