"""The languages of the program by their codes, in the order the header shows them."""

from collections.abc import Mapping
from functools import cache
from typing import Final

from alpclusters.platform.languages.rows import ROWS, Language

LANGUAGES: Final[tuple[tuple[str, str], ...]] = tuple((row.code, row.name) for row in ROWS.values())
LANGUAGE_CODES: Final[tuple[str, ...]] = tuple(ROWS)
DEFAULT_LANGUAGE: Final = "en"
# Messages are written in English: it has no catalogue.
TRANSLATED_LANGUAGES: Final = tuple(code for code in LANGUAGE_CODES if code != DEFAULT_LANGUAGE)


def language_choices() -> list[tuple[str, str]]:
    """Return codes and names for a column; as a function, a further language is no migration."""
    return list(LANGUAGES)


def nearest_language(wanted: str | None) -> str:
    """Return the language of ours that fits a code like ``de-AT``, else English."""
    code = (wanted or "").replace("_", "-").split("-")[0].lower()
    return code if code in LANGUAGE_CODES else DEFAULT_LANGUAGE


def language_row(wanted: str | None) -> Language:
    """Return all that is known about the language that fits a code, else about English."""
    return ROWS[nearest_language(wanted)]


@cache
def fallbacks(language: str) -> tuple[str, ...]:
    """Return in which order the languages are asked for a text that may be missing.

    Examples
    --------
    >>> fallbacks("sl")
    ('sl', 'en', 'de', 'fr', 'it')
    """
    first = ROWS[language].fallback if language in ROWS else ()
    return tuple(dict.fromkeys((language, *first, DEFAULT_LANGUAGE, *LANGUAGE_CODES)))


def told(texts: Mapping[str, str] | None, language: str) -> tuple[str, str]:
    """Return a text in a language, else in English, else in any, and the code of another one.

    Examples
    --------
    >>> told({"de": "Ja", "en": "", "sl": ""}, "sl"), told({"de": "Ja", "en": "Yes"}, "en")
    (('Ja', 'de'), ('Yes', ''))
    """
    for code in fallbacks(language):
        text = (texts or {}).get(code, "")
        if text:
            return text, "" if code == language else code
    return "", ""
