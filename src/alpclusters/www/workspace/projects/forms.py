"""What a project says of itself: name and summary, period, aims, audience, beneficiaries."""

from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from alpclusters.platform.partnership.domain.projects import OWN_SECTIONS, PROJECT_FIELDS
from alpclusters.platform.partnership.models import Project, ProjectFact
from alpclusters.www.site.inputs import Day, input_of
from alpclusters.www.workspace.translated import LanguagePart, language_parts, require_any

Section = ProjectFact.Section


def _statement(section: ProjectFact.Section, rows: int) -> forms.Field:
    return input_of(ProjectFact, "value", label=section.label, rows=rows)


class ProjectForm(forms.Form):
    """A project with its texts in five languages."""

    TEXTS: Final = ("name", "summary", "contact_role", *OWN_SECTIONS)

    acronym = input_of(Project, "acronym")
    programme = input_of(Project, "programme")
    starts_on = input_of(Project, "starts_on", form_class=Day)
    ends_on = input_of(Project, "ends_on", form_class=Day)
    contact_name = input_of(Project, "contact_name")
    is_public = input_of(Project, "is_public")

    name = input_of(Project, "name")
    summary = input_of(Project, "summary", rows=4)
    contact_role = input_of(Project, "contact_role")
    aim = _statement(Section.AIM, rows=4)
    target_group = _statement(Section.TARGET_GROUP, rows=3)
    beneficiary = _statement(Section.BENEFICIARY, rows=3)

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
