"""One need or offer of one's own: how far it is, what can be done, what changed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from alpclusters.analysis.errors import InputError, StateError
from alpclusters.platform.evidence.domain.versions import Version
from alpclusters.platform.network.domain.postings.finding import n_interested
from alpclusters.platform.network.domain.postings.moderating import open_change
from alpclusters.platform.network.domain.postings.writing import (
    close_posting,
    delete_draft,
    extend_posting,
    hand_in,
    take_back,
    versions,
)
from alpclusters.platform.network.models import Posting, PostingChange
from alpclusters.www.components.parts import Crumb
from alpclusters.www.public.postings.posting_page import read_page
from alpclusters.www.signed_in import SignedInRequest
from alpclusters.www.workspace.postings.access import CONFLICT, crumbs, own_posting
from alpclusters.www.workspace.postings.forms import ExtendForm
from alpclusters.www.workspace.postings.letters import tell_handed_in
from alpclusters.www.workspace.postings.values import NAMES, value_words
from alpclusters.www.workspace.sentences import placed_sentence
from alpclusters.www.workspace.versions import version_views

_STATES: Final = Posting.State
REASONS: Final[Mapping[str, Any]] = {
    "write": gettext_lazy("Begun"),
    "edit": gettext_lazy("Changed"),
    "hand_in": gettext_lazy("Handed in"),
    "take_back": gettext_lazy("Taken back"),
    "publish": gettext_lazy("Published by the moderation"),
    "send_back": gettext_lazy("Sent back by the moderation"),
    "take_down": gettext_lazy("Taken down by the moderation"),
    "extend": gettext_lazy("Another day of expiry"),
    "close": gettext_lazy("Closed"),
}


@dataclass(frozen=True)
class Rights:
    """What can be done now."""

    hand_in: bool
    take_back: bool
    close: bool
    extend: bool
    delete: bool
    moderate: bool


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def posting(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show a need or an offer to those who answer for it, and do what they ask."""
    found = own_posting(request, pk)
    form = ExtendForm(request.POST if request.POST.get("do") == "extend" else None)
    status = 200
    problem = ""
    if request.method == "POST":
        try:
            return _act(request, found, form)
        except (InputError, StateError) as error:
            problem, status = placed_sentence(error), CONFLICT
            found = own_posting(request, pk)
    change = PostingChange.objects.filter(posting=found).first()
    context = {
        "posting": found,
        "page": read_page(request.user, found, today=timezone.localdate()),
        "change": change,
        "rights": _rights(request, found),
        "extend_form": form,
        "problem": problem,
        "n_interested": n_interested([found]).get(found.pk, 0),
        "n_followers": found.followers.count(),
        "versions": version_views(
            versions(found), titles=NAMES, words=value_words, reason=_why
        ),
        "crumbs": crumbs(Crumb(found.title)),
        "simulated": found.is_simulated,
    }  # fmt: skip
    return render(request, "workspace/postings/page.html", context, status=status)


def _why(version: Version) -> str:
    return str(REASONS.get(version.reason, version.reason))


def _rights(request: HttpRequest, posting: Posting) -> Rights:
    state = posting.state
    waits = state == _STATES.WAITING or open_change(posting) is not None
    is_public = state == _STATES.PUBLISHED
    never = posting.published_at is None
    may = request.user.has_perm("network.moderate_postings", posting)
    return Rights(
        hand_in=state in {_STATES.DRAFT, _STATES.REFUSED, _STATES.CLOSED},
        take_back=waits,
        close=is_public,
        extend=is_public,
        delete=never and state in {_STATES.DRAFT, _STATES.REFUSED},
        moderate=may and (waits or is_public),
    )


def _act(request: SignedInRequest, posting: Posting, form: ExtendForm) -> HttpResponse:
    """Do one thing, and go back to where it shows.

    Raises
    ------
    StateError, InputError
        It cannot be done now.
    """
    done = ACTIONS.get(request.POST.get("do", ""))
    told = done(request, posting, form) if done else ""
    if told:
        messages.success(request, told)
    if not Posting.objects.filter(pk=posting.pk).exists():
        return redirect("workspace:postings")
    return redirect("workspace:posting", pk=posting.pk)


def _hand_in(request: SignedInRequest, posting: Posting, _form: ExtendForm) -> str:
    tell_handed_in(hand_in(posting, by=request.user, now=timezone.now()))
    return _("Handed in. A coordinator of your region reads it.")


def _take_back(request: SignedInRequest, posting: Posting, _form: ExtendForm) -> str:
    take_back(posting, by=request.user)
    return _("Taken back.")


def _close(request: SignedInRequest, posting: Posting, _form: ExtendForm) -> str:
    close_posting(posting, by=request.user, now=timezone.now())
    return _("Closed. Those who follow it are told.")


def _extend(request: SignedInRequest, posting: Posting, form: ExtendForm) -> str:
    if not form.is_valid():
        raise InputError("posting.expiry_over")
    until = form.cleaned_data["expires_on"]
    extend_posting(posting, until, by=request.user, now=timezone.now())
    return _("It stays open until the new day.")


def _delete(_request: HttpRequest, posting: Posting, _form: ExtendForm) -> str:
    delete_draft(posting)
    return _("The draft is deleted.")


ACTIONS: Final[Mapping[str, Callable[[SignedInRequest, Posting, ExtendForm], str]]] = {
    "hand_in": _hand_in,
    "take_back": _take_back,
    "close": _close,
    "extend": _extend,
    "delete": _delete,
}
