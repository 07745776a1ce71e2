"""A proposal field by field to accept or refuse, and the versions of an entry."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from alpclusters.analysis.errors import StateError
from alpclusters.platform.funding.domain.entries import (
    SEED,
    EntryError,
    accept_proposal,
    compare,
    conflicts_of,
    record_at,
    refuse_proposal,
)
from alpclusters.platform.funding.domain.entries.proposing import value_at
from alpclusters.platform.funding.domain.entry_records import entry_record
from alpclusters.platform.funding.models import ChangeProposal, EntryVersion
from alpclusters.www.components.parts import Crumb
from alpclusters.www.signed_in import SignedInRequest
from alpclusters.www.site.inputs import input_of
from alpclusters.www.workspace.funding_entries.entry_list import (
    CONFLICT,
    UNPROCESSABLE,
    entry_crumbs,
    entry_url,
    keeper_crumbs,
    kept_entry,
    may_keep,
    public_url,
    seen_entry,
    title_of,
)
from alpclusters.www.workspace.funding_entries.field_words import (
    Difference,
    difference,
    entry_fault_words,
    field_title,
    value_words,
)
from alpclusters.www.workspace.sentences import placed_sentence

# --- A proposal field by field: what the entry said, says and would say; accept it or not ---------


class DecisionForm(forms.Form):
    """What is decided, and what the one who proposed reads."""

    use_required_attribute = False
    answer = input_of(ChangeProposal, "answer", widget=forms.Textarea({"rows": 3}))
    is_checked = forms.BooleanField(
        label=gettext_lazy("I compared the whole entry with its source today."), required=False
    )

    def clean(self) -> dict[str, object]:
        """Ask for a reason where it is refused."""
        data = super().clean() or self.cleaned_data
        if self.data.get("do") == "refuse" and not data.get("answer"):
            self.add_error("answer", _("Say why it is not taken over."))
        return data


@dataclass(frozen=True)
class Proposed:
    """One field of a proposal; ``now`` is what the entry says by now where that is a conflict."""

    change: Difference
    now: str = ""


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def proposal(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show a proposal to its author and to those who decide; decide on it."""
    rows = ChangeProposal.objects.select_related(
        "programme", "call__programme", "offer__programme", "offer__call", "proposed_by",
        "decided_by",
    )  # fmt: skip
    found = get_object_or_404(rows, pk=pk)
    keeps = may_keep(request)
    if not keeps and found.proposed_by_id != request.user.pk:
        raise PermissionDenied
    if request.method != "POST":
        return _page(request, found, DecisionForm(), keeps=keeps)
    if not keeps:
        raise PermissionDenied
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form, keeps=keeps, status=UNPROCESSABLE)
    return _decide(request, found, form)


def _decide(request: SignedInRequest, found: ChangeProposal, form: DecisionForm) -> HttpResponse:
    data, now = form.cleaned_data, timezone.now()
    try:
        if request.POST.get("do") == "accept":
            checked, answer = data["is_checked"], data["answer"]
            accept_proposal(found, answer=answer, by=request.user, now=now, is_checked=checked)
            messages.success(request, _("Accepted: the entry has a new version."))
        elif request.POST.get("do") == "refuse":
            refuse_proposal(found, answer=data["answer"], by=request.user, now=now)
            messages.success(request, _("Not taken over; the answer is kept."))
        else:
            return _page(request, found, form, keeps=True, status=UNPROCESSABLE)
    except EntryError as error:
        for fault in error.faults:
            form.add_error(None, f"{field_title(fault.pointer)}: {entry_fault_words(fault)}")
        return _page(request, found, form, keeps=True, status=UNPROCESSABLE)
    except StateError as error:
        form.add_error(None, placed_sentence(error))
        found.refresh_from_db()
        return _page(request, found, form, keeps=True, status=CONFLICT)
    return redirect("workspace:funding_proposal", pk=found.pk)


