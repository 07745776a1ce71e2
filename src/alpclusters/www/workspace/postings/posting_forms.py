"""Forms of needs and offers: write, decide about one, extend one, order the digest."""

import re
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _

from alpclusters.platform.actors.domain.named_lists import TECHNOLOGIES, technology_label
from alpclusters.platform.actors.domain.sectors import parse_sector, search_sectors, sector_label
from alpclusters.platform.actors.models import ClusterOrganisation, Organisation
from alpclusters.platform.languages.codes import LANGUAGES, nearest_language
from alpclusters.platform.measures.models import Measure
from alpclusters.platform.network.domain.postings.following import Wanted
from alpclusters.platform.network.domain.postings.writing import USUAL, PostingFacts, latest_expiry
from alpclusters.platform.network.models import Digest, Posting
from alpclusters.platform.territory.domain.names import country_name
from alpclusters.platform.territory.models import Region
from alpclusters.www.site.inputs import input_of, said_of, several_of
from alpclusters.www.workspace.introductions.introduction_page import ADDRESS, TELEPHONE

# --- Fields of the forms of needs and offers: sectors by code or word, countries, regions ---------


# The countries of the Alpine space; those of the directory come with them.
ALPINE: Final = ("AT", "CH", "DE", "FR", "IT", "LI", "SI")
MOST_SECTORS: Final = 8
MOST_REGIONS: Final = 20
_BETWEEN: Final = re.compile(r"[,;\n]")
_CODE: Final = re.compile(r"[A-Z]{2}[A-Z0-9]{1,3}")
_MOST_PROPOSED: Final = 5


class SectorsField(forms.CharField):
    """Sectors as codes of NACE or as words that fit one sector; the value is a tuple of codes."""

    def prepare_value(self, value: Any) -> Any:
        """Write codes with commas between."""
        return ", ".join(value) if isinstance(value, list | tuple) else value

    def clean(self, value: Any) -> Any:
        """Return the codes; a word that fits several sectors is asked about."""
        written = [part.strip() for part in _BETWEEN.split(super().clean(value) or "")]
        codes = tuple(dict.fromkeys(_sector(part) for part in written if part))
        if len(codes) > MOST_SECTORS:
            text = ngettext("At most %(n)s sector.", "At most %(n)s sectors.", MOST_SECTORS)
            raise ValidationError(text % {"n": MOST_SECTORS}, code="many")
        return codes


class RegionsField(forms.CharField):
    """Regions as codes of NUTS; the value is a tuple of codes that there are."""

    def prepare_value(self, value: Any) -> Any:
        """Write codes with commas between."""
        return ", ".join(value) if isinstance(value, list | tuple) else value

    def clean(self, value: Any) -> Any:
        """Return the codes; each must be a region that there is."""
        written = [part.strip().upper() for part in _BETWEEN.split(super().clean(value) or "")]
        codes = tuple(dict.fromkeys(part for part in written if part))[:MOST_REGIONS]
        known = set(Region.objects.filter(code__in=codes).values_list("code", flat=True))
        unknown = [code for code in codes if not _CODE.fullmatch(code) or code not in known]
        if unknown:
            raise ValidationError(
                gettext("No region has the code %(codes)s. Look codes up under “Regions”."),
                code="unknown",
                params={"codes": ", ".join(unknown)},
            )
        return codes


def country_choices() -> list[tuple[str, str]]:
    """Offer the countries of the Alpine space and of the directory, by name."""
    listed = ClusterOrganisation.objects.filter(organisation__is_listed=True)
    rows = listed.exclude(organisation__country="").order_by("organisation__country")
    codes = {*ALPINE, *rows.values_list("organisation__country", flat=True).distinct()}
    language = get_language()
    return sorted(((code, country_name(code, language)) for code in codes), key=lambda one: one[1])


def _sector(written: str) -> str:
    code = parse_sector(written)
    if code:
        return code
    found = search_sectors(written, get_language())
    if len(found) == 1:
        return found[0]
    if not found:
        raise ValidationError(
            gettext("No sector is called “%(word)s”. Write a code of NACE such as 16 or 28.4."),
            code="unknown",
            params={"word": written[:60]},
        )
    labels = [sector_label(one, get_language()) for one in found[:_MOST_PROPOSED]]
    raise ValidationError(
        gettext("“%(word)s” fits several sectors. Write the code of one: %(labels)s"),
        code="several",
        params={"word": written[:60], "labels": "; ".join(labels)},
    )


# --- Write a need or an offer, decide about one, extend one, and order the digest -----------------


LEAST_TEXT: Final = 40
_COUNTRY: Final = 2


