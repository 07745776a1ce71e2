"""What a body says about a recommendation or a plan."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from alpclusters.platform.policy.domain.endorsing.deciding import Decision
from alpclusters.platform.policy.models import Endorsement

State = Endorsement.State
_CHOICES: Final = [
    (State.ENDORSED, _("We endorse it")),
    (State.WITH_RESERVATION, _("We endorse it with a reservation")),
    (State.DECLINED, _("We do not endorse it")),
]


class Day(forms.DateField):
    """A day of the calendar; the browser brings the calendar."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class DecisionForm(forms.Form):
    """The decision of a body."""

    use_required_attribute = False
    applies = forms.ChoiceField(
        label=_("Does it apply to you?"),
        choices=Endorsement.Applies.choices,
        widget=forms.RadioSelect,
    )
    state = forms.ChoiceField(label=_("Your decision"), choices=_CHOICES, widget=forms.RadioSelect)
    reservation = forms.CharField(
        label=_("Reservation"),
        help_text=_("Needed if you endorse it with a reservation."),
        max_length=1000,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("Needed if you do not endorse it."),
        max_length=1000,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )
    mandate = forms.CharField(
        label=_("Function and mandate"),
        help_text=_("In which function you answer, for example head of unit; no name."),
        max_length=200,
    )
    decided_on = Day(label=_("Date of the decision"))
    document = forms.URLField(
        label=_("Address of the decision"), max_length=500, required=False, assume_scheme="https"
    )

    def clean(self) -> dict[str, Any] | None:
        """A reservation and a refusal say what about."""
        data = self.cleaned_data
        if data.get("state") == State.WITH_RESERVATION and not data.get("reservation"):
            self.add_error("reservation", _("Write what the reservation is about."))
        if data.get("state") == State.DECLINED and not data.get("reason"):
            self.add_error("reason", _("Write why, in one sentence."))
        return data

    def decision(self) -> Decision:
        """Return what was said."""
        return Decision(**self.cleaned_data)


class WithdrawalForm(forms.Form):
    """Taking a decision back."""

    use_required_attribute = False
    reason = forms.CharField(label=_("Reason"), max_length=1000, widget=forms.Textarea({"rows": 3}))
