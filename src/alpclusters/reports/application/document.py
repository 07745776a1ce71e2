"""The application as a plain document: what is filled, what is missing and where it is entered."""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Final

from alpclusters.platform.languages.catalogues import gettext_noop as _
from alpclusters.reports.application import partner_answers as of_partner
from alpclusters.reports.application.answers import (
    Answer,
    answers_of,
    kinds_of,
    shares_of,
    total_of,
)
from alpclusters.reports.application.fields import ASKS, FIELDS, SECTIONS, WHERES, Field
from alpclusters.reports.application.subject import ApplicationSubject, period_of
from alpclusters.reports.application.talk import Talk
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
    Row,
    Table,
)
from alpclusters.reports.funding.proof import document
from alpclusters.reports.funding.subject import euro
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
        yield _simulated(talk)
    yield _figures(talk, answers)
    yield share_table(talk, answers)
    yield from _missing(talk, answers)
    yield from _shortened(talk, answers)
    for section in SECTIONS:
        yield Heading(talk.text.gettext(SECTIONS[section]), 1)
        yield from _section(talk, [one for one in answers if one.field.section == section])
    yield from _money(talk)


def _what_it_is(talk: Talk) -> Panel:
    text = talk.text.gettext(
        "Filled by rule from the funding case, its mix and the plan. Next step: enter what is "
        "missing, read every text, then copy it into Jems. The call may set other limits of "
        "characters."
    )
    return Panel((Paragraph(text),), talk.text.gettext("What this is"), "note")


def _simulated(talk: Talk) -> Panel:
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
            whom = _whom(talk, field, open_ones, len(of_field))
            asks, where = text.gettext(ASKS[field.asks]), text.gettext(WHERES[field.where])
            rows.append((_field_name(talk, field), whom, asks, where))
    return rows


def _whom(talk: Talk, field: Field, missing: Sequence[Answer], n: int) -> str:
    if field.per == "project":
        return "–"
    if len(missing) == n:
        text = talk.text
        return (
            text.gettext("all partners")
            if field.per == "partner"
            else text.gettext("all work packages")
        )
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
    yield from _parts(talk, [one for one in answers if one.field.per == "project"])
    places = {one.place: one.name for one in answers if one.place}
    for place, name in places.items():
        yield Heading(name, 2)
        yield from _parts(talk, [one for one in answers if one.place == place])


def _parts(talk: Talk, answers: Sequence[Answer]) -> Iterator[Block]:
    short = [one for one in answers if one.field.asks not in LONG]
    if short:
        yield _short_table(talk, short)
    for one in answers:
        if one.field.asks in LONG:
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


def _money(talk: Talk) -> Iterator[Block]:
    yield _cost_table(talk)
    yield _period_table(talk)


def _cost_table(talk: Talk) -> Table:
    text, subject = talk.text, talk.subject
    headings = [field for field in FIELDS if field.id.partition(" ")[2] in of_partner.HEADINGS]
    keys = [field.id.partition(" ")[2] for field in headings]
    rows: list[Row] = []
    for partner in subject.partners:
        cents = [of_partner.heading_cost(talk, partner, key) for key in keys]
        rows.append((partner.name, *map(euro, cents), euro(sum(cents))))
    sums = [
        sum(of_partner.heading_cost(talk, partner, key) for partner in subject.partners)
        for key in keys
    ]
    names = {"officeCosts": text.gettext("Office and administration")}
    return Table(
        (
            Column(text.gettext("Partner")),
            *(
                Column(names.get(key, text.gettext(f.label)), "number")
                for f, key in zip(headings, keys, strict=True)
            ),
            Column(text.gettext("Sum"), "number", strong=True),
        ),
        tuple(rows),
        caption=text.gettext("Costs by partner and heading of Jems, in euros"),
        total=(text.gettext("Sum"), *map(euro, sums), euro(sum(sums))),
        name=text.gettext("Costs"),
    )


def _period_table(talk: Talk) -> Table:
    text, subject = talk.text, talk.subject
    last = period_of(subject.funding.case.periods.count - 1)
    rows: list[Row] = []
    for partner in subject.partners:
        sums = [0] * last
        for line in subject.lines_of(partner=partner.id):
            sums[period_of(line.period) - 1] += line.cost_ct
        rows.append((partner.name, *map(euro, sums)))
    return Table(
        (
            Column(text.gettext("Partner")),
            *(Column(format_integer(n, talk.language), "number") for n in range(1, last + 1)),
        ),
        tuple(rows),
        caption=text.gettext("Costs by partner and period of half a year, in euros"),
        name=text.gettext("Periods"),
    )


def _field_name(talk: Talk, field: Field) -> str:
    return f"{field.id.partition(' ')[0]} {talk.text.gettext(field.label)}"


def _label(talk: Talk, answer: Answer) -> str:
    label = _field_name(talk, answer.field)
    return f"{label} · {answer.name}" if answer.name else label


def _paragraphs(text: str) -> Iterator[Paragraph]:
    for part in text.split("\n"):
        if part.strip():
            yield Paragraph(part.strip())
