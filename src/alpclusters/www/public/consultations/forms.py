"""A comment on one paragraph."""

from django import forms
from django.utils.translation import gettext_lazy as _

from alpclusters.platform.policy.domain.consulting.commenting import Said
from alpclusters.platform.policy.models import Comment
from alpclusters.www.site.inputs import input_of


class CommentForm(forms.Form):
    """What somebody says about a paragraph; hidden fields say which."""

    use_required_attribute = False
    recommendation = forms.IntegerField(widget=forms.HiddenInput)
    field = forms.CharField(max_length=20, widget=forms.HiddenInput)
    language = forms.CharField(max_length=2, widget=forms.HiddenInput)
    paragraph = forms.IntegerField(min_value=0, max_value=999, widget=forms.HiddenInput)
    text = input_of(Comment, "text", label=_("Your comment"), widget=forms.Textarea({"rows": 4}))
    on_behalf_of = input_of(Comment, "on_behalf_of")

    def said(self) -> Said:
        """Return the comment."""
        return Said(**self.cleaned_data)
