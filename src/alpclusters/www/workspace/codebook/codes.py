"""One code of the draft: its words, its history, and whether it is still used."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from alpclusters.analysis.errors import AlpClustersError
from alpclusters.platform.evidence.domain.codebook.editing import (
    TEXTS,
    add_code,
    change_code,
    is_changeable,
    restore_code,
    retire_code,
    revert_code,
)
from alpclusters.platform.evidence.domain.codebook.fields import field_named
from alpclusters.platform.evidence.domain.versions import Version, versions_of
from alpclusters.platform.evidence.models import Code
from alpclusters.www.components.parts import Crumb
from alpclusters.www.public.codebook import PARTS
from alpclusters.www.signed_in import SignedInRequest
from alpclusters.www.workspace.codebook.access import draft_crumbs, own_code, own_draft
from alpclusters.www.workspace.codebook.forms import CodeForm, RetireForm
from alpclusters.www.workspace.sentences import sentence
from alpclusters.www.workspace.versions import version_views


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def code_new(request: SignedInRequest, field: str) -> HttpResponse:
    """Add a code to a field."""
    draft = own_draft(request)
    if not is_changeable(field):
        raise Http404
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            add_code(draft, field, form.cleaned_data["key"], form.texts, by=request.user)
        except AlpClustersError as error:
            form.add_error("key", sentence(error))
        else:
            messages.success(request, _("Saved"))
            return redirect("workspace:codebook-edit")
    context = {
        "form": form,
        "field": field_named(field),
        "crumbs": draft_crumbs(draft, Crumb(_("New code"))),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "workspace/codebook/code.html", context, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def code_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Change the words of a code; see how they came about."""
    code = own_code(request, pk)
    form = CodeForm(request.POST or None, code=code)
    if request.method == "POST" and form.is_valid():
        change_code(code, form.texts, by=request.user)
        messages.success(request, _("Saved"))
        return redirect("workspace:codebook-code", pk=pk)
    status = 422 if request.method == "POST" else 200
    return _page(request, code, form, RetireForm(code=code), status)


@login_required
@require_POST
def code_retire(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take a code out of use."""
    code = own_code(request, pk)
    form = RetireForm(request.POST, code=code)
    if form.is_valid():
        try:
            retire_code(code, form.cleaned_data["into"], by=request.user)
        except AlpClustersError as error:
            form.add_error("into", sentence(error))
        else:
            return redirect("workspace:codebook-edit")
    return _page(request, code, CodeForm(code=code), form, 422)


@login_required
@require_POST
def code_restore(request: SignedInRequest, pk: int) -> HttpResponse:
    """Bring a code back into use."""
    code = own_code(request, pk)
    try:
        restore_code(code, by=request.user)
    except AlpClustersError as error:
        messages.error(request, sentence(error))
    return redirect("workspace:codebook-code", pk=pk)


@login_required
@require_POST
def code_revert(request: SignedInRequest, pk: int, number: int) -> HttpResponse:
    """Bring back the words of an earlier version."""
    code = own_code(request, pk)
    if revert_code(code, number, by=request.user):
        messages.success(request, _("An earlier version was brought back."))
    return redirect("workspace:codebook-code", pk=pk)


def _page(
    request: HttpRequest, code: Code, form: CodeForm, retire: RetireForm, status: int
) -> HttpResponse:
    context = {
        "code": code,
        "form": form,
        "retire": retire,
        "field": field_named(code.field),
        "is_changeable": is_changeable(code.field),
        "versions": _versions(code),
        "crumbs": draft_crumbs(code.codebook, Crumb(code.label or code.key)),
    }
    return render(request, "workspace/codebook/code.html", context, status=status)


def _versions(code: Code) -> list[Any]:
    return version_views(
        versions_of(code, TEXTS),
        titles=PARTS,
        words=lambda _field, value: str(value or ""),
        reason=_reason,
    )


def _reason(version: Version) -> str:
    return _("First version of this draft.") if version.is_first else version.reason
