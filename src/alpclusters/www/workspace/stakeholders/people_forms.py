"""A person of an organisation, and the consent without which nobody is kept."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from alpclusters.platform.actors.domain.consent import Given
from alpclusters.platform.actors.domain.groups import level_choices
from alpclusters.platform.actors.domain.people import Contact
from alpclusters.platform.actors.models import Consent, Person
from alpclusters.platform.cafe.domain.roles import role_choices
from alpclusters.platform.languages.codes import LANGUAGES


class PersonForm(forms.Form):
    """What is known of a person."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=120)
    email = forms.EmailField(label=gettext_lazy("E-mail"), required=False)
    task = forms.CharField(label=gettext_lazy("Task"), max_length=120, required=False)
    role = forms.ChoiceField(label=gettext_lazy("Role"), required=False)
    level = forms.ChoiceField(label=gettext_lazy("Level"), required=False)
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Languages"),
        choices=LANGUAGES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, person: Person | None = None, **kwargs: Any) -> None:
        known = {name: getattr(person, name) for name in self.base_fields} if person else {}
        super().__init__(*args, **kwargs | {"initial": known})
        role: Any = self.fields["role"]
        role.choices = [("", _("unknown")), *role_choices(get_language())]
        level: Any = self.fields["level"]
        level.choices = [("", _("unknown")), *level_choices(get_language())]

    def contact(self) -> Contact:
        """Return the person in the words of the domain."""
        return Contact(**{name: self.cleaned_data[name] for name in PersonForm.base_fields})


class NewPersonForm(PersonForm):
    """A person with what they agreed to and how."""

    purposes = forms.MultipleChoiceField(
        label=gettext_lazy("The person agreed to"),
        choices=Consent.Purpose.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    how = forms.CharField(
        label=gettext_lazy("How the consent was given"),
        max_length=200,
        help_text=gettext_lazy("For example: signed form of 3 May, or e-mail of 4 May."),
    )

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

    purpose = forms.ChoiceField(
        label=gettext_lazy("The person agreed to"), choices=Consent.Purpose.choices
    )
    how = forms.CharField(label=gettext_lazy("How the consent was given"), max_length=200)
