"""Where the text of an act stands."""

from typing import Final

_OFFICIAL: Final = "https://eur-lex.europa.eu/eli/reg"
# Since 2015 the year stands first: 2021/1060; before it stood last: 651/2014.
_YEAR_FIRST: Final = 2015


def act_url(act: str) -> str:
    """Return the address of a regulation in the official collection; empty for other law.

    Examples
    --------
    >>> act_url("651/2014")
    'https://eur-lex.europa.eu/eli/reg/2014/651/oj'
    >>> act_url("2021/1060")
    'https://eur-lex.europa.eu/eli/reg/2021/1060/oj'
    >>> act_url("NRP")
    ''
    """
    first, _slash, second = act.partition("/")
    if not (first.isdigit() and second.isdigit()):
        return ""
    year, number = (first, second) if int(first) >= _YEAR_FIRST else (second, first)
    return f"{_OFFICIAL}/{year}/{number}/oj"
