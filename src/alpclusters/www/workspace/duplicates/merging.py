"""The merges that were made, and the way back."""

from collections.abc import Iterable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from alpclusters.analysis.errors import StateError
from alpclusters.platform.actors.domain.merges import undo_merge, undoable
from alpclusters.platform.actors.models import Merge
from alpclusters.platform.languages.codes import nearest_language
from alpclusters.reports.errors import remedy, what
from alpclusters.www.signed_in import SignedInRequest
from alpclusters.www.workspace.duplicates.views import require_right

PER_PAGE = 20


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
