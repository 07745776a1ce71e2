"""Asking a body to endorse."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alpclusters.platform.languages.codes import LANGUAGES
from alpclusters.platform.partnership.models import Project
from alpclusters.platform.policy.domain.endorsing.deciding import Body
from alpclusters.platform.policy.models import Endorsement
from alpclusters.platform.territory.models import Region
from alpclusters.www.site.inputs import input_of


class RegionField(forms.ModelChoiceField):  # type: ignore[type-arg]  # takes none when run
    """A region by its name in the reader's language."""

    def label_from_instance(self, region: Any) -> str:
        """Name a region."""
        return f"{region.name} ({region.code})"


def region_field(project: Project, **options: Any) -> RegionField:
    """Return a choice among the regions of a project's partners and AlpCafés."""
    near = Q(partners__project=project) | Q(pk__in=project.cafes.order_by().values("region"))
    rows = Region.objects.filter(near).distinct().order_by("country", "code", "pk")
    return RegionField(rows, label=_("Region"), empty_label="–", **options)


class AgainForm(forms.Form):
    """The address to which the link of a body goes that is asked again."""

    use_required_attribute = False
    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        help_text=_("The link goes there; the address is not stored. Empty: no mail goes out."),
    )
    language = forms.ChoiceField(label=_("Language of the mail"), choices=LANGUAGES)


class AskForm(AgainForm):
    """Which body is asked, and the address to which its link goes."""

    body = input_of(Endorsement, "body")
    field_order = ("body", "email", "language", "region")

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["region"] = region_field(project, required=False)

    def asked(self) -> Body:
        """Return the body."""
        region = self.cleaned_data["region"]
        return Body(self.cleaned_data["body"], region.country if region else "", region)
