"""The link of the mail before a posting expires: extend or close it without signing in.

Opening it changes nothing, because programs that check mails open links too.
"""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from alpclusters.analysis.errors import InputError, StateError
from alpclusters.platform.network.domain.postings.writing import (
    DueExpiry,
    close_posting,
    extend_posting,
    read_token,
)
from alpclusters.platform.network.models import Posting
from alpclusters.www.public.postings.posting_list import kind_name, state_view
from alpclusters.www.workspace.postings.access import UNPROCESSABLE
from alpclusters.www.workspace.postings.forms import ExtendForm
from alpclusters.www.workspace.sentences import placed_sentence


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def posting_keep(request: HttpRequest, token: str) -> HttpResponse:
    """Ask whether a posting shall stay open, and do it."""
    due = read_token(token)
    if due is None:
        return render(request, "workspace/postings/keep.html", {"due": None}, status=404)
    form = ExtendForm(request.POST if request.POST.get("do") == "extend" else None)
    problem = ""
    if request.method == "POST":
        try:
            told = _act(request, due, form)
        except (InputError, StateError) as error:
            problem = placed_sentence(error)
        else:
            if told:
                messages.success(request, told)
                return redirect("workspace:posting-keep", token=token)
    context = {
        "due": due,
        "posting": due.posting,
        "kind": kind_name(due.posting),
        "state": state_view(due.posting, timezone.localdate()),
        "is_published": due.posting.state == Posting.State.PUBLISHED,
        "form": form,
        "problem": problem,
        "simulated": due.posting.is_simulated,
    }
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "workspace/postings/keep.html", context, status=status)


def _act(request: HttpRequest, due: DueExpiry, form: ExtendForm) -> str:
    if request.POST.get("do") == "close":
        close_posting(due.posting, by=due.user, now=timezone.now())
        return _("Closed. Those who follow it are told.")
    if not form.is_valid():
        return ""
    until = form.cleaned_data["expires_on"]
    extend_posting(due.posting, until, by=due.user, now=timezone.now())
    return _("It stays open until the new day.")
