"""The link of the mail after 3 and 12 months: tells the outcome without signing in.

Opening it changes nothing, because programs that check mails open links too.
"""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from alpclusters.analysis.errors import AlpClustersError
from alpclusters.platform.network.domain.introductions.answering import other_side
from alpclusters.platform.network.domain.introductions.follow_ups import DueFollowUp, read_token
from alpclusters.www.workspace.introductions.access import Seen
from alpclusters.www.workspace.introductions.forms import OutcomeForm
from alpclusters.www.workspace.introductions.page import (
    outcome_context,
    store_link,
    store_outcome,
)
from alpclusters.www.workspace.sentences import sentence


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
        "page_title": _("What came of it?"),
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
