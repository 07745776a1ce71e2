"""Proposed partners dismissed or remembered, and how evenly organisations are proposed."""

from typing import Final

import numpy as np
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from alpclusters.analysis.matching import Exposure, exposure
from alpclusters.platform.actors.models import Organisation
from alpclusters.platform.network.domain.matching.eligibility import (
    CAP_LEAST,
    CAP_SHARE,
    Recommended,
    mark_partner,
    marked_by,
    recommended_lately,
    unmark_partner,
)
from alpclusters.platform.network.domain.matching.profiles import read_field
from alpclusters.platform.network.models import MatchRun, PartnerMark
from alpclusters.reports.numbers import format_number, format_percent
from alpclusters.www.components.parts import Column, Crumb, Figure, Table
from alpclusters.www.signed_in import SignedInRequest
from alpclusters.www.workspace.matching.start import partner_crumbs, require_speaker, searchable_by

# --- Dismiss or remember a proposed partner, undo it, and see all marks ---------------------------


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


# --- How evenly organisations are proposed: the lists of the last seven days ----------------------


MOST: Final = 20


@login_required
@require_safe
def match_exposure(request: HttpRequest) -> HttpResponse:
    """Show who is proposed how often, with Gini and coverage."""
    if not request.user.has_perm("network.view_outcomes"):
        raise PermissionDenied
    now = timezone.now()
    real = MatchRun.objects.filter(organisation__is_simulated=False).exists()
    is_simulated = bool(request.GET.get("simulated")) or not real
    field = read_field(is_simulated=is_simulated, now=now)
    recent = recommended_lately(now, is_simulated=is_simulated)
    found = _exposure(sorted(field.profiles), recent)
    context = {
        "figures": _figures(found, recent),
        "table": _table(recent),
        "n_lists": recent.n_lists,
        "cap": recent.cap,
        "cap_share": format_percent(CAP_SHARE, get_language() or "en"),
        "cap_least": CAP_LEAST,
        "lost": recent.lost,
        "mean_lost": sum(recent.lost) / len(recent.lost) if recent.lost else 0.0,
        "crumbs": partner_crumbs(Crumb(_("Who is proposed"))),
        "simulated": is_simulated and bool(recent.n_lists),
    }
    return render(request, "workspace/matching/exposure.html", context)


def _exposure(ids: list[int], recent: Recommended) -> Exposure:
    place = {pk: at for at, pk in enumerate(ids)}
    lists = [[place[pk] for pk in one if pk in place] for one in recent.lists]
    longest = max((len(one) for one in lists), default=0)
    table = np.full((len(lists), max(longest, 1)), -1)
    for row, one in enumerate(lists):
        table[row, : len(one)] = one
    return exposure(table, len(ids))


def _figures(found: Exposure, recent: Recommended) -> list[Figure]:
    language = get_language() or "en"
    lists = ngettext(
        "%(n)s list of the last seven days", "%(n)s lists of the last seven days", recent.n_lists
    ) % {"n": format_number(recent.n_lists, language)}
    gini = "–" if found.gini is None else format_number(found.gini, language, 2)
    coverage = "–" if found.coverage is None else format_percent(found.coverage, language)
    top = "–" if found.top_share is None else format_percent(found.top_share, language)
    of = _("of %(n)s organisations") % {"n": format_number(found.n, language)}
    return [
        Figure(_("Unevenness (Gini)"), gini, _("0: all equally often; 1: one alone")),
        Figure(_("Coverage"), coverage, f"{of}, {lists}"),
        Figure(
            _("Places taken by the top 1%"),
            top,
            _("of %(n)s places") % {"n": format_number(found.n_slots, language)},
        ),
    ]


def _table(recent: Recommended) -> Table | None:
    most = sorted(recent.times.items(), key=lambda one: (-one[1], one[0]))[:MOST]
    if not most:
        return None
    rows = Organisation.objects.filter(pk__in=[pk for pk, _n in most]).order_by("pk")
    names = dict(rows.values_list("pk", "name"))
    language = get_language() or "en"
    columns = [Column(_("Organisation")), Column(_("Lists"), is_number=True)]
    shown = [[names[pk], format_number(n, language)] for pk, n in most if pk in names]
    return Table(_("Proposed most often"), columns, shown)
