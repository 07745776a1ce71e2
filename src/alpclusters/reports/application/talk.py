"""How an application speaks: one language, and what had to be said in another one."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from gettext import NullTranslations

from alpclusters.platform.languages.catalogues import translator
from alpclusters.reports.application.subject import ApplicationSubject, Words
from alpclusters.reports.numbers import format_money


@dataclass
class Talk:
    """Says a subject in a language.

    ``borrowed`` is true once a text came from another language, ``untold`` once one came of which
    nobody says in which language it is (titles in a case).
    """

    subject: ApplicationSubject
    language: str
    borrowed: bool = field(default=False)
    untold: bool = field(default=False)

    @cached_property
    def text(self) -> NullTranslations:
        """Return the words of the language."""
        return translator(self.language)

    def word(self, words: Words | None) -> str:
        """Return a text in the language, else in English or any other that there is."""
        known = words or {}
        own = known.get(self.language, "").strip()
        if own:
            return own
        other = known.get("en", "").strip() or next((t for t in known.values() if t.strip()), "")
        self.borrowed = self.borrowed or bool(other)
        return other.strip()

    def given(self, text: str) -> str:
        """Return a text as somebody typed it, in a language that nobody named."""
        self.untold = self.untold or bool(text)
        return text

    def money(self, cents: int) -> str:
        """Return an amount in words of the language."""
        return format_money(cents, "EUR", self.language)

    def joined(self, parts: Iterable[str]) -> str:
        """Return paragraphs as one text; what is empty or was said before is left out."""
        return "\n\n".join(dict.fromkeys(part for part in parts if part))
