"""Values of a profile as words: for the history and for what two people saved."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from alpclusters.platform.actors.domain.editing import model_of
from alpclusters.platform.actors.domain.named_lists import (
    choice_label,
    ecosystem_label,
    technology_label,
)
from alpclusters.platform.actors.domain.sectors import sector_label
from alpclusters.platform.languages.codes import DEFAULT_LANGUAGE, LANGUAGES
from alpclusters.platform.languages.text import field_of, split_input
from alpclusters.platform.territory.domain.names import country_name
from alpclusters.platform.territory.models import Region
from alpclusters.reports.dates import format_date
from alpclusters.reports.numbers import format_number, format_percent

LETTERS_OF_LOGO: Final = 8


def value_words(field: str, value: Any) -> str:
    """Write a value of a field for people; nothing known is "unknown"."""
    if field == "region_id":
        return _region(value)
    if value is None or value in ("", [], {}):
        return _("unknown")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
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
    return str(region) if region else _("unknown")


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
    "logo": lambda name: _("picture %(name)s") % {"name": name[:LETTERS_OF_LOGO]},
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
