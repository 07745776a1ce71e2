"""The child that reads a register of de minimis aid: limits first, the wanted bodies out.

Of a register of a whole country only the rows leave the child that name a wanted number or all
words of a wanted name: what others were granted is never seen by the program.
"""

import csv
import io
import json
import sys
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any, Final

from alpclusters.sources.sandbox import limit_process

MOST_ROWS: Final = 1_000_000
MOST_FOUND: Final = 500
MOST_ANSWER: Final = 4_000_000
LONGEST: Final = 300
SIREN: Final = 9
SIRET: Final = 14
# By field the heads under which registers have it. The French ones (data.economie.gouv.fr,
# aides_minimis) stand as published; those of the central register of the EU are unverified.
HEADS: Final[Mapping[str, tuple[str, ...]]] = {
    "name": ("nom_beneficiaire", "beneficiary", "beneficiary name", "name of the beneficiary"),
    "number": (
        *("identifiant_beneficiaire", "beneficiary identifier", "beneficiary id"),
        *("national id", "identifier of the beneficiary"),
    ),
    "amount": (
        *("montant_esb", "aid amount", "aid amount in eur", "gross grant equivalent"),
        *("aid element, expressed as full amount", "amount of aid (eur)"),
    ),
    "day": ("date_octroi", "date of granting", "granting date", "date of grant"),
    "regulation": ("regime", "regulation", "de minimis regulation", "legal basis"),
    "authority": ("autorite", "granting authority", "granting authority name"),
    "reference": ("index", "reference", "aid reference", "unique identifier", "aid award id"),
    "state": ("member state", "country", "granting member state"),
}
NEEDED: Final = ("name", "number", "amount", "day")
FRENCH: Final = "identifiant_beneficiaire"


class _RefusedError(Exception):
    """The bytes are no such register; its code and what is wrong."""


def main(wanted: str) -> None:
    """Read a register from standard input; write its rows, or ``{"error": code}``, as JSON.

    Parameters
    ----------
    wanted : str
        JSON: ``numbers``, and ``names`` as lists of their words.
    """
    limit_process(most_file_bytes=MOST_ANSWER)
    try:
        answer = _read(sys.stdin.buffer.read(), json.loads(wanted))
    except _RefusedError as error:
        answer = {"error": error.args[0], "found": error.args[1]}
    except (csv.Error, UnicodeDecodeError, ValueError):
        answer = {"error": "de_minimis_register.unreadable", "found": ""}
    sys.stdout.write(json.dumps(answer))


def _read(data: bytes, wanted: Mapping[str, Any]) -> dict[str, Any]:
    text = data.decode("utf-8-sig")
    first = text.partition("\n")[0]
    delimiter = max(";,\t", key=first.count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    heads = [head.strip().casefold() for head in next(rows, [])]
    places = {field: _place(heads, names) for field, names in HEADS.items()}
    missing = [HEADS[field][0] for field in NEEDED if places[field] is None]
    if missing:
        raise _RefusedError("de_minimis_register.heads", ", ".join(missing))
    numbers, names = set(wanted["numbers"]), [set(words) for words in wanted["names"]]
    found: list[dict[str, str]] = []
    for n_read, cells in enumerate(rows, start=1):
        if n_read > MOST_ROWS or len(found) > MOST_FOUND:
            raise _RefusedError("de_minimis_register.unreadable", "")
        row = {
            field: cells[place].strip()[:LONGEST]
            for field, place in places.items()
            if place is not None and place < len(cells)
        }
        if how := _match(row, numbers, names):
            found.append({**row, "how": how})
    return {"is_french": FRENCH in heads, "rows": found}


def _place(heads: list[str], names: Iterable[str]) -> int | None:
    return next((heads.index(name) for name in names if name in heads), None)


def _match(row: Mapping[str, str], numbers: set[str], names: list[set[str]]) -> str:
    """Say by what a row names a wanted body: its number, all words of its name, or nothing."""
    number = plain_number(row.get("number", ""))
    whole = number[:SIREN] if len(number) == SIRET and number.isdecimal() else number
    if numbers & {number, whole} - {""}:
        return "number"
    words = words_of(row.get("name", ""))
    return "name" if any(name and name <= words for name in names) else ""


def plain_number(text: str) -> str:
    """Return the letters and digits of a number in capitals."""
    return "".join(c for c in text.upper() if c.isalnum())


def words_of(text: str) -> set[str]:
    """Return the words of a name in small letters without accents."""
    plain = unicodedata.normalize("NFKD", text.casefold().replace("ß", "ss"))
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    return set("".join(c if c.isalnum() else " " for c in plain).split())
