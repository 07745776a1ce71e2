"""Where one is signed in: the list, and ending one or all others."""

from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from alpclusters.platform.accounts.domain.sign_ins import (
    end_sign_in,
    end_sign_ins,
    is_over,
    note_seen,
    sign_ins_of,
)
from alpclusters.platform.trust.domain.log import Kind, record
from alpclusters.platform.trust.signals import network_of
from alpclusters.www.signed_in import SignedInRequest

OTHERS = "others"


class LastSeenMiddleware:
    """Note in the session of a person with an account that it is in use; end one that is over."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Note it before the page is made: the session is saved after it."""
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            now = timezone.now()
            if is_over(request.session, now=now):
                # Without the signal of signing out: nobody did, and reading writes nothing.
                request.session.flush()
                request.user = AnonymousUser()
                messages.info(
                    request, _("For your safety you were signed out. Please sign in again.")
                )
            note_seen(request.session, now=now)
        return self.get_response(request)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def devices(request: SignedInRequest) -> HttpResponse:
    """List the sessions of one's own account; end one of them or all others."""
    if request.method == "POST":
        _end(request, request.POST.get("end", ""))
        return redirect("account_devices")
    found = sign_ins_of(request.user, current=request.session)
    return render(request, "account/devices.html", {"sign_ins": found})


def _end(request: SignedInRequest, which: str) -> None:
    if which == OTHERS:
        n = end_sign_ins(request.user, but=request.session)
        if n:
            _note(request, n)
        told = ngettext("%(n)s other device signed out", "%(n)s other devices signed out", n)
        messages.success(request, told % {"n": n})
    elif which and end_sign_in(request.user, which):
        _note(request, 1)
        messages.success(request, _("The device is signed out."))
    else:
        messages.info(request, _("This device was already signed out."))


def _note(request: SignedInRequest, n: int) -> None:
    record(Kind.SESSIONS_ENDED, actor=request.user, network=network_of(request), devices=n)
