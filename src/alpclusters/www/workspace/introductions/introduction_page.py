"""One introduction: what was written, the answer, the addresses, and what came of it."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from alpclusters.analysis.errors import AlpClustersError
from alpclusters.platform.accounts.models import User
from alpclusters.platform.actors.models import Organisation
from alpclusters.platform.fields import label_of
from alpclusters.platform.languages.codes import nearest_language
from alpclusters.platform.network.domain.introductions.answering import (
    LAPSES_AFTER,
    accept_introduction,
    contact_of,
    decline_introduction,
    introductions_of,
    other_side,
    readers_of,
    withdraw_introduction,
)
from alpclusters.platform.network.domain.introductions.follow_ups import (
    NEAR,
    Answer,
    DueFollowUp,
    LinkOffer,
    current_follow_up,
    due_on,
    link_offer,
    read_token,
    record_outcome,
    take_up_link,
)
from alpclusters.platform.network.models import FollowUp, Introduction, Meeting
from alpclusters.platform.network.rules import speaks_for
from alpclusters.www.components.parts import Crumb
from alpclusters.www.signed_in import SignedInRequest
from alpclusters.www.site.inputs import input_of
from alpclusters.www.workspace.introductions.letters import (
    tell_accepted,
    tell_declined,
    tell_withdrawn,
)
from alpclusters.www.workspace.sentences import sentence

# --- Fetch an introduction with the side one stands on, and the place of its pages ----------------


@dataclass(frozen=True)
class Seen:
    """An introduction as one side sees it."""

    introduction: Introduction
    own: Organisation
    other: Organisation

    @property
    def is_asked(self) -> bool:
        """Whether one's side was asked."""
        return self.own.pk == self.introduction.asked_id

    @property
    def may_answer(self) -> bool:
        """Whether one can accept or decline now."""
        return self.is_asked and self.introduction.state == Introduction.State.ASKED

    @property
    def may_withdraw(self) -> bool:
        """Whether one can take the request back now."""
        return not self.is_asked and self.introduction.state == Introduction.State.ASKED


def own_introduction(request: SignedInRequest, pk: int) -> Seen:
    """Return an introduction of one's own organisation; others do not exist."""
    rows = introductions_of(request.user).select_related("asked_by", "decided_by", "posting")
    return seen_by(request, get_object_or_404(rows, pk=pk))


def seen_by(request: HttpRequest, introduction: Introduction) -> Seen:
    """Say which side one stands on; who speaks for both sees the side that answers."""
    asked = speaks_for(request.user, introduction.asked)
    own = introduction.asked if asked else introduction.asking
    return Seen(introduction, own, other_side(introduction, own))


def own_organisation(request: HttpRequest, pk: int) -> Organisation:
    """Return an organisation one speaks for: 404 if it is gone, 403 if it is another's."""
    rows = Organisation.objects.filter(merged_into=None).select_related("region", "cluster")
    organisation = get_object_or_404(rows, pk=pk)
    if not speaks_for(request.user, organisation):
        raise PermissionDenied
    return organisation


def introduction_crumbs(*last: Crumb) -> list[Crumb]:
    """Return the way to a page of introductions."""
    return [
        Crumb(gettext("Workspace"), reverse("workspace:dashboard")),
        Crumb(gettext("Introductions"), reverse("workspace:introductions") if last else ""),
        *last,
    ]


# --- Ask for an introduction, answer one, and tell what came of it --------------------------------


# An address would go around the consent; a number of eight and more digits is a telephone.
ADDRESS: Final = re.compile(r"\S+@\S+\.\w+")
TELEPHONE: Final = re.compile(r"(?:\+|\b00|\b0)\d(?:[\s./()-]*\d){6,}")


class AskForm(forms.Form):
    """What one writes to the other side."""

    use_required_attribute = False
    message = input_of(
        Introduction, "message", min_length=20, widget=forms.Textarea(attrs={"rows": 6})
    )
    language = input_of(Introduction, "language")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        initial = {"language": nearest_language(get_language()), **(kwargs.pop("initial", {}))}
        super().__init__(*args, **kwargs | {"initial": initial})

    def clean_message(self) -> str:
        """Let no address through that the consent is there for."""
        message: str = self.cleaned_data["message"]
        if ADDRESS.search(message) or TELEPHONE.search(message):
            raise forms.ValidationError(
                _("Take the address or telephone number out: both sides get them on agreement."),
                code="address",
            )
        return message


