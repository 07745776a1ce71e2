"""The documents, with a search and filters; who may add and change them."""

from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.http import require_safe

from alpclusters.platform.evidence.models import Document, SourceType
from alpclusters.platform.evidence.rules import visible_documents
from alpclusters.www.components.parts import Crumb
from alpclusters.www.workspace.documents.reader import LOOKS

# --- Who may add and change documents, and the place of their pages -------------------------------


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


# --- The documents, with a search and filters -----------------------------------------------------


PAGE_SIZE: Final = 50
_ANY: Final = [("", gettext_lazy("any"))]


class FilterForm(forms.Form):
    """Words, state, kind of source, and whether anything rests on it."""

    q = forms.CharField(label=gettext_lazy("Title, authors or initiative"), required=False)
    state = forms.ChoiceField(
        label=gettext_lazy("State"), required=False, choices=[*_ANY, *Document.State.choices]
    )
    source_type = forms.ChoiceField(
        label=gettext_lazy("Kind of source"), required=False, choices=[*_ANY, *SourceType.choices]
    )
    quoted = forms.ChoiceField(
        label=gettext_lazy("Quoted"),
        required=False,
        choices=[*_ANY, ("1", gettext_lazy("yes")), ("0", gettext_lazy("no"))],
    )


@dataclass(frozen=True)
class DocumentRow:
    """One document with the look of its state."""

    document: Document
    icon: str
    tone: str


@login_required
@require_safe
def documents(request: HttpRequest) -> HttpResponse:
    """List documents by title."""
    require_right(request)
    form = FilterForm(request.GET)
    values = form.cleaned_data if form.is_valid() else {}
    found = _found(visible_documents(request.user), values)
    page: Page[Any] = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    page.object_list = [_row(document) for document in page.object_list]
    context = {
        "page": page,
        "form": form,
        "is_filtered": any(values.values()),
        "crumbs": crumbs(),
    }
    return render(request, "workspace/documents/list.html", context)


def _found(rows: QuerySet[Document], values: dict[str, str]) -> QuerySet[Document]:
    if words := values.get("q", "").strip():
        named = Q(title__icontains=words) | Q(authors__icontains=words)
        about = Document.initiatives.through.objects.filter(initiative__acronym__icontains=words)
        rows = rows.filter(named | Q(pk__in=about.values("document")))
    for name in ("state", "source_type"):
        if values.get(name):
            rows = rows.filter(**{name: values[name]})
    if values.get("quoted"):
        rows = rows.filter(quotations__isnull=values["quoted"] == "0")
    counted = rows.annotate(n_quotations=Count("quotations", distinct=True))
    return counted.prefetch_related("initiatives").order_by("title", "pk")


def _row(document: Document) -> DocumentRow:
    icon, tone = LOOKS[Document.State(document.state)]
    return DocumentRow(document, icon, tone)
