"""A comment on one paragraph."""

from django import forms
from django.utils.translation import gettext_lazy as _

from alpclusters.platform.policy.domain.consulting.commenting import LONGEST, Said


class CommentForm(forms.Form):
    """What somebody says about a paragraph; hidden fields say which."""

    use_required_attribute = False
    recommendation = forms.IntegerField(widget=forms.HiddenInput)
    field = forms.CharField(max_length=20, widget=forms.HiddenInput)
    language = forms.CharField(max_length=2, widget=forms.HiddenInput)
    paragraph = forms.IntegerField(min_value=0, max_value=999, widget=forms.HiddenInput)
    text = forms.CharField(
        label=_("Your comment"), max_length=LONGEST, widget=forms.Textarea({"rows": 4})
    )
    on_behalf_of = forms.CharField(
        label=_("On behalf of"),
        help_text=_("A body or a group, if you like; please no name of a person."),
        max_length=200,
        required=False,
    )

    def said(self) -> Said:
        """Return the comment."""
        return Said(**self.cleaned_data)
