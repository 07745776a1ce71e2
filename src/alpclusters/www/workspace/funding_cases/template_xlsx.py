"""The workbook to fill in: three sheets with heads and an example row in the reader's language."""

import io
from collections.abc import Mapping, Sequence
from typing import Any, Final

from alpclusters.analysis.funding.case.periods import Periods
from alpclusters.platform.funding.domain.casework.costs import converted
from alpclusters.platform.funding.domain.casework.totals import Entry, entries_of
from alpclusters.reports.characters import clean_text
from alpclusters.sources.case_words import (
    CATEGORIES,
    EXAMPLES,
    HEADS,
    KINDS,
    REQUIRED,
    SHEETS,
    SIZES,
    own_place,
)

# Yes and no as the templates write them, de en fr it sl.
_YES: Final = ("ja", "yes", "oui", "sì", "da")
_NO: Final = ("nein", "no", "non", "no", "ne")
_TITLE: Final = ("Koordination", "Coordination", "Coordination", "Coordinamento", "Koordinacija")
_WIDTH: Final = 22
_LAST_ROW: Final = 5_000
_QUARTER_LETTERS: Final = ("Q", "Q", "T", "T", "Č")


def write_template(data: Mapping[str, Any], periods: Periods, language: str) -> bytes:
    """Return a workbook that `read_case_sheets` reads, with what the case has already.

    Where there is nothing yet stands one example row; the reader leaves it out by its name.
    """
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out,
        {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False},
    )
    place = own_place(language)
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "bottom"})
    rows = _rows(data, periods, place)
    for kind, names in SHEETS.items():
        sheet = book.add_worksheet(_sheet_name(names[place]))
        fields = list(HEADS[kind])
        sheet.set_column(0, len(fields) - 1, _WIDTH)
        sheet.freeze_panes(1, 0)
        for column, field in enumerate(fields):
            mark = " *" if field in REQUIRED[kind] else ""
            sheet.write_string(0, column, _capital(HEADS[kind][field][place]) + mark, head)
            _offer_values(sheet, column, field, place)
        for line, values in enumerate(rows[kind], start=1):
            _write_row(sheet, line, fields, values)
    book.close()
    return out.getvalue()


def _sheet_name(name: str) -> str:
    return _capital(name)[:31]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _offer_values(sheet: Any, column: int, field: str, place: int) -> None:
    """Offer the words of a closed list in the cells of a column."""
    lists: Mapping[str, Sequence[str]] = {
        "kind": _words(KINDS, place),
        "size": _words(SIZES, place),
        "category": _words(CATEGORIES, place),
        "currency": ("EUR", "CHF"),
        **dict.fromkeys(("lead", "vat", "economic", "outside"), (_YES[place], _NO[place])),
    }
    if field in lists:
        rule = {"validate": "list", "source": list(lists[field]), "error_type": "warning"}
        sheet.data_validation(1, column, _LAST_ROW, column, rule)


def _words(words: Mapping[str, tuple[str, ...]], place: int) -> list[str]:
    return [names[place] for names in words.values()]


def _write_row(sheet: Any, line: int, fields: Sequence[str], values: Mapping[str, Any]) -> None:
    for column, field in enumerate(fields):
        value = values.get(field)
        if isinstance(value, int | float) and not isinstance(value, bool):
            sheet.write_number(line, column, value)
        elif value is not None:
            sheet.write_string(line, column, clean_text(str(value)))


def _rows(data: Mapping[str, Any], periods: Periods, place: int) -> dict[str, list[dict[str, Any]]]:
    partners = _partner_rows(data, place) or [_example_partner(place)]
    packages = _package_rows(data, periods, place) or [_example_package(periods, place)]
    return {
        "partners": partners,
        "packages": packages,
        "costs": _cost_rows(data, periods, place) or [_example_cost(packages[0], periods, place)],
    }


