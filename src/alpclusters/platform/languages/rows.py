"""The languages of the program, read from ``languages.toml``: one frozen row for each."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

PATH: Final = Path(__file__).with_name("languages.toml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbers:
    """How a language writes numbers.

    Attributes
    ----------
    group, decimal : str
        What stands between groups of three digits, and before the decimals.
    percent_space : str
        What stands between a number and the per cent sign.
    money_first : bool
        Whether the sign of the currency stands before the amount.
    range_word : str
        The word between two ends of which one is negative.
    """

    group: str
    decimal: str
    percent_space: str
    money_first: bool
    range_word: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Dates:
    """How a language writes days and times, as patterns.

    Patterns know ``{d}``, ``{dd}`` (two digits), ``{m}``, ``{mm}``, ``{y}``, ``{day}`` (the day as
    in `day`), ``{month}``, ``{of_month}``, ``{short_month}``, ``{h}``, ``{hh}``, ``{minutes}``;
    `with_clock` knows ``{date}`` and ``{clock}``.

    Attributes
    ----------
    day, first_day : str
        The day of a month in running text, and the first one where it differs.
    long, short : str
        A day in running text and in a table.
    clock, clock_word : str
        A time of day, and what follows it once, also behind a span of two.
    with_clock : str
        Day and time together.
    clock_dash, year_dash : str
        Between two times of day, and between two years.
    """

    day: str
    long: str
    short: str
    clock: str
    with_clock: str
    first_day: str = ""
    clock_word: str = ""
    clock_dash: str = "–"
    year_dash: str = "–"


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """One language with all that the program has to know about it.

    Attributes
    ----------
    code : str
        Of ISO 639-1.
    name : str
        As its speakers write it.
    locale : str
        What browsers are asked for where they write numbers themselves.
    countries : tuple of str
        Where most people are addressed in it.
    fallback : tuple of str
        Languages that are shown first where a text is missing; all others follow.
    plural : str
        The rule of the catalogues.
    plural_examples : mapping of str to int
        A number of each category that browsers know.
    abbreviated : mapping of str to str
        Its name shortened, in other languages.
    quotes : str
        Quotation marks around ``{}``.
    colon : str
        With the spaces around it.
    months, months_of, months_short : tuple of str
        Alone, after a day, and shortened; the last two where they differ from the first.
    typeset : tuple of pairs
        Expressions of what translators type and how it is set.
    need : str
        What stands before the text of a need when its meaning is compared.
    must, superlative : str
        Expressions of words that oblige, and of words that put something first.
    """

    code: str
    name: str
    locale: str
    plural: str
    plural_examples: Mapping[str, int]
    quotes: str
    numbers: Numbers
    dates: Dates
    months: tuple[str, ...]
    months_of: tuple[str, ...] = ()
    months_short: tuple[str, ...] = ()
    colon: str = ": "
    countries: tuple[str, ...] = ()
    fallback: tuple[str, ...] = ()
    abbreviated: Mapping[str, str] = field(default_factory=dict)
    typeset: tuple[tuple[str, str], ...] = ()
    need: str = ""
    must: str = ""
    superlative: str = ""

    def abbreviated_in(self, reader: str) -> str:
        """Return its short name for a reader, in English or by its code where there is none."""
        return self.abbreviated.get(reader) or self.abbreviated.get("en") or self.code


def read_languages(path: Path = PATH) -> dict[str, Language]:
    """Read the rows in their order.

    Parameters
    ----------
    path : Path
        A table for each language, named by its code; an unknown or missing key is an error.
    """
    tables = tomllib.loads(path.read_text(encoding="utf-8"))
    return {code: _language(code, table) for code, table in tables.items()}


def _language(code: str, table: Mapping[str, Any]) -> Language:
    row: dict[str, Any] = {key: tuple(v) if isinstance(v, list) else v for key, v in table.items()}
    row["numbers"], row["dates"] = Numbers(**row["numbers"]), Dates(**row["dates"])
    row["typeset"] = tuple((found, set_as) for found, set_as in row.get("typeset", ()))
    return Language(code=code, **row)


ROWS: Final[Mapping[str, Language]] = read_languages()
