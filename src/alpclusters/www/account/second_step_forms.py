"""The forms of the second step: what somebody sends is judged, and refused in one sentence."""

import math
from collections.abc import Callable
from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from alpclusters.platform.accounts.domain import throttle
from alpclusters.platform.accounts.domain.recovery_codes import use_recovery_code
from alpclusters.platform.accounts.hashing import HashingBusyError


def refusing[T](judge: Callable[..., T], *args: Any) -> T:
    """Judge a passkey; whatever the library trips over in a stranger's bytes is a refusal."""
    try:
        return judge(*args)
    except ValidationError:
        raise
    except Exception as error:  # wrong base 64, CBOR, keys, signature: many kinds, one answer
        raise get_adapter().validation_error("incorrect_code") from error


class PasskeyForm(AddWebAuthnForm):
    """A name to know it by; whether it also opens the site alone, device and browser decide."""

    passwordless = None
    name = forms.CharField(label=_("Name of the device"), max_length=60, required=False)

    def clean(self) -> dict[str, Any]:
        """Take a new passkey."""
        return refusing(super().clean)


class _Refusing:
    def clean_credential(self) -> Any:
        """Take a passkey that is known."""
        return refusing(super().clean_credential)  # type: ignore[misc]


class SignInForm(_Refusing, LoginWebAuthnForm):
    """A passkey in place of everything else."""


class StepForm(_Refusing, AuthenticateWebAuthnForm):
    """A passkey after the password."""


class AgainForm(_Refusing, ReauthenticateWebAuthnForm):
    """A passkey once more, before something important."""


class _Code:
    """A code of the app or a recovery code; wrong ones slow the next try down."""

    def clean_code(self) -> str:
        """Find what the code belongs to."""
        code: str = self.cleaned_data["code"]  # type: ignore[attr-defined]
        tried = [throttle.Counter(throttle.STEP, str(self.user.pk))]  # type: ignore[attr-defined]
        wait_s = throttle.begin_try(tried)
        if wait_s > 0:
            raise ValidationError(_too_early(wait_s), code="too_many_login_attempts")
        try:
            self.authenticator = self._found(code)
        except HashingBusyError:
            throttle.take_back(tried)
            raise
        throttle.take_back(tried)
        return code

    def _found(self, code: str) -> Authenticator:
        """Return what the code belongs to; tell of one that belongs to nothing."""
        user = self.user  # type: ignore[attr-defined]
        held = Authenticator.objects.filter(user=user).exclude(type=Authenticator.Type.WEBAUTHN)
        # The app, if there is one, comes first: its codes cost nothing to look at.
        known = sorted(held, key=lambda one: one.type == Authenticator.Type.RECOVERY_CODES)
        for one in known:
            if _fits(one, code):
                one.user = user
                return one
        if known:
            self._emit_authentication_failed(known[0])  # type: ignore[attr-defined]
        raise get_adapter().validation_error("incorrect_code")


class CodeForm(_Code, AuthenticateForm):
    """A code after the password."""


class CodeAgainForm(_Code, ReauthenticateForm):
    """A code once more, before something important."""


def _fits(one: Authenticator, code: str) -> bool:
    if one.type == Authenticator.Type.RECOVERY_CODES:
        return use_recovery_code(one, code)
    return bool(one.wrap().validate_code(code))


def _too_early(wait_s: float) -> str:
    n = math.ceil(wait_s / 60)
    text = ngettext(
        "Too many wrong codes. Wait %(n)s minute and try again.",
        "Too many wrong codes. Wait %(n)s minutes and try again.",
        n,
    )
    return text % {"n": n}
