"""How far it reaches: abroad, by labels and programmes, and signs of life."""

from types import MappingProxyType
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Field
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from alpclusters.platform.actors.domain.labels import proposed_term
from alpclusters.platform.actors.domain.named_lists import choices_of
from alpclusters.platform.actors.models import ClusterLabel, ClusterOrganisation
from alpclusters.platform.fields import fields_of
from alpclusters.platform.languages.codes import nearest_language
from alpclusters.platform.territory.domain.names import country_name, iso_countries
from alpclusters.www.workspace.profiles.fields import (
    input_of,
    lines_field,
    lines_of,
    several_of,
)
from alpclusters.www.workspace.profiles.forms import PartForm


class InternationalForm(PartForm):
    """Strategy, partners and offers; markets are picked on a page of their own."""

    PART = "international"

    LABELS = MappingProxyType(
        {"international_url": _("Its address"), "international_until": _("Valid until")}
    )

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

    PART = "programme"


class LifeForm(PartForm):
    """Signs of life and how it sees itself."""

    PART = "life"
    field_order = ("version", "last_activity_on", "latest_event", "maturity")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        maturity: Any = self.fields["maturity"]
        maturity.choices = [("", _("not chosen")), *ClusterOrganisation.Maturity.choices]


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

    def __init__(self, *args: Any, label: ClusterLabel | None = None, **kwargs: Any) -> None:
        columns = {one.name: one for one in fields_of(ClusterLabel, lambda it: it.part)}
        initial = {name: getattr(label, name) for name in columns} if label else {}
        super().__init__(*args, **kwargs | {"initial": initial})
        made = {name: input_of(column) for name, column in columns.items()} | {
            "scheme": _choice(columns["scheme"], "label_scheme"),
            "level": _choice(columns["level"], "label_level", required=False),
        }
        self.fields = {name: field for name, field in made.items() if field is not None}
        # A label without a score is no label whose score is unknown.
        del self.fields["score"].widget.attrs["placeholder"]

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


def _choice(column: Field[Any, Any], list_: str, *, required: bool = True) -> forms.ChoiceField:
    language = nearest_language(get_language())
    found = [(key, names[language]) for key, names in choices_of(list_).items()]
    empty = [] if required else [("", _("none"))]
    return forms.ChoiceField(label=column.verbose_name, choices=[*empty, *found], required=required)
