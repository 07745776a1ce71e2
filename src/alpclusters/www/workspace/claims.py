"""Claims to profiles: ask, take back, decide."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alpclusters.platform.accounts.models import User
from alpclusters.platform.actors.domain.claims import (
    ask_claim,
    claim_of,
    decide_claim,
    withdraw_claim,
)
from alpclusters.platform.actors.models import Claim
from alpclusters.platform.actors.rules import in_care_of
from alpclusters.www.signed_in import SignedInRequest
from alpclusters.www.site.inputs import input_of
from alpclusters.www.workspace.profiles.keeping import (
    confirm_asking,
    tell_deciders,
    tell_decision,
    tell_withdrawal,
)
from alpclusters.www.workspace.profiles.profile_page import profile_context, visible_profile

# --- Asking to keep a profile, and the answer -----------------------------------------------------


class ClaimForm(forms.Form):
    """Who one is: the coordinator decides by it."""

    message = input_of(Claim, "message", widget=forms.Textarea(attrs={"rows": 3}))


class DecisionForm(forms.Form):
    """Yes or no, with a sentence for the asking person."""

    decision = forms.ChoiceField(choices=[("approve", ""), ("refuse", "")])
    answer = input_of(Claim, "answer", widget=forms.Textarea(attrs={"rows": 2}))

    def clean_answer(self) -> str:
        """A refusal says why."""
        answer: str = self.cleaned_data["answer"].strip()
        if self.data.get(self.add_prefix("decision")) == "refuse" and not answer:
            raise forms.ValidationError(
                _("Write why, so that the person can do something about it.")
            )
        return answer


# --- Claims to profiles: ask, take back, decide ---------------------------------------------------


MOST_SHOWN = 100
MOST_DECIDED = 20
MOST_A_DAY = 10


@dataclass(frozen=True)
class ClaimRow:
    """A claim that waits, with its form."""

    claim: Claim
    form: DecisionForm


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def profile_claim(request: SignedInRequest, slug: str) -> HttpResponse:
    """Ask to keep a profile."""
    cluster = visible_profile(request, slug)
    form = ClaimForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _may_ask_more(request):
        message = form.cleaned_data["message"]
        claim, is_new = ask_claim(cluster, request.user, message=message, now=timezone.now())
        if is_new:
            tell_deciders(claim)
            confirm_asking(claim)
            messages.success(
                request, gettext("Sent. A coordinator of the region decides about it.")
            )
        return redirect("workspace:profile-claim", slug=slug)
    context = profile_context(cluster, gettext("Keep this profile")) | {
        "form": form,
        "claim": claim_of(cluster, request.user),
        "may_change": request.user.has_perm("actors.change_cluster", cluster),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "workspace/claims/ask.html", context, status=status)


def _may_ask_more(request: SignedInRequest) -> bool:
    """Each claim sends mails to coordinators: a day has room for a few."""
    since = timezone.now() - timedelta(days=1)
    if Claim.objects.filter(user=request.user, made_at__gt=since).count() < MOST_A_DAY:
        return True
    messages.error(request, gettext("You asked for many profiles today. Please go on tomorrow."))
    return False


@login_required
@require_POST
def claim_withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take back one's claim, or give up the profile."""
    claim = get_object_or_404(_claims().filter(user=request.user), pk=pk)
    if withdraw_claim(claim, now=timezone.now()):
        tell_withdrawal(claim)
        messages.success(request, gettext("Withdrawn."))
    return redirect("workspace:profiles")


@login_required
@require_safe
def claims(request: SignedInRequest) -> HttpResponse:
    """List the claims that wait for one's decision, and those decided lately."""
    if not request.user.has_perm("actors.decide_claim"):
        raise PermissionDenied
    return _show(request, _waiting(request.user))


@login_required
@require_POST
def claim_decide(request: SignedInRequest, pk: int) -> HttpResponse:
    """Approve or refuse."""
    claim = get_object_or_404(_claims(), pk=pk)
    if not request.user.has_perm("actors.decide_claim", claim):
        raise PermissionDenied
    form = DecisionForm(request.POST, prefix=str(pk))
    if not form.is_valid():
        return _show(request, _waiting(request.user, form), status=422)
    approve = form.cleaned_data["decision"] == "approve"
    answer = form.cleaned_data["answer"]
    if decide_claim(claim, approve=approve, answer=answer, by=request.user, now=timezone.now()):
        tell_decision(claim)
        said = gettext("Approved: %(name)s") if approve else gettext("Refused: %(name)s")
        messages.success(request, said % {"name": claim})
    else:
        messages.info(request, gettext("This claim waits no more. Nothing was changed."))
    return redirect("workspace:claims")


def _claims() -> QuerySet[Claim]:
    return Claim.objects.select_related("cluster__organisation__region", "user", "decided_by")


def _waiting(user: User, sent: DecisionForm | None = None) -> Sequence[ClaimRow]:
    rows = _claims().filter(state=Claim.State.PENDING, cluster__in=in_care_of(user))
    return [
        ClaimRow(claim, _form(claim, sent)) for claim in rows.order_by("made_at", "pk")[:MOST_SHOWN]
    ]


def _form(claim: Claim, sent: DecisionForm | None) -> DecisionForm:
    prefix = str(claim.pk)
    return sent if sent and sent.prefix == prefix else DecisionForm(prefix=prefix)


def _show(request: SignedInRequest, rows: Sequence[ClaimRow], *, status: int = 200) -> HttpResponse:
    decided = _claims().exclude(state=Claim.State.PENDING)
    context = {
        "rows": rows,
        "decided": decided.filter(cluster__in=in_care_of(request.user)).order_by(
            "-decided_at", "-pk"
        )[:MOST_DECIDED],
        "simulated": any(row.claim.cluster.organisation.is_simulated for row in rows),
    }
    return render(request, "workspace/claims/list.html", context, status=status)


urlpatterns = [
    path("profiles/<slug:slug>/claim/", profile_claim, name="profile-claim"),
    path("claims/", claims, name="claims"),
    path("claims/<int:pk>/decide/", claim_decide, name="claim-decide"),
    path("claims/<int:pk>/withdraw/", claim_withdraw, name="claim-withdraw"),
]
