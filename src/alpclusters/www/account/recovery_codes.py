"""The page of the recovery codes: how many are left, and a new set, shown once."""

from allauth.account.decorators import reauthentication_required
from allauth.mfa import signals
from allauth.mfa.models import Authenticator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from alpclusters.platform.accounts.domain.recovery_codes import (
    codes_of,
    make_recovery_codes,
    n_left,
)
from alpclusters.platform.accounts.domain.second_step import has_second_step
from alpclusters.www.signed_in import SignedInRequest


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
