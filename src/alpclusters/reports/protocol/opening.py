"""How a protocol begins: the brief of its evaluation, key figures, when and where, agenda."""

from collections.abc import Mapping
from datetime import date, time
from gettext import NullTranslations
from typing import Final

from alpclusters.platform.cafe.domain.agendas import Step
from alpclusters.platform.cafe.domain.invitations import NAMES_KEPT
from alpclusters.platform.cafe.models import Phase
from alpclusters.platform.evaluation.domain.protocol_records import AgendaLine, ProtocolRecord
from alpclusters.platform.evaluation.domain.records import Evaluation
from alpclusters.platform.languages.catalogues import gettext_noop as _
from alpclusters.platform.languages.catalogues import translator
from alpclusters.reports.blocks import (
    Block,
    Bullets,
    Column,
    Heading,
    KeyFigure,
    KeyFigures,
    LabelledPart,
    Paragraph,
    Table,
)
from alpclusters.reports.dates import format_date
from alpclusters.reports.event_print.sheets import (
    language_names,
    said,
    step_title,
    table_title,
    time_of_day,
    with_colon,
)
from alpclusters.reports.numbers import format_integer
from alpclusters.reports.stored_results import brief_of

# --- How answers came in, in words: by phone, for somebody present, on paper ----------------------


SOURCES: Final[Mapping[str, str]] = {
    "phone": _("by phone"),
    "proxy": _("entered for somebody present"),
    "paper": _("on paper"),
}


def sources_words(evaluation: Evaluation, language: str) -> str:
    """Say how many people answered in which way: "51 by phone, 8 on paper".

    Of a source that few used there is no number, nor of the one that would give it away.
    """
    if evaluation.arrivals is None:
        return ""
    text = translator(language)
    told = [
        f"{format_integer(line.n_people, language)} {text.gettext(SOURCES[line.source])}"
        for line in evaluation.arrivals.sources
        if line.n_people is not None
    ]
    few = [
        text.gettext(SOURCES[line.source])
        for line in evaluation.arrivals.sources
        if line.n_people is None
    ]
    if few:
        words = text.gettext("%(sources)s (number withheld)")
        told += [words % {"sources": one} for one in few]
    return ", ".join(told)


# --- How a protocol begins: the brief of its evaluation, key figures, when and where, agenda ------


type Notes = Mapping[str, Mapping[str, str]]


def opening(
    record: ProtocolRecord, evaluation: Evaluation | None, language: str, *, title: str
) -> list[Block]:
    """Return the brief of the evaluation, then the key figures of the event named ``title``."""
    brief = brief_of(evaluation, language, above=title) if evaluation else None
    told = _event(record, evaluation, language, has_brief=brief is not None)
    if brief is None:
        return told
    return [Heading(brief.title), *brief.pages(), Heading("AlpCafé"), *told]


def _event(
    record: ProtocolRecord, evaluation: Evaluation | None, language: str, *, has_brief: bool
) -> list[Block]:
    lead = "" if has_brief else _lead(record, language)
    figures = _figures(record, evaluation, language)
    return [
        *([Paragraph(lead, "lead")] if lead else []),
        *([KeyFigures(tuple(figures))] if figures else []),
    ]


def _lead(record: ProtocolRecord, language: str) -> str:
    text = translator(language)
    if record.n_insights:
        return text.ngettext(
            "%(n)s insight was gathered from the cards.",
            "%(n)s insights were gathered from the cards.",
            record.n_insights,
        ) % {"n": format_integer(record.n_insights, language)}
    return ""


def _figures(
    record: ProtocolRecord, evaluation: Evaluation | None, language: str
) -> list[KeyFigure]:
    text = translator(language)
    found = []
    if record.attendance.joined:
        registered = record.attendance.registered
        note = text.gettext("%(n)s registered") % {"n": registered} if registered else ""
        found.append(
            KeyFigure(
                format_integer(record.attendance.joined, language), text.gettext("took part"), note
            )
        )
    if evaluation and evaluation.n_people:
        found.append(
            KeyFigure(
                format_integer(evaluation.n_people, language),
                text.ngettext("person rated", "people rated", evaluation.n_people),
                sources_words(evaluation, language),
            )
        )
    if evaluation:
        n = len(evaluation.measures)
        found.append(
            KeyFigure(format_integer(n, language), text.ngettext("measure", "measures", n))
        )
    if record.n_cards:
        insights = text.ngettext("%(n)s insight", "%(n)s insights", record.n_insights)
        found.append(
            KeyFigure(
                format_integer(record.n_cards, language),
                text.ngettext("card", "cards", record.n_cards),
                insights % {"n": format_integer(record.n_insights, language)},
            )
        )
    return found


