"""What a researcher writes who asks for the answers of an AlpCafé person by person."""

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from alpclusters.platform.evaluation.domain.research_requests import Asked
from alpclusters.platform.evaluation.models import DataRequest
from alpclusters.platform.languages.codes import nearest_language
from alpclusters.www.public.guarded_forms import GuardedForm
from alpclusters.www.site.inputs import input_of


class RequestForm(GuardedForm):
    """Who asks, what for, how the data are kept safe, and until when."""

    use_required_attribute = False
    organisation = input_of(
        DataRequest, "organisation", widget=forms.TextInput({"autocomplete": "organization"})
    )
    people = input_of(DataRequest, "people", widget=forms.Textarea({"rows": 2}))
    email = input_of(DataRequest, "email", widget=forms.EmailInput({"autocomplete": "email"}))
    purpose = input_of(DataRequest, "purpose", widget=forms.Textarea({"rows": 4}))
    safeguards = input_of(DataRequest, "safeguards", widget=forms.Textarea({"rows": 3}))
    until = input_of(
        DataRequest, "until", widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )
    accepts = forms.BooleanField(label=_("All who are named accept the terms"))

    def asked(self) -> Asked:
        """Return the request in the words of the domain."""
        names = ("organisation", "people", "email", "purpose", "safeguards", "until")
        data = {name: self.cleaned_data[name] for name in names}
        return Asked(**data, language=nearest_language(get_language()))
