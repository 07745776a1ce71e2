"""The picture of a measure with what people need who do not see it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.platform.measures.domain.editing import OF_PICTURE
from alpclusters.platform.measures.models import Measure
from alpclusters.sources.photos import MAX_BYTES
from alpclusters.www.site.inputs import input_of


class PictureForm(forms.Form):
    """A JPEG, its words in all languages, its source; the file only where there is none yet."""

    picture = forms.FileField(
        label=_("Picture"),
        help_text=_("JPEG, at most 2 MB and 4,000 pixels a side. Place and time are removed."),
        widget=forms.ClearableFileInput(attrs={"accept": "image/jpeg"}),
    )

    picture_alt = input_of(Measure, "picture_alt", named=True, needed=LANGUAGE_CODES)
    picture_credit = input_of(Measure, "picture_credit", required=True)

    def __init__(self, *args: Any, measure: Measure, **kwargs: Any) -> None:
        initial = {name: getattr(measure, name) for name in OF_PICTURE}
        super().__init__(*args, **kwargs | {"initial": initial})
        self.fields["picture"].required = not measure.picture

    @property
    def data_of_file(self) -> bytes | None:
        """The file as it was sent; None keeps the one there is."""
        sent = self.cleaned_data["picture"]
        return sent.read(MAX_BYTES + 1) if sent else None
