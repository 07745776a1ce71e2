"""The queue of pairs that may be one, and the decision about one of them."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alpclusters.analysis.errors import StateError
from alpclusters.platform.actors.domain.duplicates import (
    call_different,
    call_unit,
    open_proposals,
    put_off,
)
from alpclusters.platform.actors.domain.merge_choices import choices_between
from alpclusters.platform.actors.domain.merges import merge
from alpclusters.platform.actors.models import DuplicateProposal, Merge, Organisation
from alpclusters.platform.actors.tasks import look_for_duplicates
from alpclusters.platform.languages.codes import nearest_language
from alpclusters.reports.errors import remedy, what
from alpclusters.www.signed_in import SignedInRequest
from alpclusters.www.workspace.duplicates.forms import LONGEST_REASON, MergeForm
from alpclusters.www.workspace.duplicates.hanging import ties_of
from alpclusters.www.workspace.duplicates.pairs import choice_views, pair_view

RIGHT = "actors.merge_organisations"
PER_PAGE = 20


@login_required
@require_safe
def duplicates(request: HttpRequest) -> HttpResponse:
    """List the pairs that wait for a decision, the likeliest first."""
    require_right(request)
    waiting = open_proposals().select_related("first__cluster", "second__cluster")
    page = Paginator(waiting, PER_PAGE).get_page(request.GET.get("page"))
    pairs = [pair_view(proposal) for proposal in page]
    context = {
        "page": page,
        "pairs": pairs,
        "n_merges": Merge.objects.filter(undone_at=None).count(),
        "simulated": any(pair.proposal.first.is_simulated for pair in pairs),
    }
    return render(request, "workspace/duplicates/list.html", context)


@login_required
@require_POST
def duplicates_look(request: HttpRequest) -> HttpResponse:
    """Let the worker look for pairs among all organisations."""
    require_right(request)
    look_for_duplicates.enqueue()
    messages.success(request, _("The search has begun. New pairs appear here when it is done."))
    return redirect("workspace:duplicates")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def duplicate(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show a pair side by side: the same, different, one a unit of the other, or later."""
    require_right(request)
    proposal = get_object_or_404(open_proposals(), pk=pk)
    choices = choices_between(proposal.first, proposal.second)
    if request.method != "POST":
        return _show(request, proposal, MergeForm(choices=choices))
    match request.POST.get("decision", ""):
        case "different":
            call_different(proposal, by=request.user, now=timezone.now())
            messages.success(request, _("Noted: two different organisations."))
            return redirect("workspace:duplicates")
        case "later":
            put_off(proposal, by=request.user, now=timezone.now())
            messages.info(request, _("Put off: the pair waits at the end of the list."))
            return redirect("workspace:duplicates")
        case "first-is-unit":
            return _join(request, proposal, proposal.first)
        case "second-is-unit":
            return _join(request, proposal, proposal.second)
    return _merge(request, proposal, MergeForm(request.POST, choices=choices))


def require_right(request: HttpRequest) -> None:
    """Answer 403 without the right to merge."""
    if not request.user.has_perm(RIGHT):
        raise PermissionDenied


def _join(
    request: SignedInRequest, proposal: DuplicateProposal, unit: Organisation
) -> HttpResponse:
    reason = request.POST.get("reason", "")[:LONGEST_REASON]
    try:
        call_unit(proposal, unit, by=request.user, now=timezone.now(), reason=reason)
    except StateError as error:
        language = nearest_language(get_language())
        messages.error(request, f"{what(error, language)} {remedy(error, language)}")
        return redirect("workspace:duplicate", proposal.pk)
    messages.success(request, _("Noted: they stay two, and one is a unit of the other."))
    return redirect("workspace:units")


def _merge(request: SignedInRequest, proposal: DuplicateProposal, form: MergeForm) -> HttpResponse:
    if not form.is_valid():
        return _show(request, proposal, form, status=422)
    pair = (proposal.first, proposal.second)
    first, second = pair if form.first_stays else pair[::-1]
    try:
        merge(
            first,
            second,
            by=request.user,
            keep=form.taken(),
            reason=form.cleaned_data["reason"],
        )
    except StateError as error:
        form.add_error(None, what(error, nearest_language(get_language())))
        return _show(request, proposal, form, status=409)
    messages.success(request, _("Merged. It can be undone in the list of merges."))
    return redirect("workspace:merges")


def _show(
    request: HttpRequest, proposal: DuplicateProposal, form: MergeForm, *, status: int = 200
) -> HttpResponse:
    context = {
        "pair": pair_view(proposal, ties_of(proposal.first, proposal.second)),
        "form": form,
        "choices": choice_views(form),
        "simulated": proposal.first.is_simulated,
    }
    return render(request, "workspace/duplicates/review.html", context, status=status)
