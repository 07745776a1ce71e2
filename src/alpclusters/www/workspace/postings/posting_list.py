"""The needs and offers of one's organisations and those one follows; new ones by mail."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_safe

from alpclusters.platform.accounts.models import User
from alpclusters.platform.actors.rules import is_coordinator
from alpclusters.platform.funding.domain.alerts import CALLS, order_alert, stop_alert
from alpclusters.platform.funding.models import CallAlert
from alpclusters.platform.network.domain.postings.finding import n_interested, postings_of
from alpclusters.platform.network.domain.postings.following import (
    DIGEST,
    Leaving,
    next_day,
    read_leaving,
    set_digest,
    stop_digest,
    unfollow_all,
)
from alpclusters.platform.network.domain.postings.moderating import waiting_for_moderation
from alpclusters.platform.network.models import Digest, Posting, PostingFollower
from alpclusters.platform.network.rules import spoken_for_by
from alpclusters.www.components.parts import Crumb, Tab
from alpclusters.www.public.postings.posting_list import StateView, days_left, kind_name, state_view
from alpclusters.www.signed_in import SignedInRequest
from alpclusters.www.workspace.postings.posting_forms import DigestForm
from alpclusters.www.workspace.postings.posting_page import UNPROCESSABLE, crumbs

# --- The needs and offers of one's organisations, those one follows, those that wait --------------


SIZE: Final = 25


@dataclass(frozen=True)
class PostingRow:
    """A posting in a list of the workspace."""

    posting: Posting
    kind: str
    state: StateView
    n_interested: int
    days_left: int | None
    has_change: bool
    is_reported: bool = False


@login_required
@require_safe
def postings(request: SignedInRequest) -> HttpResponse:
    """List the needs and offers of the organisations for which one speaks."""
    own = list(spoken_for_by(request.user))
    rows = postings_of([one.pk for one in own])
    page = Paginator(rows, SIZE).get_page(request.GET.get("page"))
    shown = list(page.object_list)
    context = {
        "page": page,
        "rows": _rows(shown, timezone.localdate(), n_interested(shown)),
        "speaks": bool(own),
        "tabs": _tabs(request, "own"),
        "crumbs": crumbs(),
        "simulated": any(one.is_simulated for one in shown),
    }
    return render(request, "workspace/postings/list.html", context)


@login_required
@require_safe
def postings_followed(request: SignedInRequest) -> HttpResponse:
    """List what one follows."""
    rows = PostingFollower.objects.filter(user=request.user)
    rows = rows.select_related("posting__organisation").order_by("-since", "-pk")
    page = Paginator(rows, SIZE).get_page(request.GET.get("page"))
    shown = [row.posting for row in page.object_list]
    context = {
        "page": page,
        "rows": _rows(shown, timezone.localdate(), {}),
        "tabs": _tabs(request, "followed"),
        "crumbs": crumbs(Crumb(_("Followed"))),
        "simulated": any(one.is_simulated for one in shown),
    }
    return render(request, "workspace/postings/followed.html", context)


@login_required
@require_safe
def postings_moderation(request: SignedInRequest) -> HttpResponse:
    """List what a coordinator has to read."""
    if not request.user.has_perm("network.moderate_postings"):
        raise PermissionDenied
    page = Paginator(waiting_for_moderation(request.user), SIZE).get_page(request.GET.get("page"))
    shown = list(page.object_list)
    context = {
        "page": page,
        "rows": _rows(shown, timezone.localdate(), {}),
        "tabs": _tabs(request, "moderation"),
        "crumbs": crumbs(Crumb(_("Moderation"))),
        "simulated": any(one.is_simulated for one in shown),
    }
    return render(request, "workspace/postings/moderation.html", context)


def _rows(
    postings: Iterable[Posting], today: date, interested: dict[int, int]
) -> Sequence[PostingRow]:
    return [
        PostingRow(
            posting=one,
            kind=kind_name(one),
            state=state_view(one, today),
            n_interested=interested.get(one.pk, 0),
            days_left=_days_left(one, today),
            has_change=_has_change(one),
            is_reported=getattr(one, "is_reported", False),
        )
        for one in postings
    ]


def _days_left(posting: Posting, today: date) -> int | None:
    is_public = posting.state == Posting.State.PUBLISHED
    return days_left(posting, today) if is_public else None


def _has_change(posting: Posting) -> bool:
    """Say whether a new wording waits: counted in the queue, else read with the row."""
    known: Any = getattr(posting, "has_change", None)
    if known is not None:
        return bool(known)
    fields = posting._state.fields_cache  # noqa: SLF001 - whether it was read with the row
    change = fields.get("change")
    return change is not None and not change.is_refused


def _tabs(request: SignedInRequest, current: str) -> list[Tab]:
    own, followed = reverse("workspace:postings"), reverse("workspace:postings-followed")
    tabs = [
        Tab(_("Of my organisation"), own, is_current=current == "own"),
        Tab(_("Followed"), followed, is_current=current == "followed"),
    ]
    if is_coordinator(request.user):
        n = waiting_for_moderation(request.user).count()
        queue = reverse("workspace:postings-moderation")
        tabs.append(Tab(_("Moderation"), queue, current == "moderation", count=n))
    return tabs


# --- New needs and offers by mail: what one wants, and leaving with one click ---------------------


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
