"""Words that every part of the plan prints the same way."""

from decimal import Decimal
from typing import Any

from django.utils.translation import override

from alpclusters.platform.languages.catalogues import translator
from alpclusters.platform.policy.models import Level


def level_name(level: str, language: str) -> str:
    """Return the name of a level as a heading."""
    text = translator(language)
    names: dict[str, str] = {
        Level.EUROPEAN: text.gettext("European level"),
        Level.MACRO_REGIONAL: text.gettext("Macro-regional level"),
        Level.NATIONAL: text.gettext("National level"),
        Level.REGIONAL: text.gettext("Regional level"),
    }
    return names.get(level, "")


def choice_word(choices: Any, value: str, language: str) -> str:
    """Return the label of a choice of a model in a language; nothing where none is chosen."""
    if value not in choices.values:
        return ""
    with override(language):
        return str(choices(value).label)


def money(cents: int) -> Decimal:
    """Return an amount as a number of the table: whole where it is."""
    amount = Decimal(cents) / 100
    return amount if cents % 100 else Decimal(cents // 100)


def cut(text: str, longest: int = 45) -> str:
    """Shorten a text between its words."""
    return text if len(text) <= longest else text[: longest - 1].rsplit(" ", 1)[0] + "…"
