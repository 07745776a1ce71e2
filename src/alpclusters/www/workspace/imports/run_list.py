"""The lists that were imported, and what they say differently from people."""

from dataclasses import dataclass
from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Page, Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from alpclusters.analysis.errors import AlpClustersError
from alpclusters.platform.actors.domain.proposals import (
    open_proposals,
    refuse_proposal,
    take_proposal,
)
from alpclusters.platform.actors.models import FieldProposal, ImportRun, ImportSource, Organisation
from alpclusters.platform.fields import label_of
from alpclusters.www.components.parts import Crumb
from alpclusters.www.signed_in import SignedInRequest
from alpclusters.www.workspace.imports.run_states import crumbs, require_right
from alpclusters.www.workspace.sentences import placed_sentence

# --- The lists that were imported, and whose they are ---------------------------------------------


PAGE_SIZE: Final = 50
MOST_SOURCES: Final = 200
# state: (icon, tone) of its badge
LOOKS: Final = {
    ImportRun.State.UPLOADED: ("upload", ""),
    ImportRun.State.CHECKED: ("list", "info"),
    ImportRun.State.RUNNING: ("clock", "info"),
    ImportRun.State.DONE: ("check", "good"),
    ImportRun.State.CANCELLED: ("x", "warn"),
    ImportRun.State.FAILED: ("circle-alert", "bad"),
}
STORED: Final = {ImportRun.State.DONE, ImportRun.State.CANCELLED, ImportRun.State.RUNNING}


@dataclass(frozen=True)
class RunRow:
    """One run with its words; ``counts`` says whether it stored anything to count."""

    run: ImportRun
    url: str
    state: str
    icon: str
    tone: str
    counts: bool


@login_required
@require_safe
def imports(request: HttpRequest) -> HttpResponse:
    """List runs, newest first, and sources."""
    require_right(request)
    runs = ImportRun.objects.filter(subject=ImportRun.Subject.ORGANISATIONS)
    runs = runs.select_related("source", "made_by").order_by("-made_at", "-pk")
    page: Page[Any] = Paginator(runs, PAGE_SIZE).get_page(request.GET.get("page"))
    page.object_list = [_lists_row(run) for run in page.object_list]
    sources = ImportSource.objects.annotate(n_records=Count("records")).order_by("name", "pk")
    context = {
        "page": page,
        "sources": list(sources[:MOST_SOURCES]),
        "heads": {name: label_of(ImportSource, name) for name in ("name", "licence")},
        "n_proposals": open_proposals().count(),
        "crumbs": crumbs(),
    }
    return render(request, "workspace/imports/list.html", context)


def _lists_row(run: ImportRun) -> RunRow:
    icon, tone = LOOKS[ImportRun.State(run.state)]
    url = reverse("workspace:import-run", args=[run.pk])
    return RunRow(run, url, run.get_state_display(), icon, tone, run.state in STORED)


# --- What lists say differently from people: taken over or refused, one by one --------------------


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
    page.object_list = [_proposals_row(proposal) for proposal in page.object_list]
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


def _proposals_row(proposal: FieldProposal) -> ProposalRow:
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
