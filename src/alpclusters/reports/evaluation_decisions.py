"""One answer per item: the table that opens the report."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from alpclusters.analysis.consensus.ratings import Id
from alpclusters.analysis.decisions import CLASSES, Decision, Decisions, Outcome
from alpclusters.platform.languages.catalogues import translator
from alpclusters.reports.blocks import Cell, Column, Row, RowGroup, Table
from alpclusters.reports.claims.decisions import not_judged, outcome_words
from alpclusters.reports.evaluation_brief_room import MAX_NAME, Room
from alpclusters.reports.evaluation_subject import EvaluationSubject, named, short
from alpclusters.reports.numbers import format_integer, format_percent

MOST_ROWS: Final = 12
MOST_CERTAIN: Final = 0.99  # draws cannot tell more


@dataclass(frozen=True, slots=True)
class Beside:
    """The answers on a further criterion: its name, and words per item."""

    title: str
    answers: Mapping[Id, str]


def decisions_table(
    decisions: Decisions,
    subject: EvaluationSubject,
    language: str,
    *,
    is_vote: bool,
    room: Room,
    beside: Sequence[Beside] = (),
    criterion: str = "",
) -> Table:
    """Return the answers in their order, at most twelve rows, the others counted.

    ``beside`` are the answers on further criteria, one column each; ``criterion`` names the first,
    and ``room`` is what the page has for rows.
    """
    text = translator(language)
    head = [Column(text.gettext("No."), "code")] if is_vote else []
    columns = (
        *head,
        Column(text.gettext("Statement") if is_vote else text.gettext("Measure")),
        _value_column(language, is_vote=is_vote),
        Column(text.gettext("Certain"), "percent", decimals=0),
        Column(text.gettext("Answers"), "number", decimals=0),
        *(Column(one.title) for one in beside),
    )
    shown = _shown(decisions, subject, beside, room)
    rows: list[Row | RowGroup] = []
    for place, one in enumerate(shown):
        if not place or shown[place - 1].outcome != one.outcome:
            rows.append(_group(decisions, one, language, is_vote=is_vote))
        row = _row(one, subject, language, is_vote=is_vote)
        rows.append((*row, *(other.answers.get(one.measure, "") for other in beside)))
    caption = named(_caption(language, is_vote=is_vote), criterion, language)
    note = _note(decisions, len(shown), language)
    return Table(columns, tuple(rows), caption, note, row_head=len(head))


def _caption(language: str, *, is_vote: bool) -> str:
    text = translator(language)
    if is_vote:
        return text.gettext("What people think of each statement")
    return text.gettext("What people think of each measure")


def _shown(
    decisions: Decisions, subject: EvaluationSubject, beside: Sequence[Beside], room: Room
) -> list[Decision]:
    """Return the first of every answer in turn, so that none fills the table alone."""
    outcomes: tuple[Outcome, ...] = (*CLASSES, "open")
    kinds = [found for outcome in outcomes if (found := decisions.of(outcome))]
    taken: list[list[Decision]] = [[] for _ in kinds]
    for turn in range(max(map(len, kinds), default=0)):
        for kind, own in zip(kinds, taken, strict=True):
            if turn >= len(kind) or sum(map(len, taken)) == MOST_ROWS:
                continue
            words = [one.answers.get(kind[turn].measure, "") for one in beside]
            name = short(subject.item(kind[turn].measure), MAX_NAME)
            if (own or room.take("")) and room.take(name, *words):
                own.append(kind[turn])
    return [one for own in taken for one in own]


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
    return (*code, short(subject.item(one.measure), MAX_NAME), one.value, told, one.n)


def _note(decisions: Decisions, n_shown: int, language: str) -> str:
    text = translator(language)
    judged = [one for one in decisions.measures if one.probabilities]
    n_more = len(judged) - n_shown
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
    sentences += [claim.text for claim in not_judged(decisions, language)]
    return " ".join(sentences)
