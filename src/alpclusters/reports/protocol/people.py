"""Who came and who sat where: attendance by group, the certificate planned and happened."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from alpclusters.analysis.small_groups import told_count
from alpclusters.platform.evaluation.domain.protocol_records import (
    HELIX,
    LEVEL,
    REGION,
    ROLE,
    CardLine,
    Certificate,
    Group,
    InsightLine,
    ProtocolRecord,
    Split,
    SummaryLine,
    TableTalk,
)
from alpclusters.platform.languages.catalogues import gettext_noop as _
from alpclusters.platform.languages.catalogues import translator
from alpclusters.reports.blocks import (
    WITHHELD,
    Block,
    Cell,
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
from alpclusters.reports.event_print.sheets import round_title, said, table_title, with_colon
from alpclusters.reports.numbers import format_integer

COLUMNS: Final[Mapping[str, str]] = {
    "invited": _("Invited"),
    "registered": _("Registered"),
    "attended": _("Present"),
    "joined": _("Took part"),
}
SPLITS: Final[Mapping[str, str]] = {
    REGION: _("Region"),
    LEVEL: _("Level"),
    HELIX: _("Sector"),
    ROLE: _("Stakeholder group"),
}


def attendance(record: ProtocolRecord, language: str) -> list[Block]:
    """Return who was invited, registered, was present and took part, by group."""
    text = translator(language)
    found = record.attendance
    columns = [name for name in COLUMNS if getattr(found, name) != 0]
    if not columns:
        return []
    blocks: list[Block] = [Heading(text.gettext("Attendance")), _totals(record, columns, language)]
    blocks += [_split_table(split, columns, language) for split in found.splits]
    return blocks


def _totals(record: ProtocolRecord, columns: list[str], language: str) -> Table:
    text = translator(language)
    heads = tuple(Column(text.gettext(COLUMNS[name]), "number", decimals=0) for name in columns)
    row: Row = tuple(_cell(getattr(record.attendance, name)) for name in columns)
    caption = text.gettext("From the invitation to the rating")
    note = text.gettext(
        "Took part: rated on a phone, by proxy or on paper, without a name; where nothing was "
        "rated, joined. Invitations and participants are not tied to each other."
    )
    return Table(heads, (row,), caption, note, row_head=None)


def _split_table(split: Split, columns: list[str], language: str) -> Table:
    text = translator(language)
    shown = [name for name in columns if any(getattr(g, name) != 0 for g in split.groups)]
    heads = (
        Column(text.gettext(SPLITS[split.kind])),
        *(Column(text.gettext(COLUMNS[name]), "number", decimals=0) for name in shown),
    )
    rows = tuple(_split_row(group, shown, language) for group in split.groups)
    name = text.gettext(SPLITS[split.kind])
    caption = text.gettext("People by: %(split)s") % {"split": name}
    return Table(heads, rows, caption, "", name=name)


def _split_row(group: Group, columns: list[str], language: str) -> Row:
    return (said(group.names, language), *(_cell(getattr(group, name)) for name in columns))


def _cell(n: int | None) -> Cell:
    return WITHHELD if n is None else n


# --- seats --------------------------------------------------------------------------------


def seating(record: ProtocolRecord, language: str) -> list[Block]:
    """Return what the seat plan promised and what happened, each beside its bound."""
    found = record.seating
    if found.planned is None and found.happened is None:
        return []
    text = translator(language)
    columns = [Column(text.gettext("Seats"))]
    columns += [Column(text.gettext("Planned"), "number", decimals=0)] if found.planned else []
    columns += [Column(text.gettext("Actual"), "number", decimals=0)] if found.happened else []
    certificates = [one for one in (found.planned, found.happened) if one]
    rows: list[Row] = [
        (text.gettext(words), *(_cell(take(one)) for one in certificates))
        for words, take in _FIGURES
    ]
    caption = text.gettext("Who met whom at %(tables)s tables in %(rounds)s rounds") % {
        "tables": format_integer(found.tables, language),
        "rounds": format_integer(found.rounds, language),
    }
    note = text.gettext(
        "No plan for these guests has fewer than %(repeats)s repeated meetings and %(returns)s "
        "returns to a table. Actual: seats where the host or the phone said so."
    ) % {
        "repeats": format_integer(found.lower_bound, language),
        "returns": format_integer(found.revisit_bound, language),
    }
    return [
        Heading(text.gettext("Seat plan")),
        Table(tuple(columns), tuple(rows), caption, note if found.planned else ""),
    ]


def _size(one: Certificate, n: int) -> int | None:
    """Return the size of a table; with the number of guests the largest gives the smallest."""
    return None if told_count(one.size_min) is None else n


type _Take = Callable[[Certificate], int | None]
_FIGURES: Final[tuple[tuple[str, _Take], ...]] = (
    (_("Guests with a seat"), lambda one: told_count(one.guests)),
    (_("Meetings of pairs beyond the first"), lambda one: one.repeats),
    (_("Most meetings of one pair"), lambda one: one.max_meetings),
    (_("Returns of guests to a table"), lambda one: told_count(one.revisits)),
    (_("Pairs that met"), lambda one: one.pairs_met),
    (_("Guests at the smallest table"), lambda one: _size(one, one.size_min)),
    (_("Guests at the largest table"), lambda one: _size(one, one.size_max)),
)


def part(label: str, words: str) -> LabelledPart:
    """Set words beside their label."""
    return LabelledPart(label, (Paragraph(words),))


# --- What was said at the tables: insights with their cards in the original, summaries ------------


def talks(record: ProtocolRecord, language: str) -> list[Block]:
    """Return insights, cards and summaries table by table; empty where nobody wrote."""
    if not record.tables:
        return []
    text = translator(language)
    note = text.gettext(
        "Cards stand in the language in which they were written. The number of supporters is "
        "given from five people on."
    )
    blocks: list[Block] = [Heading(text.gettext("What was said at the tables"))]
    if record.n_cards:
        blocks.append(Paragraph(note, "note"))
    for talk in record.tables:
        blocks += _talk(talk, language)
    return blocks


def _talk(talk: TableTalk, language: str) -> list[Block]:
    text = translator(language)
    name = table_title(talk.number, language) if talk.number else text.gettext("Of no table")
    about = " · ".join(filter(None, (said(talk.measure, language), said(talk.topic, language))))
    heading = Heading(with_colon(name, about, language) if about else name, level=3)
    parts = [_insight(found, language) for found in talk.insights]
    parts += [_summary(found, language) for found in talk.summaries]
    if talk.loose:
        parts.append(_cards(talk.loose, text.gettext("Cards in no insight"), language))
    if talk.persons:
        name = text.gettext("Statements about the people themselves")
        parts.append(_cards(talk.persons, name, language))
    return [heading, *parts]


def _insight(found: InsightLine, language: str) -> LabelledPart:
    text = translator(language)
    n = len(found.cards)
    cards = text.ngettext("%(n)s card", "%(n)s cards", n) % {"n": format_integer(n, language)}
    rounds = sorted({card.round_index for card in found.cards if card.round_index})
    hint = " · ".join([*(round_title(index, language) for index in rounds), cards])
    own = None if found.language == language else found.language
    title: Text = (Run(found.title, strong=True, language=own),)
    about = said(found.measure, language)
    measure = [Paragraph(with_colon(text.gettext("Measure"), about, language))] if about else []
    blocks: tuple[Block, ...] = (
        Paragraph(title),
        *measure,
        *(quote_of(card, language) for card in found.cards),
    )
    return LabelledPart(text.gettext("Insight"), blocks, hint)


def _summary(found: SummaryLine, language: str) -> LabelledPart:
    text = translator(language)
    own = None if found.language == language else found.language
    body = Paragraph((Run(found.text, language=own),))
    return LabelledPart(text.gettext("Summary"), (body,), round_title(found.round_index, language))


def _cards(cards: Sequence[CardLine], name: str, language: str) -> LabelledPart:
    text = translator(language)
    n = len(cards)
    hint = text.ngettext("%(n)s card", "%(n)s cards", n) % {"n": format_integer(n, language)}
    quotes = tuple(quote_of(card, language) for card in cards)
    return LabelledPart(name, quotes, hint)


def quote_of(card: CardLine, language: str) -> Quote:
    """Return a card in its own language; a photographed one says so."""
    text = translator(language)
    marks = []
    if card.has_photo:
        marks.append(text.gettext("[photographed card]"))
    if card.supports:
        supporters = text.ngettext("%(n)s supporter", "%(n)s supporters", card.supports)
        marks.append(f"[{supporters % {'n': format_integer(card.supports, language)}}]")
    return Quote(" ".join(filter(None, (card.text, *marks))), card.language)
