"""The second step of signing in: its forms, who is led to it, the recovery codes."""

import math
from collections.abc import Callable
from typing import Any, Final

from allauth.account.decorators import reauthentication_required
from allauth.mfa import signals
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from allauth.mfa.webauthn.views import AddWebAuthnView
from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.core.exceptions import MiddlewareNotUsed, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from alpclusters.platform.accounts.domain import throttle
from alpclusters.platform.accounts.domain.second_step import (
    codes_of,
    has_second_step,
    make_recovery_codes,
    must_have_second_step,
    n_left,
    remove_second_step,
    use_recovery_code,
)
from alpclusters.platform.accounts.hashing import HashingBusyError
from alpclusters.platform.accounts.models import User
from alpclusters.www.components.parts import Crumb
from alpclusters.www.signed_in import SignedInRequest

# --- The forms of the second step: what somebody sends is judged, and refused in one sentence -----


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


# --- Leading those who must have a second step to its page, and taking a lost one away ------------


# Beside the pages of the second step itself.
OPEN: Final = {"account_logout", "account_reauthenticate"}


class SecondStepMiddleware:
    """Open nothing but the page of the second step to those who must have one and have none."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        if settings.CONFIGURATION.second_step == "nobody":
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Leave the request as it is; the page is known only later."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: Any) -> HttpResponse | None:
        """Lead away whoever must first set one up."""
        name = request.resolver_match.url_name or "" if request.resolver_match else ""
        if name in OPEN or name.startswith("mfa_") or not lacks_second_step(request.user):
            return None
        return redirect("mfa_index")


def lacks_second_step(user: Any) -> bool:
    """Say whether somebody who is signed in must have a second step and has none."""
    return user.is_authenticated and must_have_second_step(user) and not has_second_step(user)


class _ThenCodes:
    """After the first step comes the page of the recovery codes."""

    def get_success_url(self) -> str:
        """Lead there whoever has none yet."""
        has_codes = codes_of(self.request.user).exists()  # type: ignore[attr-defined]
        return reverse("mfa_index" if has_codes else "mfa_view_recovery_codes")


class AddAppView(_ThenCodes, ActivateTOTPView):
    """Set up the app with codes."""


class AddPasskeyView(_ThenCodes, AddWebAuthnView):
    """Set up a passkey."""


@login_required
@require_safe
def passkeys(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Lead to the page that lists passkeys among the rest; allauth has a page of its own."""
    return redirect("mfa_index")


@login_required
@permission_required("partnership.manage_installation", raise_exception=True)
@require_http_methods(["GET", "HEAD", "POST"])
def second_step_remove(request: SignedInRequest, pk: int) -> HttpResponse:
    """Let an administrator take away the second step of somebody who lost the phone."""
    person = get_object_or_404(User, pk=pk, is_active=True)
    if request.method == "POST":
        remove_second_step(person, by=request.user)
        told = gettext("The second step of %(name)s is removed, all devices are signed out.")
        messages.success(request, told % {"name": person})
        return redirect("workspace:people")
    crumbs = [
        Crumb(gettext("Workspace"), reverse("workspace:dashboard")),
        Crumb(gettext("People"), reverse("workspace:people")),
        Crumb(gettext("Remove second step")),
    ]
    context = {"person": person, "has_one": has_second_step(person), "crumbs": crumbs}
    return render(request, "workspace/people/second_step_remove.html", context)


# --- The page of the recovery codes: how many are left, and a new set, shown once -----------------


@reauthentication_required(app="allauth.mfa")  # type: ignore[untyped-decorator]  # of allauth
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def recovery_codes(request: SignedInRequest) -> HttpResponse:
    """Show a new set in the very answer that makes it: nothing keeps the codes themselves."""
    if not has_second_step(request.user):
        return redirect("mfa_index")
    kept = codes_of(request.user).first()
    context = {"kept": kept, "n": n_left(kept) if kept else 0, "codes": []}
    if request.method == "POST":
        context["codes"] = make_recovery_codes(request.user)
        _tell(request, had_some=kept is not None)
    return render(request, "mfa/recovery_codes/index.html", context)


def _tell(request: SignedInRequest, *, had_some: bool) -> None:
    signal = signals.authenticator_reset if had_some else signals.authenticator_added
    signal.send(
        sender=Authenticator,
        request=request,
        user=request.user,
        authenticator=codes_of(request.user).get(),
    )
