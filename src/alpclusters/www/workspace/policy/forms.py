"""What policy makers write: recommendations, plans, their lines, in five languages."""

from typing import Any, Final

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from alpclusters.platform.languages.codes import LANGUAGES
from alpclusters.platform.policy.domain.texts import column
from alpclusters.platform.policy.models import Level

_LONG: Final = frozenset({"text", "rationale", "summary", "description"})


class LaterField(forms.CharField):
    """A text that may still be empty; publishing a plan asks for it, so it is not optional."""

    def validate(self, value: Any) -> None:
        """Take an empty text; length is checked by the validators."""


class FiveLanguagesForm(forms.Form):
    """A form whose texts stand side by side in five languages; what is missing is marked."""

    TEXTS: tuple[tuple[str, Any, int], ...] = ()
    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label, longest in self.TEXTS:
            for code, language in LANGUAGES:
                self._add(name, label, longest, code=code, language=language)

    def _add(self, name: str, label: Any, longest: int, *, code: str, language: str) -> None:
        widget = forms.Textarea if name in _LONG else forms.TextInput
        is_missing = self.is_bound is False and not self.initial.get(column(name, code))
        self.fields[column(name, code)] = LaterField(
            # The name of a language stands in that language, wherever it is read.
            label=f"{label} ({language})",
            max_length=longest,
            widget=widget({"lang": code, **({"rows": 4} if name in _LONG else {})}),
            help_text=_("Missing in this language") if is_missing else "",
        )

    def sections(self) -> list[tuple[Any, list[BoundField]]]:
        """Return the label of each text with its five fields."""
        return [
            (label, [self[column(name, code)] for code, _language in LANGUAGES])
            for name, label, _longest in self.TEXTS
        ]

    def texts(self) -> dict[str, Any]:
        """Return what was written, by column."""
        return {k: v for k, v in self.cleaned_data.items() if k in self._text_columns()}

    def _text_columns(self) -> set[str]:
        return {column(name, code) for name, _l, _n in self.TEXTS for code, _language in LANGUAGES}

    def _require_one(self, name: str) -> None:
        """Ask for a title in at least one language."""
        columns = [column(name, code) for code, _language in LANGUAGES]
        if not any((self.cleaned_data.get(key) or "").strip() for key in columns):
            self.add_error(columns[1], _("Give a title in at least one language."))


class RecommendationForm(FiveLanguagesForm):
    """Title, text and reasons of a recommendation, level, addressee, the version edited."""

    TEXTS = (
        ("title", _("Title"), 160),
        ("text", _("Text"), 4000),
        ("rationale", _("Reasons"), 4000),
    )
    level = forms.ChoiceField(label=_("Level"), choices=Level.choices)
    addressee = forms.CharField(label=_("Addressed to"), max_length=200, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def clean(self) -> dict[str, Any]:
        """Ask for a title."""
        super().clean()
        self._require_one("title")
        return self.cleaned_data

    def changes(self) -> dict[str, str]:
        """Return what the domain stores."""
        return {k: v for k, v in self.cleaned_data.items() if k != "version"}


def initial_of(obj: Any, form: type[FiveLanguagesForm], *fields: str) -> dict[str, Any]:
    """Return what is stored, as the form begins."""
    columns = [column(name, code) for name, _l, _n in form.TEXTS for code, _language in LANGUAGES]
    return {name: getattr(obj, name) for name in (*columns, *fields)}


class RejectionForm(forms.Form):
    """Why a recommendation is rejected."""

    rejected_reason = forms.CharField(
        label=_("Reason for the rejection"), max_length=500, widget=forms.Textarea({"rows": 3})
    )
