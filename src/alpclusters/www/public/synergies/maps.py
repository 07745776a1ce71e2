"""The synergy map: every pair of strategies, as a heat table and as a list."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from django.utils.translation import gettext as _

from alpclusters.analysis.funding.policy_mix import Synergy
from alpclusters.platform.funding.domain.policy_mixing import Subject, read_subjects, synergies_of
from alpclusters.platform.funding.models import Priority, Status
from alpclusters.reports.charts.heat import class_words, sequential_step
from alpclusters.reports.numbers import EN_DASH, format_integer
from alpclusters.www.components.parts import Cell, Column, Tab, Table
from alpclusters.www.public.synergies.questions import (
    Query,
    Show,
    SubjectName,
    address,
    number_text,
    period_text,
    reader,
    share_text,
    sources_text,
    subject_names,
)

# Lower ends of the classes 2 to 6; complementarity is the smaller number by its nature.
LIMITS: Final[Mapping[Show, tuple[float, ...]]] = {
    "overlap": (0.1, 0.2, 0.3, 0.45, 0.6),
    "complementarity": (0.05, 0.1, 0.15, 0.2, 0.3),
}
KINDS: Final = ("csv", "json")


@dataclass(frozen=True)
class MapCell:
    """A pair: its value, the numbers of themes, shade and page; without text on the diagonal."""

    text: str = ""
    count: str = ""
    shade: str = ""
    url: str = ""
    label: str = ""
    is_assumed: bool = False
    is_self: bool = False


@dataclass(frozen=True)
class MapRow:
    """A subject with its cells, each with the short name of its column."""

    name: SubjectName
    is_simulated: bool
    pairs: Sequence[tuple[MapCell, str]]


@dataclass(frozen=True)
class MapPage:
    """The first page of the synergies.

    Attributes
    ----------
    rows : sequence of MapRow
        Empty for fewer than two strategies.
    classes : sequence of (shade, words)
    tabs, periods : sequence of Tab
    pairs : Table or None
        Every pair in a row.
    title : str
        What the map shows, as a sentence.
    n_simulated : int
        Invented strategies that are left out, or shown.
    other_url : str
        The page with or without them.
    """

    query: Query
    rows: Sequence[MapRow]
    classes: Sequence[tuple[str, str]]
    tabs: Sequence[Tab]
    pairs: Table | None
    sources: Table | None
    title: str
    n_subjects: int
    has_simulated: bool
    has_assumed: bool
    has_unverified: bool
    other_url: str
    exports: Sequence[tuple[str, str]]

    @property
    def size(self) -> int:
        """How many strategies there are."""
        return len(self.rows)


def read_map(query: Query) -> MapPage:
    """Compare every pair of strategies (three queries)."""
    subjects = read_subjects(is_simulated=query.simulated, period=query.period)
    found = synergies_of(subjects)
    names = subject_names(subjects)
    enough = len(subjects) > 1
    return MapPage(
        query=query,
        rows=[_row(one, subjects, found, names, query) for one in subjects] if enough else [],
        classes=_classes(query.show),
        tabs=_tabs(query),
        pairs=_pairs(found, names, query) if enough else None,
        sources=_sources(subjects, names) if subjects else None,
        title=_title(found, names, query.show),
        n_subjects=len(subjects),
        has_simulated=Priority.objects.filter(status=Status.DEMONSTRATION).exists(),
        has_assumed=any(one.n_unknown for one in subjects),
        has_unverified=any(one.is_unverified for one in subjects),
        other_url=address(replace(query, simulated=not query.simulated), "synergies"),
        exports=[(kind, address(query, "synergies-export", kind)) for kind in KINDS],
    )


def value_of(found: Synergy, show: Show) -> float | None:
    """Return the figure that is shown."""
    return found.overlap if show == "overlap" else found.complementarity


def _row(
    one: Subject,
    subjects: Sequence[Subject],
    found: Mapping[tuple[str, str], Synergy],
    names: Mapping[str, SubjectName],
    query: Query,
) -> MapRow:
    pairs = []
    for other in subjects:
        key = (one.key, other.key)
        pair = found.get(key) or found.get((other.key, one.key))
        cell = MapCell(is_self=True) if pair is None else _cell(pair, key, names, query)
        pairs.append((cell, names[other.key].short))
    return MapRow(names[one.key], one.is_simulated, pairs)


def _cell(
    pair: Synergy, key: tuple[str, str], names: Mapping[str, SubjectName], query: Query
) -> MapCell:
    value = value_of(pair, query.show)
    first, second = key
    return MapCell(
        text=number_text(value),
        count=f"{pair.n_first}\N{MIDDLE DOT}{pair.n_second}",
        shade="" if value is None else f"q{sequential_step(value, LIMITS[query.show])}",
        url=address(query, "synergy", first, second),
        label=f"{names[first].long} {EN_DASH} {names[second].long}",
        is_assumed=value is not None and bool(pair.unknown_share),
    )


def _classes(show: Show) -> list[tuple[str, str]]:
    words = class_words(LIMITS[show], reader(), 2)
    return [(f"q{step}", text) for step, text in enumerate(words, start=1)]


def _tabs(query: Query) -> list[Tab]:
    labels: dict[Show, str] = {
        "overlap": _("What both put weight on"),
        "complementarity": _("What one seeks and the other offers"),
    }
    return [
        Tab(label, address(replace(query, show=show), "synergies"), query.show == show)
        for show, label in labels.items()
    ]


def _title(
    found: Mapping[tuple[str, str], Synergy], names: Mapping[str, SubjectName], show: Show
) -> str:
    """Say which pair stands out; nothing at a tie, or while weights somewhere are unknown."""
    values = {pair: value_of(one, show) or 0.0 for pair, one in found.items()}
    highest = max(values.values(), default=0.0)
    best = [pair for pair, value in values.items() if value == highest]
    is_unknown = any(one.unknown_share for one in found.values())
    if highest <= 0 or len(best) > 1 or is_unknown or len(found) == 1:
        return _("Strategies beside each other")
    words = {"a": names[best[0][0]].long, "b": names[best[0][1]].long}
    if show == "overlap":
        return _("%(a)s and %(b)s have most in common") % words
    return _("%(a)s and %(b)s complement each other most") % words


def _pairs(
    found: Mapping[tuple[str, str], Synergy], names: Mapping[str, SubjectName], query: Query
) -> Table:
    columns = [
        Column(_("Pair")),
        Column(_("Overlap"), is_number=True),
        Column(_("Weighted Jaccard"), is_number=True),
        Column(_("Complementarity"), is_number=True),
        Column(_("Themes"), is_number=True),
        Column(_("Unknown weights"), is_number=True),
    ]
    ordered = sorted(found.items(), key=lambda item: -(value_of(item[1], query.show) or 0.0))
    rows = [_pair_row(pair, one, names, query) for pair, one in ordered]
    return Table(_("All pairs, the largest value first"), columns, rows)


def _pair_row(
    pair: tuple[str, str], one: Synergy, names: Mapping[str, SubjectName], query: Query
) -> list[Any]:
    label = f"{names[pair[0]].long} {EN_DASH} {names[pair[1]].long}"
    return [
        Cell(label, url=address(query, "synergy", *pair)),
        number_text(one.overlap),
        number_text(one.jaccard),
        number_text(one.complementarity),
        f"{format_integer(one.n_first, reader())} + {format_integer(one.n_second, reader())}",
        share_text(one.unknown_share),
    ]


def _sources(subjects: Sequence[Subject], names: Mapping[str, SubjectName]) -> Table:
    columns = [
        Column(_("Strategy or programme")),
        Column(_("Period")),
        Column(_("Themes"), is_number=True),
        Column(_("Without a stated weight"), is_number=True),
        Column(_("Source")),
    ]
    rows = [
        [
            Cell(names[one.key].long, url=names[one.key].url, note=standing_text(one)),
            period_text(one.period),
            format_integer(one.n_priorities, reader()),
            format_integer(one.n_unknown, reader()),
            sources_text(one.sources),
        ]
        for one in subjects
    ]
    return Table(_("Where the weights come from"), columns, rows)


def standing_text(one: Subject) -> str:
    """Say whether a strategy is invented or not verified."""
    if one.is_simulated:
        return _("simulated")
    return _("unverified") if one.is_unverified else ""
