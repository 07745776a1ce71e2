"""Where the text of an act stands."""

import re
from typing import Final

_OFFICIAL: Final = "https://eur-lex.europa.eu/eli/reg"
# Since 2015 the year stands first: 2021/1060; before it stood last: 651/2014.
_YEAR_FIRST: Final = 2015
_NUMBER: Final = re.compile(r"(\d+)(?![\da-z-])")


def act_url(act: str, article: str = "") -> str:
    """Return the address of an article in the official collection; empty for other law.

    An article that was put in later (25a) is not in the act as published: the act alone is named.

    Examples
    --------
    >>> act_url("651/2014")
    'https://eur-lex.europa.eu/eli/reg/2014/651/oj'
    >>> act_url("2021/1060")
    'https://eur-lex.europa.eu/eli/reg/2021/1060/oj'
    >>> act_url("2021/1059", "23(5),(7)")
    'https://eur-lex.europa.eu/eli/reg/2021/1059/oj#art_23'
    >>> act_url("651/2014", "20a")
    'https://eur-lex.europa.eu/eli/reg/2014/651/oj'
    >>> act_url("NRP")
    ''
    """
    first, _slash, second = act.partition("/")
    if not (first.isdigit() and second.isdigit()):
        return ""
    year, number = (first, second) if int(first) >= _YEAR_FIRST else (second, first)
    found = _NUMBER.match(article)
    place = f"#art_{found[1]}" if found else ""
    return f"{_OFFICIAL}/{year}/{number}/oj{place}"
