"""The logo of a profile: a picture that is drawn anew, and what it shows in each language."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from alpclusters.analysis.errors import FileFormatError
from alpclusters.platform.actors.domain.logos import keep_logo
from alpclusters.platform.actors.models import ClusterOrganisation
from alpclusters.platform.fields import label_of, length_of
from alpclusters.platform.languages.codes import LANGUAGES, nearest_language
from alpclusters.platform.languages.inputs import input_name
from alpclusters.reports.errors import remedy, what
from alpclusters.sources.logos import MAX_BYTES
from alpclusters.www.site.logos import LogoView, logo_of
from alpclusters.www.workspace.profiles.forms import PartForm


class LogoForm(PartForm):
    """A file, or the wish to have none, and words for those who do not see it."""

    PART = "logo"
    OWN = frozenset({"logo"})

    picture = forms.FileField(
        label=_("Picture file"),
        required=False,
        help_text=_(
            "PNG, JPEG or WebP, at most 2 MB and 4,000 pixels a side. It is drawn anew: nothing of "
            "the file but its pixels is kept. SVG is not taken, because such a file can hold "
            "programs and addresses of other sites; save it as PNG."
        ),
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/webp"}),
    )
    removes = forms.BooleanField(label=_("Take the logo off"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.cluster.logo:
            del self.fields["removes"]
        for code, name in LANGUAGES:
            self.fields[input_name("logo_alt", code)] = forms.CharField(
                label=f"{label_of(self.cluster, 'logo_alt')} ({name})",
                help_text=_("Without words here it is the name of the organisation.")
                if code == LANGUAGES[0][0]
                else "",
                max_length=length_of(ClusterOrganisation, "logo_alt"),
                required=False,
                widget=forms.TextInput(
                    attrs={"lang": code, "placeholder": self.cluster.organisation.name}
                ),
            )

    def clean_picture(self) -> "UploadedFile[Any] | None":
        """Draw the picture anew and store it; a form with errors leaves it to the tidying."""
        sent: UploadedFile[Any] | None = self.cleaned_data["picture"]
        if sent is None:
            return None
        try:
            self.cleaned_data["logo"] = keep_logo(sent.read(MAX_BYTES + 1))
        except FileFormatError as error:
            language = nearest_language(get_language())
            sentence = f"{what(error, language)} {remedy(error, language)}"
            raise ValidationError(sentence, code=error.code) from error
        return sent

    def clean(self) -> dict[str, Any]:
        """Without a logo there is nothing to describe."""
        data = super().clean()
        if data.get("removes") and not data.get("picture"):
            data.update(dict.fromkeys(self.names, ""))
        return data

    @property
    def logo(self) -> LogoView | None:
        """The logo there is."""
        return logo_of(self.cluster)
