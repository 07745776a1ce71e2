"""Groups of links side by side, and in words whether they last equally long."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from alpclusters.analysis.survival import Clustered, LogRank
from alpclusters.platform.network.domain.links.survival import (
    CROSS_BORDER,
    FEWEST,
    SAME_COUNTRY,
    GroupCurve,
    Split,
)
from alpclusters.platform.network.models import Link
from alpclusters.platform.territory.domain.names import country_name
from alpclusters.reports.numbers import format_integer, format_number
from alpclusters.www.components.parts import Cell, Column, Table
from alpclusters.www.public.lasting.figures import interval, probability, share

MOST_GROUPS: Final = 12
YEAR, THREE_YEARS = 12, 36
ALPHA: Final = 0.05
_EUROSTAT: Final = {"GR": "EL"}

type Namer = Callable[[str], Any]


@dataclass(frozen=True)
class SplitView:
    """A table of groups with what the test says; ``left_out`` counts further groups."""

    key: str
    title: str
    table: Table
    verdict: str
    left_out: str


def type_name(key: str) -> Any:
    """Name a kind of link."""
    return Link.Type(key).label


def border_name(key: str) -> str:
    """Name the two groups of the border."""
    return {CROSS_BORDER: _("over a border"), SAME_COUNTRY: _("within one country")}[key]


def country_namer(language: str) -> Namer:
    """Name countries."""
    return lambda code: country_name(_EUROSTAT.get(code, code), language)


def split_view(
    key: str, title: str, split: Split, name: Namer, head: str, language: str
) -> SplitView | None:
    """Show groups that were compared; nothing where there is only one."""
    if len(split.groups) < 2:  # noqa: PLR2004 - one group has nothing beside it
        return None
    verdict = _verdict(split.test, split.difference, language)
    return _view(key, title, split.groups, name, head, verdict, language)


def country_view(groups: Sequence[GroupCurve], language: str) -> SplitView | None:
    """Show countries; their groups overlap, so nothing is tested."""
    if len(groups) < 2:  # noqa: PLR2004 - as above
        return None
    verdict = _("A link over a border counts in both countries, so nothing is tested here.")
    title = _("By country of the organisations")
    namer = country_namer(language)
    return _view("country", title, groups, namer, _("Country"), verdict, language)


def _view(
    key: str,
    title: str,
    groups: Sequence[GroupCurve],
    name: Namer,
    head: str,
    verdict: str,
    language: str,
) -> SplitView:
    columns = [
        Column(head),
        Column(pgettext("between organisations", "Links"), is_number=True),
        Column(_("with an answer"), is_number=True),
        Column(_("ended or dormant"), is_number=True),
        Column(_("last after 1 year"), is_number=True),
        Column(_("last after 3 years"), is_number=True),
    ]
    rows = [_row(group, str(name(group.key)), language) for group in groups[:MOST_GROUPS]]
    n_more = len(groups) - len(rows)
    left_out = ngettext("%(n)s more group", "%(n)s more groups", n_more) % {"n": n_more}
    return SplitView(key, title, Table(title, columns, rows), verdict, left_out if n_more else "")


def _row(group: GroupCurve, name: str, language: str) -> list[Any]:
    if group.n_links < FEWEST:
        few = Cell(f"< {FEWEST}")
        return [name, few, Cell("–"), Cell("–"), *_withheld()]
    if group.is_suppressed:
        n = format_integer(group.n_links, language)
        return [name, n, Cell(f"< {FEWEST}"), Cell("–"), *_withheld()]
    return [
        name,
        format_integer(group.n_links, language),
        format_integer(group.n, language),
        format_integer(group.n_events, language),
        _cell(group, YEAR, language),
        _cell(group, THREE_YEARS, language),
    ]


def _withheld() -> list[Cell]:
    words = _("too few answers")
    return [Cell("–", note=words), Cell("–", note=words)]


def _cell(group: GroupCurve, months: int, language: str) -> Cell:
    reading = group.reading(months)
    if reading is None:
        return Cell("–", note=_("too few observed so long"))
    return Cell(share(reading, language), note=interval(reading, language))


def _verdict(test: LogRank | None, difference: Clustered | None, language: str) -> str:
    if test is None:
        return _("Fewer than two groups have five answers or more, so nothing is compared.")
    if test.p is None:
        return _("Nothing ended while two groups were observed together: there is no test.")
    p = probability(test.p, language)
    said = (
        _("The groups do not last equally long (log-rank test, %(p)s).")
        if test.p < ALPHA
        else _("That they last differently cannot be shown (log-rank test, %(p)s).")
    ) % {"p": p}
    caution = _(
        "The test takes links as independent of each other; links of one project are not, so the "
        "true p is larger."
    )
    return " ".join(part for part in (said, _difference(difference, language), caution) if part)


def _difference(found: Clustered | None, language: str) -> str:
    """Say how far two groups differ after a year, with an interval over whole projects."""
    reading = found.readings[0] if found and found.readings else None
    if found is None or reading is None or reading.value is None or reading.low is None:
        return ""
    if set(found.groups) != {CROSS_BORDER, SAME_COUNTRY} or reading.high is None:
        return ""
    numbers = (reading.value, reading.low, reading.high)
    points, low, high = (format_number(100 * x, language, 0, signed=True) for x in numbers)
    return _(
        "Over borders less within one country, after one year: %(points)s percentage points "
        "(90%% interval %(low)s to %(high)s, whole projects resampled)."
    ) % {"points": points, "low": low, "high": high}
