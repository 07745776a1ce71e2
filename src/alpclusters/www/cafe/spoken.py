"""A text of an AlpCafé with the language it is in, where it is not written in the reader's."""

from typing import Any


def spoken(text: Any) -> str | list[str]:
    """Return the words, or the words and the language they fell back to."""
    return [str(text), text.foreign] if text.foreign else str(text)
