"""Registers of de minimis aid as CSV: the French one, and the central one of the EU.

The French register is open data (data.economie.gouv.fr, ``aides_minimis``: aid granted since
1 January 2026, for agriculture since 2027); its heads are known, the words of its column
``regime`` are not. How the central register (eAIR) writes its files was not seen: its heads are
guessed from Art. 6 of Regulation 2023/2831, and are unverified.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final, Literal

from alpclusters.analysis.errors import FileFormatError, Where
from alpclusters.sources.case_values import cents_of
from alpclusters.sources.children import ChildError, read_with_child
from alpclusters.sources.de_minimis_sandbox import SIREN, SIRET, plain_number, words_of
from alpclusters.sources.organisation_fields import country_of
from alpclusters.sources.organisation_values import day_of
from alpclusters.sources.texts import check_file

MAX_BYTES: Final = 50_000_000
WALL_CLOCK_S: Final = 20
_SHORTEST: Final = 6
_STATE: Final = 2
# What words of a register tell of the regulation; anything else is the general one.
_REGULATIONS: Final = (
    ("sgei", ("2023/2832", "360/2012", "sieg", "sgei", "dawi", "economic interest")),
    ("agriculture", ("1408/2013", "agri")),
    ("fisheries", ("717/2014", "pech", "fish", "aqua")),
)

type Register = Literal["france", "union"]
type How = Literal["number", "name"]


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """One aid of a register.

    Attributes
    ----------
    name, number : str
        The beneficiary as the register has it.
    state : str
        Two letters of the state that granted it; empty where the register does not say.
    granted_on : date
    amount_ct : int
        Gross grant equivalent in cents of euro.
    regulation : {"general", "agriculture", "fisheries", "sgei"}
    authority, reference : str
        Who granted it, and the register's own number; empty where it has none.
    how : {"number", "name"}
        By what it was found: a name alone may be that of another body.
    """

    name: str
    number: str
    state: str
    granted_on: date
    amount_ct: int
    regulation: str
    authority: str
    reference: str
    how: How


@dataclass(frozen=True, slots=True)
class RegisterExtract:
    """What a register says of some bodies; ``n_unread`` rows name them and cannot be read."""

    register: Register
    rows: tuple[RegisterRow, ...]
    n_unread: int


def read_register(
    path: Path, *, name: str, numbers: Iterable[str], names: Iterable[str]
) -> RegisterExtract:
    """Read the rows of a register that name a body.

    Parameters
    ----------
    path : Path
        CSV in UTF-8, at most 50 MB; read in a process with limits.
    name : str
        How errors call the file.
    numbers : iterable of str
        VAT and register numbers of the body.
    names : iterable of str
        Its names; a row with all words of one is found too, as not sure.

    Raises
    ------
    FileFormatError
        Missing, too large, no such register, or with too many rows to choose from.
    """
    check_file(path, max_bytes=MAX_BYTES)
    where = Where(file=name)
    wanted = {
        "numbers": sorted({form for number in numbers for form in number_forms(number)}),
        "names": [sorted(words_of(one)) for one in names],
    }
    try:
        said = read_with_child(
            "de_minimis_sandbox", path, json.dumps(wanted), wall_clock_s=WALL_CLOCK_S
        )
        answer = json.loads(said)
    except (ChildError, ValueError) as error:
        raise FileFormatError("de_minimis_register.unreadable", where=where) from error
    if "error" in answer:
        raise FileFormatError(answer["error"], where=where, found=answer["found"])
    read = [_row(row, is_french=answer["is_french"]) for row in answer["rows"]]
    rows = tuple(row for row in read if row is not None)
    return RegisterExtract(
        "france" if answer["is_french"] else "union", rows, len(read) - len(rows)
    )


def number_forms(number: str) -> set[str]:
    """Return the forms in which registers may write a number.

    Examples
    --------
    >>> sorted(number_forms("FR 40 303 265 045")), sorted(number_forms("303 265 045 00012"))
    (['303265045', '40303265045', 'FR40303265045'], ['303265045', '30326504500012'])
    """
    plain = plain_number(number)
    forms = {plain}
    if plain[:_STATE].isalpha():
        forms.add(plain[_STATE:])
        if plain.startswith("FR"):
            forms.add(plain[-SIREN:])
    if len(plain) == SIRET and plain.isdecimal():
        forms.add(plain[:SIREN])
    return {form for form in forms if len(form) >= _SHORTEST}


def _row(row: dict[str, str], *, is_french: bool) -> RegisterRow | None:
    day, amount = day_of(row.get("day", "")), cents_of(_point(row.get("amount", "")))
    if day is None or not amount:
        return None
    state = "FR" if is_french else country_of(row.get("state", "")) or ""
    return RegisterRow(
        name=row.get("name", ""),
        number=row.get("number", ""),
        state=state,
        granted_on=day,
        amount_ct=amount,
        regulation=_regulation(row.get("regulation", "")),
        authority=row.get("authority", "")[:200],
        reference=row.get("reference", "")[:80],
        how="number" if row["how"] == "number" else "name",
    )


def _point(text: str) -> str | float:
    """Return a machine's figure (1234.5678) as a number, what a person wrote as its text."""
    whole, point, part = text.partition(".")
    is_plain = whole.isascii() and whole.isdecimal() and part.isascii() and part.isdecimal()
    return float(text) if point and is_plain and len(part) != 3 else text  # noqa: PLR2004 - thousands


def _regulation(text: str) -> str:
    plain = " ".join(sorted(words_of(text)))
    said = f"{text.casefold()} {plain}"
    return next(
        (name for name, signs in _REGULATIONS if any(sign in said for sign in signs)), "general"
    )
