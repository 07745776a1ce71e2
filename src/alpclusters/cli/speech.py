"""How commands talk to people: results on standard output, progress on standard error."""

import sys
from gettext import NullTranslations

from alpclusters.platform.languages.catalogues import ensure_compiled, translator


class Speech:
    """Texts in one language and a place for progress lines."""

    def __init__(self, language: str) -> None:
        ensure_compiled()
        self.language = language
        self.texts: NullTranslations = translator(language)

    def gettext(self, text: str) -> str:
        """Translate one sentence."""
        return self.texts.gettext(text)

    def say(self, words: str) -> None:
        """Say something that is translated already, beside the results."""
        print(words, file=sys.stderr, flush=True)

    def step(self, text: str) -> None:
        """Say what is being done, translated; standard output stays clean for results."""
        print(f"· {self.gettext(text)}", file=sys.stderr, flush=True)
