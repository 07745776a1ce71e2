"""A text of an AlpCafé with the language it is in, where it is not written in the reader's."""

from typing import Any

from django.utils.translation import get_language

from alpclusters.platform.languages.codes import LANGUAGE_CODES, nearest_language


def spoken(thing: Any, field: str) -> str | list[str]:
    """Return the text, or the text and the language it fell back to."""
    wanted = nearest_language(get_language())
    if getattr(thing, f"{field}_{wanted}", None):
        return str(getattr(thing, f"{field}_{wanted}"))
    text = getattr(thing, field) or ""
    for code in LANGUAGE_CODES:
        if text and getattr(thing, f"{field}_{code}", None) == text:
            return [str(text), code]
    return str(text)
