"""The sheets of hosts and facilitators: questions, minutes, guests; the event on one page."""

from typing import Any, Final

from django.utils.timezone import localtime

from alpclusters.platform.cafe.domain.agendas import Slot, Step
from alpclusters.platform.cafe.domain.print_records import EventPrint, PrintGuest, PrintTable
from alpclusters.platform.languages.catalogues import translator
from alpclusters.reports.event_print.sheets import (
    NAMES,
    about,
    event_line,
    facts_line,
    language_names,
    own_language,
    round_title,
    said,
    simulated_words,
    step_title,
    table_title,
    time_of_day,
    with_colon,
)

type Data = dict[str, Any]
MINUTE_LINES: Final = 4
# From how many lines on the run sheet takes smaller letters: it has to stay one page.
SIZES: Final = ((24, 10.5), (32, 9.2), (40, 8.2), (50, 7.6), (10_000, 7.0))


def host_sheets(event: EventPrint, language: str) -> Data:
    """Return a sheet per table, in the language of the table."""
    hosts = [_host(event, table, language) for table in event.tables]
    return {"kind": "host-sheets", "lang": language, "hosts": hosts}


def _host(event: EventPrint, table: PrintTable, fallback: str) -> Data:
    language = own_language(table.languages, fallback)
    text = translator(language)
    title = with_colon(table_title(table.number, language), table.host, language)
    return {
        "lang": language,
        "simulated": simulated_words(event, language),
        "event": event_line(event, language),
        "title": title if table.host else table_title(table.number, language),
        "topic": " · ".join(about(table, language)),
        "facts": " · ".join(filter(None, (language_names(table.languages), table.way))),
        "tasks": _host_tasks(language),
        "rounds": [
            _host_round(event, table, index, language) for index in range(1, event.n_rounds + 1)
        ],
        "lines": MINUTE_LINES,
        "screen": f"host-{table.number}.svg" if table.host_address else "",
        "address": table.host_address,
        "w": {
            "hall": text.gettext("For the guests"),
            "screen": text.gettext("Your screen"),
            "secret": text.gettext("do not pass on"),
            "screen_alt": text.gettext("QR code for the host of table %(n)s") % {"n": table.number},
            "guests": text.gettext("Guests"),
            "summary": text.gettext("Summary for the next round, three sentences"),
            "minutes": text.gettext("Minutes"),
        },
    }


def _host_tasks(language: str) -> list[str]:
    text = translator(language)
    return [
        text.gettext("Welcome the guests and tell in two minutes what was said before."),
        text.gettext("See that everybody speaks and that thoughts go onto cards."),
        text.gettext("Do not defend an opinion of your own; sum up for all."),
    ]


def _host_round(event: EventPrint, table: PrintTable, index: int, language: str) -> Data:
    text = translator(language)
    minutes = text.gettext("%(n)s minutes") % {"n": event.minutes_per_round}
    needed = [code for code, tables in event.interpreters[index - 1].items()
              if table.number in tables] if len(event.interpreters) >= index else []  # fmt: skip
    return {
        "title": f"{round_title(index, language)} · {minutes}",
        "question": said(event.questions[index - 1], language)
        if len(event.questions) >= index
        else "",
        "guests": [_guest_line(guest, language) for guest in guests_at(event, table.number, index)],
        "interpreter": with_colon(
            text.gettext("Interpreter"), ", ".join(NAMES.get(c, c) for c in needed), language
        )
        if needed
        else "",
        "w": {
            "guests": text.gettext("Guests"),
            "summary": text.gettext("Summary for the next round, three sentences"),
        },
    }


def guests_at(event: EventPrint, table: int, index: int) -> list[PrintGuest]:
    """List the guests who sit at a table in a round; spare places are for late ones."""
    return [
        guest
        for guest in event.guests
        if not guest.is_spare and len(guest.tables) >= index and guest.tables[index - 1] == table
    ]


def _guest_line(guest: PrintGuest, language: str) -> str:
    number = translator(language).gettext("Guest %(n)s") % {"n": guest.number}
    spoken = ", ".join(guest.languages)
    return " · ".join(part for part in (number, guest.name, spoken) if part)


# --- the event on one page ----------------------------------------------------------------


