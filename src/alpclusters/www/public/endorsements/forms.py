"""What a body says about a recommendation or a plan."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from alpclusters.platform.policy.domain.endorsing.deciding import Decision
from alpclusters.platform.policy.models import Endorsement
from alpclusters.www.site.inputs import Day, input_of, lazy_label_of

State = Endorsement.State
_CHOICES: Final = [
    (State.ENDORSED, _("We endorse it")),
    (State.WITH_RESERVATION, _("We endorse it with a reservation")),
    (State.DECLINED, _("We do not endorse it")),
]


class DecisionForm(forms.Form):
    """The decision of a body."""

    use_required_attribute = False
    applies = forms.ChoiceField(
        label=lazy_label_of(Endorsement, "applies"),
        choices=Endorsement.Applies.choices,
        widget=forms.RadioSelect,
    )
    state = forms.ChoiceField(
        label=lazy_label_of(Endorsement, "state"), choices=_CHOICES, widget=forms.RadioSelect
    )
    reservation = input_of(Endorsement, "reservation", widget=forms.Textarea({"rows": 3}))
    reason = input_of(Endorsement, "reason", widget=forms.Textarea({"rows": 3}))
    mandate = input_of(Endorsement, "mandate", required=True)
    decided_on = input_of(Endorsement, "decided_on", form_class=Day, required=True)
    document = input_of(Endorsement, "document", assume_scheme="https")

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
    reason = input_of(
        Endorsement, "reason", help_text="", required=True, widget=forms.Textarea({"rows": 3})
    )
