"""Make an initiative, change its facts, go back to a version, take over what sources say."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alpclusters.analysis.errors import AlpClustersError, InputError
from alpclusters.platform.evidence.domain.initiatives.editing import (
    PLAIN,
    TRANSLATED,
    change_initiative,
    column_of,
    create_initiative,
    open_proposals,
    refuse_proposal,
    revert,
    take_proposal,
    versions,
)
from alpclusters.platform.evidence.domain.initiatives.partners import CHANGED, NAMED, TAKEN_OFF
from alpclusters.platform.evidence.domain.versions import Version
from alpclusters.platform.evidence.models import Initiative, InitiativeProposal, Programme
from alpclusters.platform.languages.codes import LANGUAGES
from alpclusters.platform.languages.text import field_of, read_input, split_input
from alpclusters.platform.seed_rows import REASON
from alpclusters.reports.dates import format_date
from alpclusters.reports.numbers import format_money
from alpclusters.www.components.parts import Crumb
from alpclusters.www.signed_in import SignedInRequest
from alpclusters.www.workspace.initiatives.initiative_forms import InitiativeForm
from alpclusters.www.workspace.initiatives.initiative_list import (
    crumbs,
    frame,
    own_initiative,
    require_right,
)
from alpclusters.www.workspace.sentences import placed_sentence
from alpclusters.www.workspace.versions import version_views

# --- Make an initiative, change its facts ---------------------------------------------------------


UNPROCESSABLE: Final = 422
# Where an error of the domain is shown.
_FIELDS: Final = {"eu_cents": "eu", "budget_cents": "budget"}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def initiative_new(request: SignedInRequest) -> HttpResponse:
    """Ask for the facts of an initiative; then who took part."""
    require_right(request)
    form = InitiativeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = _made(request, form)
        if made is not None:
            messages.success(request, _("Saved"))
            return redirect("workspace:initiative-partners", key=made.key)
    context = {"form": form, "crumbs": crumbs(Crumb(_("New initiative")))}
    return _shown(request, context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def initiative_edit(request: SignedInRequest, key: str) -> HttpResponse:
    """Change the facts of an initiative; a conflict with another person shows both."""
    initiative = own_initiative(request, key)
    form = InitiativeForm(request.POST or None, initiative=initiative)
    if request.method == "POST" and form.is_valid() and _changed(request, form, initiative):
        return redirect("workspace:initiative-history", key=key)
    documents = list(initiative.documents.order_by("title", "pk"))
    context = {"form": form, "documents": documents, **frame(initiative, "initiative-edit")}
    return _shown(request, context)


def _made(request: SignedInRequest, form: InitiativeForm) -> Initiative | None:
    try:
        with transaction.atomic():
            return create_initiative(form.values(request.user), by=request.user)
    except InputError as error:
        _tell(form, error)
        return None


def _changed(request: SignedInRequest, form: InitiativeForm, initiative: Initiative) -> bool:
    reason = form.cleaned_data["reason"]
    try:
        with transaction.atomic():
            values = form.values(request.user)
            is_changed = change_initiative(initiative, values, request.user, reason)
    except InputError as error:
        _tell(form, error)
        return False
    messages.success(request, _("Saved") if is_changed else _("Nothing was changed."))
    return True


def _tell(form: InitiativeForm, error: InputError) -> None:
    field = error.where.field or ""
    name = _FIELDS.get(field, field)
    form.add_error(name if name in form.fields else None, placed_sentence(error))


def _shown(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "workspace/initiatives/edit.html", context, status=status)


# --- The versions of an initiative: who changed what, and back to an earlier one ------------------


_RELATIONS: Final[dict[str, Any]] = {"programme_id": Programme, "follows_id": Initiative}

type Names = Mapping[str, Mapping[Any, str]]
_PARTNERS: Final = {
    NAMED: gettext_lazy("Named as a partner: %(name)s"),
    TAKEN_OFF: gettext_lazy("Taken off as a partner: %(name)s"),
    CHANGED: gettext_lazy("Changed which organisation a partner is: %(name)s"),
}


@login_required
@require_safe
def initiative_history(request: HttpRequest, key: str) -> HttpResponse:
    """Show the versions of an initiative with what each changed."""
    initiative = own_initiative(request, key)
    found = versions(initiative)
    names = _names(found)
    said = partial(words, names=names)
    views = version_views(found, titles=titles(), words=said, reason=_reason)
    context = {"versions": views, **frame(initiative, "initiative-history")}
    return render(request, "workspace/initiatives/history.html", context)


@login_required
@require_POST
def initiative_revert(request: SignedInRequest, key: str, version: int) -> HttpResponse:
    """Bring back the facts of an earlier version."""
    initiative = own_initiative(request, key)
    try:
        if revert(initiative, version, request.user):
            messages.success(request, _("Earlier version brought back. It can be undone below."))
        else:
            messages.info(request, _("Nothing was changed."))
    except InputError as error:
        messages.error(request, placed_sentence(error))
    return redirect("workspace:initiative-history", key=key)


def titles() -> dict[str, Any]:
    """Return what each field is called."""
    return {name: field_of(Initiative, name).verbose_name for name in (*TRANSLATED, *PLAIN)}


def words(field: str, value: Any, *, names: Names | None = None) -> str:
    """Say a value of a field; ``names`` are those of related things, by field and key."""
    if value in (None, "", []):
        return ""
    if field in _RELATIONS:
        known = names or related_names([(field, value)])
        return known.get(field, {}).get(value, _("no longer there"))
    if field.endswith("_cents"):
        return format_money(value, "", get_language() or "en").strip()
    return _plain(field, value)


def related_names(pairs: Iterable[tuple[str, Any]]) -> Names:
    """Ask once what programmes and initiatives are called; pairs of field and key."""
    wanted: dict[str, set[Any]] = {field: set() for field in _RELATIONS}
    for field, value in pairs:
        if field in wanted and value is not None:
            wanted[field].add(value)
    return {
        field: {pk: str(one) for pk, one in _RELATIONS[field].objects.in_bulk(keys).items()}
        for field, keys in wanted.items()
    }


def _names(found: Iterable[Version]) -> Names:
    changes = [change for version in found for change in version.changes]
    return related_names((c.field, value) for c in changes for value in (c.before, c.after))


def _plain(field: str, value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, date):
        return format_date(value, get_language() or "en")
    if isinstance(value, list):
        return ", ".join(str(one) for one in value)
    choices = dict(getattr(field_of(Initiative, field), "flatchoices", ()))
    return str(choices.get(value, value))


def _reason(version: Version) -> str:
    for start, text in _PARTNERS.items():
        if version.reason.startswith(start):
            return text % {"name": version.reason.removeprefix(start)}
    if version.reason == REASON:
        return _("Loaded with the evidence base.")
    if version.is_first and not version.reason:
        return _("The entry was made.")
    return version.reason


# --- What sources say differently from people: taken over or refused, one by one ------------------


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
