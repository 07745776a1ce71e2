"""What readers tell the moderation."""

from django import forms
from django.utils.translation import gettext_lazy as _

from alpclusters.platform.network.models import PostingReport


class ReportForm(forms.Form):
    """What is wrong with a posting."""

    use_required_attribute = False
    cause = forms.ChoiceField(
        label=_("What is wrong"), choices=PostingReport.Cause.choices, widget=forms.RadioSelect
    )
    note = forms.CharField(
        label=_("In your words"),
        help_text=_("Only if it helps. It is deleted with your account."),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
