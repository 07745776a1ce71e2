"""The last part of a protocol: reasons, feedback, open points, what comes next, conventions."""

from collections.abc import Iterator, Mapping
from typing import Final

from alpclusters.platform.evaluation.domain.protocol_records import (
    Corrections,
    FeedbackLine,
    ProtocolRecord,
)
from alpclusters.platform.evaluation.domain.records import Evaluation, word
from alpclusters.platform.languages.catalogues import gettext_noop as _
from alpclusters.platform.languages.catalogues import translator
from alpclusters.reports.blocks import (
    WITHHELD,
    Block,
    Bullets,
    Column,
    Heading,
    LabelledPart,
    Paragraph,
    Quote,
    Row,
    Run,
    Table,
    Text,
)
from alpclusters.reports.evaluation.method import asking_sentences, method_sentences
from alpclusters.reports.event_print.sheets import said
from alpclusters.reports.numbers import format_integer

type Notes = Mapping[str, Mapping[str, str]]
QUESTIONS: Final[Mapping[str, str]] = {
    "heard": _("I was heard"),
    "learned": _("I learned something"),
    "again": _("I would come again"),
}


def reasons(record: ProtocolRecord, evaluation: Evaluation | None, language: str) -> list[Block]:
    """Return the comments that facilitators chose, in the original, by measure."""
    if not record.reasons or evaluation is None:
        return []
    text = translator(language)
    blocks: list[Block] = [
        Heading(text.gettext("Why people rated so")),
        Paragraph(text.gettext("A choice, read by the facilitators, in the original."), "note"),
    ]
    for item in evaluation.in_order:
        quotes = tuple(Quote(r.text, r.language) for r in record.reasons if r.measure == item.key)
        if quotes:
            blocks.append(LabelledPart(word(item.names, language), quotes))
    return blocks


def feedback(record: ProtocolRecord, language: str) -> list[Block]:
    """Return what people said of the day itself."""
    if not record.feedback:
        return []
    text = translator(language)
    columns = (
        Column(text.gettext("Question")),
        Column(text.gettext("Mean"), "number", decimals=1, strong=True),
        Column("n", "number", decimals=0),
    )
    rows = tuple(_feedback_row(line, language) for line in record.feedback)
    caption = text.gettext("Feedback on the AlpCafé, 1 not at all to 5 very much")
    return [Heading(text.gettext("Feedback")), Table(columns, rows, caption)]


def _feedback_row(line: FeedbackLine, language: str) -> Row:
    name = translator(language).gettext(QUESTIONS[line.question])
    told = (WITHHELD if value is None else value for value in (line.mean, line.n))
    return (name, *told)


# --- what facilitators typed --------------------------------------------------------------


def notes_section(record: ProtocolRecord, notes: Notes, address: str, language: str) -> list[Block]:
    """Return open points, next steps and the address of the public trail."""
    text = translator(language)
    blocks: list[Block] = []
    for name, title in (
        ("open_points", text.gettext("Open points")),
        ("next_steps", text.gettext("What happens next")),
    ):
        lines = _lines(said(notes.get(name, {}), language))
        if lines:
            blocks += [Heading(title), Bullets(lines)]
    if address:
        blocks.append(_trail(record, address, language))
    return blocks


def _lines(words: str) -> tuple[str, ...]:
    return tuple(line.strip(" \t-•") for line in words.splitlines() if line.strip(" \t-•"))


def _trail(record: ProtocolRecord, address: str, language: str) -> LabelledPart:
    text = translator(language)
    place = f"{address}/{language}/{record.trail_path}"
    words: Text = (
        Run(text.gettext("What became of cards and ratings, step by step:")),
        Run(" "),
        Run(place, link=place),
    )
    return LabelledPart(text.gettext("Trail"), (Paragraph(words),))


# --- how it was made ----------------------------------------------------------------------


def conventions(
    record: ProtocolRecord, evaluation: Evaluation | None, notes: Notes, language: str
) -> list[Block]:
    """Return conventions, corrections and incidents."""
    text = translator(language)
    parts: list[Block] = []
    if evaluation is not None:
        descriptions = [result.description for result in evaluation.criteria]
        asked = asking_sentences(evaluation.best_k, language)
        scales = [result.scale for result in evaluation.criteria]
        told = (*method_sentences(descriptions, scales, language), *asked)
        parts.append(LabelledPart(text.gettext("Conventions"), (Bullets(told),)))
    small = text.gettext(
        "Groups of fewer than five people are withheld, and with them what would give them away."
    )
    parts.append(LabelledPart(text.gettext("Small groups"), (Paragraph(small),)))
    corrected = tuple(_corrections(record.corrections, language))
    if corrected:
        parts.append(LabelledPart(text.gettext("Corrections"), (Bullets(corrected),)))
    incidents = _lines(said(notes.get("incidents", {}), language))
    if incidents:
        parts.append(LabelledPart(text.gettext("Incidents"), (Bullets(incidents),)))
    private = text.gettext(
        "The protocol names nobody who rated. Once the AlpCafé is sealed its key is destroyed, and "
        "ratings can no longer be tied to phones."
    )
    parts.append(LabelledPart(text.gettext("Personal data"), (Paragraph(private),)))
    return [Heading(text.gettext("Conventions, corrections, incidents")), *parts]


def _corrections(found: Corrections, language: str) -> Iterator[str]:
    text = translator(language)
    counted = (
        (text.gettext("Answers changed before the end, the latest counts: %(n)s"), found.changed),
        (text.gettext("Answers that came after the input was stopped: %(n)s"), found.late),
        (text.gettext("Answers given after first results were seen: %(n)s"), found.informed),
        (text.gettext("Paper sheets entered: %(n)s"), found.paper_sheets),
        (text.gettext("Of them entered twice and compared: %(n)s"), found.entered_twice),
        (text.gettext("Paper sheets entered after the release: %(n)s"), found.after_release),
        (text.gettext("Rows on paper that could not be read: %(n)s"), found.invalid),
        (text.gettext("Cards that were hidden, with a reason: %(n)s"), found.hidden_cards),
        (text.gettext("Steps of the facilitators that were undone: %(n)s"), found.undone),
    )
    few = text.gettext("few (number withheld)")
    for sentence, n in counted:
        if n != 0:
            yield sentence % {"n": few if n is None else format_integer(n, language)}


def appendix(evaluation: Evaluation, language: str) -> list[Block]:
    """Return the sheet with its anchors: the code book of the ratings."""
    text = translator(language)
    columns = (Column(text.gettext("Value"), "code"), Column(text.gettext("Words on the sheet")))
    blocks: list[Block] = [Heading(text.gettext("Appendix: the rating sheet"))]
    apart = text.gettext("apart")
    cannot = text.gettext("cannot judge; does not count in n")
    for result in evaluation.criteria:
        rows: list[Row] = [
            (str(step), word(anchor, language))
            for step, anchor in zip(result.scale.steps, result.anchors, strict=True)
        ]
        name, question = word(result.names, language), word(result.questions, language)
        caption = " – ".join(filter(None, (name, question)))
        blocks.append(Table(columns, (*rows, (apart, cannot)), caption, row_head=None))
    return blocks
