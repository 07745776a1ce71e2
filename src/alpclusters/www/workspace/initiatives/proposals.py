"""What sources say differently from people: taken over or refused, one by one."""

from dataclasses import dataclass
from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alpclusters.analysis.errors import AlpClustersError
from alpclusters.platform.evidence.domain.initiatives.proposals import (
    column_of,
    open_proposals,
    refuse_proposal,
    take_proposal,
)
from alpclusters.platform.evidence.models import InitiativeProposal
from alpclusters.platform.languages.codes import LANGUAGES
from alpclusters.platform.languages.text import read_input, split_input
from alpclusters.www.components.parts import Crumb
from alpclusters.www.signed_in import SignedInRequest
from alpclusters.www.workspace.initiatives.access import crumbs
from alpclusters.www.workspace.initiatives.history import related_names, titles, words
from alpclusters.www.workspace.sentences import placed_sentence

PAGE_SIZE: Final = 50


@dataclass(frozen=True)
class ProposalRow:
    """One field with what is there and what the source says, in words."""

    proposal: InitiativeProposal
    label: str
    now: str
    says: str


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def initiative_proposals(request: SignedInRequest) -> HttpResponse:
    """List what waits; a button takes it over or refuses it."""
    if not request.user.has_perm("evidence.import_initiatives"):
        raise PermissionDenied
    if request.method == "POST":
        return _decide(request)
    page: Page[Any] = Paginator(open_proposals(), PAGE_SIZE).get_page(request.GET.get("page"))
    page.object_list = _rows(list(page.object_list))
    context = {"page": page, "crumbs": crumbs(Crumb(_("What sources say differently")))}
    return render(request, "workspace/initiatives/proposals.html", context)


def _decide(request: SignedInRequest) -> HttpResponse:
    number = request.POST.get("proposal", "")
    related = InitiativeProposal.objects.select_related("initiative", "run__source")
    proposal = related.filter(pk=number if number.isdecimal() else 0).first()
    wants = {"take": take_proposal, "refuse": refuse_proposal}.get(request.POST.get("do", ""))
    if proposal is not None and wants is not None:
        try:
            wants(proposal, by=request.user, now=timezone.now())
        except AlpClustersError as error:
            messages.error(request, placed_sentence(error))
        else:
            messages.success(request, _("Saved"))
    return redirect("workspace:initiative-proposals")


def _rows(proposals: list[InitiativeProposal]) -> list[ProposalRow]:
    columns = [column_of(proposal.field) for proposal in proposals]
    pairs = list(zip(columns, proposals, strict=True))
    now = [(column, read_input(one.initiative, column)) for column, one in pairs]
    says = [(column, one.value) for column, one in pairs]
    names = related_names([*now, *says])
    return [
        ProposalRow(one, _label(n[0]), words(*n, names=names), words(*s, names=names))
        for one, n, s in zip(proposals, now, says, strict=True)
    ]


def _label(column: str) -> str:
    named = titles()
    name, code = split_input(InitiativeProposal.initiative.field.related_model, column)
    title = str(named.get(name, name))
    return f"{title}, {dict(LANGUAGES)[code]}" if code else title
