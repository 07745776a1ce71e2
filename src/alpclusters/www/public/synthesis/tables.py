"""The heat table: types of measures by outcome, or by any other split."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext as _

from alpclusters.analysis.certainty import OUTCOMES, Outcome
from alpclusters.platform.evidence.domain.synthesis.counting import Counts, Selection
from alpclusters.platform.evidence.domain.synthesis.queries import (
    NOT_STATED,
    Dimension,
    SynthesisQuery,
)
from alpclusters.reports.numbers import format_integer
from alpclusters.www.components.parts import Column, Table
from alpclusters.www.public.synthesis.figures import (
    classes,
    counted,
    families,
    interval,
    of_known,
    shade,
    share,
)
from alpclusters.www.public.synthesis.names import Names
from alpclusters.www.public.synthesis.words import DIMENSIONS, OUTCOME_NAMES

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
