"""What a person says about a list before it is read: the file, and whose list it is."""

from typing import Any, Final

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alpclusters.platform.actors.models import ImportSource
from alpclusters.www.site.inputs import input_of
from alpclusters.www.workspace.imports.access import figure

NEW: Final = "new"
ACCEPT: Final = ".csv,.tsv,.txt,.xlsx,.zip"


class UploadForm(forms.Form):
    """The file, and a source that is known or named now."""

    file = forms.FileField(
        label=gettext_lazy("File"), widget=forms.ClearableFileInput(attrs={"accept": ACCEPT})
    )
    source = forms.ChoiceField(
        label=gettext_lazy("Whose list is it?"),
        help_text=gettext_lazy(
            "The same list again under the same source changes what is there and makes nothing "
            "twice."
        ),
    )
    name = input_of(
        ImportSource, "name", label=gettext_lazy("Name of the new source"), required=False
    )
    licence = input_of(ImportSource, "licence")
    address = input_of(ImportSource, "address", assume_scheme="https")
    is_public = input_of(ImportSource, "is_public")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [(s.key, s.name) for s in ImportSource.objects.order_by("name", "pk")]
        source: Any = self.fields["source"]
        source.choices = [*known, (NEW, _("A new source"))]
        source.initial = known[0][0] if known else NEW
        self.fields["file"].help_text = _(
            "CSV, TSV or XLSX with the names of the columns in one line; at most %(size)s MB."
        ) % {"size": figure(settings.CONFIGURATION.import_mb)}

    def clean(self) -> dict[str, Any]:
        """Ask for the name of a new source."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("source") == NEW and not data.get("name"):
            self.add_error(
                "name", ValidationError(_("Name the source, or choose one that is known."))
            )
        return data
