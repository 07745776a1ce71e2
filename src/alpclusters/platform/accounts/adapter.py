"""How allauth behaves here: accounts by invitation, and wrong passwords slow down."""

import math
import time
from collections.abc import Sequence
from typing import Any, Final

from allauth.account import app_settings as account_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context as request_context
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import ngettext

from alpclusters.platform.accounts.domain import sign_ins, throttle
from alpclusters.platform.accounts.hashing import HashingBusyError
from alpclusters.platform.accounts.models import User
from alpclusters.platform.addresses import network_of

TO_STRANGERS: Final = "account/email/unknown_account"
_MINUTE_S: Final = 60


class AccountAdapter(DefaultAccountAdapter):
    """Closed sign-up by default; the throttle of our own instead of allauth's lock."""

    _tried: Sequence[throttle.Counter] = ()

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - allauth's signature
        """Say whether a stranger may make an account."""
        return bool(settings.CONFIGURATION.open_signup)

    def is_reauthentication_required(self, *, app: str, **others: Any) -> bool:
        """Ask again for password or second step, but not of who signed in a moment ago."""
        records = get_authentication_records(request_context.request, request_context.request.user)
        since = time.time() - account_settings.REAUTHENTICATION_TIMEOUT
        if any(record["at"] > since for record in records):
            return False
        required: bool = super().is_reauthentication_required(app=app, **others)
        return required

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count a try before the password is looked at; refuse one that comes too early."""
        counters = _counters(request, str(credentials.get("email", "")))
        wait = throttle.begin_try(counters)
        if wait > 0:
            raise ValidationError(_too_early(wait), code="too_many_login_attempts")
        self._tried = counters

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        """Check a password; a try for which there was no room does not count."""
        try:
            return super().authenticate(request, **credentials)
        except HashingBusyError:
            throttle.take_back(self._tried)
            raise

    def post_login(self, request: HttpRequest, user: User, **words: Any) -> HttpResponse:
        """Remember the browser, however its owner signed in."""
        response: HttpResponse = super().post_login(request, user, **words)
        sign_ins.remember(request, response, user.pk)
        return response

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send a mail; to addresses without an account only some, for anybody can type any."""
        if template_prefix == TO_STRANGERS and not throttle.may_mail_stranger(email):
            return
        super().send_mail(template_prefix, email, context)

    def _rollback_login_failed_rl_usage(self) -> None:
        throttle.take_back(self._tried)

    def _delete_login_attempts_cached_email(
        self,
        request: HttpRequest,  # noqa: ARG002 - allauth's signature
        **credentials: Any,
    ) -> None:
        throttle.forget(throttle.Counter(throttle.ACCOUNT, str(credentials["email"]).lower()))


def _counters(request: HttpRequest, email: str) -> list[throttle.Counter]:
    """Return what a try counts for: the device where its owner is known, else account and place."""
    device = sign_ins.device_of(request)
    if device is not None:
        owner = User.objects.filter(email__iexact=email, pk__in=device.accounts).first()
        if owner is not None:
            return [throttle.Counter(throttle.DEVICE, f"{device.nonce}-{owner.pk}")]
    address = network_of(request.META.get("REMOTE_ADDR", ""))
    return [
        throttle.Counter(throttle.ACCOUNT, email.lower()),
        throttle.Counter(throttle.ADDRESS, address),
    ]


def _too_early(wait_s: float) -> str:
    if wait_s < _MINUTE_S:
        n = max(1, math.ceil(wait_s))
        text = ngettext(
            "Too many wrong tries. Wait %(n)s second, or let a code be sent to you by e-mail.",
            "Too many wrong tries. Wait %(n)s seconds, or let a code be sent to you by e-mail.",
            n,
        )
    else:
        n = math.ceil(wait_s / _MINUTE_S)
        text = ngettext(
            "Too many wrong tries. Wait %(n)s minute, or let a code be sent to you by e-mail.",
            "Too many wrong tries. Wait %(n)s minutes, or let a code be sent to you by e-mail.",
            n,
        )
    return text % {"n": n}
