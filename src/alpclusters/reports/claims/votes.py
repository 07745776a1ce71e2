"""What votes allow to be said: clear majorities, most agreement, divided opinions."""

from collections.abc import Sequence
from typing import Final

from alpclusters.analysis.claims import Estimate, sole_leader, within_reach
from alpclusters.analysis.consensus import Description
from alpclusters.analysis.consensus.ratings import Id
from alpclusters.platform.languages.catalogues import gettext_noop as _
from alpclusters.platform.languages.catalogues import ngettext_noop, translator
from alpclusters.reports.claims.wording import Claim, register
from alpclusters.reports.evaluation_subject import Rated, by_agreement, by_division, short
from alpclusters.reports.numbers import format_n, format_percent, format_share_interval

HALF: Final = 0.5
LEAST_FOR_DIVISION: Final = 30
MAX_STATEMENT: Final = 140

_NO_VOTES: Final = register("votes.nothing_yet", _("No votes yet"))
_PROTECTED: Final = register(
    "votes.protected", _("No share can be shown without telling what single people answered")
)
_NO_MAJORITY: Final = register("votes.no_majority", _("No statement has a clear majority"))
_MAJORITIES: Final = register(
    "votes.majorities",
    ngettext_noop(
        "%(n)s of %(all)s statements has a clear majority",
        "%(n)s of %(all)s statements have a clear majority",
    ),
)
_MOST: Final = register(
    "votes.most_agreement",
    _("Most agreement: %(name)s (%(share)s agree, %(interval)s, %(n)s)."),
)
_AMONG: Final = register(
    "votes.among_most",
    ngettext_noop(
        "Among the %(k)s statement with most agreement, not told apart: %(name)s "
        "(%(share)s agree, %(interval)s, %(n)s).",
        "Among the %(k)s statements with most agreement, not told apart: %(name)s "
        "(%(share)s agree, %(interval)s, %(n)s).",
    ),
    count="k",
)
_DIVIDED: Final = register(
    "votes.divided",
    _("Opinions divide, for example, on: %(name)s (%(share)s agree, %(interval)s, %(n)s)."),
)


def vote_title(
    items: Sequence[Rated], language: str, *, description: Description | None = None
) -> Claim:
    """State how many statements more than half agree with, as far as the interval shows."""
    clear = sum(item.share_low > HALF for item in items)
    if not items:
        return _nothing(description, language)
    if not clear:
        return _NO_MAJORITY.claim(language)
    return _MAJORITIES.claim(language, n=clear, all=len(items))


def _nothing(description: Description | None, language: str) -> Claim:
    """Say that nobody voted, or that the votes are of too few people to be told."""
    is_empty = description is None or all(one.state == "empty" for one in description.measures)
    return (_NO_VOTES if is_empty else _PROTECTED).claim(language)


def vote_lead(
    items: list[Rated], language: str, *, description: Description | None = None
) -> list[Claim]:
    """Name the statement with most agreement as far as that is sure, and one that divides."""
    if not items:
        return [_nothing(description, language)]
    said = [_most(items, language)]
    divided = [
        item for item in by_division(items, least_n=least_for_division(items)) if _divides(item)
    ]
    if divided:
        said.append(_DIVIDED.claim(language, **_words(divided[0], language)))
    return said


def least_for_division(items: list[Rated]) -> int:
    """Return how many answers a statement needs to be called divided: a quarter of the most."""
    most = max((item.summary.n for item in items), default=0)
    return max(LEAST_FOR_DIVISION, -(-most // 4))


def _most(items: list[Rated], language: str) -> Claim:
    shares = [_share(item) for item in items]
    proved = sole_leader(shares)
    if proved is not None:
        first = next(item for item in items if item.id == proved.item)
        return _MOST.claim(language, **_words(first, language))
    # The highest lower end: few votes cannot lead.
    first = by_agreement(items)[0]
    n_alike = len(within_reach(shares))
    return _AMONG.claim(language, k=n_alike, **_words(first, language))


def _share(item: Rated) -> Estimate[Id]:
    ends = item.summary.agree_interval
    low, high = (ends.low, ends.high) if ends else (None, None)
    return Estimate(item.id, item.summary.agree_share or 0.0, low, high, item.summary.n)


def _divides(item: Rated) -> bool:
    """Neither side of one half is excluded."""
    ends = item.summary.agree_interval
    return ends is not None and ends.low <= HALF <= ends.high


def _words(item: Rated, language: str) -> dict[str, str]:
    interval = item.summary.agree_interval
    ends = (interval.low, interval.high) if interval else (0.0, 1.0)
    name = {"words": short(item.name, MAX_STATEMENT)}
    return {
        "name": translator(language).gettext("“%(words)s”") % name,
        "share": format_percent(item.summary.agree_share or 0.0, language),
        "interval": format_share_interval(*ends, language),
        "n": format_n(item.summary.n, language),
    }
