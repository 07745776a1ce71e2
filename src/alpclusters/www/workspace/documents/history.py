"""The versions of what is said about a document."""

from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from alpclusters.platform.evidence.domain.documents.editing import FIELDS, revert, versions
from alpclusters.platform.evidence.domain.versions import Version
from alpclusters.platform.evidence.models import Document
from alpclusters.platform.languages.text import field_of
from alpclusters.www.components.parts import Crumb
from alpclusters.www.signed_in import SignedInRequest
from alpclusters.www.workspace.documents.access import crumbs, document_crumb, own_document
from alpclusters.www.workspace.documents.facts import language_words
from alpclusters.www.workspace.versions import version_views

_TITLES: Final = {
    **{name: field_of(Document, name).verbose_name for name in FIELDS},
    "address": gettext_lazy("Web address"),
    "read_on": gettext_lazy("Last read on"),
    "standing": gettext_lazy("Checked"),
    "file_name": gettext_lazy("File"),
}


@login_required
@require_safe
def document_history(request: HttpRequest, key: str) -> HttpResponse:
    """Show who changed what."""
    document = own_document(request, key)
    views = version_views(versions(document), titles=_TITLES, words=_words, reason=_reason)
    context = {
        "document": document,
        "versions": views,
        "crumbs": crumbs(document_crumb(document), Crumb(_("History"))),
    }
    return render(request, "workspace/documents/history.html", context)


@login_required
@require_POST
def document_revert(request: SignedInRequest, key: str, version: int) -> HttpResponse:
    """Bring back what an earlier version said."""
    document = own_document(request, key)
    if revert(document, version=version, by=request.user):
        messages.success(request, _("Earlier version brought back. It can be undone below."))
    else:
        messages.info(request, _("Nothing was changed."))
    return redirect("workspace:document-history", key=key)


def _words(field: str, value: Any) -> str:
    choices = dict(getattr(Document._meta.get_field(field), "flatchoices", ()))
    if field == "language":
        return language_words(value or "")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return str(choices.get(value, value or ""))


def _reason(version: Version) -> str:
    said = {
        "file": _("The file was uploaded."),
        "read": _("The file was read again."),
        "initiatives": _("The initiatives it is about were changed."),
    }
    if version.is_first and not version.reason:
        return _("The document was added.")
    return said.get(version.reason, version.reason)
