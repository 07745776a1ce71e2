"""The part of the form of an AlpCafé that says how the day runs."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alpclusters.platform.cafe.domain.programme import ALWAYS, COURSE, Programme
from alpclusters.platform.cafe.models import AlpCafe, Criterion
from alpclusters.platform.languages.codes import LANGUAGES
from alpclusters.platform.languages.inputs import TextsField
from alpclusters.platform.languages.text import field_of
from alpclusters.www.forms import inputs_of

NUMBERS = ("n_rounds", "minutes_per_round", "minutes_to_change")


def label(name: str) -> Any:
    """Return how a field of the AlpCafé is called everywhere."""
    return field_of(AlpCafe, name).verbose_name


def _number(name: str, least: int, most: int) -> forms.IntegerField:
    return forms.IntegerField(label=label(name), min_value=least, max_value=most, required=False)


def _yes(name: str) -> forms.BooleanField:
    return forms.BooleanField(label=label(name), required=False)


def _time(name: str) -> forms.TimeField:
    return forms.TimeField(
        label=label(name),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )


class ProgrammeForm(forms.Form):
    """Round, hall, times, languages and phases; what is left out keeps its default."""

    round = forms.TypedChoiceField(
        label=_("What it is about"),
        choices=AlpCafe.Round.choices,
        coerce=int,
        required=False,
        empty_value=int(AlpCafe.Round.MEASURES),  # type: ignore[arg-type]  # stubs: texts only
        widget=forms.RadioSelect,
    )
    starts_at = _time("starts_at")
    ends_at_time = _time("ends_at_time")
    directions = forms.CharField(label=label("directions"), required=False, max_length=200)
    languages = forms.MultipleChoiceField(
        label=label("languages"),
        choices=LANGUAGES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    in_hall = _yes("in_hall")
    n_rounds = _number("n_rounds", 1, 8)
    minutes_per_round = _number("minutes_per_round", 1, 120)
    minutes_to_change = _number("minutes_to_change", 0, 30)
    has_presentation = _yes("has_presentation")
    has_top_three = _yes("has_top_three")
    has_second_rating = _yes("has_second_rating")
    has_feedback = _yes("has_feedback")
    shows_table_cards = _yes("shows_table_cards")
    open_registration = _yes("open_registration")
    cloud_x = forms.ModelChoiceField(
        Criterion.objects.all(), label=_("Across"), required=False, empty_label=_("none")
    )
    cloud_y = forms.ModelChoiceField(
        Criterion.objects.all(), label=_("Upwards"), required=False, empty_label=_("none")
    )

    best_k = forms.IntegerField(
        label=label("best_k"),
        required=False,
        min_value=1,
        max_value=10,
        help_text=_(
            "Empty: every measure is asked of as many people as any other. With a number, phones"
            " ask first about the measures that decide which are the best ones. Everybody may"
            " still rate all of them."
        ),
    )

    welcome = TextsField(max_length=600, rows=3)

    @property
    def welcomes(self) -> list[Any]:
        """The fields of the purpose, one for each language."""
        return inputs_of(self, "welcome")

    def programme(self) -> Programme:
        """Return the decisions in the words of the domain."""
        data = self.cleaned_data
        default = Programme()
        given: dict[str, Any] = {name: data[name] for name in (*ALWAYS, *COURSE) if name in data}
        given |= {n: getattr(default, n) for n in (*NUMBERS, "best_k") if given.get(n) is None}
        given["languages"] = given.get("languages") or default.languages
        return Programme(**given, welcome=data["welcome"])


def initial_programme(cafe: AlpCafe | None) -> dict[str, Any]:
    """Return what the form shows first: an AlpCafé with tables, or what was decided before."""
    if cafe is None:
        default = Programme(in_hall=True)
        return {name: getattr(default, name) for name in (*ALWAYS, *COURSE)} | {"best_k": None}
    shown = {name: getattr(cafe, name) for name in (*ALWAYS, *COURSE)}
    shown["best_k"] = cafe.best_k or None
    return shown | {"welcome": cafe.welcome}
