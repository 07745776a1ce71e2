"""The template of a ministry: a file that is filled at once and kept nowhere."""

from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alpclusters.platform.languages.codes import LANGUAGES
from alpclusters.sources.word_templates import MOST_MEGABYTES

_MEGABYTE: Final = 1_000_000


class TemplateForm(forms.Form):
    """The template and the language it is filled in."""

    file = forms.FileField(
        label=gettext_lazy("Your template (DOCX)"),
        help_text=gettext_lazy(
            "A Word document with tags as in the sample, at most 10 MB. It is filled at once and "
            "not kept."
        ),
        widget=forms.FileInput(attrs={"accept": ".docx"}),
    )
    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=LANGUAGES)

    def clean_file(self) -> "UploadedFile[Any]":
        """Refuse what is too large before it is read."""
        sent: UploadedFile[Any] = self.cleaned_data["file"]
        if (sent.size or 0) > MOST_MEGABYTES * _MEGABYTE:
            raise ValidationError(_("The file is larger than 10 MB."))
        return sent
