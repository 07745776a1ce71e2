"""Add a document, change what is said about it, read it again, delete it."""

from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from alpclusters.analysis.errors import AlpClustersError
from alpclusters.platform.evidence.domain.documents.adding import (
    add_document,
    add_upload,
    begin_reading,
)
from alpclusters.platform.evidence.domain.documents.editing import (
    change_document,
    delete_document,
)
from alpclusters.platform.evidence.models import Document
from alpclusters.platform.history import sign
from alpclusters.www.components.parts import Crumb
from alpclusters.www.signed_in import SignedInRequest
from alpclusters.www.workspace.documents.access import (
    crumbs,
    document_crumb,
    own_document,
    require_right,
)
from alpclusters.www.workspace.documents.forms import DocumentForm
from alpclusters.www.workspace.documents.uploads import MOST_BYTES, is_too_large, lying_at
from alpclusters.www.workspace.sentences import placed_sentence

UNPROCESSABLE: Final = 422
TOO_LARGE: Final = 413


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def document_new(request: SignedInRequest) -> HttpResponse:
    """Ask for a document; one whose file cannot be taken leaves nothing behind."""
    require_right(request)
    if request.method != "POST":
        start = {"initiatives": request.GET.get("initiative", ""), "read_on": timezone.localdate()}
        return _show(request, DocumentForm(initial=start))
    if is_too_large(request):
        return _too_large(request)
    form = DocumentForm(request.POST, request.FILES)
    saved = _saved(request, form, None) if form.is_valid() else None
    if saved is None:
        return _show(request, form, status=UNPROCESSABLE)
    return redirect("workspace:document", key=saved.key)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def document_edit(request: SignedInRequest, key: str) -> HttpResponse:
    """Change what is said about a document, or give it (another) file."""
    document = own_document(request, key)
    if request.method != "POST":
        return _show(request, DocumentForm(document=document), document)
    if is_too_large(request):
        return _too_large(request, document)
    form = DocumentForm(request.POST, request.FILES, document=document)
    saved = _saved(request, form, document) if form.is_valid() else None
    if saved is None:
        return _show(request, form, document, status=UNPROCESSABLE)
    messages.success(request, _("Saved"))
    return redirect("workspace:document", key=key)


@login_required
@require_POST
def document_read(request: SignedInRequest, key: str) -> HttpResponse:
    """Let the worker read the file of a document once more."""
    document = own_document(request, key)
    if document.file and document.state != Document.State.READ:
        sign(document, request.user, reason="read")
        begin_reading(document)
    return redirect("workspace:document", key=key)


@login_required
@require_POST
def document_delete(request: SignedInRequest, key: str) -> HttpResponse:
    """Delete a document on which nothing rests."""
    document = own_document(request, key)
    try:
        delete_document(document, by=request.user)
    except AlpClustersError as error:
        messages.error(request, placed_sentence(error))
        return redirect("workspace:document", key=key)
    messages.success(request, _("The document is deleted."))
    return redirect("workspace:documents")


def _saved(
    request: SignedInRequest, form: DocumentForm, document: Document | None
) -> Document | None:
    """Store what the form says and its file; both or nothing."""
    upload = form.cleaned_data["file"]
    try:
        with transaction.atomic():
            found = _told(request, form, document)
            if upload:
                with lying_at(upload) as path:
                    add_upload(found, path, name=upload.name, by=request.user)
    except AlpClustersError as error:
        form.add_error("file", _sentence(error))
        return None
    return found


def _told(request: SignedInRequest, form: DocumentForm, document: Document | None) -> Document:
    initiatives, said = form.cleaned_data["initiatives"], form.said()
    if document is None:
        return add_document(by=request.user, initiatives=initiatives, **said)
    change_document(document, said, by=request.user, initiatives=initiatives)
    return document


def _sentence(error: AlpClustersError) -> str:
    text = placed_sentence(error)
    if error.code != "document.known":
        return text
    url = reverse("workspace:document", args=[error.values["key"]])
    return format_html('{} <a href="{}">{}</a>', text, url, error.found)


def _too_large(request: HttpRequest, document: Document | None = None) -> HttpResponse:
    form = DocumentForm({}, {}, document=document)
    form.is_valid()
    form.errors.clear()
    form.add_error("file", _too_large_words())
    return _show(request, form, document, status=TOO_LARGE)


def _too_large_words() -> str:
    text = _("The file is larger than %(size)s MB. Save it with smaller pictures, or in parts.")
    return text % {"size": MOST_BYTES // 1_000_000}


def _show(
    request: HttpRequest,
    form: DocumentForm,
    document: Document | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    if document is None:
        title, last = _("Add a document"), [Crumb(_("Add a document"))]
        back = reverse("workspace:documents")
    else:
        title, last = _("Edit"), [document_crumb(document), Crumb(_("Edit"))]
        back = reverse("workspace:document", args=[document.key])
    context: dict[str, Any] = {
        "form": form,
        "document": document,
        "title": title,
        "back": back,
        "most": MOST_BYTES,
        "too_large": _too_large_words(),
        "crumbs": crumbs(*last),
    }
    return render(request, "workspace/documents/edit.html", context, status=status)
