"""The application as a plain document: what is filled, what is missing and where it is entered."""

import datetime as dt
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from alpclusters.platform.languages.catalogues import gettext_noop as _
from alpclusters.reports.application.budget import money_tables
from alpclusters.reports.application.fields import (
    ASKS,
    FIELDS,
    PARTS,
    SECTIONS,
    WHERES,
    Answer,
    Field,
    answers_of,
    kinds_of,
    shares_of,
    total_of,
)
from alpclusters.reports.application.subject import ApplicationSubject, Talk
from alpclusters.reports.blocks import (
    Block,
    Column,
    Document,
    Heading,
    KeyFigure,
    KeyFigures,
    LabelledPart,
    Panel,
    Paragraph,
    Table,
)
from alpclusters.reports.funding.report import document
from alpclusters.reports.numbers import format_integer, format_percent

SIMULATED: Final = _("The case is simulated: do not hand this in. Every part of it is invented.")

# What needs room; everything else stands in a table.
LONG: Final = ("text", "list")


def build_application(subject: ApplicationSubject, language: str, *, day: dt.date) -> Document:
    """Build the application in the structure of Jems as a document.

    Parameters
    ----------
    subject : ApplicationSubject
        With a mix that may be shown as one.
    language : str
        One of the five codes; the language of its ``funding`` too.
    day : date
        The day that stands on it.
    """
    talk = Talk(subject, language)
    answers = answers_of(subject, language)
    return document(
        subject.funding,
        tuple(_blocks(talk, answers)),
        kicker=talk.text.gettext("Draft of an application · structure of Jems"),
        short_title=talk.text.gettext("Draft of an application"),
        day=day,
    )


def _blocks(talk: Talk, answers: Sequence[Answer]) -> Iterator[Block]:
    yield _what_it_is(talk)
    if talk.subject.is_simulated:
        yield simulated_panel(talk)
    yield _figures(talk, answers)
    yield share_table(talk, answers)
    yield from _missing(talk, answers)
    yield from _shortened(talk, answers)
    for section in SECTIONS:
        yield Heading(talk.text.gettext(SECTIONS[section]), 1, same_page=section == "E")
        yield from _section(talk, [one for one in answers if one.field.section == section])


def _what_it_is(talk: Talk) -> Panel:
    text = talk.text.gettext(
        "Filled by rule from the funding case, its mix and the plan. Next step: enter what is "
        "missing, read every text, then copy it into Jems. The call may set other limits of "
        "characters."
    )
    return Panel((Paragraph(text),), talk.text.gettext("What this is"), "note")


def simulated_panel(talk: Talk) -> Panel:
    """Say that every part of it is invented."""
    text = talk.text.gettext(SIMULATED)
    return Panel((Paragraph(text),), talk.text.gettext("Simulated"), "warning")


def _figures(talk: Talk, answers: Sequence[Answer]) -> KeyFigures:
    text, total, kinds = talk.text, total_of(shares_of(answers)), kinds_of(answers)
    return KeyFigures(
        (
            KeyFigure(
                format_percent(total.share, talk.language),
                text.gettext("of the fields filled"),
                n_of(talk, total.filled, total.asked),
            ),
            KeyFigure(
                format_percent(kinds.share, talk.language),
                text.gettext("of the questions answered for all"),
                n_of(talk, kinds.filled, kinds.asked),
            ),
        )
    )


def n_of(talk: Talk, n: int, whole: int) -> str:
    """Return "n of N" in the language."""
    return talk.text.gettext("%(n)s of %(all)s") % {
        "n": format_integer(n, talk.language),
        "all": format_integer(whole, talk.language),
    }


def share_table(talk: Talk, answers: Sequence[Answer]) -> Table:
    """Say by section how many fields are filled of those that apply."""
    text, shares = talk.text, shares_of(answers)
    total = total_of(shares)
    return Table(
        (
            Column(text.gettext("Section")),
            Column(text.gettext("Filled"), "number"),
            Column(text.gettext("Asked"), "number"),
            Column(text.gettext("Share"), "percent", decimals=0),
        ),
        tuple(
            (text.gettext(SECTIONS[one.section]), one.filled, one.asked, one.share)
            for one in shares
        ),
        caption=text.gettext("Fields filled by section"),
        note=text.gettext(
            "A field of each partner and each work package counts by itself; what does not apply "
            "does not count."
        ),
        total=(text.gettext("Sum"), total.filled, total.asked, total.share),
        name=text.gettext("Fields"),
    )


def missing_rows(talk: Talk, answers: Sequence[Answer]) -> list[tuple[str, str, str, str]]:
    """List what is missing: field, for whom, what is asked, where to enter it."""
    text = talk.text
    rows = []
    for field in FIELDS:
        of_field = [one for one in answers if one.field.id == field.id]
        open_ones = [one for one in of_field if not one.is_filled]
        if open_ones:
            whom = _whom(talk, field, open_ones)
            asks, where = text.gettext(ASKS[field.asks]), text.gettext(WHERES[field.where])
            rows.append((_field_name(talk, field), whom, asks, where))
    return rows


