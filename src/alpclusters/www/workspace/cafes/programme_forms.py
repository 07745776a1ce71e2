"""The part of the form of an AlpCafé that says how the day runs."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from alpclusters.platform.cafe.models import AlpCafe
from alpclusters.platform.languages.codes import LANGUAGES
from alpclusters.platform.languages.text import field_of
from alpclusters.www.site.inputs import input_of, lazy_label_of

_NOTHING: Final[tuple[Any, ...]] = (None, "", [])


def _clock(name: str) -> forms.Field:
    return input_of(AlpCafe, name, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))


def _criterion(name: str) -> forms.Field:
    return input_of(AlpCafe, name, empty_label=_("none"))


class ProgrammeForm(forms.Form):
    """Round, hall, times, languages and phases; what is left out keeps its default."""

    round = input_of(AlpCafe, "round", required=False, widget=forms.RadioSelect)
    starts_at = _clock("starts_at")
    ends_at_time = _clock("ends_at_time")
    directions = input_of(AlpCafe, "directions")
    languages = forms.MultipleChoiceField(
        label=lazy_label_of(AlpCafe, "languages"),
        choices=LANGUAGES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    in_hall = input_of(AlpCafe, "in_hall")
    n_rounds = input_of(AlpCafe, "n_rounds", required=False)
    minutes_per_round = input_of(AlpCafe, "minutes_per_round", required=False)
    minutes_to_change = input_of(AlpCafe, "minutes_to_change", required=False)
    has_presentation = input_of(AlpCafe, "has_presentation")
    has_top_three = input_of(AlpCafe, "has_top_three")
    has_second_rating = input_of(AlpCafe, "has_second_rating")
    has_feedback = input_of(AlpCafe, "has_feedback")
    shows_table_cards = input_of(AlpCafe, "shows_table_cards")
    open_registration = input_of(AlpCafe, "open_registration")
    cloud_x = _criterion("cloud_x")
    cloud_y = _criterion("cloud_y")
    # No number is the 0 of the column.
    best_k = input_of(AlpCafe, "best_k", required=False, min_value=1)
    welcome = input_of(AlpCafe, "welcome", rows=3, legend=True)

    def decided(self, name: str) -> Any:
        """Return what a column is set to: what is left out and must be there is as usual."""
        column: Any = field_of(AlpCafe, name)
        value = self.cleaned_data[name]
        is_left_out = value in _NOTHING and not column.blank
        return column.get_default() if is_left_out else value
