"""What people in the hall fill in."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext_lazy as _

from alpclusters.platform.actors.domain.named_lists import level_choices
from alpclusters.platform.cafe.domain.answers import MAX_LENGTH, Leaf
from alpclusters.platform.cafe.domain.codes import (
    CONSENT_VERSION,
    LENGTH,
    foreign_characters,
    normalise_code,
)
from alpclusters.platform.cafe.domain.proxies import experience_choices, role_choices
from alpclusters.platform.cafe.models import AlpCafe, Criterion, Participant
from alpclusters.platform.territory.models import Region
from alpclusters.www.site.inputs import input_of, lazy_label_of

CANNOT_JUDGE = "cj"


class ConsentBox(forms.CheckboxInput):
    """A box whose value says which text was agreed to: a kept page sends that of its day."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, check_test=lambda value: value == CONSENT_VERSION)

    def format_value(self, value: Any) -> str:  # noqa: ARG002 - the same whatever was sent
        """Return the text of today."""
        return CONSENT_VERSION

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:  # noqa: ARG002 - of Django
        """Return which text was agreed to; empty where the box is not ticked."""
        return str(data.get(name, ""))


class JoinForm(forms.Form):
    """The code from the screen or the table, and the consent."""

    code = forms.CharField(
        label=_("Code from the table or the screen"),
        max_length=40,
        widget=forms.TextInput(
            attrs={
                "class": "codein",
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
                "inputmode": "text",
            }
        ),
    )
    consent = forms.CharField(
        label=_("I consent to the analysis of my ratings."),
        widget=ConsentBox,
        error_messages={"required": _("Without consent nothing is stored. Tick the box to join.")},
    )

    def clean_code(self) -> str:
        """Say what is wrong with a code before anybody looks it up."""
        code = normalise_code(self.cleaned_data["code"])
        foreign = foreign_characters(code)
        if foreign:
            text = ngettext(
                "No code contains %(characters)s. Compare it with the screen.",
                "No code contains the characters %(characters)s. Compare them with the screen.",
                len(foreign),
            )
            raise ValidationError(text % {"characters": ", ".join(foreign[:LENGTH])})
        if len(code) != LENGTH:
            raise ValidationError(_("A code has eight characters."))
        return code

    def clean_consent(self) -> str:
        """Ask again where the page was kept since an earlier text."""
        agreed: str = self.cleaned_data["consent"]
        if agreed != CONSENT_VERSION:
            raise ValidationError(_("The text has changed since. Please read it and tick the box."))
        return agreed


def _listed(name: str) -> forms.ChoiceField:
    return forms.ChoiceField(required=False, label=lazy_label_of(Participant, name))


class ProfileForm(forms.Form):
    """Region, role, level and experience; all may stay empty."""

    region = input_of(Participant, "region", empty_label=_("not stated"))
    role = _listed("role")
    level = _listed("level")
    experience = _listed("experience")
    no_research = input_of(Participant, "no_research")

    def __init__(self, *args: Any, cafe: AlpCafe, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        region: Any = self.fields["region"]
        region.queryset = regions_of(cafe)
        region.label_from_instance = lambda item: item.name
        lists = {"role": role_choices, "level": level_choices, "experience": experience_choices}
        for name, choices in lists.items():
            field: Any = self.fields[name]
            field.choices = [("", _("not stated")), *choices(get_language())]


def regions_of(cafe: AlpCafe) -> Any:
    """Select the regions a person may come from: those of the partnership and of its AlpCafés."""
    partners = Region.objects.filter(partners__project=cafe.project_id)
    events = Region.objects.filter(cafes__project=cafe.project_id)
    return (partners | events).distinct().order_by("country", "name__shown", "pk")


class LeafForm(forms.Form):
    """One page of the rating sheet, as a browser without scripts sends it."""

    comment = forms.CharField(required=False, max_length=MAX_LENGTH)

    def __init__(
        self, *args: Any, leaf: Leaf, criteria: tuple[Criterion, ...], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.names = {c.pk: question_name(leaf.measure.pk, c.pk) for c in criteria}
        for criterion in criteria:
            steps = [(str(step), str(step)) for step in criterion.scale.steps]
            self.fields[self.names[criterion.pk]] = forms.ChoiceField(
                required=False, choices=[*steps, (CANNOT_JUDGE, CANNOT_JUDGE)]
            )

    def choices(self) -> dict[int, str]:
        """Return what is chosen for each criterion; nothing chosen is left out."""
        chosen = {pk: self.cleaned_data.get(name, "") for pk, name in self.names.items()}
        return {pk: value for pk, value in chosen.items() if value}


def question_name(measure_id: int, criterion_id: int) -> str:
    """Name the radios of a question so that every name on the sheet is different."""
    return f"m{measure_id}c{criterion_id}"
