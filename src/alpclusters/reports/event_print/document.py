"""Everything that an AlpCafé needs on paper, as one PDF (PDF/UA-1, fonts embedded)."""

import io
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Final

import segno

from alpclusters.platform.cafe.domain.print_records import EventPrint
from alpclusters.platform.languages.catalogues import translator
from alpclusters.reports.characters import fit_fonts
from alpclusters.reports.event_print import cards
from alpclusters.reports.event_print.hosts import host_sheets, run_sheet
from alpclusters.reports.event_print.sheets import rating_sheets, said, simulated_words
from alpclusters.reports.writers.pdf import TEMPLATE_DIR, can_draw, compile_typst

type Data = dict[str, Any]
QUIET_ZONE: Final = 4
_TEMPLATES: Final = (
    *("print.typ", "print_parts.typ", "print_signs.typ", "print_cards.typ"),
    *("print_sheets.typ", "print_hosts.typ"),
)


class Part(StrEnum):
    """What can be printed, in the order of the whole."""

    RUN_SHEET = "run-sheet"
    TABLE_SIGNS = "table-signs"
    HOST_SHEETS = "host-sheets"
    QR_CARDS = "qr-cards"
    NAME_CARDS = "name-cards"
    SPARE_CARDS = "spare-cards"
    MEASURE_CARDS = "measure-cards"
    CARD_TEMPLATES = "card-templates"
    RATING_SHEETS = "rating-sheets"
    LARGE_SHEETS = "large-sheets"


EVERYTHING: Final = tuple(Part)


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintChoice:
    """What a facilitator wants on paper.

    Attributes
    ----------
    language : str
        Of everything that belongs to no table and no guest.
    parts : tuple of Part
    n_qr_cards, n_card_templates : int
        0 takes as many as there are guests.
    sheets : mapping of str to sequence of str
        Numbers of rating sheets by language.
    large_sheets : mapping of str to sequence of str
        The same in large print.
    only_changed : bool
        Name cards only of guests whose tables differ from the plan before.
    """

    language: str
    parts: tuple[Part, ...] = EVERYTHING
    n_qr_cards: int = 0
    n_card_templates: int = 0
    sheets: Mapping[str, Sequence[str]] | None = None
    large_sheets: Mapping[str, Sequence[str]] | None = None
    only_changed: bool = False


def print_event(event: EventPrint, choice: PrintChoice) -> bytes:
    """Set the chosen parts as one PDF; a part without content is left out.

    Raises
    ------
    NothingToPrintError
        No chosen part has any content.
    """
    shown = _with_drawable(event) if Part.MEASURE_CARDS in choice.parts else event
    parts = [
        part for kind in choice.parts for part in _build(kind, shown, choice) if _is_full(part)
    ]
    if not parts:
        raise NothingToPrintError
    files = _pictures(shown, parts)
    files |= {name: (TEMPLATE_DIR / name).read_text("utf-8") for name in _TEMPLATES}
    data = _fitted({**_head(event, choice.language), "parts": parts})
    files["print.json"] = json.dumps(data, ensure_ascii=False)
    return compile_typst("print.typ", files, output="pdf")


class NothingToPrintError(Exception):
    """No chosen part has any content."""


def part_name(part: Part, language: str) -> str:
    """Name a part for those who choose."""
    text = translator(language)
    names = {
        Part.RUN_SHEET: text.gettext("Run sheet: the whole event on one page"),
        Part.TABLE_SIGNS: text.gettext("Table signs"),
        Part.HOST_SHEETS: text.gettext("Host sheets"),
        Part.QR_CARDS: text.gettext("QR cards"),
        Part.NAME_CARDS: text.gettext("Name cards"),
        Part.SPARE_CARDS: text.gettext("Spare cards for late guests"),
        Part.MEASURE_CARDS: text.gettext("Measures as cards"),
        Part.CARD_TEMPLATES: text.gettext("Cards to write on"),
        Part.RATING_SHEETS: text.gettext("Paper rating sheets"),
        Part.LARGE_SHEETS: text.gettext("Paper rating sheets in large print"),
    }
    return names[part]


def _build(kind: Part, event: EventPrint, choice: PrintChoice) -> list[Data]:
    if kind in _SHEETS:
        wanted = choice.sheets if kind == Part.RATING_SHEETS else choice.large_sheets
        is_large = kind == Part.LARGE_SHEETS
        return [
            rating_sheets(event, code, numbers, is_large=is_large)
            for code, numbers in (wanted or {}).items()
        ]
    return [_BUILDERS[kind](event, choice)]


