"""The section on the second round: who stayed, who moved, what that does not prove."""

from collections.abc import Sequence
from typing import Final

from alpclusters.analysis.consensus import Description
from alpclusters.analysis.second_round import AgreementChange, Comparison, MeasureChange, Migration
from alpclusters.platform.languages.catalogues import translator
from alpclusters.reports.blocks import (
    WITHHELD,
    Block,
    Cell,
    Column,
    Figure,
    Heading,
    Interval,
    Paragraph,
    Row,
    RowGroup,
    Table,
)
from alpclusters.reports.charts.distribution import DistributionChart, DistributionRow
from alpclusters.reports.charts.dots import DotChart, DotRow, Tier
from alpclusters.reports.charts.parts import Axis
from alpclusters.reports.claims.ratings import changed
from alpclusters.reports.evaluation.figures import CHART_NAME, MAX_ROWS, scale_axis
from alpclusters.reports.evaluation.ratings import vote_axis
from alpclusters.reports.evaluation.results import CriterionResults
from alpclusters.reports.evaluation_subject import (
    EvaluationSubject,
    is_vote,
    named,
    reason_sentences,
    short,
)
from alpclusters.reports.numbers import (
    Measured,
    format_integer,
    format_n,
    format_number,
    format_percent,
)

# --- Where people moved between two rounds: lowered, same, raised, and from which answer to which


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


# --- The section on the second round: who stayed, who moved, what that does not prove -------------


MOVES: Final = ("raised", "lowered", "stable")


def second_round_section(
    found: CriterionResults,
    description: Description,
    subject: EvaluationSubject,
    criterion: str,
    language: str,
    *,
    with_tables: bool = True,
) -> list[Block]:
    """Return the change between two rounds; empty where there is one only."""
    comparison, missing = found.second_round, found.missing.get("second_round", ())
    if comparison is None and not missing:
        return []
    title = translator(language).gettext("Second round against the first")
    heading = Heading(named(title, subject.criterion_names.get(criterion, criterion), language))
    if comparison is None:
        sentences = reason_sentences("second_round", missing, language)
        return [heading, Paragraph(" ".join(sentences), "note")]
    blocks: list[Block] = [heading, Paragraph(" ".join(round_sentences(found, language)))]
    if any(item.state == "shown" for item in comparison.measures):
        figure = round_figure(found, description, subject, criterion, language)
        blocks += [figure] if figure else []
    if with_tables and any(item.state == "shown" for item in comparison.measures):
        blocks += [
            round_table(comparison, subject, language, subject.scales.get(criterion)),
            moves_figure(comparison, subject, language),
            *migration_tables(comparison, subject, language),
        ]
    return [*blocks, Paragraph(" ".join(round_doubts(found, language)), "note")]


def round_sentences(found: CriterionResults, language: str) -> list[str]:
    """Say whether the second round was informed, who took part in which, and what a change is."""
    if found.second_round is None:
        return []
    return [*_informed(found.informed, language), *_people(found.second_round, language)]


def round_doubts(found: CriterionResults, language: str) -> list[str]:
    """Say what limits the figures, whom they protect, and what a change does not prove."""
    if found.second_round is None:
        return []
    doubts = reason_sentences("second_round", _codes(found.second_round), language)
    return [*doubts, *_aside(found.n_aside, language), _no_cause(language)]


def round_figure(
    found: CriterionResults,
    description: Description,
    subject: EvaluationSubject,
    criterion: str,
    language: str,
) -> Figure | None:
    """Show ring and disc of each item whose two means may be told; None without any."""
    if found.second_round is None:
        return None
    answers, scale = subject.answers.get(criterion, ()), subject.scales.get(criterion)
    if is_vote(description):
        axis = vote_axis(language)
    else:
        axis = scale_axis(description, language, answers, scale)
    return _figure(found.second_round, axis, subject, language)


def _informed(counted: tuple[int, int] | None, language: str) -> list[str]:
    if counted is None:
        return []
    text, (informed, n) = translator(language), counted
    if informed == n:
        return [
            text.gettext(
                "The second round is informed: people rated again after they had seen results of "
                "the first."
            )
        ]
    sentence = text.gettext(
        "In the second round %(k)s of %(n)s answers are informed: given after results of the first "
        "were shown."
    )
    words = {"k": format_integer(informed, language), "n": format_integer(n, language)}
    return [sentence % words]


def _aside(n: int, language: str) -> list[str]:
    if not n:
        return []
    sentence = translator(language).gettext(
        "Where one to four people rated an item in one round only, some pairs (at most %(n)s) are "
        "set aside by chance, so that the answers of those few do not follow from the figures."
    )
    return [sentence % {"n": format_integer(n, language)}]


def _codes(comparison: Comparison) -> list[str]:
    items = [code for item in comparison.measures for code in (*item.reasons, *item.cautions)]
    # Of the whole these say that there is nothing to show; of one item its row does.
    own = [code for code in items if code not in {"small_group", "no_pairs"}]
    return [*comparison.reasons, *own, *comparison.cautions]


