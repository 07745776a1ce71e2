"""What the body that runs the installation says of itself."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.platform.trust.domain.bodies import NEEDED, PLAIN, TEXTS
from alpclusters.platform.trust.models import ResponsibleBody
from alpclusters.www.workspace.translated import (
    LanguagePart,
    initial_texts,
    language_parts,
    text_fields,
    texts_from,
)


class ImprintForm(forms.ModelForm):
    """Imprint, controller, data protection officer; longer texts in five languages."""

    class Meta:
        model = ResponsibleBody
        fields = PLAIN
        widgets = {"address": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, instance: ResponsibleBody, **kwargs: Any) -> None:
        initial = initial_texts(instance, TEXTS)
        super().__init__(*args, instance=instance, initial=initial, **kwargs)
        self.fields["representative"].help_text = _("Who acts for the body, such as its head.")
        self.fields["needs_no_officer"].help_text = _("Public bodies always have to name one.")
        self.fields.update(text_fields("legal_basis", _("Legal basis"), max_length=2000, rows=3))
        self.fields.update(text_fields("supervision", _("Supervised by"), max_length=300))
        self.fields.update(
            text_fields(
                "data_authority", _("Data protection authority for complaints"), max_length=300
            )
        )
        self.fields.update(text_fields("notes", _("Further information"), max_length=4000, rows=3))
        # It may be saved in parts; what the law asks for is not called optional meanwhile.
        for name in (*NEEDED, "officer_name", "officer_email"):
            for field in (name, *(f"{name}_{code}" for code in LANGUAGE_CODES)):
                if field in self.fields:
                    self.fields[field].is_awaited = True

    @property
    def languages(self) -> list[LanguagePart]:
        """The cards of the five languages."""
        return language_parts(self, ("legal_basis", "supervision", "data_authority", "notes"))

    def clean(self) -> dict[str, Any]:
        """Refuse an officer beside the statement that none is needed."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("needs_no_officer") and (data.get("officer_name") or data.get("officer_email")):
            error = ValidationError(_("Name an officer or tick that none is needed, not both."))
            self.add_error("needs_no_officer", error)
        return data

    def values(self) -> dict[str, Any]:
        """Return what `change_body` stores."""
        plain = {name: self.cleaned_data[name] for name in PLAIN}
        return plain | texts_from(self.cleaned_data, TEXTS)