class AnswerForm(forms.Form):
    """No, with a reason if one likes."""

    use_required_attribute = False
    answer = input_of(
        Introduction, "answer", label=_("Reason"), widget=forms.Textarea(attrs={"rows": 2})
    )


class OutcomeForm(forms.Form):
    """How far it came."""

    use_required_attribute = False
    outcome = input_of(
        FollowUp,
        "outcome",
        choices=FollowUp.Outcome.choices,
        required=True,
        widget=forms.RadioSelect,
    )
    note = input_of(FollowUp, "note")

    def __init__(self, *args: Any, follow_up: FollowUp, is_early: bool, **kwargs: Any) -> None:
        initial = {"outcome": follow_up.outcome, "note": follow_up.note}
        super().__init__(*args, **kwargs | {"initial": initial})
        if is_early:
            outcome: Any = self.fields["outcome"]
            outcome.choices = FollowUp.Outcome.choices[1:]


# --- One introduction: what was written, the answer, the addresses once both agree, the outcome


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
    return gettext("Accepted. Both sides have each other’s name and address now, also by mail.")


def _decline(request: SignedInRequest, seen: Seen) -> str:
    _require(request, seen)
    form = AnswerForm(request.POST)
    answer = form.cleaned_data["answer"] if form.is_valid() else ""
    made = decline_introduction(
        seen.introduction, by=request.user, now=timezone.now(), answer=answer
    )
    tell_declined(made)
    return gettext("Declined. Nobody’s name or address was passed on.")


def _withdraw(request: SignedInRequest, seen: Seen) -> str:
    if seen.is_asked:
        raise PermissionDenied
    made = withdraw_introduction(seen.introduction, by=request.user, now=timezone.now())
    tell_withdrawn(made)
    return gettext("Withdrawn.")


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
        return gettext("Nothing was changed: choose one of the answers.")
    answer = Answer(form.cleaned_data["outcome"], form.cleaned_data["note"])
    record_outcome(follow_up, answer, by=by, now=now)
    return gettext("Thank you. Your answer is stored; you may change it here.")


def _link(request: SignedInRequest, seen: Seen) -> str:
    return store_link(seen.introduction, seen, request.user)


def store_link(introduction: Introduction, seen: Seen, by: User) -> str:
    """Enter the link, or confirm the one that the other side entered."""
    made = take_up_link(introduction, seen.own, by=by, now=timezone.now())
    if made.standing == made.Standing.CONFIRMED:
        return gettext(
            "The link is entered and confirmed: both sides say so. It counts in the network."
        )
    return gettext("The link is entered. It counts in the network once the other side confirms it.")


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


# --- The link of the mail after 3 and 12 months: tells the outcome without signing in -------------
#
# Opening it changes nothing, because programs that check mails open links too.


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def introduction_follow_up(request: HttpRequest, token: str) -> HttpResponse:
    """Ask what came of an introduction, store it, and offer the link."""
    due = read_token(token)
    if due is None:
        return render(request, "workspace/introductions/follow_up.html", {"due": None}, status=404)
    seen = _seen(due)
    problem = ""
    if request.method == "POST":
        try:
            messages.success(request, _act(request, due, seen))
        except AlpClustersError as error:
            problem = sentence(error)
        else:
            return redirect("workspace:introduction-follow-up", token=token)
    context = outcome_context(seen) | {
        "due": due,
        "seen": seen,
        "follow_up": due.follow_up,
        "outcome_form": OutcomeForm(follow_up=due.follow_up, is_early=False),
        "problem": problem,
        "page_title": gettext("What came of it?"),
        "simulated": seen.introduction.is_simulated,
    }
    status = 422 if problem else 200
    return render(request, "workspace/introductions/follow_up.html", context, status=status)


def _act(request: HttpRequest, due: DueFollowUp, seen: Seen) -> str:
    if request.POST.get("do") == "link":
        return store_link(seen.introduction, seen, due.user)
    return store_outcome(request, due.follow_up, due.user)


def _seen(due: DueFollowUp) -> Seen:
    one = due.follow_up
    other = other_side(one.introduction, one.organisation)
    return Seen(one.introduction, one.organisation, other)
