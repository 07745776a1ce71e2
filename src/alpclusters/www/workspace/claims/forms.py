"""Asking to keep a profile, and the answer."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ClaimForm(forms.Form):
    """Who one is: the coordinator decides by it."""

    message = forms.CharField(
        label=_("Who you are"),
        help_text=_("Your task there, and how one can see it, for example a page with your name"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class DecisionForm(forms.Form):
    """Yes or no, with a sentence for the asking person."""

    decision = forms.ChoiceField(choices=[("approve", ""), ("refuse", "")])
    answer = forms.CharField(
        label=_("Answer"),
        help_text=_("Goes to the asking person. A refusal needs a reason."),
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def clean_answer(self) -> str:
        """A refusal says why."""
        answer: str = self.cleaned_data["answer"].strip()
        if self.data.get(self.add_prefix("decision")) == "refuse" and not answer:
            raise forms.ValidationError(
                _("Write why, so that the person can do something about it.")
            )
        return answer
