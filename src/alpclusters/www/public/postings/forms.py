"""What readers tell the moderation."""

from django import forms

from alpclusters.platform.network.models import PostingReport
from alpclusters.www.site.inputs import input_of


class ReportForm(forms.Form):
    """What is wrong with a posting."""

    use_required_attribute = False
    cause = input_of(
        PostingReport, "cause", choices=PostingReport.Cause.choices, widget=forms.RadioSelect
    )
    note = input_of(PostingReport, "note", widget=forms.Textarea(attrs={"rows": 2}))
