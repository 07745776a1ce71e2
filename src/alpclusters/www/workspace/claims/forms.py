"""Asking to keep a profile, and the answer."""

from django import forms
from django.utils.translation import gettext_lazy as _

from alpclusters.platform.actors.models import Claim
from alpclusters.www.site.inputs import input_of


class ClaimForm(forms.Form):
    """Who one is: the coordinator decides by it."""

    message = input_of(Claim, "message", widget=forms.Textarea(attrs={"rows": 3}))


class DecisionForm(forms.Form):
    """Yes or no, with a sentence for the asking person."""

    decision = forms.ChoiceField(choices=[("approve", ""), ("refuse", "")])
    answer = input_of(Claim, "answer", widget=forms.Textarea(attrs={"rows": 2}))

    def clean_answer(self) -> str:
        """A refusal says why."""
        answer: str = self.cleaned_data["answer"].strip()
        if self.data.get(self.add_prefix("decision")) == "refuse" and not answer:
            raise forms.ValidationError(
                _("Write why, so that the person can do something about it.")
            )
        return answer
