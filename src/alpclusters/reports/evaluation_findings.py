"""Sentences that state what came out, built from numbers; never more than the numbers say."""

from gettext import NullTranslations
from typing import Final

from alpclusters.platform.languages.catalogues import translator
from alpclusters.reports.evaluation_subject import Rated, by_agreement, by_division, by_mean
from alpclusters.reports.numbers import (
    format_integer,
    format_interval,
    format_n,
    format_number,
    format_percent,
    format_share_interval,
)

CLEAR_MAJORITY: Final = 0.5
LEAST_FOR_DIVISION: Final = 30
MAX_NAME: Final = 90


def vote_title(items: list[Rated], language: str) -> str:
    """State how many statements more than half agree with, as far as the interval shows."""
    text = translator(language)
    clear = sum(item.share_low > CLEAR_MAJORITY for item in items)
    if not items:
        return text.gettext("No votes yet")
    if not clear:
        return text.gettext("No statement has a clear majority")
    sentence = text.ngettext(
        "%(n)s of %(all)s statements has a clear majority",
        "%(n)s of %(all)s statements have a clear majority",
        clear,
    )
    return sentence % {"n": _count(clear, language), "all": _count(len(items), language)}


def vote_lead(items: list[Rated], language: str) -> str:
    """Name the statement with most agreement and the most divided one."""
    text = translator(language)
    if not items:
        return text.gettext("No votes yet")
    sentences = [
        text.gettext("Most agreement: %(name)s (%(share)s agree, %(interval)s, %(n)s).")
        % _vote_words(by_agreement(items)[0], language)
    ]
    divided = by_division(items, least_n=least_for_division(items))
    if divided:
        sentences.append(
            text.gettext("Most divided: %(name)s (%(share)s agree, %(interval)s, %(n)s).")
            % _vote_words(divided[0], language)
        )
    return " ".join(sentences)


def least_for_division(items: list[Rated]) -> int:
    """Return how many answers a statement needs to be called divided: a quarter of the most."""
    most = max((item.summary.n for item in items), default=0)
    return max(LEAST_FOR_DIVISION, -(-most // 4))


def rating_title(items: list[Rated], language: str) -> str:
    """Name what is rated highest, and how many cannot be told apart from it."""
    text = translator(language)
    if not items:
        return text.gettext("No ratings yet")
    leading = leading_items(items)
    if len(leading) == len(items) and len(items) > 1:
        return text.gettext("No measure stands out")
    if len(leading) > 1:
        sentence = text.ngettext(
            "%(n)s measure is rated highest",
            "%(n)s measures are rated highest and lie close together",
            len(leading),
        )
        return sentence % {"n": _count(len(leading), language)}
    name = text.gettext("“%(words)s”") % {"words": short(leading[0].name)}
    return text.gettext("%(name)s is rated highest") % {"name": name}


def rating_lead(items: list[Rated], language: str) -> str:
    """Give the leading estimates with interval and n."""
    if not items:
        return translator(language).gettext("No ratings yet")
    leading = leading_items(items)[:3]
    return "; ".join(mean_words(item, language) for item in leading) + "."


def leading_items(items: list[Rated]) -> list[Rated]:
    """Return the items whose interval reaches that of the highest mean.

    Overlap of two 90 % intervals is a cautious rule: items left out differ beyond doubt of
    this size, items kept may differ too.
    """
    ordered = by_mean(items)
    first = ordered[0].summary
    floor = first.mean_interval.low if first.mean_interval else first.mean
    return [item for item in ordered if _upper_end(item) >= (floor or 0.0)]


def mean_words(item: Rated, language: str) -> str:
    """Return name, mean, interval and n in one phrase."""
    summary = item.summary
    parts = [format_number(summary.mean or 0.0, language, 2)]
    if summary.mean_interval:
        ends = summary.mean_interval
        parts.append(f"({format_interval(ends.low, ends.high, language, 2)})")
    return f"{short(item.name)}: {' '.join(parts)}, {format_n(summary.n, language)}"


def short(name: str, limit: int = MAX_NAME) -> str:
    """Cut a long statement at a word.

    Examples
    --------
    >>> short("one two three", limit=8)
    'one two…'
    """
    line = " ".join(name.split())
    if len(line) <= limit:
        return line
    return line[:limit].rsplit(" ", 1)[0].rstrip(" ,;:.–-") + "…"


def _upper_end(item: Rated) -> float:
    interval = item.summary.mean_interval
    return interval.high if interval else item.summary.mean or 0.0


def _vote_words(item: Rated, language: str) -> dict[str, str]:
    text: NullTranslations = translator(language)
    interval = item.summary.agree_interval
    ends = (interval.low, interval.high) if interval else (0.0, 1.0)
    return {
        "name": text.gettext("“%(words)s”") % {"words": short(item.name, 140)},
        "share": format_percent(item.summary.agree_share or 0.0, language),
        "interval": format_share_interval(*ends, language),
        "n": format_n(item.summary.n, language),
    }


def _count(n: int, language: str) -> str:
    return format_integer(n, language)
