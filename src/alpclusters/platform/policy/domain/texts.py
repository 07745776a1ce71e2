"""Texts that are kept in five languages: read, set, find what is missing."""

from collections.abc import Iterable, Mapping
from typing import Any

from alpclusters.platform.languages.codes import LANGUAGE_CODES

type Words = dict[str, str]


def column(field: str, language: str) -> str:
    """Return the name of a translated column.

    Examples
    --------
    >>> column("title", "sl")
    'title_sl'
    """
    return f"{field}_{language}"


def columns(fields: Iterable[str]) -> list[str]:
    """Return the columns of some fields in all languages."""
    return [column(field, language) for field in fields for language in LANGUAGE_CODES]


def words(obj: Any, field: str) -> Words:
    """Return a text in all languages; empty where it is missing."""
    return {code: getattr(obj, column(field, code)) or "" for code in LANGUAGE_CODES}


def filled_words(obj: Any, field: str) -> Words:
    """Return a text in all languages, in English or any other where it is missing."""
    own = words(obj, field)
    fallback = own["en"] or next((text for text in own.values() if text), "")
    return {code: text or fallback for code, text in own.items()}


def set_words(obj: Any, field: str, texts: Mapping[str, str]) -> None:
    """Set a text in the languages given."""
    for code, text in texts.items():
        setattr(obj, column(field, code), text)


def missing_languages(obj: Any, field: str) -> list[str]:
    """List the languages in which a text is missing."""
    return [code for code, text in words(obj, field).items() if not text.strip()]
