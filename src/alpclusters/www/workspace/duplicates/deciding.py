"""The queue of pairs that may be one, the decision, merges and the way back, units of a body."""

from collections.abc import Iterable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
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
from alpclusters.platform.actors.domain.merges import choices_between, merge, undo_merge, undoable
from alpclusters.platform.actors.domain.units import clear_parent, standing_parts
from alpclusters.platform.actors.models import DuplicateProposal, Merge, Organisation
from alpclusters.platform.actors.tasks import look_for_duplicates
from alpclusters.platform.languages.codes import nearest_language
from alpclusters.reports.errors import remedy, what
from alpclusters.www.signed_in import SignedInRequest
from alpclusters.www.site.organisation_links import page_of
from alpclusters.www.workspace.duplicates.pairs import (
    LONGEST_REASON,
    MergeForm,
    choice_views,
    pair_view,
    ties_of,
)

# --- The queue of pairs that may be one, and the decision about one of them -----------------------


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


# --- The merges that were made, and the way back --------------------------------------------------


@login_required
@require_safe
def merges(request: HttpRequest) -> HttpResponse:
    """List the merges, the newest first."""
    require_right(request)
    made = Merge.objects.select_related("kept__cluster", "absorbed", "made_by", "undone_by")
    page = Paginator(made, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "undoable": _numbers(undoable(page)),
        "simulated": any(one.kept.is_simulated for one in page),
    }
    return render(request, "workspace/duplicates/merges.html", context)


@login_required
@require_POST
def merge_undo(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take a merge apart."""
    require_right(request)
    made = get_object_or_404(Merge, pk=pk)
    try:
        undo_merge(made, by=request.user)
    except StateError as error:
        language = nearest_language(get_language())
        messages.error(request, f"{what(error, language)} {remedy(error, language)}")
    else:
        messages.success(request, _("Undone: both entries are as they were."))
    return redirect("workspace:merges")


def _numbers(made: Iterable[Merge]) -> set[int]:
    return {one.pk for one in made}


# --- Which organisation is a unit of which, and how to end it -------------------------------------


@login_required
@require_safe
def units(request: HttpRequest) -> HttpResponse:
    """List the units and their larger bodies, the latest said first."""
    require_right(request)
    rows = standing_parts().select_related("unit__cluster", "parent__cluster", "set_by")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "parts": [(part, page_of(part.unit), page_of(part.parent)) for part in page],
        "simulated": any(part.unit.is_simulated for part in page),
    }
    return render(request, "workspace/duplicates/units.html", context)


@login_required
@require_POST
def unit_end(request: SignedInRequest, pk: int) -> HttpResponse:
    """End what was said of a unit: it ended today, or it was a mistake."""
    require_right(request)
    part = get_object_or_404(standing_parts(), pk=pk)
    until = timezone.localdate() if request.POST.get("decision") == "ended" else None
    try:
        clear_parent(part.unit, by=request.user, until=until)
    except StateError as error:
        language = nearest_language(get_language())
        messages.error(request, f"{what(error, language)} {remedy(error, language)}")
    else:
        messages.success(request, _("Noted: it is no unit of the other any more."))
    return redirect("workspace:units")


urlpatterns = [
    path("duplicates/", duplicates, name="duplicates"),
    path("duplicates/look/", duplicates_look, name="duplicates-look"),
    path("duplicates/<int:pk>/", duplicate, name="duplicate"),
    path("duplicates/units/", units, name="units"),
    path("duplicates/units/<int:pk>/end/", unit_end, name="unit-end"),
    path("duplicates/merges/", merges, name="merges"),
    path("duplicates/merges/<int:pk>/undo/", merge_undo, name="merge-undo"),
]
