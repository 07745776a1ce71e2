"""What the body that runs the installation says of itself."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from alpclusters.platform.trust.domain.bodies import FIELDS, NEEDED, PLAIN, TEXTS
from alpclusters.platform.trust.models import ResponsibleBody
from alpclusters.www.site.inputs import input_of
from alpclusters.www.workspace.translated import LanguagePart, language_parts


class ImprintForm(forms.ModelForm):  # type: ignore[type-arg]  # takes none when run
    """Imprint, controller, data protection officer; longer texts in five languages."""

    legal_basis = input_of(ResponsibleBody, "legal_basis", rows=3)
    supervision = input_of(ResponsibleBody, "supervision")
    data_authority = input_of(ResponsibleBody, "data_authority")
    notes = input_of(ResponsibleBody, "notes", rows=3)

    class Meta:
        model = ResponsibleBody
        fields = PLAIN
        widgets = {"address": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, instance: ResponsibleBody, **kwargs: Any) -> None:
        initial = {name: getattr(instance, name) for name in TEXTS}
        super().__init__(*args, **kwargs | {"instance": instance, "initial": initial})
        self.fields["representative"].help_text = _("Who acts for the body, such as its head.")
        self.fields["needs_no_officer"].help_text = _("Public bodies always have to name one.")
        # It may be saved in parts; what the law asks for is not called optional meanwhile.
        for name in (*NEEDED, "officer_name", "officer_email"):
            field = self.fields[name]
            for one in (field, *getattr(field, "inputs", {}).values()):
                one.is_awaited = True

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
        return {name: self.cleaned_data[name] for name in FIELDS}
