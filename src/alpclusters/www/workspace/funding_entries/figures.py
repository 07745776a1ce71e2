"""Figures of a programme or call: one small form each."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from alpclusters.platform.fields import fields_of
from alpclusters.platform.funding.domain.parameters import parameter_label, parameter_names
from alpclusters.platform.funding.models import Parameter
from alpclusters.www.site.inputs import input_of, lazy_label_of
from alpclusters.www.workspace.funding_entries.fields import DayField, stated

NAMES: Final = tuple(field.name for field in fields_of(Parameter))
_SPARE: Final = 2
_MOST: Final = 80


class FigureForm(forms.Form):
    """One figure; without a name it is none."""

    use_required_attribute = False
    name = forms.ChoiceField(label=lazy_label_of(Parameter, "name"), required=False)
    value = input_of(
        Parameter,
        "value",
        help_text=_("Numbers with a point, days as 2026-11-30; empty: nobody knows"),
    )
    unit = input_of(Parameter, "unit", initial=Parameter.Unit.EUR)
    precision = input_of(Parameter, "precision")
    period = input_of(Parameter, "period")
    status = input_of(Parameter, "status")
    source = input_of(Parameter, "source")
    checked_on = input_of(Parameter, "checked_on", form_class=DayField)

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
