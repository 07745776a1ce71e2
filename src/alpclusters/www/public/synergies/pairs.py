"""Two strategies in words: what both put weight on, what each looks for and the other offers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from alpclusters.analysis.funding.policy_mix import Part, Synergy, Weights
from alpclusters.platform.funding.domain.lists import theme_label
from alpclusters.platform.funding.domain.policy_mixing import (
    OTHER_LIST,
    Subject,
    read_subjects,
    synergy_of,
)
from alpclusters.reports.charts.bars import Bar, BarChart
from alpclusters.reports.numbers import EN_DASH, format_integer, format_percent
from alpclusters.www.components.charts import ChartView, view_of
from alpclusters.www.components.parts import Cell, Column, Figure, Table
from alpclusters.www.public.synergies.questions import (
    Query,
    SubjectName,
    address,
    number_text,
    period_text,
    reader,
    share_text,
    sources_text,
    subject_names,
    themes_text,
)

_PER_CENT: Final = 100
# Where the weights stand that figures are computed from.
THEMES: Final = "themes"
SIDES: Final = "sides"


@dataclass(frozen=True)
class SidesView:
    """Tables of themes, and how many rows they have together."""

    n: int
    words: str
    tables: Sequence[Table]


@dataclass(frozen=True)
class PairPage:
    """Two strategies.

    Attributes
    ----------
    name : str
    sentences : sequence of str
        What the figures say.
    figures : sequence of Figure
    chart : ChartView or None
        Common weight by theme.
    chart_title : str
    priorities, sides : SidesView or None
        Weights of both, side by side: priorities; needs against strengths, and the other way.
    sources : sequence of (str, str, str)
        Name, period and sources of each.
    """

    name: str
    first: SubjectName
    second: SubjectName
    sentences: Sequence[str]
    figures: Sequence[Figure]
    chart: ChartView | None
    chart_title: str
    priorities: SidesView | None
    sides: SidesView | None
    sources: Sequence[tuple[str, str, str]]
    is_simulated: bool
    is_unverified: bool
    is_assumed: bool
    map_url: str


def read_pair(query: Query, first: str, second: str) -> PairPage | None:
    """Compare two strategies; None where one is not there or both are one (two queries)."""
    subjects = {
        one.key: one
        for one in read_subjects(is_simulated=query.simulated, period=query.period)
        if one.key in {first, second}
    }
    if len(subjects) != len({first, second, ""}) - 1 or first == second:
        return None
    a, b = subjects[first], subjects[second]
    names = subject_names([a, b])
    found = synergy_of(a, b)
    one, other = names[first], names[second]
    chart = _chart(found, a, b)
    priorities, *sides = _tables(a, b, names)
    common, given = _view(THEMES, [priorities]), _view(SIDES, sides)
    return PairPage(
        name=f"{one.long}\u00a0{EN_DASH} {other.long}",
        first=one,
        second=other,
        sentences=sentences(found, one.long, other.long),
        figures=_figures(found, common, given),
        chart=chart,
        chart_title=_("What both put weight on"),
        priorities=common,
        sides=given,
        sources=[
            (names[s.key].long, period_text(s.period), sources_text(s.sources)) for s in (a, b)
        ],
        is_simulated=a.is_simulated or b.is_simulated,
        is_unverified=a.is_unverified or b.is_unverified,
        is_assumed=bool(found.unknown_share),
        map_url=address(query, "synergies"),
    )


def sentences(found: Synergy, first: str, second: str) -> list[str]:
    """Say what the figures say, in words."""
    if OTHER_LIST in found.reasons:
        return [
            _(
                "They cannot be compared: one names broad themes, "
                "the other industries and technologies."
            )
        ]
    told = [_common(found, first, second)]
    for parts, seeker, giver in (
        (found.first_seeks, first, second),
        (found.second_seeks, second, first),
    ):
        if parts:
            text = _("%(a)s looks for what %(b)s offers: %(themes)s.")
            told.append(text % {"a": seeker, "b": giver, "themes": themes_text(parts)})
    if found.complementarity is None:
        told.append(_("What each needs and is strong in is not known of both."))
    elif not found.first_seeks and not found.second_seeks:
        told.append(_("Neither looks for what the other offers."))
    return told


def _common(found: Synergy, first: str, second: str) -> str:
    if found.overlap is None:
        return _("Their priorities cannot be compared: they are not known of both.")
    if not found.shared:
        return _("%(a)s and %(b)s share no priority.") % {"a": first, "b": second}
    return _("Both put weight on: %(themes)s.") % {"themes": themes_text(found.shared)}


def _figures(found: Synergy, priorities: SidesView | None, sides: SidesView | None) -> list[Figure]:
    n = _("n = %(a)s and %(b)s themes") % {"a": found.n_first, "b": found.n_second}
    unknown = _("unknown weights: %(share)s") % {"share": share_text(found.unknown_share)}
    wanted = [
        (_("Overlap"), "overlap", found.overlap, n, THEMES, priorities),
        (_("Weighted Jaccard"), "jaccard", found.jaccard, unknown, THEMES, priorities),
        (_("Complementarity"), "complementarity", found.complementarity, unknown, SIDES, sides),
    ]
    return [
        Figure(label, number_text(value), told, key=key, n=rows.n, url=f"#{place}", rests=place)
        if value is not None and rows is not None
        else Figure(label, number_text(value), told, key=key, why=_("not known of both"))
        for label, key, value, told, place, rows in wanted
    ]


def _chart(found: Synergy, first: Subject, second: Subject) -> ChartView | None:
    if not found.shared:
        return None
    language = reader()
    bars = tuple(
        Bar(
            theme_label(part.theme, get_language()),
            part.value * _PER_CENT,
            detail=_detail(part, first, second),
            is_pale=part.is_assumed,
        )
        for part in found.shared
    )
    title = _("What both put weight on")
    chart = BarChart(
        language=language,
        bars=bars,
        label_title=_("Theme"),
        value_title=_("Common weight"),
        title=title,
        unit="%",
    )
    return view_of(chart, caption=title, language=language)


def _detail(part: Part, first: Subject, second: Subject) -> str:
    sides = [one.strategy.priorities.of(part.theme) for one in (first, second)]
    text = " / ".join(format_percent(side, reader()) for side in sides)
    return f"({text})"


def _tables(first: Subject, second: Subject, names: Mapping[str, SubjectName]) -> list[Table]:
    a, b = names[first.key].long, names[second.key].long
    one, other = first.strategy, second.strategy
    wanted = [
        (_("Priorities"), one.priorities, other.priorities, a, b),
        (
            _("What %(a)s seeks and %(b)s offers") % {"a": a, "b": b},
            one.needs, other.strengths,
            _("%(name)s seeks") % {"name": a}, _("%(name)s offers") % {"name": b},
        ),
        (
            _("What %(a)s seeks and %(b)s offers") % {"a": b, "b": a},
            other.needs, one.strengths,
            _("%(name)s seeks") % {"name": b}, _("%(name)s offers") % {"name": a},
        ),
    ]  # fmt: skip
    return [_table(caption, left, right, heads) for caption, left, right, *heads in wanted]


def _view(place: str, tables: Sequence[Table]) -> SidesView | None:
    """Count the rows of tables, each of which stands for a theme; None without any."""
    counted = [
        replace(table, rows=[[Cell(theme, row=(place, 1)), *rest] for theme, *rest in table.rows])
        for table in tables
        if table.rows
    ]
    n = sum(len(table.rows) for table in counted)
    words = ngettext("%(n)s theme", "%(n)s themes", n) % {"n": format_integer(n, reader())}
    return SidesView(n, words, counted) if n else None


def _table(caption: str, left: Weights, right: Weights, heads: Sequence[str]) -> Table:
    themes = sorted(
        {*left.themes, *right.themes},
        key=lambda theme: (-min(left.of(theme), right.of(theme)), -left.of(theme), theme),
    )
    columns = [Column(_("Theme")), *(Column(head, is_number=True) for head in heads)]
    language = get_language()
    rows: list[list[Any]] = [
        [theme_label(theme, language), _weight(left, theme), _weight(right, theme)]
        for theme in themes
    ]
    return Table(caption, columns, rows)


def _weight(weights: Weights, theme: str) -> Any:
    if theme not in weights.themes:
        return EN_DASH
    text = format_percent(weights.of(theme), reader())
    return Cell(text, note=_("assumed")) if theme in weights.assumed else text
