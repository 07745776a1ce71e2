"""Change an entry, enter a new one, say it is still right; everybody may propose a change."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from alpclusters.analysis.errors import StateError
from alpclusters.platform.funding.domain.entries import (
    Entry,
    EntryError,
    change_entry,
    check_again,
    check_of,
    create_entry,
    propose_change,
)
from alpclusters.platform.funding.domain.entries.changing import FIXED
from alpclusters.platform.funding.domain.entry_records import entry_record
from alpclusters.platform.funding.models import ChangeProposal, EntryVersion, Programme
from alpclusters.www.components.parts import Crumb
from alpclusters.www.forms import put_sent
from alpclusters.www.signed_in import SignedInRequest
from alpclusters.www.workspace.funding_entries.entry_forms import FORMS, EntryForm, add_faults
from alpclusters.www.workspace.funding_entries.entry_list import (
    CONFLICT,
    UNPROCESSABLE,
    entry_crumbs,
    entry_url,
    keeper_crumbs,
    kept_entry,
    kind_name,
    may_keep,
    model_of,
    public_url,
    require_keeper,
    seen_entry,
    title_of,
)
from alpclusters.www.workspace.funding_entries.form_fields import figure_forms, stated_figures
from alpclusters.www.workspace.sentences import placed_sentence

# --- Change an entry, enter a new one, and say that one is still right ----------------------------


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def entry_edit(request: SignedInRequest, kind: str, key: str) -> HttpResponse:
    """Change an entry."""
    entry = kept_entry(request, kind, key)
    record = entry_record(entry)
    posted = request.POST if request.method == "POST" else None
    form = FORMS[kind](posted, record=record, entry=entry)
    figures = bound_figures(form, posted, record)
    if posted is None:
        return _writing_page(request, form, figures, kind)
    if not are_valid(form, figures):
        return _writing_page(request, form, figures, kind, status=UNPROCESSABLE)
    try:
        changed = _change(request, entry, form, figures)
    except EntryError as error:
        add_faults(form, stated_figures(figures) if figures else [], error.faults)
        return _writing_page(request, form, figures, kind, status=UNPROCESSABLE)
    except StateError as error:
        form.add_error(None, placed_sentence(error))
        put_sent(form, "version", str(entry.version))
        return _writing_page(request, form, figures, kind, status=CONFLICT)
    is_new = changed.version != entry.version
    messages.success(request, _("Saved.") if is_new else _("Nothing was changed."))
    return redirect(entry_url("funding_entry", entry))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def entry_new(request: SignedInRequest, kind: str) -> HttpResponse:
    """Enter a programme, a call or an offer; it is published at once."""
    model_of(kind)
    require_keeper(request)
    posted = request.POST if request.method == "POST" else None
    record = empty_record(kind)
    form = FORMS[kind](posted, record=record)
    figures = bound_figures(form, posted, record)
    if posted is None:
        return _writing_page(request, form, figures, kind)
    if not are_valid(form, figures):
        return _writing_page(request, form, figures, kind, status=UNPROCESSABLE)
    try:
        made = _create(request, kind, form, figures)
    except EntryError as error:
        add_faults(form, stated_figures(figures) if figures else [], error.faults)
        return _writing_page(request, form, figures, kind, status=UNPROCESSABLE)
    messages.success(request, _("The entry stands in the catalogue."))
    return redirect(entry_url("funding_entry", made))


@login_required
@require_POST
def entry_checked(request: SignedInRequest, kind: str, key: str) -> HttpResponse:
    """Say that an entry was compared with its source today and is still right."""
    entry = kept_entry(request, kind, key)
    check_again(entry, by=request.user, now=timezone.now())
    messages.success(request, _("Checked today: %(name)s") % {"name": title_of(entry)})
    if request.POST.get("back") == "entry":
        return redirect(entry_url("funding_entry", entry))
    return redirect("workspace:funding_entries")


def bound_figures(form: EntryForm, posted: Any, record: Mapping[str, Any]) -> Any:
    """Build the forms of figures where the entry has such."""
    return figure_forms(posted, record.get("parameters") or []) if form.has_figures else None


def are_valid(form: EntryForm, figures: Any) -> bool:
    """Check both, so that all errors are told at once."""
    return all([form.is_valid(), figures is None or figures.is_valid()])


def said_record(form: EntryForm, figures: Any) -> dict[str, Any]:
    """Return what form and figures say."""
    record = form.record()
    if figures is not None:
        record["parameters"] = [one.row() for one in stated_figures(figures)]
    return record


def empty_record(kind: str) -> dict[str, Any]:
    """Return the names that a new entry may state, all of them empty."""
    model: Any = model_of(kind)
    entry = model() if model is Programme else model(programme=Programme())
    return {name: value for name, value in entry_record(entry).items() if name not in FIXED}


def _change(request: SignedInRequest, entry: Entry, form: EntryForm, figures: Any) -> Entry:
    data = form.cleaned_data
    return change_entry(
        entry,
        said_record(form, figures),
        version=data["version"],
        source=data["change_source"] or data["source"],
        by=request.user,
        now=timezone.now(),
    )


def _create(request: SignedInRequest, kind: str, form: EntryForm, figures: Any) -> Entry:
    data = form.cleaned_data
    return create_entry(
        model_of(kind),
        said_record(form, figures),
        key=data["key"],
        programme=data.get("programme"),
        source=data["source"],
        by=request.user,
        now=timezone.now(),
    )


def _writing_page(
    request: HttpRequest, form: EntryForm, figures: Any, kind: str, *, status: int = 200
) -> HttpResponse:
    entry = form.entry
    name = title_of(entry) if entry else _("New: %(kind)s") % {"kind": kind_name(kind)}
    check = check_of(entry) if entry else None
    context = {
        "form": form,
        "figures": figures,
        "entry": entry,
        "checked_by": check.name if check else "",
        "kind": kind,
        "kind_name": kind_name(kind),
        "name": name,
        "public_url": public_url(entry) if entry else "",
        "crumbs": keeper_crumbs(Crumb(name)),
        "simulated": bool(entry and entry.is_simulated),
    }
    return render(request, "workspace/funding_entries/edit.html", context, status=status)


# --- Propose a change of an entry: everybody with an account --------------------------------------


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
        return _proposing_page(request, form, figures, kind)
    if not are_valid(form, figures):
        return _proposing_page(request, form, figures, kind, status=UNPROCESSABLE)
    try:
        made = _propose(request, entry, form, figures)
    except EntryError as error:
        add_faults(form, stated_figures(figures) if figures else [], error.faults)
        return _proposing_page(request, form, figures, kind, status=UNPROCESSABLE)
    except EntryVersion.DoesNotExist:
        form.add_error(None, _("Somebody changed the entry. Open this page anew."))
        return _proposing_page(request, form, figures, kind, status=CONFLICT)
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


def _proposing_page(
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
