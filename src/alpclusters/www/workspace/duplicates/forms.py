"""Decide about a pair: the same, different or later; and which value of each field stays."""

from collections.abc import Sequence
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from alpclusters.platform.actors.domain.merge_choices import Choice

FIRST: Final = "first"
SECOND: Final = "second"
LONGEST_REASON: Final = 60
SIDES: Final = [(FIRST, _("first entry")), (SECOND, _("second entry"))]


class MergeForm(forms.Form):
    """Which entry keeps its address, which value of each field stays, and why."""

    stays = forms.ChoiceField(
        label=_("Entry that keeps its address"),
        choices=SIDES,
        widget=forms.RadioSelect,
        initial=FIRST,
    )
    reason = forms.CharField(label=_("Reason"), max_length=LONGEST_REASON, required=False)

    def __init__(self, *args: Any, choices: Sequence[Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choices = choices
        for choice in choices:
            self.fields[choice.key] = forms.ChoiceField(
                choices=SIDES,
                initial=SECOND if choice.takes_second else FIRST,
                # What the form does not send is decided as it was proposed.
                required=False,
            )

    @property
    def first_stays(self) -> bool:
        """Say whether the first entry keeps its address."""
        return bool(self.cleaned_data["stays"] == FIRST)

    def taken(self) -> list[str]:
        """Return the fields whose value comes from the entry that goes."""
        goes = SECOND if self.first_stays else FIRST
        return [choice.key for choice in self.choices if self._side(choice) == goes]

    def _side(self, choice: Choice) -> str:
        return str(self.cleaned_data[choice.key] or self.fields[choice.key].initial)
