"""How far the search for a mix is: one line on standard error."""

import sys
from collections.abc import Mapping
from types import TracebackType
from typing import Any, Final, Self

from alpclusters.cli.speech import Speech
from alpclusters.platform.languages.catalogues import gettext_noop as _

PHASES: Final[Mapping[str, str]] = {
    "start": _("looks for a first mix"),
    "direct": _("searches all mixes"),
    "bound": _("computes how much is possible at most"),
    "mixes": _("improves the mix"),
    "closing": _("proves how good the mix is"),
    "levels": _("simplifies the mix at the same worth"),
    "alternatives": _("looks for other good mixes"),
    "scenarios": _("examines what a refusal would cost"),
    "infeasible": _("looks for the reason why nothing fits"),
    "check": _("checks every limit"),
    "alone": _("solves each case alone"),
    "together": _("solves all cases together"),
    "accounts": _("examines what each account costs"),
    "orders": _("examines what is left if one case goes first"),
}
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
        self.say(", ".join((phase_words(phase, self.speech), *_figures(message, self.speech))))


def phase_words(phase: str, speech: Speech) -> str:
    """Return a phase of the search in words."""
    return speech.gettext(PHASES[phase]) if phase in PHASES else phase


def _figures(message: Mapping[str, Any], speech: Speech) -> list[str]:
    """Return worth, bound and gap, as far as they are known."""
    from alpclusters.reports.funding.subject import gap_words
    from alpclusters.reports.numbers import format_money

    parts = []
    if message.get("objective") is not None:
        money = format_money(message["objective"], "EUR", speech.language, decimals=0)
        parts.append(speech.gettext("best mix so far %(amount)s") % {"amount": money})
    if message.get("bound") is not None:
        money = format_money(message["bound"], "EUR", speech.language, decimals=0)
        parts.append(speech.gettext("at most %(amount)s") % {"amount": money})
    if message.get("gap") is not None:
        gap = gap_words(message["gap"], speech.language)
        parts.append(speech.gettext("gap %(gap)s") % {"gap": gap})
    return parts
