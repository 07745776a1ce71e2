"""Ask for an introduction; the page says what the other side will see, and what not."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alpclusters.analysis.errors import StateError
from alpclusters.platform.actors.models import Organisation
from alpclusters.platform.network.domain.introductions.answering import (
    LAPSES_AFTER,
    Proposal,
    Wish,
    ask_introduction,
    obstacle,
    readers_of,
    refusal,
)
from alpclusters.platform.network.models import MatchRun, Posting
from alpclusters.www.components.parts import Crumb
from alpclusters.www.signed_in import SignedInRequest
from alpclusters.www.workspace.introductions.access import introduction_crumbs, own_organisation
from alpclusters.www.workspace.introductions.forms import AskForm
from alpclusters.www.workspace.introductions.letters import tell_asked
from alpclusters.www.workspace.sentences import sentence


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
