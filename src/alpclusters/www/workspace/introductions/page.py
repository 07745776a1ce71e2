"""One introduction: what was written, the answer, the addresses once both agree, the outcome."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from alpclusters.analysis.errors import AlpClustersError
from alpclusters.platform.accounts.models import User
from alpclusters.platform.fields import label_of
from alpclusters.platform.network.domain.introductions.answering import (
    LAPSES_AFTER,
    accept_introduction,
    contact_of,
    decline_introduction,
    readers_of,
    withdraw_introduction,
)
from alpclusters.platform.network.domain.introductions.follow_ups import (
    NEAR,
    Answer,
    LinkOffer,
    current_follow_up,
    due_on,
    link_offer,
    record_outcome,
    take_up_link,
)
from alpclusters.platform.network.models import FollowUp, Introduction, Meeting
from alpclusters.www.components.parts import Crumb
from alpclusters.www.signed_in import SignedInRequest
from alpclusters.www.workspace.introductions.access import (
    Seen,
    introduction_crumbs,
    own_introduction,
)
from alpclusters.www.workspace.introductions.forms import AnswerForm, OutcomeForm
from alpclusters.www.workspace.introductions.letters import (
    tell_accepted,
    tell_declined,
    tell_withdrawn,
)
from alpclusters.www.workspace.sentences import sentence

type Act = Callable[[SignedInRequest, Seen], str]


@dataclass(frozen=True)
class Told:
    """What one side said after some months."""

    side: str
    months: int
    outcome: str
    note: str
    on: Any


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def introduction(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show an introduction to one of its sides; answer it, take it back, tell the outcome."""
    seen = own_introduction(request, pk)
    if request.method != "POST":
        return _page(request, seen)
    act = ACTS.get(request.POST.get("do", ""))
    if act is None:
        return _page(request, seen, status=422)
    try:
        said = act(request, seen)
    except AlpClustersError as error:
        # What stands there now may be another thing than what was acted on.
        return _page(request, own_introduction(request, pk), problem=sentence(error), status=422)
    messages.success(request, said)
    return redirect("workspace:introduction", pk=pk)


def _accept(request: SignedInRequest, seen: Seen) -> str:
    _require(request, seen)
    made = accept_introduction(seen.introduction, by=request.user, now=timezone.now())
    tell_accepted(made)
    return _("Accepted. Both sides have each other’s name and address now, also by mail.")


def _decline(request: SignedInRequest, seen: Seen) -> str:
    _require(request, seen)
    form = AnswerForm(request.POST)
    answer = form.cleaned_data["answer"] if form.is_valid() else ""
    made = decline_introduction(
        seen.introduction, by=request.user, now=timezone.now(), answer=answer
    )
    tell_declined(made)
    return _("Declined. Nobody’s name or address was passed on.")


def _withdraw(request: SignedInRequest, seen: Seen) -> str:
    if seen.is_asked:
        raise PermissionDenied
    made = withdraw_introduction(seen.introduction, by=request.user, now=timezone.now())
    tell_withdrawn(made)
    return _("Withdrawn.")


def _tell(request: SignedInRequest, seen: Seen) -> str:
    follow_up = current_follow_up(seen.introduction, seen.own, now=timezone.now())
    if follow_up is None:
        raise PermissionDenied
    return store_outcome(request, follow_up, request.user)


def store_outcome(request: HttpRequest, follow_up: FollowUp, by: User) -> str:
    """Store what a side says; the sentence thanks for it."""
    now = timezone.now()
    form = OutcomeForm(request.POST, follow_up=follow_up, is_early=False)
    if not form.is_valid():
        return _("Nothing was changed: choose one of the answers.")
    answer = Answer(form.cleaned_data["outcome"], form.cleaned_data["note"])
    record_outcome(follow_up, answer, by=by, now=now)
    return _("Thank you. Your answer is stored; you may change it here.")


def _link(request: SignedInRequest, seen: Seen) -> str:
    return store_link(seen.introduction, seen, request.user)


def store_link(introduction: Introduction, seen: Seen, by: User) -> str:
    """Enter the link, or confirm the one that the other side entered."""
    made = take_up_link(introduction, seen.own, by=by, now=timezone.now())
    if made.standing == made.Standing.CONFIRMED:
        return _("The link is entered and confirmed: both sides say so. It counts in the network.")
    return _("The link is entered. It counts in the network once the other side confirms it.")


def _require(request: HttpRequest, seen: Seen) -> None:
    if not request.user.has_perm("network.answer_introduction", seen.introduction):
        raise PermissionDenied


ACTS: Final[Mapping[str, Act]] = {
    "accept": _accept,
    "decline": _decline,
    "withdraw": _withdraw,
    "tell": _tell,
    "link": _link,
}


def _page(
    request: HttpRequest, seen: Seen, *, problem: str = "", status: int = 200
) -> HttpResponse:
    one = seen.introduction
    context = {
        "seen": seen,
        "introduction": one,
        "labels": {name: label_of(Introduction, name) for name in ("message", "answer")},
        "answer_form": AnswerForm(),
        "ends_on": one.asked_at + LAPSES_AFTER,
        "person": contact_of(one, seen.other),
        "readers": readers_of(one.asked) if seen.may_withdraw else None,
        "is_met": _is_met(one),
        "told": told_of(one),
        "me": request.user,
        "problem": problem,
        "crumbs": introduction_crumbs(Crumb(seen.other.name)),
        "simulated": one.is_simulated,
        "outcome_label": label_of(FollowUp, "outcome"),
        **outcome_context(seen),
    }
    return render(request, "workspace/introductions/page.html", context, status=status)


def _is_met(introduction: Introduction) -> bool:
    """Say whether the two met at a day of meetings: then nobody asked, and no address passed."""
    if introduction.asked_by_id or introduction.decided_by_id:
        return False
    return Meeting.objects.filter(introduction=introduction).exists()


def outcome_context(seen: Seen) -> dict[str, Any]:
    """Return the form of the outcome and the offer of a link, where there may be any."""
    if seen.introduction.state != Introduction.State.ACCEPTED:
        return {"follow_up": None, "outcome_form": None, "offer": LinkOffer()}
    now = timezone.now()
    follow_up = current_follow_up(seen.introduction, seen.own, now=now)
    form = None
    if follow_up is not None:
        form = OutcomeForm(follow_up=follow_up, is_early=now < due_on(follow_up) - NEAR)
    return {
        "follow_up": follow_up,
        "outcome_form": form,
        "offer": link_offer(seen.introduction, seen.own),
    }


def told_of(introduction: Introduction) -> Sequence[Told]:
    """Return what both sides said, in the order of the months."""
    rows = introduction.follow_ups.exclude(outcome="").select_related("organisation")
    return [
        Told(
            one.organisation.name,
            one.months,
            one.get_outcome_display(),
            one.note,
            one.answered_at,
        )
        for one in rows.order_by("months", "pk")
    ]