def facts(
    record: ProtocolRecord, notes: Notes, approved_on: date | None, language: str
) -> list[Block]:
    """Return when and where, purpose, questions, languages."""
    text = translator(language)
    purpose = said(notes.get("purpose", {}), language) or said(record.welcome, language)
    questions = tuple(said(words, language) for words in record.questions)
    parts = [
        (text.gettext("When and where"), _when(record, approved_on, language)),
        (text.gettext("Purpose"), purpose),
        (text.gettext("Languages"), language_names(record.languages)),
    ]
    blocks: list[Block] = [
        LabelledPart(label, (Paragraph(words),)) for label, words in parts if words
    ]
    if any(questions):
        asked = Bullets(tuple(filter(None, questions)), ordered=True)
        blocks.append(LabelledPart(text.gettext("Questions"), (asked,)))
    return blocks


def hosts(names: Mapping[int, str], language: str, *, has_snapshot: bool) -> list[Block]:
    """Return who was host at which table; where names were deleted, what that means for hashes."""
    if not names:
        return []
    text = translator(language)
    gone = text.gettext("name deleted")
    told = (
        with_colon(table_title(table, language), name or gone, language)
        for table, name in names.items()
    )
    parts = [Paragraph("; ".join(told))]
    if not all(names.values()):
        parts += [Paragraph(words) for words in _deleted(text, has_snapshot=has_snapshot)]
    return [LabelledPart(text.gettext("Hosts"), tuple(parts))]


def _deleted(text: NullTranslations, *, has_snapshot: bool) -> list[str]:
    days = NAMES_KEPT.days
    found = [
        text.gettext(
            "Names of hosts are deleted %(n)s days after the day, or on request. Nothing else was "
            "changed in this version. Copies with the names have another hash of the document."
        )
        % {"n": days}
    ]
    if has_snapshot:
        found.append(
            text.gettext(
                "The hash of the snapshot is the same in all copies: the results are checked "
                "with it."
            )
        )
    return found


def _when(record: ProtocolRecord, approved_on: date | None, language: str) -> str:
    text = translator(language)
    day = format_date(date.fromisoformat(record.held_on), language)
    hours = "–".join(_time(part, language) for part in (record.begins, record.ends) if part)
    place = ", ".join(filter(None, (record.place, said(record.region, language))))
    state = (
        text.gettext("Approved on %(date)s.") % {"date": format_date(approved_on, language)}
        if approved_on
        else text.gettext("Draft, not approved yet.")
    )
    where = ", ".join(filter(None, (day, hours, place)))
    return f"{where}. {state}"


# --- agenda -------------------------------------------------------------------------------


def agenda(record: ProtocolRecord, language: str) -> list[Block]:
    """Return the agenda as planned and as it happened."""
    lines = [line for line in record.agenda if line.planned or line.happened]
    if not lines:
        return []
    text = translator(language)
    columns = (
        Column(text.gettext("Step")),
        Column(text.gettext("Planned"), "number"),
        Column(text.gettext("Actual"), "number"),
        Column(text.gettext("Note")),
    )
    rows = tuple(_agenda_row(line, language) for line in lines)
    caption = text.gettext("Planned and actual times")
    note = text.gettext(
        "Times of day at the place. Empty: not planned, or the step did not take place."
    )
    return [
        Heading(text.gettext("Agenda: plan and course")),
        Table(columns, rows, caption, note),
    ]


def _agenda_row(line: AgendaLine, language: str) -> tuple[str, str, str, str]:
    text = translator(language)
    name = step_title(Step(Phase(line.phase), line.round_index), language)
    extended = text.ngettext(
        "extended by %(n)s minute", "extended by %(n)s minutes", line.extended_min
    ) % {"n": line.extended_min}
    times = (_time(line.planned, language), _time(line.happened, language))
    return (name, *times, extended if line.extended_min else "")


def _time(clock: str, language: str) -> str:
    return time_of_day(time.fromisoformat(clock), language) if clock else ""
