"""Texts that are kept in five languages: read, set, find what is missing."""

from collections.abc import Iterable, Mapping
from typing import Any

from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.platform.languages.text import Text

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
    texts: Text = getattr(obj, field)
    return texts.each()


def filled_words(obj: Any, field: str) -> Words:
    """Return a text in all languages, in English or any other where it is missing."""
    texts: Text = getattr(obj, field)
    return texts.filled()


def set_words(obj: Any, field: str, texts: Mapping[str, str]) -> None:
    """Set a text in the languages given."""
    setattr(obj, field, getattr(obj, field).put(texts))


def missing_languages(obj: Any, field: str) -> list[str]:
    """List the languages in which a text is missing."""
    return [code for code, text in words(obj, field).items() if not text.strip()]
