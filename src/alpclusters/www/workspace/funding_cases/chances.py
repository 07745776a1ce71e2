"""The chance of each offer of a case: an estimate of one's own, statistics, or by right."""

from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alpclusters.platform.funding.domain.casework.offers import CHANCES
from alpclusters.reports.numbers import format_percent
from alpclusters.www.public.funding.terms import success_words
from alpclusters.www.workspace.funding_cases.words import language

FULL_PERCENT: Final = 100
MOST_APPLICATIONS: Final = 1_000_000


class ChanceForm(forms.Form):
    """How likely a grant is, and how one knows."""

    use_required_attribute = False
    offer = forms.ChoiceField(label=gettext_lazy("Offer"))
    kind = forms.ChoiceField(
        label=gettext_lazy("What is known"),
        choices=[
            ("statistics", gettext_lazy("statistics of the programme")),
            ("estimate", gettext_lazy("an estimate of your own")),
            ("by_right", gettext_lazy("by right: whoever meets the conditions gets it")),
            ("unknown", gettext_lazy("nothing")),
        ],
    )
    granted = forms.IntegerField(
        label=gettext_lazy("Applications granted"),
        min_value=0,
        max_value=MOST_APPLICATIONS,
        required=False,
    )
    applied = forms.IntegerField(
        label=gettext_lazy("Applications handed in"),
        min_value=1,
        max_value=MOST_APPLICATIONS,
        required=False,
    )
    source = forms.CharField(label=gettext_lazy("Source"), max_length=500, required=False)
    checked_on = forms.DateField(
        label=gettext_lazy("Read on"),
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )
    percent = forms.IntegerField(
        label=gettext_lazy("Own estimate in per cent"),
        min_value=0,
        max_value=FULL_PERCENT,
        required=False,
        help_text=gettext_lazy("For this case only; it is marked as your own estimate."),
    )

    NEEDS: Final[Mapping[str, tuple[str, ...]]] = {
        "statistics": ("granted", "applied", "source", "checked_on"),
        "estimate": ("percent",),
    }

    def __init__(self, *args: Any, offers: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["offer"]
        field.choices = offers

    def clean(self) -> dict[str, Any]:
        """Ask for what the kind needs; a figure without its base and source is none."""
        data: dict[str, Any] = super().clean() or {}
        for name in self.NEEDS.get(data.get("kind", ""), ()):
            if data.get(name) in (None, "") and name not in self.errors:
                self.add_error(name, _("Please enter this too."))
        granted, applied = data.get("granted"), data.get("applied")
        if granted is not None and applied is not None and granted > applied:
            self.add_error("granted", _("More cannot be granted than were handed in."))
        return data

    def stored(self) -> dict[str, Any]:
        """Return it as an offer of a case has it."""
        data = self.cleaned_data
        if data["kind"] == "by_right":
            return {"award": "by_right"}
        if data["kind"] == "estimate":
            return {"award": "competitive", "success_bp": data["percent"] * FULL_PERCENT}
        if data["kind"] == "unknown":
            return {}
        success = {name: data[name] for name in ("granted", "applied", "source")}
        success["checked_on"] = data["checked_on"].isoformat()
        return {"award": "competitive", "success": success}


def chance_rows(data: Mapping[str, Any], titles: Mapping[str, str]) -> list[dict[str, str]]:
    """List what is known of the chances of a case."""
    return [
        {"title": titles.get(one["id"], one["id"]), "words": _words(one)}
        for one in data.get("offers", [])
        if any(name in one for name in CHANCES)
    ]


def _words(offer: Mapping[str, Any]) -> str:
    if offer.get("award") == "by_right":
        return _("by right: whoever meets the conditions gets it")
    if "success_bp" in offer:
        share = format_percent(offer["success_bp"] / FULL_PERCENT**2, language())
        return _("%(share)s, own estimate") % {"share": share}
    success = offer.get("success")
    if not success:
        return _("not known")
    return success_words(success)
