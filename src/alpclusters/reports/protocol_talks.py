"""What was said at the tables: insights with their cards in the original, summaries."""

from collections.abc import Sequence

from alpclusters.platform.evaluation.domain.protocol_records import (
    CardLine,
    InsightLine,
    ProtocolRecord,
    SummaryLine,
    TableTalk,
)
from alpclusters.platform.languages.catalogues import translator
from alpclusters.reports.blocks import Block, Heading, LabelledPart, Paragraph, Quote, Run, Text
from alpclusters.reports.event_print_words import round_title, said, table_title, with_colon
from alpclusters.reports.numbers import format_integer


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
