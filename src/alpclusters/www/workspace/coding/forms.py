"""The common texts of an activity, which both coders share."""

from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from alpclusters.platform.evidence.models import Activity
from alpclusters.platform.fields import fields_of, length_of
from alpclusters.platform.territory.domain.finding import resolve_region
from alpclusters.platform.territory.models import Region
from alpclusters.www.site.inputs import input_of, lazy_label_of
from alpclusters.www.workspace.translated import LanguagePart, language_parts

TEXTS: Final = tuple(one.name for one in fields_of(Activity, lambda said: said.part == "texts"))
_LONG: Final = ("what", "result")


class NewActivityForm(forms.Form):
    """One thing that was done, in the language one works in; the rest can follow."""

    name = forms.CharField(
        label=_("What was done, in a few words"),
        max_length=length_of(Activity, "name"),
        help_text=_("For example: pilot line for lightweight parts"),
    )
    what = forms.CharField(
        label=_("What exactly, and for whom"),
        max_length=length_of(Activity, "what"),
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )
    output = forms.CharField(
        label=lazy_label_of(Activity, "output"),
        max_length=length_of(Activity, "output"),
        required=False,
    )


class ActivityForm(forms.Form):
    """The common texts in five languages, the output as a number, where it was."""

    output_value = forms.FloatField(
        label=_("Output as a number"), required=False, help_text=_("Without the unit")
    )
    regions = forms.CharField(
        label=lazy_label_of(Activity, "regions"),
        max_length=2000,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Regions by code or name, one a line: AT32, Salzburg, Slovenija"),
    )

    def __init__(self, *args: Any, activity: Activity, **kwargs: Any) -> None:
        names = (*TEXTS, "output_value")
        initial: dict[str, Any] = {name: getattr(activity, name) for name in names}
        self.known = {str(region): region for region in activity.regions.all()}
        initial["regions"] = "\n".join(self.known)
        super().__init__(*args, **kwargs | {"initial": initial})
        for name in TEXTS:
            self.fields[name] = input_of(
                Activity, name, rows=4 if name in _LONG else 0, required=False
            )

    @property
    def languages(self) -> list[LanguagePart]:
        """The cards of the five languages."""
        return language_parts(self, TEXTS)

    def clean(self) -> dict[str, Any]:
        """Ask for a name in at least one language."""
        data: dict[str, Any] = super().clean() or {}
        if not any(data.get("name", {}).values()):
            self.add_error("name", _("Write the name in one language."))
        return data

    def clean_regions(self) -> list[Region]:
        """Resolve every line to a region; those there already may have older codes."""
        lines = [line.strip() for line in self.cleaned_data["regions"].splitlines()]
        found = {line: self.known.get(line) or _one(line) for line in lines if line}
        unknown = [line for line, region in found.items() if region is None]
        if unknown:
            raise ValidationError(
                _("No single region is called “%(words)s”. Use its NUTS code."),
                params={"words": ", ".join(unknown)},
            )
        return [region for region in found.values() if region is not None]

    def texts(self) -> dict[str, Any]:
        """Return what the domain stores."""
        return {name: value for name, value in self.cleaned_data.items() if name != "regions"}


def _one(text: str) -> Region | None:
    found = resolve_region(text)
    return found[0] if len(found) == 1 else None
