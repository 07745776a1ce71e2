"""Numbers of the synthesis in words: a share never without its interval and its counts."""

from itertools import pairwise

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alpclusters.analysis.certainty import Lasting
from alpclusters.platform.evidence.domain.synthesis.counting import Counts
from alpclusters.reports.numbers import (
    format_integer,
    format_percent,
    format_share_interval,
)

# Lower ends of the classes 2 to 6 of a share.
LIMITS = (0.1, 0.25, 0.5, 0.75, 0.9)


def families(n: int, language: str) -> str:
    """Write a number of families."""
    return ngettext("%(n)s family", "%(n)s families", n) % {"n": format_integer(n, language)}


def activities(n: int, language: str) -> str:
    """Write a number of activities."""
    return ngettext("%(n)s activity", "%(n)s activities", n) % {"n": format_integer(n, language)}


def counted(found: Counts, language: str) -> str:
    """Write families with their activities in brackets: 12 (31)."""
    n, inside = format_integer(found.n_families, language), found.n_activities
    return f"{n} ({format_integer(inside, language)})"


def of_known(found: Lasting, language: str) -> str:
    """Write how many went on of those whose outcome is known."""
    return _("%(k)s of %(n)s") % {
        "k": format_integer(found.n_lasting, language),
        "n": format_integer(found.n_known, language),
    }


def share(found: Lasting, language: str) -> str:
    """Write the share; nothing where too few are known."""
    return "" if found.value is None else format_percent(found.value, language)


def interval(found: Lasting, language: str) -> str:
    """Write the interval of the share; nothing where there is none."""
    if found.low is None or found.high is None:
        return ""
    return format_share_interval(found.low, found.high, language)


def shade(value: float | None) -> str:
    """Return the class of the palette of a share."""
    return "" if value is None else f"q{1 + sum(value >= limit for limit in LIMITS)}"


def classes(language: str) -> list[tuple[str, str]]:
    """Return the classes with their words, for a legend."""
    ends = [format_percent(limit, language) for limit in LIMITS]
    inner = [format_share_interval(low, high - 0.01, language) for low, high in pairwise(LIMITS)]
    words = [f"<\u00a0{ends[0]}", *inner, f"≥\u00a0{ends[-1]}"]
    return [(f"q{step}", text) for step, text in enumerate(words, start=1)]
