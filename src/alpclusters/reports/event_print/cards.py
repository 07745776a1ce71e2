"""Table signs and cards of an AlpCafé as plain data for the typesetter."""

from collections.abc import Sequence
from typing import Any

from alpclusters.platform.cafe.domain.print_records import EventPrint, PrintGuest, PrintTable
from alpclusters.platform.languages.catalogues import translator
from alpclusters.reports.dates import format_date
from alpclusters.reports.event_print.sheets import (
    event_line,
    house_rules,
    language_names,
    own_language,
    round_title,
    said,
    simulated_words,
    with_colon,
)

type Data = dict[str, Any]
MAX_ROUND_WORDS = 3
PER_QR_SHEET = 8
PER_TEMPLATE_SHEET = 4
SHOWN_TOPICS = 2


def table_signs(event: EventPrint, language: str) -> Data:
    """Return one sign per table, in the language of the table."""
    signs = [_sign(event, table, language) for table in event.tables]
    return {"kind": "table-signs", "lang": language, "signs": signs}


def _sign(event: EventPrint, table: PrintTable, fallback: str) -> Data:
    language = own_language(table.languages, fallback)
    text = translator(language)
    host = with_colon(text.gettext("Host"), table.host, language) if table.host else ""
    marks = [
        text.gettext("quiet table") if table.is_quiet else "",
        text.gettext("reachable with a wheelchair") if table.is_accessible else "",
    ]
    return {
        "lang": language,
        "simulated": simulated_words(event, language),
        "number": str(table.number),
        "topics": _topics(table, language),
        "host": host,
        "languages": language_names(table.languages or event.languages),
        "marks": " · ".join(filter(None, marks)),
        "rules": house_rules(language),
        "w": {
            "table": text.pgettext("furniture", "Table"),
            "languages": text.gettext("Languages at this table"),
            "fold": text.gettext("Fold here; print on heavy paper"),
        },
    }


def _topics(table: PrintTable, language: str) -> list[Data]:
    """Return measure and topic in the first languages of the table that have them."""
    found = []
    for words in (table.measure, table.topic):
        codes = [code for code in table.languages if code in words] or list(words)[:1]
        ordered = sorted(codes, key=lambda code: code != language)[:SHOWN_TOPICS]
        found += [
            {"lang": code, "t": words[code], "main": place == 0}
            for place, code in enumerate(ordered)
        ]
    return found


def qr_cards(event: EventPrint, language: str, n: int) -> Data:
    """Return cards with code and QR, in whole sheets."""
    sheets = -(-max(n, 1) // PER_QR_SHEET)
    calls = [
        {"lang": code, "t": translator(code).gettext("Point your phone at the code")}
        for code in event.languages
    ]
    text = translator(language)
    return {
        "kind": "qr-cards",
        "lang": language,
        "title": text.gettext("QR cards, 8 per sheet, 90 × 67 mm"),
        "cards": [{}] * (sheets * PER_QR_SHEET),
        "calls": calls,
        "w": {"no-account": text.gettext("No account, no app.")},
    }


def name_cards(event: EventPrint, language: str, guests: Sequence[PrintGuest]) -> Data:
    """Return a card per guest, each in the first language of its guest."""
    title = translator(language).gettext("Name cards, 10 per sheet, 90 × 54 mm")
    return _guest_cards(event, language, guests, title, "name-cards")


def spare_cards(event: EventPrint, language: str, guests: Sequence[PrintGuest]) -> Data:
    """Return the cards for those who come late."""
    title = translator(language).gettext("Spare cards for late guests, 90 × 54 mm")
    return _guest_cards(event, language, guests, title, "spare-cards")


def _guest_cards(
    event: EventPrint, language: str, guests: Sequence[PrintGuest], title: str, kind: str
) -> Data:
    return {
        "kind": kind,
        "lang": language,
        "title": title,
        "event": f"AlpCafé · {format_date(event.held_on, language)}",
        "cards": [_guest_card(guest, language) for guest in guests],
    }


def _guest_card(guest: PrintGuest, fallback: str) -> Data:
    language = own_language(guest.languages, fallback)
    text = translator(language)
    number = text.gettext("Guest %(n)s") % {"n": guest.number}
    speaks = language_names(guest.languages)
    is_short = len(guest.tables) > MAX_ROUND_WORDS
    return {
        "lang": language,
        "label": number if guest.name else "",
        "name": guest.name or number,
        "speaks": with_colon(text.gettext("Speaks"), speaks, language) if speaks else "",
        "mark": text.gettext("for late guests") if guest.is_spare else "",
        "tables": [
            {
                "round": f"{index}" if is_short else round_title(index, language),
                "table": "–" if table is None else str(table),
            }
            for index, table in enumerate(guest.tables, start=1)
        ],
        "w": {"table": _table_word(language, is_short=is_short)},
    }


def _table_word(language: str, *, is_short: bool) -> str:
    text = translator(language)
    if not is_short:
        return text.pgettext("furniture", "Table")
    return text.gettext("Round and table")


def card_templates(event: EventPrint, language: str, n: int) -> Data:
    """Return templates for handwritten cards, in whole sheets."""
    text = translator(language)
    calls = [
        {"lang": code, "t": translator(code).gettext("One thought per card, in your language.")}
        for code in event.languages
    ]
    sheets = -(-max(n, 1) // PER_TEMPLATE_SHEET)
    return {
        "kind": "card-templates",
        "lang": language,
        "title": text.gettext("Cards, 4 per sheet: six lines, 280 characters"),
        "cards": [{}] * (sheets * PER_TEMPLATE_SHEET),
        "calls": calls,
        "languages": list(event.languages),
        "fields": [
            text.pgettext("furniture", "Table"),
            text.gettext("Round"),
            text.gettext("Name (optional)"),
        ],
        "w": {"title": text.gettext("Card")},
    }


def measure_cards(event: EventPrint, language: str) -> Data:
    """Return the measures as cards, two per sheet, with what was reported about them."""
    text = translator(language)
    cards = [
        {
            "number": str(number),
            "name": said(measure.names, language),
            "others": [
                {"lang": code, "t": measure.names[code]}
                for code in event.languages
                if code != language and code in measure.names
            ],
            "text": said(measure.texts, language),
            "reported": said(measure.reported, language),
            "source": measure.source,
            "picture": f"measure-{number}.jpg" if measure.picture else "",
            "picture-alt": said(measure.picture_shows, language),
            "credit": measure.picture_credit if measure.picture else "",
        }
        for number, measure in enumerate(event.measures, start=1)
    ]
    return {
        "kind": "measure-cards",
        "lang": language,
        "title": text.gettext("Measures, 2 cards per sheet"),
        "event": event_line(event, language),
        "cards": cards,
        "w": {
            "reported": text.gettext("Reported"),
            "unverified": text.gettext("unverified"),
        },
    }
