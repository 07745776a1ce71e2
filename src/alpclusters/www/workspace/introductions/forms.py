"""Ask for an introduction, answer one, and tell what came of it."""

import re
from typing import Any, Final

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from alpclusters.platform.languages.codes import nearest_language
from alpclusters.platform.network.models import FollowUp, Introduction
from alpclusters.www.site.inputs import input_of

# An address would go around the consent; a number of eight and more digits is a telephone.
ADDRESS: Final = re.compile(r"\S+@\S+\.\w+")
TELEPHONE: Final = re.compile(r"(?:\+|\b00|\b0)\d(?:[\s./()-]*\d){6,}")


class AskForm(forms.Form):
    """What one writes to the other side."""

    use_required_attribute = False
    message = input_of(
        Introduction, "message", min_length=20, widget=forms.Textarea(attrs={"rows": 6})
    )
    language = input_of(Introduction, "language")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        initial = {"language": nearest_language(get_language()), **(kwargs.pop("initial", {}))}
        super().__init__(*args, **kwargs | {"initial": initial})

    def clean_message(self) -> str:
        """Let no address through that the consent is there for."""
        message: str = self.cleaned_data["message"]
        if ADDRESS.search(message) or TELEPHONE.search(message):
            raise forms.ValidationError(
                _("Take the address or telephone number out: both sides get them on agreement."),
                code="address",
            )
        return message


class AnswerForm(forms.Form):
    """No, with a reason if one likes."""

    use_required_attribute = False
    answer = input_of(
        Introduction, "answer", label=_("Reason"), widget=forms.Textarea(attrs={"rows": 2})
    )


class OutcomeForm(forms.Form):
    """How far it came."""

    use_required_attribute = False
    outcome = input_of(
        FollowUp,
        "outcome",
        choices=FollowUp.Outcome.choices,
        required=True,
        widget=forms.RadioSelect,
    )
    note = input_of(FollowUp, "note")

    def __init__(self, *args: Any, follow_up: FollowUp, is_early: bool, **kwargs: Any) -> None:
        initial = {"outcome": follow_up.outcome, "note": follow_up.note}
        super().__init__(*args, **kwargs | {"initial": initial})
        if is_early:
            outcome: Any = self.fields["outcome"]
            outcome.choices = FollowUp.Outcome.choices[1:]
