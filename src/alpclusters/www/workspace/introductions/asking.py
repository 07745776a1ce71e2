"""The introductions of one's organisations, and asking for one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from alpclusters.analysis.errors import StateError
from alpclusters.platform.actors.models import Organisation
from alpclusters.platform.fields import label_of
from alpclusters.platform.network.domain.introductions.answering import (
    LAPSES_AFTER,
    Proposal,
    Wish,
    ask_introduction,
    introductions_of,
    obstacle,
    readers_of,
    refusal,
)
from alpclusters.platform.network.domain.introductions.follow_ups import furthest
from alpclusters.platform.network.models import FollowUp, Introduction, MatchRun, Posting
from alpclusters.platform.network.rules import spoken_for_by
from alpclusters.www.components.parts import Crumb, Tab
from alpclusters.www.signed_in import SignedInRequest
from alpclusters.www.workspace.introductions.introduction_page import (
    AskForm,
    introduction_crumbs,
    own_organisation,
)
from alpclusters.www.workspace.introductions.letters import tell_asked
from alpclusters.www.workspace.sentences import sentence

# --- The introductions of one's organisations: what to answer, what was asked, what came of it


PAGE_SIZE: Final = 25
RECEIVED: Final = "received"
SENT: Final = "sent"


@dataclass(frozen=True)
class IntroductionRow:
    """One introduction in a list."""

    introduction: Introduction
    is_received: bool
    outcome: str


@login_required
@require_safe
def introductions(request: SignedInRequest) -> HttpResponse:
    """List the introductions of the organisations one speaks for."""
    # Coordinators come by for the figures; what is written between two sides is not theirs.
    sees_figures = request.user.has_perm("network.view_outcomes")
    if not sees_figures and not request.user.has_perm("network.view_introductions"):
        raise PermissionDenied
    own = set(spoken_for_by(request.user).values_list("pk", flat=True))
    side = SENT if request.GET.get("side") == SENT else RECEIVED
    every = introductions_of(request.user)
    shown = every.filter(asking__in=own) if side == SENT else every.filter(asked__in=own)
    page = Paginator(shown, PAGE_SIZE).get_page(request.GET.get("page"))
    rows = _rows(page, is_received=side == RECEIVED)
    context = {
        "page": page,
        "rows": rows,
        "side": side,
        "tabs": _tabs(side),
        "outcome_label": label_of(FollowUp, "outcome"),
        "crumbs": introduction_crumbs(),
        "simulated": any(row.introduction.is_simulated for row in rows),
    }
    return render(request, "workspace/introductions/list.html", context)


def _rows(page: Iterable[Introduction], *, is_received: bool) -> Sequence[IntroductionRow]:
    shown = list(page)
    told = FollowUp.objects.filter(introduction__in=[one.pk for one in shown]).exclude(outcome="")
    outcomes: dict[int, list[str]] = {}
    for pk, outcome in told.order_by("pk").values_list("introduction", "outcome"):
        outcomes.setdefault(pk, []).append(outcome)
    labels = dict(FollowUp.Outcome.choices)
    return [
        IntroductionRow(one, is_received, str(labels.get(furthest(outcomes.get(one.pk, [])), "")))
        for one in shown
    ]


def _tabs(side: str) -> list[Tab]:
    here = reverse("workspace:introductions")
    return [
        Tab(_("Received"), here, is_current=side == RECEIVED),
        Tab(_("Sent"), f"{here}?side={SENT}", is_current=side == SENT),
    ]


# --- Ask for an introduction; the page says what the other side will see, and what not ------------


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def introduction_ask(request: SignedInRequest, organisation: int, other: int) -> HttpResponse:
    """Write the request, and send it."""
    asking = own_organisation(request, organisation)
    listed = Organisation.objects.filter(merged_into=None, is_listed=True)
    asked = get_object_or_404(listed.select_related("region", "cluster"), pk=other)
    proposal = _proposal(request, asking, asked)
    form = AskForm(request.POST or None)
    problem = _problem(obstacle(asking, asked, now=timezone.now()), asked)
    if request.method == "POST" and form.is_valid():
        wish = Wish(form.cleaned_data["message"], form.cleaned_data["language"])
        try:
            made = ask_introduction(
                (asking, asked), wish, by=request.user, now=timezone.now(), proposal=proposal
            )
        except StateError as error:
            problem = sentence(error)
        else:
            tell_asked(made)
            messages.success(request, _("Sent. You get a mail as soon as there is an answer."))
            return redirect("workspace:introduction", pk=made.pk)
    context = _context(form, asking, asked, proposal) | {"problem": problem}
    status = 422 if request.method == "POST" else 200
    return render(request, "workspace/introductions/ask.html", context, status=status)


def _problem(code: str, asked: Organisation) -> str:
    """Say before somebody writes that it cannot be sent."""
    if not code:
        return ""
    return sentence(refusal(code, asked))


def _proposal(request: HttpRequest, asking: Organisation, asked: Organisation) -> Proposal:
    """Find the search or the posting the request comes from; without one it has no score."""
    run = MatchRun.objects.filter(pk=_number(request, "run"), organisation=asking).first()
    posting = Posting.objects.filter(pk=_number(request, "posting"), organisation=asked).first()
    hits = run.results if run else []
    hit = next((one for one in hits if one.get("organisation") == asked.pk), None)
    if run is None or hit is None:
        return Proposal(posting=posting)
    return Proposal(run, hit["score"], hit["parts"], posting)


def _number(request: HttpRequest, name: str) -> int:
    text = request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0  # noqa: PLR2004 - what a key of a table holds


def _context(
    form: AskForm, asking: Organisation, asked: Organisation, proposal: Proposal
) -> dict[str, Any]:
    return {
        "form": form,
        "asking": asking,
        "asked": asked,
        "proposal": proposal,
        "readers": readers_of(asked),
        "days": LAPSES_AFTER.days,
        "language": get_language(),
        "crumbs": introduction_crumbs(Crumb(_("Ask for an introduction"))),
        "simulated": asking.is_simulated,
    }
