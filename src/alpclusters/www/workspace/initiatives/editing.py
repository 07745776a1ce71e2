"""Make an initiative, change its facts."""

from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alpclusters.analysis.errors import InputError
from alpclusters.platform.evidence.domain.initiatives.editing import (
    change_initiative,
    create_initiative,
)
from alpclusters.platform.evidence.models import Initiative
from alpclusters.www.components.parts import Crumb
from alpclusters.www.signed_in import SignedInRequest
from alpclusters.www.workspace.initiatives.access import (
    crumbs,
    frame,
    own_initiative,
    require_right,
)
from alpclusters.www.workspace.initiatives.forms import InitiativeForm
from alpclusters.www.workspace.sentences import placed_sentence

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
