"""How far it reaches: abroad, by labels and programmes, and signs of life."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from alpclusters.platform.actors.domain.labels import proposed_term
from alpclusters.platform.actors.domain.named_lists import choices_of
from alpclusters.platform.actors.models import ClusterLabel, ClusterOrganisation
from alpclusters.platform.languages.codes import nearest_language
from alpclusters.platform.territory.domain.names import country_name, iso_countries
from alpclusters.www.workspace.profiles.fields import (
    UNKNOWN,
    address_field,
    day_field,
    lines_field,
    lines_of,
    several_of,
    text_field,
    yes_no,
)
from alpclusters.www.workspace.profiles.forms import PartForm


class InternationalForm(PartForm):
    """Strategy, partners and offers; markets are picked on a page of their own."""

    NAMES = (
        "international_strategy",
        "international_url",
        "international_until",
        "partners_abroad",
        "offers",
    )

    international_strategy = forms.ChoiceField(
        label=_("Internationalisation strategy"),
        choices=[("", UNKNOWN), *ClusterOrganisation.YesNo.choices],
        required=False,
    )
    international_url = address_field(_("Its address"))
    international_until = day_field(_("Valid until"))
    partners_text = lines_field(
        _("Partners abroad"), _("Cluster organisations you work with, one a line")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["offers"] = several_of(_("Offers to others"), "offer")

    def values_of(self, cluster: ClusterOrganisation) -> dict[str, Any]:
        """Write partners one a line."""
        lines = "\n".join(map(str, cluster.partners_abroad))
        return {**super().values_of(cluster), "partners_text": lines}

    def changes(self) -> dict[str, Any]:
        """Read partners line by line."""
        found = super().changes()
        if "partners_text" in self.cleaned_data:
            lines = lines_of(self.cleaned_data["partners_text"])
            found["partners_abroad"] = [line[:200] for line in lines]
        return found


class ProgrammeForm(PartForm):
    """The cluster programme it belongs to."""

    NAMES = ("programme", "is_recognised")
    YES_NO = ("is_recognised",)

    programme = text_field(
        _("Cluster programme"), length=160, help_text=_("Name of the regional or national one")
    )
    is_recognised = yes_no(
        _("Officially recognised by a cluster programme"),
        _("With the name of the programme this stands in for the four rules."),
    )


class LifeForm(PartForm):
    """Signs of life and how it sees itself."""

    NAMES = ("last_activity_on", "latest_event", "maturity")

    last_activity_on = day_field(
        _("Last visible activity"), _("The day of an event, a newsletter or news on the website")
    )
    latest_event = text_field(_("Latest event"), length=200)
    maturity = forms.ChoiceField(
        label=_("Maturity"),
        choices=[("", _("not chosen")), *ClusterOrganisation.Maturity.choices],
        required=False,
    )


class MarketForm(forms.Form):
    """A country and what for."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = nearest_language(get_language())
        countries = [(code, country_name(code, language)) for code in iso_countries()]
        countries.sort(key=lambda pair: pair[1].casefold())
        self.fields["country"] = forms.ChoiceField(
            label=_("Country"), choices=[("", _("not chosen")), *countries]
        )
        self.fields["aims"] = several_of(_("What for"), "aim")


class LabelForm(forms.Form):
    """A label with its period; an empty period follows from the first award."""

    first_awarded = day_field(_("First awarded"))
    valid_from = day_field(_("Valid from"))
    valid_to = day_field(
        _("Valid until"),
        _("Left empty, the period is two years from the month of the award."),
    )
    score = forms.DecimalField(
        label=_("Score in per cent"),
        help_text=_("Only for gold"),
        required=False,
        min_value=0,
        max_value=100,
        decimal_places=2,
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )
    certificate_url = address_field(_("Address of the certificate"))

    def __init__(self, *args: Any, label: ClusterLabel | None = None, **kwargs: Any) -> None:
        names = ("scheme", "level", *self.base_fields)
        initial = {name: getattr(label, name) for name in names} if label else {}
        super().__init__(*args, initial=initial, **kwargs)
        self.fields = {
            "scheme": _choice(_("Scheme"), "label_scheme"),
            "level": _choice(_("Level of the label"), "label_level", required=False),
            **self.fields,
        }

    def clean(self) -> dict[str, Any]:
        """Fill an empty period; refuse an end before the start."""
        data: dict[str, Any] = super().clean() or {}
        begin, end = data.get("valid_from"), data.get("valid_to")
        if begin and end and end < begin:
            text = _("The end lies before the start. Change one of them.")
            self.add_error("valid_to", ValidationError(text))
        start = begin or data.get("first_awarded")
        if start and not end and "valid_to" not in self.errors:
            term = proposed_term(start)
            data["valid_from"], data["valid_to"] = begin or term.valid_from, term.valid_to
        return data


def _choice(label: Any, list_: str, *, required: bool = True) -> forms.ChoiceField:
    language = nearest_language(get_language())
    found = [(key, names[language]) for key, names in choices_of(list_).items()]
    empty = [] if required else [("", _("none"))]
    return forms.ChoiceField(label=label, choices=[*empty, *found], required=required)
