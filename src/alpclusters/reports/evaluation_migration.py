"""Where people moved between two rounds: lowered, same, raised, and from which answer to which."""

from collections.abc import Sequence
from typing import Final

from alpclusters.analysis.second_round import Comparison, MeasureChange, Migration
from alpclusters.platform.languages.catalogues import translator
from alpclusters.reports.blocks import Column, Figure, Row, RowGroup, Table
from alpclusters.reports.charts.distribution import DistributionChart, DistributionRow
from alpclusters.reports.evaluation_figures import CHART_NAME, MAX_ROWS
from alpclusters.reports.evaluation_subject import EvaluationSubject, short
from alpclusters.reports.numbers import format_n, format_number

BANDS: Final = ("low", "middle", "high")


def item_title(subject: EvaluationSubject, language: str) -> str:
    """Return what an item is called."""
    text = translator(language)
    is_statement = subject.item_word == "statement"
    return text.gettext("Statement") if is_statement else text.gettext("Measure")


def moves_figure(comparison: Comparison, subject: EvaluationSubject, language: str) -> Figure:
    """Show how many lowered, kept and raised their answer to each item."""
    text = translator(language)
    chart = DistributionChart(
        language=language,
        rows=tuple(
            DistributionRow(short(subject.item(item.measure), CHART_NAME), _moves(item.migration))
            for item in [one for one in comparison.measures if one.state == "shown"][:MAX_ROWS]
        ),
        answers=(text.gettext("lowered"), text.gettext("same"), text.gettext("raised")),
        label_title=item_title(subject, language),
        title=text.gettext("Moves between the rounds"),
        kind="opinion",
    )
    note = text.gettext(
        "People who rated the item in both rounds. Below 20 of them a part of fewer than five "
        "withholds the row."
    )
    return Figure(chart, text.gettext("How many changed their answer"), note)


def migration_tables(
    comparison: Comparison, subject: EvaluationSubject, language: str
) -> list[Table]:
    """Tell from which answer to which people moved, by steps of the scale or by its three parts."""
    told = [(i, i.migration) for i in comparison.measures if i.migration]
    by_states: dict[tuple[str | float, ...], list[tuple[MeasureChange, Migration]]] = {}
    for item, moved in told:
        if moved.matrix is not None and moved.states:
            by_states.setdefault(moved.states, []).append((item, moved))
    return [
        _table(states, items, subject, language)
        for states, items in sorted(by_states.items(), key=_width)
    ]


def _width(pair: tuple[tuple[str | float, ...], object]) -> int:
    return -len(pair[0])


def _table(
    states: Sequence[str | float],
    items: Sequence[tuple[MeasureChange, Migration]],
    subject: EvaluationSubject,
    language: str,
) -> Table:
    text = translator(language)
    words = [_state(state, language) for state in states]
    columns = (
        Column(text.gettext("First round")),
        *(
            Column(text.gettext("second: %(answer)s") % {"answer": word}, "number", decimals=0)
            for word in words
        ),
    )
    rows: list[Row | RowGroup] = []
    for item, moved in items:
        n = 0 if moved.matrix is None else int(moved.matrix.sum())
        rows.append(RowGroup(subject.item(item.measure), format_n(n, language)))
        cells = [] if moved.matrix is None else moved.matrix.tolist()
        rows += [(word, *line) for word, line in zip(words, cells, strict=True)]
    note = text.gettext(
        "Row: answer in the first round. Column: answer in the second. Shown from 20 people on, "
        "where every row and column has none or at least five."
    )
    return Table(columns, tuple(rows), text.gettext("From which answer to which"), note)


def _state(state: str | float, language: str) -> str:
    text = translator(language)
    words = {
        "low": text.gettext("low (1, 2)"),
        "middle": text.gettext("middle (3)"),
        "high": text.gettext("high (4, 5)"),
        "cannot_judge": text.gettext("Cannot judge"),
    }
    return words[state] if isinstance(state, str) else format_number(state, language)


def _moves(found: Migration | None) -> tuple[int, ...] | None:
    """Return the three counts, None where one of them is withheld."""
    if found is None or found.lowered is None or found.stable is None or found.raised is None:
        return None
    return found.lowered, found.stable, found.raised
