"""Figures of a programme or call: one small form each."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from alpclusters.platform.funding.domain.parameters import parameter_label, parameter_names
from alpclusters.platform.funding.models import Parameter, Status
from alpclusters.www.workspace.funding_entries.fields import DayField, stated

NAMES: Final = (
    "name", "value", "unit", "precision", "period", "status", "source", "checked_on",
)  # fmt: skip
_SPARE: Final = 2
_MOST: Final = 80


class FigureForm(forms.Form):
    """One figure; without a name it is none."""

    use_required_attribute = False
    name = forms.ChoiceField(label=_("Figure"), required=False)
    value = forms.CharField(
        label=_("Value"),
        max_length=300,
        required=False,
        help_text=_("Numbers with a point, days as 2026-11-30; empty: nobody knows"),
    )
    unit = forms.ChoiceField(label=_("Unit"), choices=Parameter.Unit.choices)
    precision = forms.ChoiceField(
        label=_("Precision"), choices=Parameter.Precision.choices, required=False
    )
    period = forms.CharField(label=_("Period"), max_length=20, required=False)
    status = forms.ChoiceField(label=_("Status"), choices=Status.choices, initial=Status.UNVERIFIED)
    source = forms.CharField(label=_("Source"), max_length=300, required=False)
    checked_on = DayField(label=_("Checked on"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name: Any = self.fields["name"]
        name.choices = _choices(str(self.initial.get("name", "")))

    @property
    def is_stated(self) -> bool:
        """Whether a figure is written here."""
        data = self.cleaned_data
        return bool(data.get("name")) and not data.get("DELETE")

    @property
    def label(self) -> str:
        """What is written here, for the head of the form."""
        return parameter_label(str(self["name"].value() or ""), get_language())

    def row(self) -> dict[str, Any]:
        """Return the figure as a record has it."""
        return {name: stated(self.initial.get(name), self.cleaned_data[name]) for name in NAMES}


FigureForms = forms.formset_factory(
    FigureForm, extra=_SPARE, max_num=_MOST, absolute_max=_MOST, can_delete=True
)


def figure_forms(data: Any, rows: Sequence[Mapping[str, Any]]) -> Any:
    """Build the forms of the figures of an entry."""
    return FigureForms(data, initial=[dict(row) for row in rows], prefix="figure")


def stated_figures(figures: Any) -> list[FigureForm]:
    """Return the forms in which a figure is written, in their order."""
    return [form for form in figures.forms if form.is_stated]


def _choices(own: str) -> list[tuple[str, str]]:
    names = [*parameter_names()]
    if own and own not in names:
        names.append(own)
    language = get_language()
    return [("", "–"), *((name, parameter_label(name, language)) for name in names)]
