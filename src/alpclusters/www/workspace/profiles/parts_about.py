"""What the body is, where it sits, and what it works on."""

from types import MappingProxyType
from typing import Any, Final

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from alpclusters.platform.actors.domain.ecosystems import ECOSYSTEMS, ecosystem_label
from alpclusters.platform.actors.domain.technologies import TECHNOLOGIES, technology_label
from alpclusters.platform.actors.models import ClusterOrganisation
from alpclusters.platform.languages.codes import LANGUAGES
from alpclusters.platform.languages.inputs import TextsField, input_name
from alpclusters.platform.territory.domain.names import country_name
from alpclusters.www.components.region_chooser import RegionField
from alpclusters.www.workspace.profiles.fields import (
    lines_field,
    lines_of,
    several,
    text_field,
)
from alpclusters.www.workspace.profiles.forms import PartForm
from alpclusters.www.workspace.translated import LanguagePart, language_parts

# Named by themselves, as in the header of the site.
_FURTHER: Final = {"rm": "Rumantsch", "hr": "Hrvatski", "hu": "Magyar", "es": "Español"}
WORKING_LANGUAGES = list((dict(LANGUAGES) | _FURTHER).items())
COUNTRIES = ("AT", "CH", "DE", "FR", "IT", "LI", "SI", "HR", "HU")
MOST_FREE_WORDS = 20


class NameForm(PartForm):
    """Name, form, age and website."""

    PART = "name"
    LABELS = MappingProxyType({"english_page": _("Address of the English page")})

    def clean(self) -> dict[str, Any]:
        """An address says that there is a page."""
        data = super().clean()
        if data.get("english_page"):
            data["has_english_page"] = True
        return data


class SummaryForm(PartForm):
    """Two or three sentences in each language."""

    PART = "summary"

    summary = TextsField(label=_("In short"), max_length=800, rows=5)

    def values_of(self, cluster: ClusterOrganisation) -> dict[str, Any]:
        """Return the text with all its languages."""
        return {"summary": cluster.summary}

    def changes(self) -> dict[str, Any]:
        """Return what was written in each language."""
        written = self.cleaned_data.get("summary", {})
        return {input_name("summary", code): text for code, text in written.items()}

    @property
    def cards(self) -> list[LanguagePart]:
        """The cards of the five languages."""
        return language_parts(self, ("summary",))


class PlaceForm(PartForm):
    """Seat, catchment area and working languages."""

    PART = "place"
    OWN = frozenset({"country"})
    field_order = ("version", "country", "postcode", "town", "region", "catchment_text")

    region = RegionField(label=_("Region of the seat"), required=False)
    catchment_text = text_field(
        _("Catchment area"),
        length=400,
        help_text=_("Codes of NUTS regions with commas between, for example AT31, AT32"),
    )
    languages = several(_("Working languages"), WORKING_LANGUAGES)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language()
        countries = [(code, country_name(code, language)) for code in COUNTRIES]
        country = forms.ChoiceField(
            label=_("Country"), choices=[("", _("unknown")), *countries], required=False
        )
        self.fields["country"] = country
        self.order_fields(self.field_order)
        body = self.cluster.organisation
        field: Any = self.fields["region"]
        field.keep(body.region)
        if body.region is None:
            field.propose(body.country, body.postcode, body.town)

    def values_of(self, cluster: ClusterOrganisation) -> dict[str, Any]:
        """Write the catchment area by codes."""
        return {
            **super().values_of(cluster),
            "region": cluster.organisation.region,
            "catchment_text": ", ".join(cluster.catchment),
        }

    def clean_catchment_text(self) -> str:
        """Turn codes into the catchment area."""
        text: str = self.cleaned_data["catchment_text"]
        field = RegionField(required=False)
        regions = [field.clean(one.strip()) for one in text.replace(";", ",").split(",")]
        self.cleaned_data["catchment"] = sorted({region.code for region in regions if region})
        return text

    def clean(self) -> dict[str, Any]:
        """A region says the country."""
        data = super().clean()
        if "region" in data:
            region = data["region"]
            data["region_id"] = region.pk if region else None
            data["country"] = region.country if region else data.get("country", "")
        return data


class FieldsForm(PartForm):
    """Ecosystem, technologies and priorities; sectors are picked on a page of their own."""

    PART = "technologies"
    OWN = frozenset({"ecosystem"})

    free_words = text_field(
        _("More technologies"), length=400, help_text=_("Words of your own with commas between")
    )
    priorities = lines_field(
        _("Priorities of smart specialisation"),
        _("Those of your region that you work on, one a line"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language()
        ecosystems = [(key, ecosystem_label(key, language)) for key in ECOSYSTEMS]
        technologies = [(key, technology_label(key, language)) for key in TECHNOLOGIES]
        self.fields = {
            "version": self.fields["version"],
            "ecosystem": forms.ChoiceField(
                label=_("Industrial ecosystem"),
                choices=[("", _("not chosen")), *ecosystems],
                required=False,
            ),
            "technologies": several(_("Technologies"), technologies),
            **self.fields,
        }

    def values_of(self, cluster: ClusterOrganisation) -> dict[str, Any]:
        """Tell the words of the list from one's own."""
        own = [word for word in cluster.technologies if word not in TECHNOLOGIES]
        lines = [str(one.get("text", "")) for one in cluster.s3_priorities]
        return {
            **super().values_of(cluster),
            "free_words": ", ".join(own),
            "priorities": "\n".join(lines),
        }

    def changes(self) -> dict[str, Any]:
        """Put the words of the list and one's own together."""
        data = self.cleaned_data
        words = [word.strip()[:40] for word in data.get("free_words", "").split(",")]
        own = list(dict.fromkeys(word for word in words if word))[:MOST_FREE_WORDS]
        region = self.cluster.organisation.region
        code = region.code if region else ""
        return {
            "ecosystem": data.get("ecosystem", ""),
            "technologies": [*data.get("technologies", []), *own],
            "s3_priorities": [
                {"region": code, "text": line[:200]} for line in lines_of(data["priorities"])
            ],
        }
