"""What a researcher writes who asks for the answers of an AlpCafé person by person."""

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from alpclusters.platform.evaluation.domain.research_requests import Asked
from alpclusters.platform.languages.codes import nearest_language
from alpclusters.www.public.guarded_forms import GuardedForm

LONGEST = 1000


class RequestForm(GuardedForm):
    """Who asks, what for, how the data are kept safe, and until when."""

    use_required_attribute = False
    organisation = forms.CharField(
        label=_("Organisation"),
        help_text=_("Is shown to the public if the request is granted."),
        max_length=200,
        widget=forms.TextInput({"autocomplete": "organization"}),
    )
    people = forms.CharField(
        label=_("Who will work with the data"),
        help_text=_("Name everybody; nobody else may see the data. Names are not published."),
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 2}),
    )
    email = forms.EmailField(
        label=_("E-mail"),
        help_text=_("The answer and the personal link go there. It is not published."),
        widget=forms.EmailInput({"autocomplete": "email"}),
    )
    purpose = forms.CharField(
        label=_("Purpose"),
        help_text=_("What you want to find out. It is shown to the public if the request is "
                    "granted; please no names of people."),
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 4}),
    )  # fmt: skip
    safeguards = forms.CharField(
        label=_("How the data are kept safe"),
        help_text=_("For example: encrypted disk, no cloud, who has access. It is not published."),
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 3}),
    )
    until = forms.DateField(
        label=_("Deleted by"),
        help_text=_("On that day at the latest the data are deleted; at most in five years."),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )
    accepts = forms.BooleanField(label=_("All who are named accept the terms"))

    def asked(self) -> Asked:
        """Return the request in the words of the domain."""
        names = ("organisation", "people", "email", "purpose", "safeguards", "until")
        data = {name: self.cleaned_data[name] for name in names}
        return Asked(**data, language=nearest_language(get_language()))
