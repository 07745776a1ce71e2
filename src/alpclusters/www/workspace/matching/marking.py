"""Dismiss or remember a proposed partner, undo it, and see all marks."""

from typing import Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from alpclusters.platform.actors.models import Organisation
from alpclusters.platform.network.domain.matching.eligibility import (
    mark_partner,
    marked_by,
    unmark_partner,
)
from alpclusters.platform.network.models import MatchRun, PartnerMark
from alpclusters.www.components.parts import Crumb
from alpclusters.www.signed_in import SignedInRequest
from alpclusters.www.workspace.matching.access import (
    partner_crumbs,
    require_speaker,
    searchable_by,
)

PAGE_SIZE: Final = 50


@login_required
@require_safe
def partner_marks(request: SignedInRequest) -> HttpResponse:
    """List the partners that were remembered or dismissed."""
    require_speaker(request)
    page = Paginator(marked_by(searchable_by(request.user)), PAGE_SIZE)
    shown = page.get_page(request.GET.get("page"))
    context = {
        "page": shown,
        "marks": list(shown),
        "crumbs": partner_crumbs(Crumb(_("Remembered partners"))),
        "simulated": any(mark.organisation.is_simulated for mark in shown),
    }
    return render(request, "workspace/matching/marks.html", context)


@login_required
@require_POST
def partner_mark(request: SignedInRequest, organisation: int, other: int) -> HttpResponse:
    """Dismiss, remember, or take it back; then go on where one was."""
    require_speaker(request)
    own = get_object_or_404(searchable_by(request.user), pk=organisation)
    others = Organisation.objects.filter(merged_into=None).exclude(pk=own.pk)
    partner = get_object_or_404(others, pk=other)
    wanted = request.POST.get("do", "")
    if wanted in PartnerMark.Mark.values:
        mark_partner(own, partner, wanted, by=request.user, now=timezone.now())
        messages.success(request, _said(wanted) % {"name": partner.name})
    elif unmark_partner(own, partner):
        messages.success(request, _("Undone: %(name)s") % {"name": partner.name})
    return redirect(_back(request, own, partner))


def _said(mark: str) -> str:
    if mark == PartnerMark.Mark.DISMISSED:
        return _("Dismissed: %(name)s. It is not proposed any more; undo it under “Remembered”.")
    return _("Remembered: %(name)s")


def _back(request: HttpRequest, own: Organisation, partner: Organisation) -> str:
    """Return to the search one came from, at the partner; else to the list of marks."""
    wanted = request.POST.get("run", "")
    if wanted.isascii() and wanted.isdecimal():
        run = MatchRun.objects.filter(pk=int(wanted), organisation=own).first()
        if run is not None:
            return f"{reverse('workspace:match-run', args=[run.pk])}#p{partner.pk}"
    return reverse("workspace:partner-marks")