def _whom(talk: Talk, field: Field, missing: Sequence[Answer]) -> str:
    text, subject = talk.text, talk.subject
    if field.per == "project":
        return "–"
    if field.per == "partner" and len(missing) == len(subject.partners):
        return text.gettext("all partners")
    if field.per == "package" and len(missing) == len(subject.packages):
        return text.gettext("all work packages")
    return ", ".join(one.name for one in missing)


def _missing(talk: Talk, answers: Sequence[Answer]) -> Iterator[Block]:
    text, rows = talk.text, missing_rows(talk, answers)
    if not rows:
        return
    yield Heading(text.gettext("Still missing"), 1, same_page=True)
    yield Table(
        (
            Column(text.gettext("Field")),
            Column(text.gettext("For")),
            Column(text.gettext("What is asked")),
            Column(text.gettext("Where to enter it")),
        ),
        tuple(rows),
        caption=text.gettext("What nobody has entered yet"),
        name=text.gettext("Still missing"),
    )


def shortened_answers(answers: Sequence[Answer]) -> list[Answer]:
    """List the answers that a limit cut."""
    return [one for one in answers if one.is_shortened]


def _shortened(talk: Talk, answers: Sequence[Answer]) -> Iterator[Block]:
    text, found = talk.text, shortened_answers(answers)
    if not found:
        return
    yield Heading(text.gettext("Shortened to the limit"), 1, same_page=True)
    yield Paragraph(
        text.gettext(
            "These texts are longer than Jems takes. Please shorten them yourself; here is the "
            "whole text."
        )
    )
    for one in found:
        size = text.gettext("Characters: %(n)s, limit: %(limit)s") % {
            "n": format_integer(len(one.whole), talk.language),
            "limit": format_integer(one.field.limit or 0, talk.language),
        }
        yield LabelledPart(_label(talk, one), tuple(_paragraphs(one.whole)), size)


def _section(talk: Talk, answers: Sequence[Answer]) -> Iterator[Block]:
    """Yield the answers in the order of the form, under a heading for each part and place."""
    tables = money_tables(talk)
    for (part, _per), found in groupby(answers, lambda one: (one.field.part, one.field.per)):
        group = list(found)
        if part:
            yield Heading(talk.text.gettext(PARTS[part]), 2)
        for place, name in {one.place: one.name for one in group}.items():
            if name:
                yield Heading(name, 3 if part else 2)
            yield from _parts(talk, [one for one in group if one.place == place])
        yield from tables.get(part, ())


def _parts(talk: Talk, answers: Sequence[Answer]) -> Iterator[Block]:
    """Yield answers in their order: short ones that follow each other stand in one table."""
    for is_long, found in groupby(answers, lambda one: one.field.asks in LONG):
        if not is_long:
            yield _short_table(talk, list(found))
            continue
        for one in found:
            missing = (Paragraph(talk.text.gettext("missing"), "note"),)
            blocks = tuple(_paragraphs(one.text)) or missing
            yield LabelledPart(_field_name(talk, one.field), blocks, _hint(talk, one))


def _short_table(talk: Talk, answers: Sequence[Answer]) -> Table:
    text = talk.text
    return Table(
        (Column(text.gettext("Field")), Column(text.gettext("Answer"))),
        tuple(
            (_field_name(talk, one.field), one.text or text.gettext("missing")) for one in answers
        ),
        row_head=0,
    )


def _hint(talk: Talk, answer: Answer) -> str:
    """Return limit and marks of an answer, small below its label."""
    text, hints = talk.text, []
    if answer.is_filled and answer.field.asks == "text":
        hints.append(
            text.gettext("Characters: %(n)s of %(limit)s")
            % {
                "n": format_integer(len(answer.text), talk.language),
                "limit": format_integer(answer.field.limit or 0, talk.language),
            }
        )
    if answer.is_borrowed and answer.is_filled:
        hints.append(text.gettext("partly in another language: please translate"))
    if answer.is_shortened:
        hints.append(text.gettext("shortened"))
    return "; ".join(hints)


def _field_name(talk: Talk, field: Field) -> str:
    return f"{field.id.partition(' ')[0]} {talk.text.gettext(field.label)}"


def _label(talk: Talk, answer: Answer) -> str:
    label = _field_name(talk, answer.field)
    return f"{label} · {answer.name}" if answer.name else label


def _paragraphs(text: str) -> Iterator[Paragraph]:
    for part in text.split("\n"):
        if part.strip():
            yield Paragraph(part.strip())
