"""Plans of bilateral meetings on paper: the hall, one sheet for each, signs, all as one table."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from alpclusters.platform.languages.catalogues import gettext_noop as _
from alpclusters.platform.languages.catalogues import translator
from alpclusters.platform.languages.codes import LANGUAGES
from alpclusters.platform.network.domain.meetings.days import SlotTime
from alpclusters.platform.network.domain.meetings.sheets import Booked, MeetingPrint, OwnSheet
from alpclusters.reports.blocks import (
    Block,
    Column,
    Document,
    Figure,
    Heading,
    Paragraph,
    Row,
    RowGroup,
    Run,
    Table,
)
from alpclusters.reports.colours import COLOURS
from alpclusters.reports.dates import format_date, format_time, format_time_range

# --- Plans of bilateral meetings in words: why a wish is not met, and what a change would break


REASONS: Final[Mapping[str, str]] = {
    "no_language": _("The two share no language."),
    "no_slot": _("There is no time at which both are there."),
    "limit": _("One of the two has all the meetings it takes."),
    "taken": _("Whenever one of them is free, the other one meets somebody else."),
    "tables": _("Both have time, but no table is free then."),
}
WRONGS: Final[Mapping[str, str]] = {
    "outside": _("There is no such time or table on this day."),
    "break": _("%(when)s is a break."),
    "away": _("%(name)s is not there at %(when)s."),
    "twice": _("%(name)s would have two meetings at %(when)s."),
    "table": _("Table %(table)s is taken at %(when)s."),
    "again": _("%(name)s would meet the same organisation twice."),
    "limit": _("%(name)s would have more meetings than anybody may have."),
    "unwished": _("%(name)s and the other side do not both want this meeting any more."),
    "language": _("%(name)s and the other side share no language any more."),
    "moved": _("A fixed meeting of %(name)s is not where it was fixed."),
}


@dataclass(frozen=True, slots=True)
class DayNames:
    """Names of the organisations by their keys, and the slots by their numbers."""

    organisations: Mapping[int, str]
    slots: Mapping[int, SlotTime]


def reason_sentence(code: str, language: str) -> str:
    """Say why a wish is not met."""
    return translator(language).gettext(REASONS[code])


def wrong_sentence(wrong: tuple[str, int, int], names: DayNames, language: str) -> str:
    """Say what does not hold: a mistake as the checker of plans names it."""
    code, slot, number = wrong
    values = {
        "name": names.organisations.get(number, "–"),
        "when": slot_words(names.slots[slot], language) if slot in names.slots else str(slot),
        "table": number,
    }
    return translator(language).gettext(WRONGS[code]) % values


def slot_words(slot: SlotTime, language: str) -> str:
    """Write when a slot begins."""
    return format_time(slot.begins, language)


def span_words(slot: SlotTime, language: str) -> str:
    """Write when a slot begins and ends: 09:00–09:20 Uhr, 9 h 00 – 9 h 20."""
    return format_time_range(slot.begins, slot.ends, language)


# --- Plans of bilateral meetings on paper: the hall, one sheet for each, signs, all as one table


# So many tables stand beside each other before the letters get too small.
BESIDE: Final = 4
# Points: a digit is about 0.7 of its letter high, so 60 mm.
_LETTERS: Final = 240
_HIGH: Final = 195
_LANGUAGES: Final = dict(LANGUAGES)


def build_hall_plan(record: MeetingPrint, language: str) -> Document:
    """Build the plan of the hall: times below each other, tables beside each other."""
    text = translator(language)
    blocks: list[Block] = [Paragraph(_facts(record, language), "lead")]
    numbers = [n for n in range(1, record.n_tables + 1) if any(b.table == n for b in record.booked)]
    at = {(one.slot, one.table): one for one in record.booked}
    for start in range(0, len(numbers), BESIDE):
        shown = numbers[start : start + BESIDE]
        caption = text.gettext("Who meets whom at tables %(first)s to %(last)s") % {
            "first": shown[0],
            "last": shown[-1],
        }
        columns = (Column(text.gettext("Time")), *(_table_column(n, language) for n in shown))
        rows = [_hall_row(slot, shown, at, language) for slot in record.slots]
        blocks.append(Table(columns, tuple(rows), caption, name=caption))
    return _document(record, text.gettext("Plan of the hall"), blocks, language)


def build_sheets(record: MeetingPrint, language: str, *, only: int | None = None) -> Document:
    """Build a page for each organisation, or for one of them."""
    text = translator(language)
    chosen = [one for one in record.sheets if only is None or one.key == only]
    is_one = only is not None and len(chosen) == 1
    blocks = [block for one in chosen for block in _sheet(record, one, language, is_alone=is_one)]
    title = chosen[0].name if is_one else text.gettext("A sheet for each organisation")
    return _document(record, title, blocks, language)


def build_signs(record: MeetingPrint, language: str) -> Document:
    """Build a sign for each table: its number, and who sits there when."""
    text = translator(language)
    numbers = [n for n in range(1, record.n_tables + 1) if any(b.table == n for b in record.booked)]
    blocks: list[Block] = []
    for n in numbers:
        title = text.gettext("Table %(n)s") % {"n": n}
        here = {one.slot: one for one in record.booked if one.table == n}
        columns = (Column(text.gettext("Time")), Column(text.gettext("Who meets")))
        rows = tuple(_sign_row(slot, here.get(slot.number), language) for slot in record.slots)
        blocks += [
            Heading(title, 1, same_page=n == numbers[0]),
            Figure(TableNumber(n, title), ""),
            Paragraph(_facts(record, language), "lead"),
            Table(columns, rows, name=title),
        ]
    return _document(record, text.gettext("Table signs"), blocks, language)


def build_list(record: MeetingPrint, language: str) -> Document:
    """Build the table of all meetings, for spreadsheets and for the desk at the entrance."""
    text = translator(language)
    columns = (
        Column(text.gettext("Begin")),
        Column(text.gettext("End")),
        Column(text.pgettext("to sit at", "Table"), "number", decimals=0),
        Column(text.gettext("Organisation")),
        Column(text.gettext("Meets")),
        Column(text.gettext("Language")),
        Column(text.gettext("State")),
    )
    times = {slot.number: slot for slot in record.slots}
    rows = tuple(_list_row(one, times, language) for one in record.booked)
    caption = text.gettext("All meetings in the order of the day")
    table = Table(columns, rows, caption, row_head=None, name=text.gettext("Meetings"))
    intro = Paragraph(_facts(record, language), "lead")
    return _document(record, text.gettext("All meetings"), [intro, table], language)


BUILDERS: Final[Mapping[str, Callable[[MeetingPrint, str], Document]]] = {
    "plan": build_hall_plan,
    "sheets": build_sheets,
    "signs": build_signs,
    "list": build_list,
}


@dataclass(frozen=True, slots=True)
class TableNumber:
    """The number of a table, large enough to be read across a hall."""

    number: int
    words: str

    @property
    def alt(self) -> str:
        """Say what the picture shows."""
        return self.words

    def svg_rows(self) -> str:
        """Nothing on a screen: signs are printed."""
        return ""

    def standalone_svg(self, width: float) -> str:
        """Draw the number 60 mm high in the middle of the line."""
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.1f}" height="{_HIGH}" '
            f'viewBox="0 0 {width:.1f} {_HIGH}"><text x="{width / 2:.1f}" y="{_HIGH - 12}" '
            f'font-family="Schibsted Grotesk" font-weight="800" font-size="{_LETTERS}" '
            f'text-anchor="middle" fill="{COLOURS["ink"]}">{self.number}</text></svg>'
        )

    def table(self) -> Table:
        """Return the number as a table, for spreadsheets."""
        return Table((Column(self.words),), ((self.number,),), name=self.words)


# --- parts --------------------------------------------------------------------------------


def _table_column(number: int, language: str) -> Column:
    return Column(translator(language).gettext("Table %(n)s") % {"n": number})


def _hall_row(
    slot: SlotTime,
    tables: Sequence[int],
    at: Mapping[tuple[int, int], Booked],
    language: str,
) -> Row | RowGroup:
    if slot.is_break:
        return RowGroup(span_words(slot, language), translator(language).gettext("Break"))
    cells = [_pair(at.get((slot.number, table))) for table in tables]
    return (slot_words(slot, language), *cells)


def _pair(one: Booked | None) -> str:
    if one is None:
        return "–"
    spoken = f" ({one.language})" if one.language else ""
    return f"{one.first} – {one.second}{spoken}"


def _sign_row(slot: SlotTime, one: Booked | None, language: str) -> Row | RowGroup:
    if slot.is_break:
        return RowGroup(span_words(slot, language), translator(language).gettext("Break"))
    return (span_words(slot, language), _pair(one))


def _list_row(one: Booked, times: Mapping[int, SlotTime], language: str) -> Row:
    slot = times.get(one.slot)
    moments = (slot.begins, slot.ends) if slot else ()
    begin, end = [format_time(moment, language) for moment in moments] or ("", "")
    spoken = _LANGUAGES.get(one.language, one.language)
    return (begin, end, one.table, one.first, one.second, spoken, one.state)


def _sheet(
    record: MeetingPrint, one: OwnSheet, language: str, *, is_alone: bool
) -> Iterator[Block]:
    text = translator(language)
    if not is_alone:
        yield Heading(one.name, 1, same_page=one is record.sheets[0])
    yield Paragraph(_facts(record, language), "lead")
    if one.person:
        yield Paragraph(text.gettext("Who comes: %(name)s") % {"name": one.person})
    if not one.meetings:
        yield Paragraph(text.gettext("No meeting could be planned."))
        return
    columns = (
        Column(text.gettext("Time")),
        Column(text.pgettext("to sit at", "Table"), "number", decimals=0),
        Column(text.gettext("You meet")),
        Column(text.gettext("Language")),
        Column(text.gettext("Looks for")),
    )
    met = {meeting.slot: meeting for meeting in one.meetings}
    rows: list[Row | RowGroup] = []
    for slot in record.slots:
        if slot.is_break:
            rows.append(RowGroup(span_words(slot, language), text.gettext("Break")))
        elif slot.number in met:
            meeting = met[slot.number]
            who = (Run(meeting.partner, strong=True), Run(_more(meeting.person, meeting.place)))
            spoken = _LANGUAGES.get(meeting.language, "")
            row = (slot_words(slot, language), meeting.table, who, spoken, meeting.looks_for)
            rows.append(row)
    yield Table(columns, tuple(rows), name=one.name)


def _more(*parts: str) -> str:
    told = ", ".join(part for part in parts if part)
    return f", {told}" if told else ""


def _facts(record: MeetingPrint, language: str) -> str:
    first, last = record.slots[0], record.slots[-1]
    span = format_time_range(first.begins, last.ends, language)
    parts = (format_date(record.held_on, language), span, record.place)
    return " · ".join(part for part in parts if part)


def _document(record: MeetingPrint, title: str, blocks: Sequence[Block], language: str) -> Document:
    text = translator(language)
    midnight = datetime.combine(record.held_on, datetime.min.time(), tzinfo=UTC)
    return Document(
        title=title,
        language=language,
        kind="print",
        date=record.held_on,
        made_at=record.published_at or midnight,
        blocks=tuple(blocks),
        kicker=f"{text.gettext('Bilateral meetings')} · {record.title}",
        short_title=f"{record.title}: {title}",
        publisher=record.project,
        simulated=record.is_simulated,
        draft=record.published_at is None,
        description=record.title,
        keywords=(text.gettext("Bilateral meetings"),),
        project="meet",
    )
