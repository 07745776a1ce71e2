"""The forms of passkeys: what a browser sends is judged, and refused in one sentence."""

from collections.abc import Callable
from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


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
