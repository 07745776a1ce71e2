"""Profiles in words: names of fields, values, what follows from them."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.db.models import Model
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _

from alpclusters.platform.actors.domain.completeness import LABEL_OR_PROGRAMME
from alpclusters.platform.actors.domain.editing import model_of
from alpclusters.platform.actors.domain.judging import MEMBER_TYPES
from alpclusters.platform.actors.domain.named_lists import (
    choice_label,
    ecosystem_label,
    technology_label,
)
from alpclusters.platform.actors.domain.sectors import sector_label
from alpclusters.platform.fields import label_of
from alpclusters.platform.languages.codes import DEFAULT_LANGUAGE, LANGUAGES
from alpclusters.platform.languages.text import field_of, split_input
from alpclusters.platform.territory.domain.names import country_name
from alpclusters.platform.territory.models import Region
from alpclusters.reports.dates import format_date
from alpclusters.reports.numbers import format_number, format_percent

# --- Names of fields, and sentences on what follows from a profile --------------------------------


# Why a field of this group is the next most useful one.
WHY: Final = {
    "identity": _("Visitors decide by it whether they have found the right body."),
    "place": _("The map and the filters by region and language need it."),
    "what": _("Visitors filter by it and find you among hundreds."),
    "members": _("Two of the four validation rules count members."),
    "management": _("It shows that somebody runs the body; one validation rule needs the staff."),
    "international": _("Partners abroad look for those who aim at the same countries."),
    "label": _("A label or programme tells others how sure they can be of you."),
    "life": _("A profile that nobody confirms counts as out of date after a year."),
}
RULES: Final = {
    "management": _("Management with at least half a full-time post"),
    "activity": _("English page, and visible activity within two years"),
    "members": _("At least 15 members"),
    "mix": _("At least two types of members, with a public body or visible work with one"),
}
OUTCOMES: Final = {
    "pass": (_("met"), "check", "good"),
    "fail": (_("not met"), "x", "bad"),
    "unknown": (_("unknown"), "circle-help", "unv"),
}
RESULTS: Final = {
    "valid": (_("all four rules are met"), "circle-check", "good"),
    "invalid": (_("a rule is not met"), "circle-alert", "bad"),
    "open": (_("not decided: facts are missing"), "circle-help", "unv"),
    "waived": (_("recognised by a programme"), "circle-check", "good"),
}
FRESHNESS: Final = {
    "fresh": (_("confirmed within a year"), "circle-check", "good"),
    "ageing": (_("confirmed more than a year ago"), "clock", "warn"),
    "stale": (_("confirmed more than two years ago"), "triangle-alert", "bad"),
    "never": (_("never confirmed"), "circle-help", "unv"),
}
LABEL_STATES: Final = {
    "valid": (_("valid"), "circle-check", "good"),
    "in_grace": (_("ended, may still be renewed"), "clock", "warn"),
    "expired": (_("expired"), "x", ""),
    "not_yet": (_("not valid yet"), "clock", ""),
    "unknown": (_("period unknown"), "circle-help", "unv"),
}


def points(gain: float) -> str:
    """Say by how much the completeness would rise."""
    n = round(gain)
    return ngettext("+%(n)s point", "+%(n)s points", n) % {"n": n}


def name_of(field: str, model: type[Model] | None = None) -> str:
    """Return the name of a field of a profile or of an input of its validation.

    Parameters
    ----------
    field : str
        A column, a text in one language, a type of members or what the completeness asks.
    model : type, optional
        Where it stands; else the profile or its organisation.
    """
    if field == LABEL_OR_PROGRAMME:
        return gettext("A label or a programme")
    name = f"n_{field}" if field in MEMBER_TYPES else field
    return label_of(model or model_of(name), name)


# --- Values of a profile as words: for the history and for what two people saved ------------------


LETTERS_OF_LOGO: Final = 8


def value_words(field: str, value: Any) -> str:
    """Write a value of a field for people; nothing known is "unknown"."""
    if field == "region_id":
        return _region(value)
    if value is None or value in ("", [], {}):
        return gettext("unknown")
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if field in _LISTS:
        return "\n".join(_LISTS[field](one) for one in value)
    return _single(field, value)


def _single(field: str, value: Any) -> str:
    language = get_language() or DEFAULT_LANGUAGE
    if isinstance(value, date):
        return format_date(value, language)
    if isinstance(value, Decimal):
        return format_number(value, language)
    if field == "financing":
        return "\n".join(
            f"{choice_label('financing', key, language)}: {format_percent(share / 100, language)}"
            for key, share in value.items()
        )
    if field in _CHOICES:
        return str(_CHOICES[field](value))
    return str(dict(_column(field).flatchoices).get(value, value))


def _column(field: str) -> Any:
    return field_of(model_of(field), field)


def _region(pk: int | None) -> str:
    region = Region.objects.filter(pk=pk).first() if pk else None
    return str(region) if region else gettext("unknown")


def _market(one: dict[str, Any]) -> str:
    language = get_language()
    aims = ", ".join(choice_label("aim", aim, language) for aim in one.get("aims", []))
    country = country_name(one.get("country", ""), language)
    return f"{country}: {aims}" if aims else country


_LISTS: Final[dict[str, Callable[[Any], str]]] = {
    "sectors": lambda code: sector_label(code, get_language()),
    "technologies": lambda key: technology_label(key, get_language()),
    "services": lambda key: choice_label("service", key, get_language()),
    "offers": lambda key: choice_label("offer", key, get_language()),
    "target_markets": _market,
    "s3_priorities": lambda one: str(one.get("text", "")),
    "partners_abroad": str,
    "catchment": str,
    "languages": lambda code: dict(LANGUAGES).get(code, code),
}
_CHOICES: Final[dict[str, Callable[[Any], Any]]] = {
    "ecosystem": lambda key: ecosystem_label(key, get_language()),
    "country": lambda code: country_name(code, get_language()),
    "logo": lambda name: gettext("picture %(name)s") % {"name": name[:LETTERS_OF_LOGO]},
    "scheme": lambda key: choice_label("label_scheme", key, get_language()),
    "level": lambda key: choice_label("label_level", key, get_language()),
}


def language_of(field: str) -> str:
    """Return the language of a translated field, else nothing."""
    return split_input(model_of(field), field)[1]


def stem_of(field: str) -> str:
    """Return a translated field without its language, any other field as it is."""
    code = language_of(field)
    return field.removesuffix(f"_{code}") if code else field
