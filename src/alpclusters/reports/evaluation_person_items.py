"""Statements about the person in an AlpCafé: their own answers, apart from all opinions."""

from collections.abc import Sequence
from dataclasses import dataclass

from alpclusters.analysis.consensus import MeasureDescription, Summary
from alpclusters.platform.evaluation.domain.records import Evaluation, word
from alpclusters.platform.languages.catalogues import translator
from alpclusters.reports.blocks import (
    WITHHELD,
    Block,
    Cell,
    Column,
    Heading,
    Interval,
    Paragraph,
    Row,
    Table,
)

_DISAGREE, _BETWEEN, _AGREE = slice(0, 2), slice(2, 3), slice(3, 5)


@dataclass(frozen=True, slots=True)
class PersonLine:
    """What everybody answered to one statement on one criterion; ``status`` as stored."""

    name: str
    criterion: str
    status: str
    answers: MeasureDescription


def person_lines(evaluation: Evaluation, language: str) -> tuple[PersonLine, ...]:
    """Return the statements about the person, criterion by criterion."""
    known = {one.item.pk: one for one in evaluation.persons}
    return tuple(
        PersonLine(
            word(known[int(item.measure)].item.names, language),
            word(result.names, language),
            known[int(item.measure)].status,
            item,
        )
        for result in evaluation.criteria
        for item in result.persons
    )


def person_items_section(lines: Sequence[PersonLine], language: str) -> list[Block]:
    """Return heading, rule and tables; empty where no statement is about the person."""
    if not lines:
        return []
    text = translator(language)
    heading = Heading(text.gettext("Statements about the people themselves"))
    lead = Paragraph(" ".join(person_sentences(language)))
    return [heading, lead, *person_tables(lines, language)]


def person_sentences(language: str) -> list[str]:
    """Say why they stand apart, and why nobody is grouped by them."""
    text = translator(language)
    return [
        text.gettext(
            "These statements say what somebody is, has or did, not what should be. They are in no "
            "ranking, no list of opinions and no headline."
        ),
        text.gettext(
            "The opinions are not divided by them: that would join two answers of the same person, "
            "and could give somebody away."
        ),
    ]


def person_tables(lines: Sequence[PersonLine], language: str) -> list[Table]:
    """Return one table of what was marked, and one of proposals nobody has decided about."""
    text = translator(language)
    captions = {
        "marked": (text.gettext("What people say of themselves"), ""),
        "proposed": (
            text.gettext("Proposals that are not yet confirmed"),
            text.gettext(
                "Found by their wording and not yet decided by the organisers. Until then they are "
                "kept out of rankings and headlines like the confirmed ones."
            ),
        ),
    }
    return [
        _table(own, language, caption=caption, note=note)
        for status, (caption, note) in captions.items()
        if (own := [line for line in lines if line.status == status])
    ]


def _table(lines: Sequence[PersonLine], language: str, *, caption: str, note: str) -> Table:
    text = translator(language)
    several = len({line.criterion for line in lines}) > 1
    columns = (
        Column(text.gettext("Statement")),
        *([Column(text.gettext("Criterion"))] if several else ()),
        Column(text.gettext("Agree (4–5)"), "percent", decimals=0, strong=True),
        Column(text.gettext("90% interval"), "percent", decimals=0),
        Column(text.gettext("In between (3)"), "percent", decimals=0),
        Column(text.gettext("Disagree (1–2)"), "percent", decimals=0),
        Column(text.gettext("Cannot judge"), "number", decimals=0),
        Column("n", "number", decimals=0),
    )
    rows: list[Row] = [
        (line.name, *([line.criterion] if several else ()), *_cells(line.answers)) for line in lines
    ]
    return Table(columns, tuple(rows), caption, note, name="persons")


def _cells(item: MeasureDescription) -> tuple[Cell, ...]:
    if item.summary is not None:
        return _shares(item.summary)
    if item.coarse is not None and item.coarse.counts is not None:
        disagree, between, agree = item.coarse.counts
        n = sum(item.coarse.counts)
        return (agree / n, None, between / n, disagree / n, WITHHELD, n)
    return (WITHHELD,) * 6


def _shares(summary: Summary) -> tuple[Cell, ...]:
    n = summary.n
    if not n:
        return (None, None, None, None, summary.cannot_judge, 0)
    disagree, between, agree = (
        sum(summary.counts[part]) / n for part in (_DISAGREE, _BETWEEN, _AGREE)
    )
    ends = summary.agree_interval
    interval = Interval(ends.low, ends.high) if ends else None
    return (agree, interval, between, disagree, summary.cannot_judge, n)