class PostingForm(forms.Form):
    """A need or an offer as people write it."""

    use_required_attribute = False
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("For which organisation"), empty_label=None
    )
    kind = forms.ChoiceField(
        label=_("Need or offer"),
        choices=[
            (Posting.Kind.NEED, _("Need: we look for something")),
            (Posting.Kind.OFFER, _("Offer: we have something to give")),
        ],
        widget=forms.RadioSelect,
        initial=Posting.Kind.NEED,
    )
    language = input_of(
        Posting, "language", help_text=_("Write in your own language; it is found in all five.")
    )
    title = input_of(Posting, "title")
    text = input_of(
        Posting,
        "text",
        help_text=_(
            "What is it about, whom do you look for, what comes next? Please write no names, "
            "addresses and telephone numbers: they pass when both sides agree."
        ),
        min_length=LEAST_TEXT,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    sectors = SectorsField(
        label=_("Sectors"),
        help_text=_("Codes of NACE or words, with commas between: 16, 28.4"),
        max_length=300,
        required=False,
    )
    technologies = forms.MultipleChoiceField(
        label=_("Technologies"), required=False, widget=forms.CheckboxSelectMultiple
    )
    countries = forms.MultipleChoiceField(
        label=_("Where a partner is looked for"),
        help_text=_("Nothing chosen: everywhere."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    regions = RegionsField(
        label=_("Only these regions"),
        help_text=_("Codes with commas between, such as ITH2, SI04"),
        max_length=200,
        required=False,
    )
    languages = forms.MultipleChoiceField(
        label=_("Working languages"),
        choices=LANGUAGES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    measure = forms.ModelChoiceField(
        Measure.objects.none(),
        label=_("Measure it comes out of"),
        required=False,
        empty_label=_("none"),
    )
    expires_on = input_of(
        Posting,
        "expires_on",
        help_text=_("At most twelve months ahead. You are reminded 14 days before."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(
        self,
        *args: Any,
        organisations: QuerySet[Organisation] | None = None,
        facts: PostingFacts | None = None,
        **kwargs: Any,
    ) -> None:
        initial = {**_begin(), **_initial(facts), **kwargs.pop("initial", {})}
        super().__init__(*args, **kwargs | {"initial": initial})
        fields: dict[str, Any] = self.fields
        if organisations is None:
            del self.fields["organisation"]
        else:
            fields["organisation"].queryset = organisations
        language = get_language()
        fields["technologies"].choices = [(k, technology_label(k, language)) for k in TECHNOLOGIES]
        fields["countries"].choices = country_choices()
        fields["measure"].queryset = Measure.objects.filter(is_published=True).order_by(
            "order", "pk"
        )

    @property
    def said(self) -> list[Any]:
        """The fields that everybody fills in."""
        names = ("organisation", "kind", "language", "title", "text", "expires_on")
        return [self[name] for name in names if name in self.fields]

    @property
    def narrower(self) -> list[Any]:
        """The fields by which it is found more easily."""
        names = ("sectors", "technologies", "countries", "regions", "languages", "measure")
        return [self[name] for name in names]

    def clean_title(self) -> str:
        """Let no address through."""
        return _without_address(self.cleaned_data["title"])

    def clean_text(self) -> str:
        """Let no address through that the consent of an introduction is there for."""
        return _without_address(self.cleaned_data["text"])

    def facts(self) -> PostingFacts:
        """Return what the domain stores."""
        data = self.cleaned_data
        return PostingFacts(
            kind=data["kind"],
            language=data["language"],
            title=data["title"],
            text=data["text"],
            expires_on=data["expires_on"],
            sectors=tuple(data["sectors"]),
            technologies=tuple(data["technologies"]),
            territory=(*data["countries"], *data["regions"]),
            languages=tuple(data["languages"]),
            measure_id=data["measure"].pk if data["measure"] else None,
        )


class ExtendForm(forms.Form):
    """Until when a posting stays open."""

    use_required_attribute = False
    expires_on = forms.DateField(
        label=_("Open until"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        today = timezone.localdate()
        usual = min(today + USUAL, latest_expiry(today))
        super().__init__(*args, **kwargs | {"initial": {"expires_on": usual}})


class ReasonForm(forms.Form):
    """Why a posting is sent back or taken down."""

    use_required_attribute = False
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_(
            "Needed to send it back or to take it down. It goes to the organisation: what shall "
            "be changed?"
        ),
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class DigestForm(forms.Form):
    """What new needs and offers one wants by mail."""

    use_required_attribute = False
    rhythm = input_of(Digest, "rhythm", widget=forms.RadioSelect)
    kind = input_of(
        Digest,
        "kind",
        choices=[
            ("", _("needs and offers")),
            (Posting.Kind.NEED, _("only needs")),
            (Posting.Kind.OFFER, _("only offers")),
        ],
        widget=forms.RadioSelect,
    )
    countries = several_of(Digest, "territory")
    regions = RegionsField(
        label=_("Only these regions"),
        help_text=_("Codes with commas between, such as ITH2, SI04"),
        max_length=200,
        required=False,
    )
    sectors = SectorsField(**said_of(Digest, "sectors"), max_length=300)

    def __init__(self, *args: Any, digest: Digest | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs | {"initial": _ordered(digest)})
        field: Any = self.fields["countries"]
        field.choices = country_choices()

    def wanted(self) -> Wanted:
        """Return what the domain stores."""
        data = self.cleaned_data
        return Wanted(
            rhythm=data["rhythm"],
            kind=data["kind"],
            territory=(*data["countries"], *data["regions"]),
            sectors=tuple(data["sectors"]),
        )


def _begin() -> dict[str, Any]:
    own = nearest_language(get_language())
    return {"language": own, "languages": [own], "expires_on": timezone.localdate() + USUAL}


def _initial(facts: PostingFacts | None) -> dict[str, Any]:
    if facts is None:
        return {}
    values = facts.as_record() | {"expires_on": facts.expires_on, "measure": facts.measure_id}
    return {**values, **_parted(facts.territory)}


def _ordered(digest: Digest | None) -> dict[str, Any]:
    if digest is None:
        return {}
    values = {"rhythm": digest.rhythm, "kind": digest.kind, "sectors": digest.sectors}
    return {**values, **_parted(digest.territory)}


def _parted(codes: Any) -> dict[str, list[str]]:
    """Part codes of countries from those of regions."""
    return {
        "countries": [code for code in codes if len(code) == _COUNTRY],
        "regions": [code for code in codes if len(code) > _COUNTRY],
    }


def _without_address(text: str) -> str:
    if ADDRESS.search(text) or TELEPHONE.search(text):
        raise ValidationError(
            _("Take the address or telephone number out: both sides get them on agreement."),
            code="address",
        )
    return text