def _people(comparison: Comparison, language: str) -> list[str]:
    text = translator(language)
    words = {
        "first": format_integer(comparison.n_first, language),
        "second": format_integer(comparison.n_second, language),
        "both": format_integer(comparison.n_both, language),
        "share": format_percent(comparison.attrition or 0.0, language),
    }
    sentences = [
        text.gettext(
            "People who rated: %(first)s in the first round, %(second)s in the second, "
            "%(both)s in both."
        )
    ]
    if comparison.attrition is not None:
        sentences.append(
            text.gettext("Of the people of the first round, %(share)s did not rate again.")
        )
    sentences.append(
        text.gettext(
            "A change is that of people who rated the same item in both rounds; all others are "
            "counted, never mixed in."
        )
    )
    return [sentence % words for sentence in sentences]


def _no_cause(language: str) -> str:
    return translator(language).gettext(
        "A change was not necessarily caused by the meeting: an item with an extreme first round "
        "moves towards the middle by itself."
    )


# --- figure -------------------------------------------------------------------------------


def _figure(
    comparison: Comparison, axis: Axis, subject: EvaluationSubject, language: str
) -> Figure | None:
    text = translator(language)
    rows = [_dot(item, item.agreement, subject) for item in comparison.measures if item.agreement][
        :MAX_ROWS
    ]
    if not rows:
        return None
    chart = DotChart(
        language=language,
        tiers=(Tier(tuple(rows)),),
        axis=axis,
        label_title=item_title(subject, language),
        title=text.gettext("Share of yes in both rounds")
        if axis.is_share
        else text.gettext("Mean rating in both rounds"),
    )
    note = text.gettext(
        "Ring: mean of the first round. Disc: mean of the second. Number: change, with its 90% "
        "interval. n: people who rated the item in both rounds."
    )
    if axis.is_share:
        note = text.gettext(
            "Ring: share of yes in the first round. Disc: in the second. Number: change in "
            "percentage points, with its 90% interval. n: people who rated the item in both rounds."
        )
    return Figure(chart, changed(comparison, subject, language, axis).text, note)


def _dot(
    item: MeasureChange,
    agreed: AgreementChange,
    subject: EvaluationSubject,
) -> DotRow:
    ends = item.change.interval if item.change else None
    return DotRow(
        label=short(subject.item(item.measure), CHART_NAME),
        value=agreed.mean_second,
        low=ends.low if ends else None,
        high=ends.high if ends else None,
        n=item.attendance.n_paired,
        first=agreed.mean_first,
    )


# --- tables -------------------------------------------------------------------------------


def round_table(
    comparison: Comparison, subject: EvaluationSubject, language: str, on: Measured | None
) -> Table:
    """List change, interval, moves and agreement of each item; of shares in percentage points."""
    text = translator(language)
    factor, places = (100, 0) if on is not None and on.is_share else (1, None)
    title = (
        text.gettext("Mean change")
        if places is None
        else text.gettext("Change in percentage points")
    )
    columns = (
        Column(item_title(subject, language)),
        Column("n", "number", decimals=0),
        Column(title, "number", decimals=places, signed=True, strong=True),
        Column(text.gettext("90% interval"), "number", decimals=places),
        Column(text.gettext("Raised"), "number", decimals=0),
        Column(text.gettext("Lowered"), "number", decimals=0),
        Column(text.gettext("Same"), "number", decimals=0),
        Column(text.gettext("Agreement before"), "number"),
        Column(text.gettext("Agreement after"), "number"),
        Column(text.gettext("p, corrected"), "number", decimals=3),
    )
    rows = tuple(
        _row(item, subject, len(columns) - 1, factor)
        for item in comparison.measures
        if item.state != "empty"
    )
    note = text.gettext(
        "n: people who rated the item in both rounds. Raised, lowered, same: people; small "
        "numbers are withheld. Agreement: consensus after Tastle and Wierman, from 0 to 1. p: "
        "how often chance alone would give at least such a change (sign flips, Holm over all "
        "items); empty with fewer than six changes. Interval: people drawn anew."
    )
    return Table(columns, rows, text.gettext("Change between the rounds, same people"), note)


def _row(item: MeasureChange, subject: EvaluationSubject, width: int, factor: int) -> Row:
    name, change, agreed = subject.item(item.measure), item.change, item.agreement
    if change is None:
        return (name, *(WITHHELD for _ in range(width)))
    ends = change.interval
    moved = [getattr(item.migration, move) for move in MOVES]
    views: list[Cell] = (
        [agreed.consensus_first, agreed.consensus_second] if agreed else [WITHHELD, WITHHELD]
    )
    return (
        *(name, item.attendance.n_paired, factor * change.mean),
        Interval(factor * ends.low, factor * ends.high) if ends else None,
        *(WITHHELD if n is None else n for n in moved),
        *(*views, change.p_adjusted),
    )
