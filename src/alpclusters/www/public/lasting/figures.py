"""Numbers of what lasted, in words: a share never without its interval and what it rests on."""

from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alpclusters.analysis.survival import ClusteredReading
from alpclusters.platform.network.domain.links.survival import GroupCurve
from alpclusters.reports.numbers import (
    format_integer,
    format_number,
    format_percent,
    format_share_interval,
)

# Where the shares by months stand on the page.
CURVE: Final = "curve-title"


def key_of(reading: ClusteredReading) -> str:
    """Name a share of the curve, for example ``last-12``."""
    return f"last-{in_months(reading.time)}"


def share(reading: ClusteredReading | None, language: str) -> str:
    """Write the share; nothing where nobody was observed so long."""
    if reading is None or reading.value is None:
        return ""
    return format_percent(reading.value, language)


def interval(reading: ClusteredReading | None, language: str) -> str:
    """Write the interval; nothing where it is not defined."""
    if reading is None or reading.low is None or reading.high is None:
        return ""
    return format_share_interval(reading.low, reading.high, language)


def links(n: int, language: str) -> str:
    """Write a number of links."""
    return ngettext("%(n)s link", "%(n)s links", n) % {"n": format_integer(n, language)}


def projects(n: int, language: str) -> str:
    """Write out of how many projects the links come."""
    return ngettext("%(n)s project", "%(n)s projects", n) % {"n": format_integer(n, language)}


def rests_on(group: GroupCurve, language: str) -> str:
    """Write what a curve rests on: links with an answer, and projects if they share some."""
    if group.n_projects == group.n:
        return links(group.n, language)
    return _("%(links)s from %(projects)s") % {
        "links": links(group.n, language),
        "projects": projects(group.n_projects, language),
    }


def in_months(years: float) -> int:
    """Turn years of 365.25 days into whole months."""
    return round(years * 12)


def after(months: int) -> str:
    """Say how long after the funding: in years where they are whole."""
    if months % 12:
        return ngettext("after %(n)s month", "after %(n)s months", months) % {"n": months}
    years = months // 12
    return ngettext("after %(n)s year", "after %(n)s years", years) % {"n": years}


def probability(p: float, language: str) -> str:
    """Write a p value; below a thousandth only that it is below."""
    if p < 0.001:  # noqa: PLR2004 - three decimals are printed
        return f"p\u00a0<\u00a0{format_number(0.001, language, 3)}"
    return f"p\u00a0=\u00a0{format_number(p, language, 3)}"
