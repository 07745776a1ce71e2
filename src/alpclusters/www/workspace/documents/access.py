"""Who may add and change documents, and the place of their pages."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from alpclusters.platform.evidence.models import Document
from alpclusters.platform.evidence.rules import visible_documents
from alpclusters.www.components.parts import Crumb


def require_right(request: HttpRequest) -> None:
    """Refuse everybody who may not change evidence."""
    if not request.user.has_perm("evidence.change_evidence"):
        raise PermissionDenied


def own_document(request: HttpRequest, key: str) -> Document:
    """Return a document for somebody who may change evidence."""
    require_right(request)
    return get_object_or_404(visible_documents(request.user), key=key)


def crumbs(*last: Crumb) -> list[Crumb]:
    """Return the place of a page of documents."""
    desk = Crumb(_("Workspace"), reverse("workspace:dashboard"))
    evidence = Crumb(
        pgettext("what earlier initiatives taught", "Experience"), reverse("workspace:evidence")
    )
    here = Crumb(_("Documents"), reverse("workspace:documents") if last else "")
    return [desk, evidence, here, *last]


def document_crumb(document: Document) -> Crumb:
    """Return the step that leads to a document."""
    return Crumb(document.title, reverse("workspace:document", args=[document.key]))
