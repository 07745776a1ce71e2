"""What a project says of itself: name and summary, period, aims, audience, beneficiaries."""

from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from alpclusters.platform.languages.inputs import TextsField
from alpclusters.platform.partnership.domain.projects import (
    OWN_SECTIONS,
    PROJECT_FIELDS,
    PROJECT_TEXTS,
)
from alpclusters.platform.partnership.models import Project
from alpclusters.www.workspace.translated import LanguagePart, language_parts, require_any


def day_field(label: Any) -> forms.DateField:
    """Return a field for a day with the browser's own calendar."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=False, widget=widget)


class ProjectForm(forms.Form):
    """A project with its texts in five languages."""

    TEXTS: Final = (*PROJECT_TEXTS, *OWN_SECTIONS)

    acronym = forms.CharField(label=_("Short name"), max_length=60)
    programme = forms.CharField(label=_("Programme"), max_length=160, required=False)
    starts_on = day_field(_("Start"))
    ends_on = day_field(_("End"))
    contact_name = forms.CharField(
        label=_("Contact"),
        max_length=120,
        required=False,
        help_text=_("A name or an office. It is public: write no telephone number."),
    )
    is_public = forms.BooleanField(
        label=_("Public"),
        required=False,
        initial=True,
        help_text=_("Without the tick only people with a role in the project see it."),
    )

    name = TextsField(label=_("Name"), max_length=200)
    summary = TextsField(label=_("Summary"), max_length=2000, rows=4)
    contact_role = TextsField(label=_("Role of the contact"), max_length=160)
    aim = TextsField(label=_("Aims"), max_length=4000, rows=4)
    target_group = TextsField(label=_("Target groups"), max_length=4000, rows=3)
    beneficiary = TextsField(label=_("Beneficiaries of the results"), max_length=4000, rows=3)

    def __init__(self, *args: Any, project: Project | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs | {"initial": _initial(project) if project else {}})

    @property
    def languages(self) -> list[LanguagePart]:
        """The cards of the five languages."""
        return language_parts(self, self.TEXTS)

    def clean(self) -> dict[str, Any]:
        """Ask for a name in any language, and refuse an end before the start."""
        data: dict[str, Any] = super().clean() or {}
        require_any(self, "name")
        start, end = data.get("starts_on"), data.get("ends_on")
        if start and end and end < start:
            error = ValidationError(_("The end lies before the start. Change one of them."))
            self.add_error("ends_on", error)
        return data

    def statements(self) -> dict[str, dict[str, str]]:
        """Return aims, target groups and beneficiaries by language."""
        return {section: self.cleaned_data[section] for section in OWN_SECTIONS}


def _initial(project: Project) -> dict[str, Any]:
    values = {name: getattr(project, name) for name in PROJECT_FIELDS}
    own = project.facts.filter(key__in=[f"own-{section}" for section in OWN_SECTIONS])
    return values | {fact.section: fact.value for fact in own}
