"""Where a figure of an offer is from, in the reader's language as far as the words are ours."""

from typing import Final

from alpclusters.platform.languages.catalogues import gettext_noop as _
from alpclusters.platform.languages.catalogues import translator

# Words that the program itself writes; all others are those of who entered them.
OURS: Final = frozenset({_("terms"), _("Invented for the demonstration (simulated)")})


def fact_words(text: str, language: str) -> str:
    """Return the name or the source of a fact; words of other people stay as they are."""
    return translator(language).gettext(text) if text in OURS else text
