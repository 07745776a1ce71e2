"""New needs and offers by mail: what one wants, and leaving with one click."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from alpclusters.platform.accounts.models import User
from alpclusters.platform.funding.domain.alerts import CALLS, order_alert, stop_alert
from alpclusters.platform.funding.models import CallAlert
from alpclusters.platform.network.domain.postings.following import (
    DIGEST,
    Leaving,
    next_day,
    read_leaving,
    set_digest,
    stop_digest,
    unfollow_all,
)
from alpclusters.platform.network.models import Digest, PostingFollower
from alpclusters.www.components.parts import Crumb
from alpclusters.www.signed_in import SignedInRequest
from alpclusters.www.workspace.postings.access import UNPROCESSABLE, crumbs
from alpclusters.www.workspace.postings.forms import DigestForm


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def digest(request: SignedInRequest) -> HttpResponse:
    """Order the digest, change it, or stop it."""
    if request.method == "POST" and request.POST.get("do") in {"calls", "calls-stop"}:
        return _calls(request, request.user)
    found = Digest.objects.filter(user=request.user).first()
    if request.method == "POST" and request.POST.get("do") == "stop":
        stop_digest(request.user)
        messages.success(request, _("No more of these mails will come."))
        return redirect("workspace:digest")
    form = DigestForm(request.POST or None, digest=found)
    if request.method == "POST" and form.is_valid():
        set_digest(request.user, form.wanted(), now=timezone.now())
        messages.success(request, _("Saved. A mail comes only when there is something new."))
        return redirect("workspace:digest")
    context = {
        "form": form,
        "digest": found,
        "next_day": next_day(found) if found else None,
        "has_alert": CallAlert.objects.filter(user=request.user).exists(),
        "crumbs": crumbs(Crumb(_("New ones by mail"))),
    }
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "workspace/postings/digest.html", context, status=status)


def _calls(request: HttpRequest, user: User) -> HttpResponse:
    """Order the mails about calls that fit, or stop them."""
    if request.POST["do"] == "calls":
        order_alert(user, now=timezone.now())
        messages.success(request, _("Saved. A mail comes only when there is something new."))
    else:
        stop_alert(user)
        messages.success(request, _("No more of these mails will come."))
    return redirect("workspace:digest")


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def digest_stop(request: HttpRequest, token: str) -> HttpResponse:
    """Leave without signing in; opening the page alone changes nothing."""
    # RFC 8058: the program of the mail posts these words to the address, without a page of ours
    # and so without its token; what it may do is signed into the address.
    is_one_click = request.POST.get("List-Unsubscribe") == "One-Click"
    view = _stop if is_one_click else csrf_protect(_stop)
    return view(request, token)


def _stop(request: HttpRequest, token: str) -> HttpResponse:
    leaving = read_leaving(token)
    if leaving is None:
        return render(request, "workspace/postings/stop.html", {"leaving": None}, status=404)
    if request.method == "POST":
        _leave(leaving)
    context = {
        "leaving": leaving,
        "is_digest": leaving.what == DIGEST,
        "is_calls": leaving.what == CALLS,
        "is_done": not _hears(leaving),
    }
    return render(request, "workspace/postings/stop.html", context)


_ENDS = {DIGEST: (stop_digest, Digest), CALLS: (stop_alert, CallAlert)}


def _leave(leaving: Leaving) -> None:
    leave, _model = _ENDS.get(leaving.what, (unfollow_all, PostingFollower))
    leave(leaving.user)


def _hears(leaving: Leaving) -> bool:
    _leave, model = _ENDS.get(leaving.what, (unfollow_all, PostingFollower))
    return model._default_manager.filter(user=leaving.user).exists()