def run_sheet(event: EventPrint, language: str) -> Data:
    """Return the whole event on one page, for the case that light and network are gone."""
    text = translator(language)
    return {
        "kind": "run-sheet",
        "lang": language,
        "size": _size(event),
        "event": event_line(event, language),
        "title": text.gettext("Run sheet"),
        "facts": facts_line(event, language),
        "agenda": _agenda(event, language),
        "tasks": _tasks(language),
        "questions": [
            {"round": round_title(index, language), "t": said(words, language)}
            for index, words in enumerate(event.questions, start=1)
            if words
        ],
        "table_columns": [8, 0, 17] + [9] * _n_shown(event),
        "tables": _tables(event, language),
        "notes": _notes(event, language),
        "w": {
            "agenda": text.gettext("Agenda"),
            "power": text.gettext("If power or network fail"),
            "questions": text.gettext("Questions"),
            "tables": text.gettext("Tables and number of guests by round"),
        },
    }


def _n_shown(event: EventPrint) -> int:
    return min(event.n_rounds, 4) if len(event.tables) > _ONE_COLUMN else event.n_rounds


_ONE_COLUMN: Final = 12


def _size(event: EventPrint) -> float:
    columns = 2 if len(event.tables) > _ONE_COLUMN else 1
    lines = len(event.steps) + len(event.questions) + -(-len(event.tables) // columns)
    return next(size for least, size in SIZES if lines <= least)


def _agenda(event: EventPrint, language: str) -> Data:
    text = translator(language)
    rows = [
        [
            _begin(event, slot, language),
            "",
            step_title(Step(slot.phase, slot.round_index), language),
            str(slot.minutes),
        ]
        for slot in event.steps
    ]
    heads = [
        text.gettext("Plan"),
        text.gettext("Actual"),
        text.gettext("Step"),
        text.gettext("min"),
    ]
    return {"heads": heads, "rows": rows}


def _begin(event: EventPrint, slot: Slot, language: str) -> str:
    """Write when a step begins; nothing where nobody said when the day does."""
    begin = localtime(slot.begins).time()
    return time_of_day(begin, language) if event.starts_at else ""


def _tasks(language: str) -> list[str]:
    text = translator(language)
    return [
        text.gettext("Announce by voice what the screen says; wait for people, not for the dot."),
        text.gettext("Tables of each round stand on the name cards and below."),
        text.gettext("Write thoughts on paper cards; hosts collect them by table and round."),
        text.gettext("Hand out paper rating sheets; everybody draws one by chance."),
        text.gettext("Answers on phones wait there and are sent when the network is back."),
        text.gettext("Enter paper cards and sheets afterwards, before the protocol is approved."),
    ]


def _tables(event: EventPrint, language: str) -> list[Data]:
    text = translator(language)
    shown = _n_shown(event)
    heads = [
        text.gettext("No."),
        text.gettext("Host, measure, topic"),
        text.gettext("Languages"),
        *(f"{index}" for index in range(1, shown + 1)),
    ]
    rows = [_table_row(event, table, language, shown) for table in event.tables]
    half = -(-len(rows) // 2) if len(rows) > _ONE_COLUMN else max(len(rows), 1)
    return [
        {"heads": heads, "rows": rows[start : start + half]}
        for start in range(0, max(len(rows), 1), half)
    ]


def _table_row(event: EventPrint, table: PrintTable, language: str, shown: int) -> list[str]:
    longest = 26 if len(event.tables) > _ONE_COLUMN else 60
    said_of = (said(words, language) for words in (table.measure, table.topic))
    topic = " · ".join(filter(None, (table.host, *said_of)))
    return [
        str(table.number),
        topic if len(topic) <= longest else f"{topic[: longest - 1].rstrip()}…",
        ", ".join(table.languages),
        *(str(len(guests_at(event, table.number, index))) for index in range(1, shown + 1)),
    ]


def _notes(event: EventPrint, language: str) -> list[str]:
    text = translator(language)
    guests = sum(1 for guest in event.guests if not guest.is_spare)
    spare = [str(guest.number) for guest in event.guests if guest.is_spare]
    notes = [with_colon(text.gettext("Guests expected"), str(guests), language)]
    if spare:
        label = text.gettext("Spare cards for late guests, numbers")
        notes.append(with_colon(label, ", ".join(spare), language))
    for index, needed in enumerate(event.interpreters, start=1):
        if needed:
            words = "; ".join(f"{NAMES.get(code, code)} {', '.join(map(str, tables))}"
                              for code, tables in needed.items())  # fmt: skip
            label = text.gettext("Interpreters, round %(n)s, at tables") % {"n": index}
            notes.append(with_colon(label, words, language))
    return notes
