"""Leading those who must have a second step to its page, and taking a lost one away."""

from collections.abc import Callable
from typing import Any, Final

from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from alpclusters.platform.accounts.domain.recovery_codes import codes_of
from alpclusters.platform.accounts.domain.second_step import (
    has_second_step,
    must_have_second_step,
    remove_second_step,
)
from alpclusters.platform.accounts.models import User
from alpclusters.www.components.parts import Crumb
from alpclusters.www.signed_in import SignedInRequest

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
        told = _("The second step of %(name)s is removed, all devices are signed out.")
        messages.success(request, told % {"name": person})
        return redirect("workspace:people")
    crumbs = [
        Crumb(_("Workspace"), reverse("workspace:dashboard")),
        Crumb(_("People"), reverse("workspace:people")),
        Crumb(_("Remove second step")),
    ]
    context = {"person": person, "has_one": has_second_step(person), "crumbs": crumbs}
    return render(request, "workspace/people/second_step_remove.html", context)
