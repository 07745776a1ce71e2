"""Propose a change of an entry: everybody with an account."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alpclusters.platform.funding.domain.entries import Entry, EntryError, propose_change
from alpclusters.platform.funding.domain.entry_records import entry_record
from alpclusters.platform.funding.models import ChangeProposal, EntryVersion
from alpclusters.www.components.parts import Crumb
from alpclusters.www.signed_in import SignedInRequest
from alpclusters.www.workspace.funding_entries.access import (
    CONFLICT,
    UNPROCESSABLE,
    entry_crumbs,
    kind_name,
    may_keep,
    seen_entry,
    title_of,
)
from alpclusters.www.workspace.funding_entries.faults import add_faults
from alpclusters.www.workspace.funding_entries.figures import stated_figures
from alpclusters.www.workspace.funding_entries.forms import FORMS, EntryForm
from alpclusters.www.workspace.funding_entries.writing import (
    are_valid,
    bound_figures,
    said_record,
)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def entry_propose(request: SignedInRequest, kind: str, key: str) -> HttpResponse:
    """Show an entry as a form; keep what differs as a proposal."""
    entry = seen_entry(kind, key)
    record = entry_record(entry)
    posted = request.POST if request.method == "POST" else None
    form = FORMS[kind](posted, record=record, entry=entry)
    form.proposed()
    figures = bound_figures(form, posted, record)
    if posted is None:
        return _page(request, form, figures, kind)
    if not are_valid(form, figures):
        return _page(request, form, figures, kind, status=UNPROCESSABLE)
    try:
        made = _propose(request, entry, form, figures)
    except EntryError as error:
        add_faults(form, stated_figures(figures) if figures else [], error.faults)
        return _page(request, form, figures, kind, status=UNPROCESSABLE)
    except EntryVersion.DoesNotExist:
        form.add_error(None, _("Somebody changed the entry. Open this page anew."))
        return _page(request, form, figures, kind, status=CONFLICT)
    messages.success(request, _("Thank you. Those who keep the catalogue decide on it."))
    return redirect("workspace:funding_proposal", pk=made.pk)


def _propose(
    request: SignedInRequest, entry: Entry, form: EntryForm, figures: Any
) -> ChangeProposal:
    data = form.cleaned_data
    return propose_change(
        entry,
        said_record(form, figures),
        version=data["version"],
        source=data["change_source"],
        note=data["change_note"],
        by=request.user,
        now=timezone.now(),
    )


def _page(
    request: SignedInRequest, form: EntryForm, figures: Any, kind: str, *, status: int = 200
) -> HttpResponse:
    entry: Any = form.entry
    own = ChangeProposal.objects.filter(**{kind: entry}, proposed_by=request.user)
    context = {
        "form": form,
        "figures": figures,
        "entry": entry,
        "kind": kind,
        "kind_name": kind_name(kind),
        "name": title_of(entry),
        "own": own.order_by("-proposed_at", "-pk")[:20],
        "keeps": may_keep(request),
        "crumbs": entry_crumbs(entry, Crumb(_("Propose a change"))),
        "simulated": entry.is_simulated,
    }
    return render(request, "workspace/funding_entries/propose.html", context, status=status)
