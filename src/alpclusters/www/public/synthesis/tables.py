"""The heat table of the synthesis, its numbers in words, and what nobody evaluated."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from alpclusters.analysis.certainty import OUTCOMES, RULES, Lasting, Outcome, find_gaps
from alpclusters.platform.evidence.domain.synthesis.counting import Counts, Selection
from alpclusters.platform.evidence.domain.synthesis.flat import (
    NOT_STATED,
    Dimension,
    SynthesisQuery,
    flat_evidence,
)
from alpclusters.platform.languages.codes import nearest_language
from alpclusters.reports.numbers import format_integer, format_percent, format_share_interval
from alpclusters.www.components.parts import Column, Table
from alpclusters.www.public.synthesis.questions import DIMENSIONS, OUTCOME_NAMES, Names

# --- Numbers of the synthesis in words: a share never without its interval and its counts ---------


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


# --- The heat table: types of measures by outcome, or by any other split --------------------------


MOST_COLUMNS: Final = 12
_NOTHING: Final = "–"


@dataclass(frozen=True)
class HeatCell:
    """A number, small lines below it, and the shade that repeats the share.

    ``total`` is a number that key figures lead to (key, value, of how many); ``row`` names the
    total above whose rows include this one.
    """

    text: Any
    lines: Sequence[str] = ()
    shade: str = ""
    url: str = ""
    total: tuple[str, int, int | None] | None = None
    row: str = ""


@dataclass(frozen=True)
class HeatView:
    """A heat table with the words of its shades."""

    table: Table
    what: str
    classes: Sequence[tuple[str, str]]
    n_left_out: int = 0
    n_types: int = 0
    n_all_types: int = 0


def heat_view(
    selection: Selection,
    query: SynthesisQuery,
    by_type: Mapping[str, Counts],
    names: Names,
    language: str,
) -> HeatView:
    """Split the types of measures."""
    if query.by == Dimension.OUTCOME:
        return _by_outcome(selection, by_type, names, language)
    return _by_split(selection, query.by, by_type, names, language)


def ordered_types(by_type: Mapping[str, Counts], names: Names) -> list[str]:
    """Return types in the order of the catalogue, what is not in it behind."""
    order = {key: place for place, key in enumerate(names.measures)}
    return sorted(by_type, key=lambda key: (order.get(key, len(order)), key == NOT_STATED, key))


def type_cell(key: str, names: Names) -> HeatCell:
    """Name a type, with a way to its page."""
    measure = names.measures.get(key)
    url = reverse("public:measure", args=[measure.key]) if measure else ""
    return HeatCell(names.value(Dimension.TYPE, key), url=url, row="types" if measure else "")


def share_cell(found: Counts, language: str) -> HeatCell:
    """Show the share with its interval; below three known outcomes only their counts."""
    lasting = found.lasting
    if not lasting.n_known:
        return HeatCell(_NOTHING)
    known = of_known(lasting, language)
    if lasting.value is None:
        return HeatCell(known, (_("too few for a share"),))
    lines = (interval(lasting, language), known)
    return HeatCell(share(lasting, language), lines, shade(lasting.value))


def _by_outcome(
    selection: Selection, by_type: Mapping[str, Counts], names: Names, language: str
) -> HeatView:
    columns = [
        Column(DIMENSIONS[Dimension.TYPE]),
        Column(_("Share that goes on")),
        *(Column(OUTCOME_NAMES[outcome]) for outcome in OUTCOMES),
    ]
    rows = [
        [type_cell(key, names), *_outcome_cells(by_type[key], language)]
        for key in ordered_types(by_type, names)
    ]
    rows.append(_total_row(selection.total(), language))
    caption = _("Families of initiatives by type of measure and by what became of them")
    what = _(
        "First the share that goes on among known outcomes, with its 90% interval; then families "
        "of initiatives by outcome, activities in brackets, shaded by their share of the row."
    )
    n_types = sum(key in names.measures for key in by_type)
    return HeatView(
        Table(caption, columns, rows),
        what,
        classes(language),
        n_types=n_types,
        n_all_types=len(names.measures),
    )


def _total_row(found: Counts, language: str) -> list[Any]:
    """Count each family once; the key figures of the page lead here."""
    n, lasting = found.n_families, found.lasting
    shown, *cells = _outcome_cells(found, language)
    words = _("All: %(families)s, each once") % {"families": families(n, language)}
    known = ("known.lasting", lasting.n_lasting, lasting.n_known)
    unknown = ("families.unknown", found.families[-1], None)
    return [
        HeatCell(words, total=("families", n, None)),
        replace(shown, total=known if lasting.n_known else None),
        *cells[:-1],
        replace(cells[-1], total=unknown),
    ]


def _outcome_cells(found: Counts, language: str) -> list[Any]:
    cells = [
        _count_cell(n, inside, None if outcome is Outcome.UNKNOWN else found.n_families, language)
        for outcome, n, inside in zip(OUTCOMES, found.families, found.activities, strict=True)
    ]
    return [share_cell(found, language), *cells]


def _count_cell(n: int, inside: int, of_all: int | None, language: str) -> HeatCell:
    """Show a count; what is unknown takes no shade, so that it does not look like a result."""
    lines = (f"({format_integer(inside, language)})",) if inside else ()
    return HeatCell(format_integer(n, language), lines, shade(n / of_all) if n and of_all else "")


def _by_split(
    selection: Selection,
    by: Dimension,
    by_type: Mapping[str, Counts],
    names: Names,
    language: str,
) -> HeatView:
    every = ordered_columns(by, selection.by(by))
    shown = every[:MOST_COLUMNS]
    cells = selection.by_two(Dimension.TYPE, by)
    columns = [
        Column(DIMENSIONS[Dimension.TYPE]),
        *(Column(names.value(by, value)) for value in shown),
    ]
    rows = [
        [type_cell(key, names), *(_cell(cells.get((key, v)), language) for v in shown)]
        for key in ordered_types(by_type, names)
    ]
    caption = _("What goes on, split by “%(split)s”") % {"split": str(DIMENSIONS[by])}
    what = _(
        "In each cell: the share of families that goes on among known outcomes, its 90% interval, "
        "the counts behind it; then all families, activities in brackets. Below three known "
        "outcomes there are counts only."
    )
    return HeatView(Table(caption, columns, rows), what, classes(language), len(every) - len(shown))


def ordered_columns(by: Dimension, found: Mapping[str, Counts]) -> list[str]:
    """Return the values of a split: periods by time, others by size, "not stated" last."""
    if by == Dimension.PERIOD:
        return sorted(found, key=lambda value: (value == NOT_STATED, value))
    return sorted(found, key=lambda v: (v == NOT_STATED, -found[v].n_families, v))


def _cell(found: Counts | None, language: str) -> HeatCell:
    if found is None:
        return HeatCell(_NOTHING)
    total = counted(found, language)
    told = share_cell(found, language)
    if found.lasting.value is None:
        return HeatCell(told.text if found.lasting.n_known else _("unknown"), (total,))
    return HeatCell(told.text, (*told.lines, total), told.shade)


# --- What nobody evaluated: types without evidence, and what would close each gap -----------------


NOBODY: Final = "no_families"


@dataclass(frozen=True)
class Gap:
    """A type of measure, what is there, and what would close the gap."""

    name: str
    url: str
    initiatives_url: str
    there: str
    needed: str


@dataclass(frozen=True)
class GapsPage:
    """Types nobody did, types whose end nobody knows, types with too few known outcomes."""

    nobody: Sequence[Gap]
    unknown: Sequence[Gap]
    few: Sequence[Gap]
    n_types: int

    @property
    def n_gaps(self) -> int:
        """Gaps in the sense of the method: no family, or no known outcome."""
        return len(self.nobody) + len(self.unknown)


def read_gaps() -> GapsPage:
    """Find the gaps among the types of the catalogue; simulated activities close none."""
    names = Names.load()
    by_type = Selection.of(flat_evidence(), SynthesisQuery()).by(Dimension.TYPE)
    cells = {
        key: {outcome.value: n for outcome, n in zip(OUTCOMES, found.families, strict=True)}
        for key, found in by_type.items()
    }
    found = dict(find_gaps(cells, of=names.measures))
    few = [
        key
        for key in names.measures
        if key in by_type and 0 < by_type[key].lasting.n_known < RULES.fewest_known
    ]
    return GapsPage(
        nobody=[_gap(key, by_type, names) for key, why in found.items() if why == NOBODY],
        unknown=[_gap(key, by_type, names) for key, why in found.items() if why != NOBODY],
        few=[_gap(key, by_type, names) for key in few],
        n_types=len(names.measures),
    )


def _gap(key: str, by_type: dict[str, Counts], names: Names) -> Gap:
    language = nearest_language(get_language())
    found = by_type.get(key, Counts())
    n_families = families(found.n_families, language)
    n_activities = activities(found.n_activities, language)
    return Gap(
        name=names.measures[key].name,
        url=reverse("public:measure", args=[names.measures[key].key]),
        initiatives_url=f"{reverse('public:initiatives')}?measure={key}" if found.families else "",
        there=f"{n_families}, {n_activities}" if found.n_families else "",
        needed=_needed(found),
    )


def _needed(found: Counts) -> str:
    if not found.n_families:
        return _("One initiative that did this, with a document, coded once.")
    if not found.lasting.n_known:
        return _("One source that says what became of it after the funding.")
    n = RULES.fewest_known - found.lasting.n_known
    return _("Known outcomes that are still missing for a share: %(n)s") % {"n": n}
