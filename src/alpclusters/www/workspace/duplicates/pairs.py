"""A pair that may be one, as queue and review show it: what hangs on it, what is decided."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from alpclusters.platform.actors.domain.merges import PROFILE, Choice
from alpclusters.platform.actors.domain.moving import references_to
from alpclusters.platform.actors.domain.named_lists import helix_name, level_name
from alpclusters.platform.actors.models import DuplicateProposal, Identifier, Organisation, Person
from alpclusters.platform.languages.codes import LANGUAGES, nearest_language
from alpclusters.platform.territory.domain.names import country_name
from alpclusters.reports.numbers import format_number
from alpclusters.www.public.organisations.facts import source_words
from alpclusters.www.site.organisation_links import page_of
from alpclusters.www.site.profile_words import language_of, name_of, value_words

# --- Decide about a pair: the same, different or later; and which value of each field stays -------


FIRST: Final = "first"
SECOND: Final = "second"
LONGEST_REASON: Final = 60
SIDES: Final = [(FIRST, _("first entry")), (SECOND, _("second entry"))]


class MergeForm(forms.Form):
    """Which entry keeps its address, which value of each field stays, and why."""

    stays = forms.ChoiceField(
        label=_("Entry that keeps its address"),
        choices=SIDES,
        widget=forms.RadioSelect,
        initial=FIRST,
    )
    reason = forms.CharField(label=_("Reason"), max_length=LONGEST_REASON, required=False)

    def __init__(self, *args: Any, choices: Sequence[Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choices = choices
        for choice in choices:
            self.fields[choice.key] = forms.ChoiceField(
                choices=SIDES,
                initial=SECOND if choice.takes_second else FIRST,
                # What the form does not send is decided as it was proposed.
                required=False,
            )

    @property
    def first_stays(self) -> bool:
        """Say whether the first entry keeps its address."""
        return bool(self.cleaned_data["stays"] == FIRST)

    def taken(self) -> list[str]:
        """Return the fields whose value comes from the entry that goes."""
        goes = SECOND if self.first_stays else FIRST
        return [choice.key for choice in self.choices if self._side(choice) == goes]

    def _side(self, choice: Choice) -> str:
        return str(self.cleaned_data[choice.key] or self.fields[choice.key].initial)


# --- How much hangs on an organisation: what a merge would move -----------------------------------


def ties_of(*organisations: Organisation) -> dict[int, Sequence[str]]:
    """Return per organisation what points to it, as kinds with their numbers."""
    return {organisation.pk: _ties(organisation) for organisation in organisations}


def _ties(organisation: Organisation) -> list[str]:
    counted: dict[str, int] = {}
    for model, name in references_to(Organisation):
        n = model._default_manager.filter(**{name: organisation.pk}).count()
        if n:
            counted[_word(model.__name__)] = counted.get(_word(model.__name__), 0) + n
    return [f"{word}: {n}" for word, n in counted.items()]


def _word(model: str) -> str:
    words = {
        "Alias": gettext("other names"),
        "Identifier": gettext("numbers"),
        "ClusterOrganisation": gettext("profile"),
        "ClusterMember": gettext("memberships"),
        "Provenance": gettext("rows of lists"),
        "FieldProposal": gettext("proposals of lists"),
        "Person": gettext("people"),
        "Stakeholder": gettext("stakeholder entries"),
        "Partner": gettext("partnerships in projects"),
        "Invitation": gettext("invitations"),
        "Involvement": gettext("involvement in events"),
        "PartOf": gettext("units and larger bodies"),
        "Organisation": gettext("merged entries"),
    }
    return words.get(model, gettext("other entries"))


# --- A pair that may be one, as the queue and the review show it ----------------------------------


@dataclass(frozen=True)
class SideView:
    """One of the two: name, place, where it comes from, what hangs on it."""

    title: str
    organisation: Organisation
    place: str
    url: str
    ties: Sequence[str] = ()
    source: str = ""


@dataclass(frozen=True)
class PairView:
    """One proposal of the queue."""

    proposal: DuplicateProposal
    score: str
    reasons: Sequence[str]
    sides: Sequence[SideView]


@dataclass(frozen=True)
class ValueView:
    """One value to choose."""

    side: str
    id: str
    text: str
    lang: str
    is_chosen: bool


@dataclass(frozen=True)
class ChoiceView:
    """One field with its two values."""

    key: str
    label: str
    values: Sequence[ValueView]


def pair_view(
    proposal: DuplicateProposal, ties: Mapping[int, Sequence[str]] | None = None
) -> PairView:
    """Put a proposal into words."""
    names = (gettext("First entry"), gettext("Second entry"))
    sides = [
        _side(title, organisation, (ties or {}).get(organisation.pk, ()))
        for title, organisation in zip(names, (proposal.first, proposal.second), strict=True)
    ]
    score = format_number(proposal.score, _language())
    return PairView(proposal, score, [_reason(r) for r in proposal.reasons], sides)


def choice_views(form: MergeForm) -> list[ChoiceView]:
    """Return the fields in which the two differ, each with both values."""
    return [_choice_view(form, choice) for choice in form.choices]


def _side(title: str, organisation: Organisation, ties: Sequence[str]) -> SideView:
    region = organisation.region
    country = organisation.country or (region.country if region else "")
    parts = [
        organisation.town,
        region.name if region else "",
        country_name(country, get_language()) if country else "",
    ]
    place = ", ".join(dict.fromkeys(filter(None, parts))) or gettext("place unknown")
    source = source_words(organisation.source, is_simulated=organisation.is_simulated)
    return SideView(title, organisation, place, page_of(organisation), ties, source)


def _reason(reason: Mapping[str, Any]) -> str:
    match reason.get("code"):
        case "identifier":
            scheme = dict(Identifier.Scheme.choices).get(str(reason["scheme"]), reason["scheme"])
            words = {"scheme": scheme, "value": reason["value"]}
            return gettext("same number: %(scheme)s %(value)s") % words
        case "name":
            words = {"score": format_number(float(reason["score"]), _language())}
            return gettext("names alike: %(score)s of 100") % words
        case _:
            return _circumstance(str(reason.get("code")))


def _circumstance(code: str) -> str:
    words = {
        "postcode": gettext("same postcode"),
        "website": gettext("same website"),
        "town": gettext("different towns"),
        "unit": gettext("one name only adds a part or a place: perhaps a unit of the other"),
    }
    return words.get(code, "")


def _choice_view(form: MergeForm, choice: Choice) -> ChoiceView:
    chosen = form[choice.key].value() or form.fields[choice.key].initial
    name = choice.key.removeprefix(PROFILE)
    lang = language_of(name)
    label = f"{name_of(name)}, {dict(LANGUAGES)[lang]}" if lang else _label(name)
    pairs = ((FIRST, choice.first), (SECOND, choice.second))
    values = [
        ValueView(side, f"{choice.key}-{side}", _words(choice, given), lang, side == chosen)
        for side, given in pairs
    ]
    return ChoiceView(choice.key, label, values)


def _label(name: str) -> str:
    special = {
        "town": gettext("Place"),
        "latitude": gettext("Coordinates"),
    }
    return special.get(name) or name_of(name)


def _words(choice: Choice, values: Sequence[Any]) -> str:
    """Write a group in one line; notes on the code of a region only explain it."""
    pairs = list(zip(choice.fields, values, strict=True))
    shown = pairs[:1] if choice.key == "region" else pairs
    said = [_value(name, value) for name, value in shown if value not in (None, "")]
    return ", ".join(said) or gettext("unknown")


def _value(name: str, value: Any) -> str:
    """Write a value; some fields of an organisation are no fields of its profile's pages."""
    match name:
        case "helix":
            return helix_name(value, _language())
        case "level":
            return level_name(value, _language())
        case "manager_id":
            return Person.objects.filter(pk=value).values_list("name", flat=True).first() or ""
        case "source":
            # No real source calls itself simulated.
            return source_words(value, is_simulated=True)
    return value_words(name, value)


def _language() -> str:
    return nearest_language(get_language())
