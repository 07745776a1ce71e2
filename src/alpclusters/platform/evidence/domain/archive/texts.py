"""Texts in several languages as columns: one for each."""

from collections.abc import Mapping
from typing import Any

from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.platform.languages.text import Text


def in_columns(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return a row with ``title_de`` to ``title_sl`` in place of each text.

    Examples
    --------
    >>> row = in_columns({"pk": 1, "title": Text({"sl": "Grozd"}, "sl")})
    >>> row["pk"], row["title_de"], row["title_sl"]
    (1, '', 'Grozd')
    """
    columns: dict[str, Any] = {}
    for name, value in row.items():
        if isinstance(value, Text):
            columns |= {f"{name}_{code}": value.inside(code) for code in LANGUAGE_CODES}
        else:
            columns[name] = value
    return columns