def _qr_cards(event: EventPrint, choice: PrintChoice) -> Data:
    return cards.qr_cards(event, choice.language, choice.n_qr_cards or _n_guests(event))


def _card_templates(event: EventPrint, choice: PrintChoice) -> Data:
    return cards.card_templates(event, choice.language, choice.n_card_templates or _n_guests(event))


def _name_cards(event: EventPrint, choice: PrintChoice) -> Data:
    guests = [guest for guest in event.guests if not guest.is_spare]
    chosen = [guest for guest in guests if guest.is_changed or not choice.only_changed]
    return cards.name_cards(event, choice.language, chosen)


def _spare_cards(event: EventPrint, choice: PrintChoice) -> Data:
    return cards.spare_cards(event, choice.language, [g for g in event.guests if g.is_spare])


def _n_guests(event: EventPrint) -> int:
    return max(1, sum(1 for guest in event.guests if not guest.is_spare))


_SHEETS: Final = (Part.RATING_SHEETS, Part.LARGE_SHEETS)
_BUILDERS: Final[Mapping[Part, Callable[[EventPrint, PrintChoice], Data]]] = {
    Part.RUN_SHEET: lambda event, choice: run_sheet(event, choice.language),
    Part.TABLE_SIGNS: lambda event, choice: cards.table_signs(event, choice.language),
    Part.HOST_SHEETS: lambda event, choice: host_sheets(event, choice.language),
    Part.QR_CARDS: _qr_cards,
    Part.NAME_CARDS: _name_cards,
    Part.SPARE_CARDS: _spare_cards,
    Part.MEASURE_CARDS: lambda event, choice: cards.measure_cards(event, choice.language),
    Part.CARD_TEMPLATES: _card_templates,
}


def _is_full(part: Data) -> bool:
    lists = [part[name] for name in ("signs", "hosts", "cards", "sheets") if name in part]
    if part["kind"] == "rating-sheets" and not (part["measures"] and part["criteria"]):
        return False
    return all(lists)


def _head(event: EventPrint, language: str) -> Data:
    text = translator(language)
    title = said(event.title, language)
    day = event.held_on
    return {
        "title": text.gettext("Printed material: %(name)s") % {"name": title},
        "author": event.project,
        "lang": language,
        "date": [day.year, day.month, day.day],
        "simulated": simulated_words(event, language),
        "qr": "qr.svg",
        "qr_alt": text.gettext("QR code: %(address)s, code %(code)s")
        % {"address": _shown(event.join_address), "code": event.code},
        "address": _shown(event.join_address),
        "code": event.code,
    }


def _shown(address: str) -> str:
    return address.removeprefix("https://").removeprefix("http://").rstrip("/")


def _with_drawable(event: EventPrint) -> EventPrint:
    """Leave pictures out that no program can decode: the rest is printed all the same."""
    measures = tuple(
        replace(m, picture=b"") if m.picture and not can_draw(m.picture) else m
        for m in event.measures
    )
    return replace(event, measures=measures)


def _pictures(event: EventPrint, parts: Sequence[Data]) -> dict[str, str | bytes]:
    files: dict[str, str | bytes] = {"qr.svg": qr_svg(event.qr_address)}
    if any(part["kind"] == "measure-cards" for part in parts):
        for number, measure in enumerate(event.measures, start=1):
            if measure.picture:
                files[f"measure-{number}.jpg"] = measure.picture
    for part in parts:
        for host in part.get("hosts", ()):
            if host["screen"]:
                files[host["screen"]] = qr_svg(host["address"])
        for sheet in part.get("sheets", ()):
            sheet["qr"] = f"{sheet['mark']}.svg"
            files[sheet["qr"]] = qr_svg(sheet["number"])
    return files


def qr_svg(content: str) -> str:
    """Draw a QR code (error correction M, four modules of quiet zone) as SVG."""
    target = io.BytesIO()
    made = segno.make(content, error="m", micro=False)
    made.save(target, kind="svg", border=QUIET_ZONE, omitsize=True, xmldecl=False, light="#fff")
    return target.getvalue().decode()


def _fitted(value: Any) -> Any:
    """Replace characters that no font has in every text."""
    if isinstance(value, str):
        return fit_fonts(value)[0]
    if isinstance(value, Mapping):
        return {key: _fitted(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_fitted(item) for item in value]
    return value
