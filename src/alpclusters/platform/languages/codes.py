"""The five languages of the Alpine regions, in the order the header shows them."""

from collections.abc import Mapping
from typing import Final

LANGUAGES: Final[tuple[tuple[str, str], ...]] = (
    ("de", "Deutsch"),
    ("en", "English"),
    ("fr", "Français"),
    ("it", "Italiano"),
    ("sl", "Slovenščina"),
)
LANGUAGE_CODES: Final[tuple[str, ...]] = tuple(code for code, _ in LANGUAGES)
DEFAULT_LANGUAGE: Final = "en"
# Messages are written in English: it has no catalogue.
TRANSLATED_LANGUAGES: Final = tuple(code for code in LANGUAGE_CODES if code != DEFAULT_LANGUAGE)


def nearest_language(wanted: str | None) -> str:
    """Return the language of ours that fits a code like ``de-AT``, else English."""
    code = (wanted or "").replace("_", "-").split("-")[0].lower()
    return code if code in LANGUAGE_CODES else DEFAULT_LANGUAGE


def told(texts: Mapping[str, str] | None, language: str) -> tuple[str, str]:
    """Return a text in a language, else in English, else in any, and the code of another one.

    Examples
    --------
    >>> told({"de": "Ja", "en": "", "sl": ""}, "sl"), told({"de": "Ja", "en": "Yes"}, "en")
    (('Ja', 'de'), ('Yes', ''))
    """
    for code in dict.fromkeys((language, DEFAULT_LANGUAGE, *LANGUAGE_CODES)):
        text = (texts or {}).get(code, "")
        if text:
            return text, "" if code == language else code
    return "", ""
