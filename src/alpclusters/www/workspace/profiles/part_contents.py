"""What the parts of a profile ask: what the body is, its numbers, how far it reaches."""

from types import MappingProxyType
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Field
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from alpclusters.platform.actors.domain.judging import proposed_term
from alpclusters.platform.actors.domain.named_lists import (
    ECOSYSTEMS,
    TECHNOLOGIES,
    choice_label,
    choices_of,
    ecosystem_label,
    technology_label,
)
from alpclusters.platform.actors.models import ClusterLabel, ClusterOrganisation
from alpclusters.platform.fields import fields_of
from alpclusters.platform.languages.codes import LANGUAGES, nearest_language
from alpclusters.platform.languages.inputs import TextsField, input_name
from alpclusters.platform.territory.domain.names import country_name, iso_countries
from alpclusters.www.components.region_chooser import RegionField
from alpclusters.www.workspace.profiles.part_forms import (
    UNKNOWN,
    PartForm,
    input_of,
    lines_field,
    lines_of,
    several,
    several_of,
    text_field,
)
from alpclusters.www.workspace.translated import LanguagePart, language_parts

# --- What the body is, where it sits, and what it works on ----------------------------------------


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


# --- Members, management, money and services ------------------------------------------------------


WHOLE: Final = 100
TOLERANCE: Final = 1
EMPTY_IS_UNKNOWN: Final = _("Leave a number empty if you do not know it. 0 means: none.")


class MembersForm(PartForm):
    """Members by type; empty is unknown, 0 is none."""

    PART = "members"
    NOTE = EMPTY_IS_UNKNOWN
    field_order = ("version", "n_sme", "n_start_up")

    def clean(self) -> dict[str, Any]:
        """Start-ups are counted among the small firms."""
        data = super().clean()
        start_ups, firms = data.get("n_start_up"), data.get("n_sme")
        if start_ups is not None and firms is not None and start_ups > firms:
            text = _("Start-ups are among the small and medium-sized firms: at most as many.")
            self.add_error("n_start_up", ValidationError(text))
        return data


class ManagementForm(PartForm):
    """Staff, board and strategy."""

    PART = "management"


class MoneyForm(PartForm):
    """Budget as a band and shares in per cent; shares may be filled bit by bit."""

    PART = "money"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for key in choices_of("financing"):
            self.fields[f"share_{key}"] = _share(choice_label("financing", key, get_language()))

    def values_of(self, cluster: ClusterOrganisation) -> dict[str, Any]:
        """Spread the shares over their fields."""
        shares = {f"share_{key}": cluster.financing.get(key) for key in choices_of("financing")}
        return {**super().values_of(cluster), **shares}

    def clean(self) -> dict[str, Any]:
        """Refuse shares of more than the whole; less is not finished yet."""
        data = super().clean()
        given = self._shares(data)
        total = sum(given.values())
        if total > WHOLE + TOLERANCE:
            raise ValidationError(
                _("The shares are %(total)s per cent together. Take %(more)s away."),
                params={"total": total, "more": total - WHOLE},
            )
        data["financing"] = given
        return data

    @property
    def missing_share(self) -> int:
        """How much of the whole is not said yet; 0 where nothing is said at all."""
        total = sum(self.cluster.financing.values())
        return WHOLE - total if 0 < total < WHOLE - TOLERANCE else 0

    @staticmethod
    def _shares(data: dict[str, Any]) -> dict[str, int]:
        pairs = [(key, data.get(f"share_{key}")) for key in choices_of("financing")]
        return {key: share for key, share in pairs if share is not None}


class ServicesForm(PartForm):
    """What it does for its members."""

    PART = "services"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["services"] = several_of(_("Services"), "service")


def _share(label: str) -> forms.IntegerField:
    widget = forms.NumberInput(attrs={"inputmode": "numeric", "placeholder": UNKNOWN})
    return forms.IntegerField(
        label=_("%(what)s, per cent") % {"what": label},
        required=False,
        min_value=0,
        max_value=WHOLE,
        widget=widget,
    )


# --- How far it reaches: abroad, by labels and programmes, and signs of life ----------------------


class InternationalForm(PartForm):
    """Strategy, partners and offers; markets are picked on a page of their own."""

    PART = "international"

    LABELS = MappingProxyType(
        {"international_url": _("Its address"), "international_until": _("Valid until")}
    )

    partners_text = lines_field(
        _("Partners abroad"), _("Cluster organisations you work with, one a line")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["offers"] = several_of(_("Offers to others"), "offer")

    def values_of(self, cluster: ClusterOrganisation) -> dict[str, Any]:
        """Write partners one a line."""
        lines = "\n".join(map(str, cluster.partners_abroad))
        return {**super().values_of(cluster), "partners_text": lines}

    def changes(self) -> dict[str, Any]:
        """Read partners line by line."""
        found = super().changes()
        if "partners_text" in self.cleaned_data:
            lines = lines_of(self.cleaned_data["partners_text"])
            found["partners_abroad"] = [line[:200] for line in lines]
        return found


class ProgrammeForm(PartForm):
    """The cluster programme it belongs to."""

    PART = "programme"


class LifeForm(PartForm):
    """Signs of life and how it sees itself."""

    PART = "life"
    field_order = ("version", "last_activity_on", "latest_event", "maturity")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        maturity: Any = self.fields["maturity"]
        maturity.choices = [("", _("not chosen")), *ClusterOrganisation.Maturity.choices]


class MarketForm(forms.Form):
    """A country and what for."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = nearest_language(get_language())
        countries = [(code, country_name(code, language)) for code in iso_countries()]
        countries.sort(key=lambda pair: pair[1].casefold())
        self.fields["country"] = forms.ChoiceField(
            label=_("Country"), choices=[("", _("not chosen")), *countries]
        )
        self.fields["aims"] = several_of(_("What for"), "aim")


class LabelForm(forms.Form):
    """A label with its period; an empty period follows from the first award."""

    def __init__(self, *args: Any, label: ClusterLabel | None = None, **kwargs: Any) -> None:
        columns = {one.name: one for one in fields_of(ClusterLabel, lambda it: it.part)}
        initial = {name: getattr(label, name) for name in columns} if label else {}
        super().__init__(*args, **kwargs | {"initial": initial})
        made = {name: input_of(column) for name, column in columns.items()} | {
            "scheme": _choice(columns["scheme"], "label_scheme"),
            "level": _choice(columns["level"], "label_level", required=False),
        }
        self.fields = {name: field for name, field in made.items() if field is not None}
        # A label without a score is no label whose score is unknown.
        del self.fields["score"].widget.attrs["placeholder"]

    def clean(self) -> dict[str, Any]:
        """Fill an empty period; refuse an end before the start."""
        data: dict[str, Any] = super().clean() or {}
        begin, end = data.get("valid_from"), data.get("valid_to")
        if begin and end and end < begin:
            text = _("The end lies before the start. Change one of them.")
            self.add_error("valid_to", ValidationError(text))
        start = begin or data.get("first_awarded")
        if start and not end and "valid_to" not in self.errors:
            term = proposed_term(start)
            data["valid_from"], data["valid_to"] = begin or term.valid_from, term.valid_to
        return data


def _choice(column: Field[Any, Any], list_: str, *, required: bool = True) -> forms.ChoiceField:
    language = nearest_language(get_language())
    found = [(key, names[language]) for key, names in choices_of(list_).items()]
    empty = [] if required else [("", _("none"))]
    return forms.ChoiceField(label=column.verbose_name, choices=[*empty, *found], required=required)
