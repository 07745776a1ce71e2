"""Why an item is in its tier: one sentence per code, filled with numbers, never more than they say.

Never "significant", "proves" or "best": items are rated so, they are not so.
"""

from typing import Final

from alpclusters.analysis.ranking import RankedMeasure, Ranking
from alpclusters.platform.languages.catalogues import translator
from alpclusters.reports.evaluation_results import tier_name
from alpclusters.reports.numbers import (
    format_integer,
    format_interval,
    format_n,
    format_number,
    format_percent,
    needed_decimals,
)

HALVING: Final = 3  # times n more: the interval shrinks with the root of n
DIGITS: Final = 2  # of an order of magnitude


def why_this_tier(item: RankedMeasure, ranking: Ranking, language: str) -> list[str]:
    """Return the sentences in reading order: estimate, places, overlap, doubts, what would help.

    Parameters
    ----------
    item : RankedMeasure
        With a tier.
    ranking : Ranking
        Where it comes from.
    language : str

    Returns
    -------
    list of str
        Empty for an item without a tier.
    """
    if item.tier is None:
        return []
    found = [
        _estimate(item, ranking, language),
        _places(item, ranking, language),
        _overlap(item, ranking, language),
        _edge(item, language),
        _missing(item, language),
        _beyond(item, language),
        _halving(item, language),
    ]
    return [sentence for sentence in found if sentence]


def overlap_words(overlap: float | None, other: int, language: str) -> str:
    """Return how often the order against another tier may be wrong, of 100 comparisons."""
    text = translator(language)
    if overlap is None:
        return ""
    n = round(100 * overlap)
    words = {"n": format_integer(n, language), "tier": tier_name(other)}
    if not n:
        sentence = text.gettext(
            "In fewer than 1 of 100 comparisons with tier %(tier)s the order may be wrong."
        )
        return sentence % words
    return (
        text.gettext("In about %(n)s of 100 comparisons with tier %(tier)s the order may be wrong.")
        % words
    )


def _estimate(item: RankedMeasure, ranking: Ranking, language: str) -> str:
    text = translator(language)
    sentence = text.gettext(
        "Tier %(tier)s: rated %(estimate)s (%(level)s interval %(interval)s), %(n)s."
    )
    ends = item.interval
    figures = [item.shown or 0.0, *((ends.low, ends.high) if ends else ())]
    decimals = max(1, needed_decimals(figures))
    return sentence % {
        "tier": tier_name(item.tier or 0),
        "estimate": format_number(item.shown or 0.0, language, decimals),
        "level": format_percent(ranking.conventions.level or 0.9, language),
        "interval": format_interval(
            ends.low, ends.high, language, decimals, worded=ends.low < 0 or ends.high < 0
        )
        if ends
        else "–",
        "n": format_n(item.n, language),
    }


def _places(item: RankedMeasure, ranking: Ranking, language: str) -> str:
    if item.rank_interval is None:
        return ""
    low, high = item.rank_interval
    words = {
        "low": format_integer(low, language),
        "high": format_integer(high, language),
        "all": format_integer(len(ranking.order), language),
    }
    text = translator(language)
    if low == high:
        return text.gettext("The answers fit place %(low)s of %(all)s only.") % words
    return text.gettext("The answers fit places %(low)s to %(high)s of %(all)s.") % words


def _overlap(item: RankedMeasure, ranking: Ranking, language: str) -> str:
    """Speak of the next tier; the last one is compared with the one before."""
    if len(ranking.tiers) == 1:
        return translator(language).gettext(
            "All are in one tier, because these answers do not tell them apart."
        )
    number = item.tier or 1
    is_last = number == len(ranking.tiers)
    upper = ranking.tiers[number - 2 if is_last else number - 1]
    return overlap_words(upper.overlap, number - 1 if is_last else number + 1, language)


def _edge(item: RankedMeasure, language: str) -> str:
    if not item.borderline:
        return ""
    return translator(language).gettext(
        "It lies at the edge of its tier: some of the neighbouring tier may belong on its side."
    )


def _missing(item: RankedMeasure, language: str) -> str:
    if not item.cannot_judge_share:
        return ""
    text = translator(language)
    sentence = (
        text.gettext("%(share)s cannot judge it; that is a lot, so the estimate rests on few.")
        if "many_cannot_judge" in item.reasons
        else text.gettext("%(share)s cannot judge it.")
    )
    return sentence % {"share": format_percent(item.cannot_judge_share, language)}


def _beyond(item: RankedMeasure, language: str) -> str:
    if "at_scale_end" not in item.reasons:
        return ""
    return translator(language).gettext(
        "The estimate lies beyond the end of the scale and is shown at the end."
    )


def _halving(item: RankedMeasure, language: str) -> str:
    text = translator(language)
    more = HALVING * item.n
    rough = round(more, DIGITS - len(str(more)))
    sentence = text.ngettext(
        "About %(n)s more answer would halve the interval (order of magnitude).",
        "About %(n)s more answers would halve the interval (order of magnitude).",
        rough,
    )
    return sentence % {"n": format_integer(rough, language)}
