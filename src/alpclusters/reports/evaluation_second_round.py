"""The section on the second round: who stayed, who moved, what that does not prove."""

from typing import Final

from alpclusters.analysis.consensus import Description
from alpclusters.analysis.second_round import AgreementChange, Comparison, MeasureChange
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
    Table,
)
from alpclusters.reports.charts.dots import DotChart, DotRow, Tier
from alpclusters.reports.charts.scales import Axis
from alpclusters.reports.evaluation_figures import CHART_NAME, MAX_ROWS, scale_axis
from alpclusters.reports.evaluation_findings import short
from alpclusters.reports.evaluation_reasons import reason_sentences
from alpclusters.reports.evaluation_results import CriterionResults
from alpclusters.reports.evaluation_sections import vote_axis
from alpclusters.reports.evaluation_subject import EvaluationSubject, is_vote
from alpclusters.reports.numbers import format_integer, format_percent

MOVES: Final = ("raised", "lowered", "stable")


def second_round_section(
    found: CriterionResults,
    description: Description,
    subject: EvaluationSubject,
    criterion: str,
    language: str,
) -> list[Block]:
    """Return the change between two rounds; empty where there is one only."""
    comparison = found.second_round
    if comparison is None:
        return []
    text = translator(language)
    name = subject.criterion_names.get(criterion, criterion)
    title = text.gettext("Second round against the first")
    blocks: list[Block] = [
        Heading(f"{name}: {title}" if name else title),
        Paragraph(" ".join(_people(comparison, language))),
    ]
    doubts = reason_sentences("second_round", _codes(comparison), language)
    if any(item.state == "shown" for item in comparison.measures):
        answers = subject.answers.get(criterion, ())
        axis = (
            vote_axis(language)
            if is_vote(description)
            else scale_axis(description, language, answers)
        )
        chart = _figure(comparison, axis, subject, language)
        blocks += [*chart, _table(comparison, subject, language)]
    return [*blocks, Paragraph(" ".join([*doubts, _no_cause(language)]), "note")]


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
) -> list[Block]:
    """Show ring and disc of items whose two means may be told."""
    text = translator(language)
    rows = [
        _dot(item, item.agreement, comparison.conventions.scale, subject)
        for item in comparison.measures
        if item.agreement
    ][:MAX_ROWS]
    if not rows:
        return []
    chart = DotChart(
        language=language,
        tiers=(Tier(tuple(rows)),),
        axis=axis,
        label_title=_item_title(subject, language),
        title=text.gettext("Mean rating in both rounds"),
    )
    note = text.gettext(
        "Ring: mean of the first round. Disc: mean of the second. n: people who rated the item in "
        "both rounds."
    )
    return [Figure(chart, text.gettext("How the same people rated before and after"), note)]


def _dot(
    item: MeasureChange,
    agreed: AgreementChange,
    points: tuple[float, ...],
    subject: EvaluationSubject,
) -> DotRow:
    ends = item.change.interval if item.change else None
    return DotRow(
        label=short(subject.item(item.measure), CHART_NAME),
        value=_mean(agreed.histogram_second, points),
        low=ends.low if ends else None,
        high=ends.high if ends else None,
        n=item.attendance.n_paired,
        first=_mean(agreed.histogram_first, points),
    )


def _mean(histogram: tuple[int, ...], points: tuple[float, ...]) -> float:
    total = sum(n * point for n, point in zip(histogram, points, strict=True))
    return total / sum(histogram)


# --- table --------------------------------------------------------------------------------


def _table(comparison: Comparison, subject: EvaluationSubject, language: str) -> Table:
    text = translator(language)
    columns = (
        Column(_item_title(subject, language)),
        Column("n", "number", decimals=0),
        Column(text.gettext("Mean change"), "number", decimals=2, signed=True, strong=True),
        Column(text.gettext("90% interval"), "number", decimals=2),
        Column(text.gettext("Raised"), "number", decimals=0),
        Column(text.gettext("Lowered"), "number", decimals=0),
        Column(text.gettext("Same"), "number", decimals=0),
        Column(text.gettext("Agreement before"), "number", decimals=2),
        Column(text.gettext("Agreement after"), "number", decimals=2),
        Column(text.gettext("p, corrected"), "number", decimals=3),
    )
    rows = tuple(
        _row(item, subject, len(columns) - 1)
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


def _item_title(subject: EvaluationSubject, language: str) -> str:
    text = translator(language)
    is_statement = subject.item_word == "statement"
    return text.gettext("Statement") if is_statement else text.gettext("Measure")


def _row(item: MeasureChange, subject: EvaluationSubject, width: int) -> Row:
    name, change, agreed = subject.item(item.measure), item.change, item.agreement
    if change is None:
        return (name, *(WITHHELD for _ in range(width)))
    ends = change.interval
    moved = [getattr(item.migration, move) for move in MOVES]
    views: list[Cell] = (
        [agreed.consensus_first, agreed.consensus_second] if agreed else [WITHHELD, WITHHELD]
    )
    return (
        *(name, item.attendance.n_paired, change.mean),
        Interval(ends.low, ends.high) if ends else None,
        *(WITHHELD if n is None else n for n in moved),
        *(*views, change.p_adjusted),
    )
