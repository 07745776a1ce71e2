"""Add a document, change what is said about it, read it again, delete it."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from alpclusters.analysis.errors import AlpClustersError
from alpclusters.platform.evidence.domain.documents.adding import (
    FIELDS,
    add_document,
    add_upload,
    begin_reading,
    change_document,
    delete_document,
)
from alpclusters.platform.evidence.models import Document, Initiative, SourceType
from alpclusters.platform.fields import length_of
from alpclusters.platform.history import sign
from alpclusters.platform.languages.codes import LANGUAGES
from alpclusters.platform.territory.models import Standing
from alpclusters.sources.written_documents import MEGABYTE, MOST_MEGABYTES
from alpclusters.www.components.parts import Crumb
from alpclusters.www.signed_in import SignedInRequest
from alpclusters.www.site.inputs import input_of, lazy_label_of
from alpclusters.www.workspace.documents.document_list import (
    crumbs,
    document_crumb,
    own_document,
    require_right,
)
from alpclusters.www.workspace.initiatives.initiative_forms import found_initiative, unique_name
from alpclusters.www.workspace.sentences import placed_sentence

# --- An upload on its way: too large ones are told, the rest lies in a file for a moment ----------


# What a form puts around a file.
AROUND: Final = 200_000
MOST_BYTES: Final = MOST_MEGABYTES * MEGABYTE


def is_too_large(request: HttpRequest) -> bool:
    """Say whether what comes in is announced as larger than a document may be."""
    text = request.META.get("CONTENT_LENGTH") or "0"
    return text.isdecimal() and int(text) > MOST_BYTES + AROUND


@contextmanager
def lying_at(upload: "UploadedFile[Any]") -> Iterator[Path]:
    """Write an upload block by block to a place of its own, for as long as it is needed."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "upload")
        with path.open("wb") as file:
            file.writelines(upload.chunks())
        yield path


# --- What a person says about a document ----------------------------------------------------------


ACCEPT: Final = ".pdf,.docx,.txt,application/pdf"
EARLIEST: Final = 1900
MOST_INITIATIVES: Final = 20


class DocumentForm(forms.Form):
    """An address, a file, or both, with what one must know to judge it."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": ACCEPT}),
    )
    address = input_of(
        Document, "address", label=gettext_lazy("Web address"), assume_scheme="https"
    )
    locator = input_of(
        Document,
        "locator",
        help_text=gettext_lazy(
            "Where there is no address: an archive, a library, a person's desk."
        ),
    )
    title = input_of(Document, "title", required=False)
    authors = input_of(Document, "authors")
    year = input_of(Document, "year", min_value=EARLIEST)
    source_type = input_of(Document, "source_type", initial=SourceType.OWN_REPORT)
    language = forms.ChoiceField(label=lazy_label_of(Document, "language"), required=False)
    initiatives = forms.CharField(
        label=gettext_lazy("Initiatives it is about"),
        required=False,
        help_text=gettext_lazy("Their acronyms, several with commas between them."),
    )
    licence = input_of(
        Document,
        "licence",
        help_text=gettext_lazy("As the document says it, for example CC BY 4.0."),
    )
    is_open = input_of(
        Document,
        "is_open",
        label=gettext_lazy("The licence allows to show the file itself to everybody"),
        help_text=gettext_lazy(
            "Without the tick only people who code see the file and its pages; others see the "
            "title, the address and the quoted places."
        ),
    )
    read_on = input_of(
        Document,
        "read_on",
        label=gettext_lazy("Last read on"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy("When somebody last saw it at its address."),
    )
    is_verified = forms.BooleanField(
        label=gettext_lazy("I compared these facts with the document"), required=False
    )

    def __init__(self, *args: Any, document: Document | None = None, **kwargs: Any) -> None:
        initial = kwargs.pop("initial", {})
        if document is not None:
            initial = {**_said(document), **initial}
        super().__init__(*args, **kwargs | {"initial": initial})
        self.document = document
        self.fields["file"].help_text = _(
            "PDF, Word (DOCX) or plain text, at most %(size)s MB and 500 pages."
        ) % {"size": MOST_MEGABYTES}
        language: Any = self.fields["language"]
        language.choices = [("", _("unknown")), *LANGUAGES, ("mul", _("several"))]
        year: Any = self.fields["year"]
        year.max_value = timezone.now().year + 1
        self.order_fields(list(self.base_fields))

    def clean_initiatives(self) -> list[Initiative]:
        """Find the initiatives by acronym or key; one that is not there is told by name."""
        names = [name.strip() for name in self.cleaned_data["initiatives"].split(",")]
        return [found_initiative(name) for name in names[:MOST_INITIATIVES] if name]

    def clean(self) -> dict[str, Any]:
        """Ask for a file or a place, and for a title where no file names one."""
        data: dict[str, Any] = super().clean() or {}
        has_file = bool(data.get("file")) or bool(self.document and self.document.file)
        if not (has_file or data.get("address") or data.get("locator")) and not self.errors:
            raise ValidationError(_("Choose a file, or say where the document is found."))
        if not data.get("title"):
            self._name_by_file(data)
        return data

    def said(self) -> dict[str, Any]:
        """Return what `add_document` and `change_document` take."""
        values = {name: self.cleaned_data[name] for name in FIELDS if name != "standing"}
        is_verified = self.cleaned_data["is_verified"]
        return {**values, "standing": Standing.VERIFIED if is_verified else Standing.UNVERIFIED}

    def _name_by_file(self, data: dict[str, Any]) -> None:
        if data.get("file"):
            data["title"] = (
                data["file"].name.rpartition(".")[0][: length_of(Document, "title")]
                or data["file"].name
            )
        elif "title" not in self.errors:
            self.add_error("title", _("Write the title as it stands in the document."))


def _said(document: Document) -> dict[str, Any]:
    values = {name: getattr(document, name) for name in FIELDS}
    acronyms = [unique_name(one) for one in document.initiatives.order_by("acronym", "pk")]
    is_verified = document.standing == Standing.VERIFIED
    return {**values, "initiatives": ", ".join(acronyms), "is_verified": is_verified}


# --- Add a document, change what is said about it, read it again, delete it -----------------------


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
