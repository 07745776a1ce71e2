"""Forms of priorities: whose they are, and one row for each theme."""

from collections.abc import Sequence
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from alpclusters.platform.fields import length_of
from alpclusters.platform.funding.domain.policy_mixing.places import known_regions
from alpclusters.platform.funding.domain.policy_mixing.priorities import PriorityFacts
from alpclusters.platform.funding.domain.themes import theme_label
from alpclusters.platform.funding.models import Priority, Programme
from alpclusters.www.site.inputs import input_of, lazy_label_of
from alpclusters.www.workspace.schemes.attributes import theme_choices

SPARE: Final = 3
MOST: Final = 80
PERCENT: Final = 100


class SubjectForm(forms.Form):
    """A programme or a region, and the period."""

    use_required_attribute = False
    programme = forms.ModelChoiceField(
        Programme.objects.all(),
        label=lazy_label_of(Priority, "programme"),
        to_field_name="key",
        empty_label="–",
        required=False,
    )
    region = input_of(Priority, "region", label=gettext_lazy("or region"))
    period = forms.RegexField(
        r"^\d{4}-\d{4}$",
        label=lazy_label_of(Priority, "period"),
        max_length=length_of(Priority, "period"),
        initial="2021-2027",
        error_messages={"invalid": gettext_lazy("Write it as 2021-2027.")},
    )

    def clean_region(self) -> str:
        """Let only codes through that are in use."""
        code = str(self.cleaned_data["region"]).strip().upper()
        if code and code not in known_regions():
            text = _("“%(code)s” is no code of NUTS 2021.") % {"code": code}
            raise ValidationError(text, code="region")
        return code

    def clean(self) -> dict[str, Any]:
        """Ask for one of the two."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if bool(data.get("programme")) == bool(data.get("region")) and not self.errors:
            self.add_error("region", _("Choose a programme or write a region, one of the two."))
        return data


class PriorityRowForm(forms.Form):
    """One theme; without a theme the row is nothing."""

    use_required_attribute = False
    theme = forms.ChoiceField(label=lazy_label_of(Priority, "theme"), required=False)
    side = input_of(Priority, "side", required=False)
    weight = forms.DecimalField(
        label=gettext_lazy("Weight in per cent"),
        help_text=Priority._meta.get_field("weight").help_text,
        min_value=0,
        max_value=PERCENT,
        decimal_places=2,
        required=False,
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )
    source = input_of(Priority, "source")
    checked_on = input_of(
        Priority,
        "checked_on",
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["theme"]
        field.choices = [("", "–"), *theme_choices()]

    @property
    def label(self) -> str:
        """What the row says, in a line; empty for one that says nothing."""
        theme, weight = self["theme"].value(), self["weight"].value()
        if not theme:
            return ""
        side = dict(Priority.Side.choices).get(self["side"].value() or "", "")
        about = [str(side), _written(weight)]
        return f"{theme_label(theme, get_language())} ({', '.join(filter(None, about))})"

    def facts(self) -> PriorityFacts | None:
        """Return what a valid row says; nothing without a theme."""
        data = self.cleaned_data
        if not data.get("theme"):
            return None
        weight = data["weight"]
        return PriorityFacts(
            side=data["side"] or Priority.Side.PRIORITY,
            theme=data["theme"],
            weight=None if weight is None else float(weight) / PERCENT,
            source=data["source"],
            checked_on=data["checked_on"],
        )


def _written(weight: Any) -> str:
    if weight in (None, ""):
        return str(_("weight not stated"))
    return f"{weight:g} %" if isinstance(weight, float) else f"{weight} %"


PriorityForms = forms.formset_factory(PriorityRowForm, extra=SPARE, max_num=MOST, absolute_max=MOST)


def initial_rows(rows: Sequence[Priority]) -> list[dict[str, Any]]:
    """Return stored priorities as the forms show them."""
    return [
        {
            "theme": row.theme,
            "side": row.side,
            "weight": None if row.weight is None else round(row.weight * PERCENT, 2),
            "source": row.source,
            "checked_on": row.checked_on,
        }
        for row in rows
    ]


def stated_rows(forms: Any) -> list[PriorityFacts]:
    """Return the rows of valid forms that name a theme."""
    return [facts for form in forms.forms if (facts := form.facts()) is not None]
