"""Try an AlpCafé out with simulated guests, and delete everything of it with one tap."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alpclusters.analysis.errors import AlpClustersError
from alpclusters.platform.cafe.domain.rehearsals import begin_rehearsal, end_rehearsal
from alpclusters.www.signed_in import SignedInRequest
from alpclusters.www.workspace.cafes.log_words import reason
from alpclusters.www.workspace.cafes.rehearsal_guests import let_answer
from alpclusters.www.workspace.cafes.running import own_cafe


@login_required
@require_POST
def cafe_rehearse(request: SignedInRequest, pk: int) -> HttpResponse:
    """Begin the rehearsal of an AlpCafé, or go on with it."""
    cafe = own_cafe(request, pk)
    if cafe.is_rehearsal:
        return redirect("workspace:cafe_live", pk=pk)
    try:
        copy = begin_rehearsal(cafe, by=request.user, now=timezone.now())
    except AlpClustersError as error:
        messages.error(request, reason(error, None))
        return redirect("workspace:cafe_prepare", pk=pk)
    let_answer(request, copy)
    return redirect("workspace:cafe_live", pk=copy.pk)


@login_required
@require_POST
def cafe_rehearse_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete a rehearsal with everything in it."""
    copy = own_cafe(request, pk)
    if not copy.is_rehearsal or copy.rehearsal_of_id is None:
        raise Http404
    original = copy.rehearsal_of_id
    end_rehearsal(copy)
    messages.success(request, _("The rehearsal is deleted with everything in it."))
    return redirect("workspace:cafe_prepare", pk=original)
