"""A person of an organisation, and the consent without which nobody is kept."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from alpclusters.platform.actors.domain.consent import Given
from alpclusters.platform.actors.domain.groups import level_choices
from alpclusters.platform.actors.models import Consent, Person
from alpclusters.platform.cafe.domain.roles import role_choices
from alpclusters.platform.languages.codes import LANGUAGES
from alpclusters.www.site.inputs import choice_of, input_of, several_of


class PersonForm(forms.Form):
    """What is known of a person."""

    name = input_of(Person, "name")
    email = input_of(Person, "email")
    task = input_of(Person, "task")
    role = choice_of(Person, "role")
    level = choice_of(Person, "level")
    languages = several_of(Person, "languages", LANGUAGES)

    def __init__(self, *args: Any, person: Person | None = None, **kwargs: Any) -> None:
        known = {name: getattr(person, name) for name in self.base_fields} if person else {}
        super().__init__(*args, **kwargs | {"initial": known})
        role: Any = self.fields["role"]
        role.choices = [("", _("unknown")), *role_choices(get_language())]
        level: Any = self.fields["level"]
        level.choices = [("", _("unknown")), *level_choices(get_language())]


class NewPersonForm(PersonForm):
    """A person with what they agreed to and how."""

    purposes = several_of(Consent, "purpose", Consent.Purpose.choices)
    how = input_of(Consent, "how")

    def consents(self) -> list[Given]:
        """Return the consents in the words of the domain."""
        data = self.cleaned_data
        return [Given(purpose, data["how"]) for purpose in data["purposes"]]

    def clean(self) -> dict[str, Any]:
        """Ask for an address where invitations are agreed to."""
        data: dict[str, Any] = super().clean() or {}
        wants = Consent.Purpose.INVITATIONS in data.get("purposes", [])
        if wants and not data.get("email") and "email" not in self.errors:
            text = _("Invitations need an e-mail address.")
            self.add_error("email", ValidationError(text))
        return data


class ConsentForm(forms.Form):
    """One more consent of a person who is known."""

    purpose = choice_of(Consent, "purpose", Consent.Purpose.choices)
    how = input_of(Consent, "how")
