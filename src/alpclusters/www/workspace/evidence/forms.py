"""What a coordinator says about a corpus, and which initiatives to look for."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alpclusters.platform.evidence.domain.corpora import InitiativeFilter
from alpclusters.platform.evidence.models import Codebook, Corpus, Programme
from alpclusters.platform.partnership.models import Project
from alpclusters.www.site.inputs import input_of, lazy_label_of

FIRST_YEAR, LAST_YEAR = 1980, 2100


class CorpusForm(forms.Form):
    """Name, number of coders, codebook; the project only where the corpus is new."""

    project = forms.ModelChoiceField(Project.objects.none(), label=_("Project"))
    name = input_of(Corpus, "name")
    n_coders = forms.TypedChoiceField(
        label=lazy_label_of(Corpus, "n_coders"),
        coerce=int,
        choices=[(2, _("two, blind to each other")), (1, _("one"))],
        widget=forms.RadioSelect,
        initial=2,
        help_text=_("Only what two people coded says how reliable the codes are."),
    )
    codebook = forms.ModelChoiceField(
        Codebook.objects.filter(published_at__isnull=False).order_by("-number"),
        label=_("Version of the codebook"),
        empty_label=None,
        help_text=_("It stays the same once coding has begun."),
    )

    def __init__(
        self, *args: Any, projects: Any = None, corpus: Corpus | None = None, **kwargs: Any
    ) -> None:
        if corpus is not None:
            values = {name: getattr(corpus, name) for name in ("name", "n_coders", "codebook")}
            kwargs["initial"] = values
        super().__init__(*args, **kwargs)
        if corpus is not None:
            del self.fields["project"]
            return
        project: Any = self.fields["project"]
        project.queryset = projects
        codebook: Any = self.fields["codebook"]
        newest = codebook.queryset.first()
        self.initial.setdefault("codebook", newest.pk if newest else None)


class FilterForm(forms.Form):
    """Conditions an initiative must fit, all of them."""

    use_required_attribute = False
    words = forms.CharField(label=_("Words"), max_length=200, required=False)
    family = forms.ChoiceField(label=_("Kind of programme"), required=False)
    country = forms.RegexField(
        r"^[A-Za-z]{2}$",
        label=_("Country"),
        required=False,
        help_text=_("Two letters, for example AT"),
        error_messages={"invalid": _("Write the two letters of the country.")},
    )
    year_from = forms.IntegerField(
        label=_("From year"), min_value=FIRST_YEAR, max_value=LAST_YEAR, required=False
    )
    year_to = forms.IntegerField(
        label=_("To year"), min_value=FIRST_YEAR, max_value=LAST_YEAR, required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        family: Any = self.fields["family"]
        family.choices = [("", _("all")), *Programme.Family.choices]

    def wanted(self) -> InitiativeFilter:
        """Return the conditions; what is wrong is left out."""
        data = self.cleaned_data if self.is_bound and self.is_valid() else {}
        return InitiativeFilter(**{name: value for name, value in data.items() if value})
