"""Browsers in which the owner of an account has signed in before: a signed cookie, no table."""

import secrets
from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponseBase

LASTS_S: Final = 180 * 24 * 3_600
# On a shared computer.
MANY: Final = 8
_SALT: Final = "alpclusters.device"


@dataclass(frozen=True, slots=True)
class Device:
    """A browser: a number by chance, and the accounts whose owners signed in there."""

    nonce: str
    accounts: tuple[int, ...] = ()


def device_of(request: HttpRequest) -> Device | None:
    """Return the browser of a request; None if nobody signed in there before."""
    try:
        found = signing.loads(
            request.COOKIES.get(settings.DEVICE_COOKIE_NAME, ""), salt=_SALT, max_age=LASTS_S
        )
        return Device(found["n"], tuple(found["u"]))
    except (signing.BadSignature, KeyError, TypeError):
        return None


def remember(request: HttpRequest, response: HttpResponseBase, account: int) -> None:
    """Let the browser show next time that this account's owner signed in there."""
    found = device_of(request) or Device(secrets.token_urlsafe(12))
    others = [other for other in found.accounts if other != account]
    content = {"n": found.nonce, "u": [account, *others][:MANY]}
    response.set_cookie(
        settings.DEVICE_COOKIE_NAME,
        signing.dumps(content, salt=_SALT),
        max_age=LASTS_S,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
