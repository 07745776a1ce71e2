"""One answer per item: the table that opens the report."""

from collections.abc import Sequence
from typing import Final

from alpclusters.analysis.decisions import CLASSES, Decision, Decisions
from alpclusters.platform.languages.catalogues import translator
from alpclusters.reports.blocks import Block, Cell, Column, Heading, Paragraph, Row, RowGroup, Table
from alpclusters.reports.claims.decisions import decision_title, outcome_words, rule_sentences
from alpclusters.reports.evaluation_subject import EvaluationSubject, named
from alpclusters.reports.numbers import format_integer, format_percent

MOST_ROWS: Final = 12
MOST_CERTAIN: Final = 0.99  # draws cannot tell more


def decisions_section(
    decisions: Decisions | None,
    subject: EvaluationSubject,
    language: str,
    *,
    criterion: str,
    is_vote: bool,
) -> list[Block]:
    """Return the answers in their order, at most twelve rows; nothing where none could be given."""
    if decisions is None or decisions.status == "undefined":
        return []
    title = decision_title(decisions, language, is_vote=is_vote)
    heading = Heading(named(title, subject.criterion_names.get(criterion, criterion)))
    rules = rule_sentences(decisions, language)
    return [
        heading,
        _table(decisions, subject, language, is_vote=is_vote),
        Paragraph(" ".join(rules), "note"),
    ]


def _table(
    decisions: Decisions, subject: EvaluationSubject, language: str, *, is_vote: bool
) -> Table:
    text = translator(language)
    head = [Column(text.gettext("No."), "code")] if is_vote else []
    columns = (
        *head,
        Column(text.gettext("Statement") if is_vote else text.gettext("Measure")),
        _value_column(language, is_vote=is_vote),
        Column(text.gettext("Certain"), "percent", decimals=0),
        Column(text.gettext("Answers"), "number", decimals=0),
    )
    shown = _shown(decisions)
    rows: list[Row | RowGroup] = []
    for place, one in enumerate(shown):
        if not place or shown[place - 1].outcome != one.outcome:
            rows.append(_group(decisions, one, language, is_vote=is_vote))
        rows.append(_row(one, subject, language, is_vote=is_vote))
    caption = text.gettext("One answer for each item")
    return Table(
        columns,
        tuple(rows),
        caption,
        _note(decisions, len(shown), language),
        row_head=len(head),
    )


def _shown(decisions: Decisions) -> list[Decision]:
    """Return the first of every answer in turn, so that none fills the table alone."""
    kinds = [decisions.of(outcome) for outcome in (*CLASSES, "open")]
    taken = [0] * len(kinds)
    while sum(taken) < MOST_ROWS and any(n < len(k) for n, k in zip(taken, kinds, strict=True)):
        for place, kind in enumerate(kinds):
            taken[place] += taken[place] < len(kind) and sum(taken) < MOST_ROWS
    return [one for kind, n in zip(kinds, taken, strict=True) for one in kind[:n]]


def _value_column(language: str, *, is_vote: bool) -> Column:
    text = translator(language)
    if is_vote:
        return Column(text.gettext("Agree"), "percent", decimals=0)
    return Column(text.gettext("Estimate"), "number", decimals=1)


def _group(decisions: Decisions, one: Decision, language: str, *, is_vote: bool) -> RowGroup:
    words = outcome_words(one.outcome, language, is_vote=is_vote, has_groups=bool(decisions.groups))
    return RowGroup(words, format_integer(len(decisions.of(one.outcome)), language))


def _row(one: Decision, subject: EvaluationSubject, language: str, *, is_vote: bool) -> Row:
    code: Sequence[Cell] = [str(one.measure)] if is_vote else []
    certain = max(part.value for part in one.probabilities)
    words = translator(language).gettext("over %(share)s")
    most = words % {"share": format_percent(MOST_CERTAIN, language)}
    told: Cell = most if certain > MOST_CERTAIN else certain
    return (*code, subject.item(one.measure), one.value, told, one.n)


def _note(decisions: Decisions, n_shown: int, language: str) -> str:
    text = translator(language)
    judged = [one for one in decisions.measures if one.probabilities]
    n_more, n_few = len(judged) - n_shown, len(decisions.measures) - len(judged)
    sentences = [
        text.gettext("Certain: probability of the answer, of open items that of the likeliest.")
    ]
    if n_more:
        sentence = text.ngettext(
            "%(n)s more item is in the data of this evaluation.",
            "%(n)s more items are in the data of this evaluation.",
            n_more,
        )
        sentences.append(sentence % {"n": format_integer(n_more, language)})
    if n_few:
        sentence = text.ngettext(
            "%(n)s item was not judged enough.", "%(n)s items were not judged enough.", n_few
        )
        sentences.append(sentence % {"n": format_integer(n_few, language)})
    return " ".join(sentences)