def _page(
    request: HttpRequest,
    found: ChangeProposal,
    form: DecisionForm,
    *,
    keeps: bool,
    status: int = 200,
) -> HttpResponse:
    entry = found.entry
    name = _("Proposal for “%(name)s”") % {"name": title_of(entry)}
    is_waiting = found.state == ChangeProposal.State.WAITING
    conflicts = conflicts_of(found) if is_waiting else []
    crumb = Crumb(_("Proposal"))
    context = {
        "proposal": found,
        "entry": entry,
        "name": name,
        "changes": _changes(found, conflicts),
        "n_conflicts": len(conflicts),
        "is_waiting": is_waiting,
        "keeps": keeps,
        "form": form,
        "public_url": public_url(entry),
        "edit_url": entry_url("funding_entry", entry),
        "crumbs": keeper_crumbs(crumb) if keeps else entry_crumbs(entry, crumb),
        "simulated": entry.is_simulated,
    }
    return render(request, "workspace/funding_entries/proposal.html", context, status=status)


def _changes(found: ChangeProposal, conflicts: Sequence[str]) -> list[Proposed]:
    base, current = record_at(found.entry, found.base_version), entry_record(found.entry)
    return [
        Proposed(
            difference(one["path"], value_at(base, one["path"]), one.get("value")),
            value_words(one["path"], value_at(current, one["path"]))
            if one["path"] in conflicts
            else "",
        )
        for one in found.patch
    ]


# --- The versions of an entry, the newest first, each with what it changed ------------------------


PAGE_SIZE = 10


@dataclass(frozen=True)
class VersionView:
    """A version; ``by`` is empty for those who do not keep the catalogue."""

    number: int
    made_at: dt.datetime
    source: str
    by: str
    proposal: int | None
    is_first: bool
    changes: Sequence[Difference]


@login_required
@require_safe
def entry_history(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """Show everybody signed in what an entry said, and keepers who wrote it."""
    keeps = may_keep(request)
    entry = kept_entry(request, kind, key) if keeps else seen_entry(kind, key)
    rows = EntryVersion.objects.filter(**{kind: entry}).select_related("made_by")
    page = Paginator(rows.order_by("-number"), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "entry": entry,
        "name": title_of(entry),
        "page": page,
        "versions": _views(list(page.object_list), _before(rows, page), keeps=keeps),
        "kind": kind,
        "keeps": keeps,
        "edit_url": entry_url("funding_entry", entry),
        "propose_url": entry_url("funding_entry_propose", entry),
        "public_url": public_url(entry),
        "crumbs": entry_crumbs(entry, Crumb(_("History"))),
        "simulated": entry.is_simulated,
    }
    return render(request, "workspace/funding_entries/history.html", context)


def _before(rows: Any, page: Any) -> EntryVersion | None:
    """Return the version before the oldest one of the page."""
    shown = list(page.object_list)
    if not shown:
        return None
    older = rows.filter(number__lt=shown[-1].number)
    found: EntryVersion | None = older.order_by("-number").first()
    return found


def _views(
    versions: Sequence[EntryVersion], before: EntryVersion | None, *, keeps: bool
) -> list[VersionView]:
    olds = [*versions[1:], before]
    return [_view(new, old, keeps=keeps) for new, old in zip(versions, olds, strict=False)]


def _view(new: EntryVersion, old: EntryVersion | None, *, keeps: bool) -> VersionView:
    changes = compare(old.data, new.data) if old else ()
    is_seed = new.source == SEED
    return VersionView(
        number=new.number,
        made_at=new.made_at,
        source="" if is_seed else new.source,
        by=_by(new) if keeps else "",
        proposal=new.proposal_id,
        is_first=old is None,
        changes=[difference(one.path, one.before, one.after) for one in changes],
    )


def _by(version: EntryVersion) -> str:
    return str(version.made_by) if version.made_by else _("the program")