def _cost_rows(data: Mapping[str, Any], periods: Periods, place: int) -> list[dict[str, Any]]:
    names = {one["id"]: one["name"] for one in data.get("partners", [])}
    return [
        {
            "partner": names[entry.first["partner"]],
            "package": entry.first["wp"],
            "category": _word(CATEGORIES, entry.first["category"], place),
            **_amount(data, entry),
            "first": _quarter(periods, entry.start, place),
            "last": _quarter(periods, entry.end, place),
            "economic": (_YES if entry.first.get("economic", True) else _NO)[place],
            "article": entry.first.get("article"),
            "place": entry.first.get("place"),
            "outside": (_YES if entry.first.get("outside") else _NO)[place],
        }
        for entry in entries_of(data)
    ]


def _amount(data: Mapping[str, Any], entry: Entry) -> dict[str, Any]:
    foreign = converted(data, entry.key)
    if foreign is None:
        return {"amount": _euro(entry.cost_ct), "currency": "EUR"}
    currency, amount, rate, day = foreign
    return {"amount": _euro(amount), "currency": currency, "rate": rate, "rate_on": day}


def _word(words: Mapping[str, tuple[str, ...]], key: str, place: int) -> str:
    return words[key][place] if key in words else key


def _example_cost(package: Mapping[str, Any], periods: Periods, place: int) -> dict[str, Any]:
    return {
        "partner": EXAMPLES[place],
        "package": package.get("key") or package["title"],
        "category": CATEGORIES["staff"][place],
        "amount": 12_000,
        "currency": "EUR",
        "first": _quarter(periods, 0, place),
        "last": _quarter(periods, min(3, periods.count - 1), place),
        "economic": _NO[place],
        "outside": _NO[place],
    }


def _partner_rows(data: Mapping[str, Any], place: int) -> list[dict[str, Any]]:
    sizes = {one["id"]: one["size"] for one in data.get("undertakings", [])}
    return [
        {
            "name": one["name"],
            "kind": KINDS[one["kind"]][place],
            "size": SIZES[sizes[one["undertaking"]]][place],
            "country": one["country"],
            "nuts": one["nuts"],
            "lead": _YES[place] if one.get("lead") else _NO[place],
            "own": _euro(one.get("own_ct")),
            "credit": _euro(one.get("credit_ct")),
            "vat": None
            if one.get("vat_recoverable") is None
            else (_YES if one["vat_recoverable"] else _NO)[place],
        }
        for one in data.get("partners", [])
    ]


def _package_rows(data: Mapping[str, Any], periods: Periods, place: int) -> list[dict[str, Any]]:
    return [
        {
            "key": one["id"],
            "title": one["title"],
            "themes": ", ".join(one.get("themes", [])) or None,
            "first": None if one.get("start") is None else _quarter(periods, one["start"], place),
            "last": None if one.get("end") is None else _quarter(periods, one["end"], place),
        }
        for one in data.get("work_packages", [])
    ]


def _example_partner(place: int) -> dict[str, Any]:
    return {
        "name": EXAMPLES[place],
        "kind": KINDS["sme"][place],
        "size": SIZES["small"][place],
        "country": "AT",
        "nuts": "AT32",
        "lead": _YES[place],
        "own": 60_000,
        "credit": 120_000,
        "vat": _YES[place],
    }


def _example_package(periods: Periods, place: int) -> dict[str, Any]:
    return {
        "key": "WP1",
        "title": _TITLE[place],
        "first": _quarter(periods, 0, place),
        "last": _quarter(periods, periods.count - 1, place),
    }


def _quarter(periods: Periods, period: int, place: int) -> str:
    day = periods.first_day(period)
    if (day.month - 1) % 3:
        return day.isoformat()
    return f"{_QUARTER_LETTERS[place]}{(day.month + 2) // 3} {day.year}"


def _euro(cents: int | None) -> float | int | None:
    if cents is None:
        return None
    return cents / 100 if cents % 100 else cents // 100
