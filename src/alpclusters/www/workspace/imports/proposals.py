"""What lists say differently from people: taken over or refused, one by one."""

from dataclasses import dataclass
from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alpclusters.analysis.errors import AlpClustersError
from alpclusters.platform.actors.domain.proposals import (
    open_proposals,
    refuse_proposal,
    take_proposal,
)
from alpclusters.platform.actors.models import FieldProposal, Organisation
from alpclusters.platform.fields import label_of
from alpclusters.www.components.parts import Crumb
from alpclusters.www.signed_in import SignedInRequest
from alpclusters.www.workspace.imports.access import crumbs, require_right
from alpclusters.www.workspace.sentences import placed_sentence

PAGE_SIZE: Final = 50


@dataclass(frozen=True)
class ProposalRow:
    """One field with what is there and what the list says, in words."""

    proposal: FieldProposal
    id: str
    label: str
    now: str
    says: str
    url: str


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def proposals(request: SignedInRequest) -> HttpResponse:
    """List what waits; a button takes it over or refuses it."""
    require_right(request)
    if request.method == "POST":
        return _decide(request)
    page: Page[Any] = Paginator(open_proposals(), PAGE_SIZE).get_page(request.GET.get("page"))
    page.object_list = [_row(proposal) for proposal in page.object_list]
    context = {"page": page, "crumbs": crumbs(Crumb(_("What lists say differently")))}
    return render(request, "workspace/imports/proposals.html", context)


def _decide(request: SignedInRequest) -> HttpResponse:
    number = request.POST.get("proposal", "")
    related = FieldProposal.objects.select_related("organisation", "run__source")
    proposal = related.filter(pk=number if number.isdecimal() else 0).first()
    wants = {"take": take_proposal, "refuse": refuse_proposal}.get(request.POST.get("do", ""))
    if proposal is not None and wants is not None:
        try:
            wants(proposal, by=request.user, now=timezone.now())
        except AlpClustersError as error:
            messages.error(request, placed_sentence(error))
        else:
            messages.success(request, _("Saved"))
    return redirect("workspace:import-proposals")


def _row(proposal: FieldProposal) -> ProposalRow:
    field = proposal.field
    return ProposalRow(
        proposal,
        str(proposal.pk),
        label_of(Organisation, field),
        _shown(field, getattr(proposal.organisation, field)),
        _shown(field, proposal.value),
        reverse("public:organisation", args=[proposal.organisation_id]),
    )


def _shown(name: str, value: Any) -> str:
    """Return a value as people read it: the words of a choice, else as it is."""
    choices = dict(getattr(Organisation._meta.get_field(name), "flatchoices", ()))
    return "" if value is None else str(choices.get(value, value))
