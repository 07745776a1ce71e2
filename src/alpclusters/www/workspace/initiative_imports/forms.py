"""What a person says about a file of projects, and which of its projects are wanted."""

from typing import Any, Final

from django import forms
from django.conf import settings
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from alpclusters.platform.evidence.domain.importing import ALPINE
from alpclusters.platform.territory.domain.names import country_name
from alpclusters.sources.project_filters import ProjectFilter, is_years
from alpclusters.sources.project_spool import ProjectSpool
from alpclusters.www.workspace.imports.access import figure

AUTO: Final = "auto"
ACCEPT: Final = ".csv,.tsv,.txt,.xlsx,.zip,.json"
ALPS: Final = "alps"
ALL: Final = "all"
LONGEST: Final = 60


class UploadForm(forms.Form):
    """The file, and whose it is."""

    file = forms.FileField(
        label=gettext_lazy("File"), widget=forms.ClearableFileInput(attrs={"accept": ACCEPT})
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Whose file is it?"),
        choices=(
            (AUTO, gettext_lazy("the program finds out")),
            ("cordis", "CORDIS"),
            ("keep", "keep.eu"),
            ("kohesio", "Kohesio"),
            ("table", gettext_lazy("a table of our own")),
        ),
        initial=AUTO,
    )
    is_published = forms.BooleanField(
        label=gettext_lazy("Show the initiatives to the public"),
        required=False,
        initial=True,
        help_text=gettext_lazy("With their source, and marked as unverified."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = _(
            "An archive of CORDIS, an export of keep.eu (XLSX or JSON), projects of Kohesio, or a "
            "table of your own with a column “acronym”; at most %(size)s MB."
        ) % {"size": figure(settings.CONFIGURATION.import_mb)}


class FilterForm(forms.Form):
    """Which projects of the file are looked at."""

    words = forms.CharField(
        label=gettext_lazy("Words"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("All of them have to stand in the project."),
    )
    country = forms.ChoiceField(label=gettext_lazy("Partners from"), required=False)
    programme = forms.ChoiceField(label=gettext_lazy("Programme"), required=False)
    years = forms.CharField(
        label=gettext_lazy("Years"),
        required=False,
        max_length=11,
        help_text=gettext_lazy("Such as 2014-2020."),
    )

    def __init__(self, spool: ProjectSpool, data: Any) -> None:
        super().__init__({"country": ALPS, **data})
        language = get_language()
        places = [
            (code, f"{country_name(code, language)} ({figure(n)})") for code, n in spool.countries()
        ]
        field: Any = self.fields["country"]
        field.choices = [
            (ALPS, _("the countries of the Alps")),
            (ALL, _("anywhere")),
            *sorted(places, key=lambda one: one[1]),
        ]
        programmes: Any = self.fields["programme"]
        programmes.choices = [
            ("", _("all programmes")),
            *((name, f"{_cut(name)} ({figure(n)})") for name, n in spool.programmes() if name),
        ]

    def clean_years(self) -> str:
        """Ask for years that are years."""
        years: str = self.cleaned_data["years"].strip()
        if years and not is_years(years):
            raise forms.ValidationError(_("Write a year, or two of them: 2014-2020."))
        return years

    def wanted(self) -> ProjectFilter:
        """Return the filter of a form that is valid."""
        data = self.cleaned_data
        country = data["country"] or ALPS
        countries = ALPINE if country == ALPS else () if country == ALL else (country,)
        return ProjectFilter(
            words=(data["words"],) if data["words"].strip() else (),
            countries=countries,
            programmes=(data["programme"],) if data["programme"] else (),
            years=data["years"],
        )


def _cut(name: str) -> str:
    return name if len(name) <= LONGEST else f"{name[: LONGEST - 1]}…"
