"""How sure an entry is, when somebody looked last, and whether that is too long ago."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from alpclusters.platform.funding.domain.entries import check_of
from alpclusters.platform.funding.domain.staleness import is_stale
from alpclusters.platform.funding.models import Call, Offer, Programme, Status
from alpclusters.platform.languages.codes import nearest_language
from alpclusters.reports.funding_facts import fact_words
from alpclusters.www.components.badges import KINDS
from alpclusters.www.public.funding.names import TIMING_LOOKS, TIMINGS
from alpclusters.www.public.funding.queries import Timing

# Who checked, without names: those stand for people who keep the catalogue.
_CHECKERS: Final[Mapping[str, Any]] = {
    "person": gettext_lazy("by those who keep the catalogue"),
    "import": gettext_lazy("taken from a file"),
    "delivered": gettext_lazy("delivered with AlpClusters"),
}


@dataclass(frozen=True)
class Badge:
    """A word with its look; ``kind`` is one of the fixed ones."""

    kind: str = ""
    text: object = ""
    tone: str = ""
    icon: str = ""


@dataclass(frozen=True)
class StandingView:
    """What stands under an entry: where it is from and how fresh that is."""

    badge: Badge
    source: str
    source_url: str
    source_lang: str
    licence: str
    checked_on: dt.date | None
    checked_by: str
    is_simulated: bool
    is_stale: bool

    @property
    def is_unverified(self) -> bool:
        """Whether nobody confirmed it."""
        return self.badge.kind == "unverified"

    @property
    def badges(self) -> list[Badge]:
        """How sure it is, and whether that is old."""
        return [self.badge, stale_badge(self.checked_on)] if self.is_stale else [self.badge]


def standing_view(entry: Programme | Call | Offer, today: dt.date) -> StandingView:
    """Read where an entry is from; what the program itself wrote is said in the reader's words."""
    reader = nearest_language(get_language())
    source = fact_words(entry.source, reader)
    check = check_of(entry)
    return StandingView(
        badge=status_badge(entry.status),
        source=source,
        source_url=entry.source_url,
        source_lang=reader if source != entry.source else entry.source_language,
        licence=entry.licence,
        checked_on=entry.checked_on,
        checked_by=str(_CHECKERS[check.by]) if check else "",
        is_simulated=entry.is_simulated,
        is_stale=is_stale(entry, today),
    )


def status_badge(status: str) -> Badge:
    """Return the badge of a status; what is no known status is unverified."""
    if status == Status.DEMONSTRATION:
        return Badge("simulated")
    return Badge("verified" if status == Status.VERIFIED else "unverified")


def status_word(status: str) -> str:
    """Return the word of a status for a table."""
    return str(KINDS[status_badge(status).kind].text)


def stale_badge(checked_on: dt.date | None) -> Badge:
    """Return the badge of an entry that nobody checked lately, or nobody knows when."""
    text = _("not checked lately") if checked_on else _("day of check unknown")
    return Badge(text=text, tone="warn", icon="clock")


def timing_badge(timing: Timing) -> Badge:
    """Return the badge that says whether one can apply."""
    tone, icon = TIMING_LOOKS[timing]
    return Badge(text=TIMINGS[timing], tone=tone, icon=icon)
