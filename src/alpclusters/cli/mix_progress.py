"""How far the search for a mix is: one line on standard error."""

import sys
from collections.abc import Mapping
from types import TracebackType
from typing import Any, Final, Self

from alpclusters.cli.speech import Speech

CLEAR: Final = "\r\x1b[K"


class MixProgress:
    """On a terminal one line that changes; elsewhere a line for each new phase."""

    def __init__(self, speech: Speech) -> None:
        self.speech = speech
        self._is_seen = sys.stderr.isatty()
        self._phase = ""

    def __enter__(self) -> Self:
        """Begin."""
        self.say(self.speech.gettext("Searching for the best mix"))
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Clear the line, so that what follows begins at the left."""
        if self._is_seen:
            print(CLEAR, end="", file=sys.stderr, flush=True)

    def say(self, words: str) -> None:
        """Say what is being done."""
        if self._is_seen:
            print(f"{CLEAR}{words}", end="", file=sys.stderr, flush=True)
        else:
            print(f"· {words}", file=sys.stderr, flush=True)

    def show(self, message: Mapping[str, Any]) -> None:
        """Tell objective, bound and gap of the search."""
        phase = str(message.get("phase", ""))
        if not self._is_seen and phase == self._phase:
            return
        self._phase = phase
        self.say(f"{phase_words(phase, self.speech)}: {_figures(message, self.speech)}")


def phase_words(phase: str, speech: Speech) -> str:
    """Return a phase of the search in words."""
    words = {
        "start": speech.gettext("first mix"),
        "bound": speech.gettext("bound"),
        "improve": speech.gettext("improving"),
        "close": speech.gettext("closing the gap"),
        "levels": speech.gettext("choosing among the best"),
        "extras": speech.gettext("alternatives and scenarios"),
    }
    return words.get(phase, phase)


def _figures(message: Mapping[str, Any], speech: Speech) -> str:
    from alpclusters.reports.numbers import format_money, format_percent

    language, parts = speech.language, []
    if message.get("objective") is not None:
        money = format_money(message["objective"], "EUR", language, decimals=0)
        parts.append(speech.gettext("mix %(money)s") % {"money": money})
    if message.get("bound") is not None:
        money = format_money(message["bound"], "EUR", language, decimals=0)
        parts.append(speech.gettext("bound %(money)s") % {"money": money})
    if message.get("gap") is not None:
        gap = format_percent(message["gap"], language, decimals=2)
        parts.append(speech.gettext("gap %(share)s") % {"share": gap})
    return ", ".join(parts) or "…"
