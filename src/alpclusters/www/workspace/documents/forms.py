"""What a person says about a document."""

from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alpclusters.platform.evidence.domain.documents.editing import FIELDS
from alpclusters.platform.evidence.models import Document, Initiative, SourceType
from alpclusters.platform.fields import length_of
from alpclusters.platform.languages.codes import LANGUAGES
from alpclusters.platform.territory.models import Standing
from alpclusters.sources.written_documents import MOST_MEGABYTES
from alpclusters.www.site.inputs import input_of, lazy_label_of
from alpclusters.www.workspace.initiatives.forms import found_initiative, unique_name

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
