"""How a name or an address may be written where a database knows only the letters A to Z."""

import json


def cases_of(word: str) -> list[str]:
    """Return a word as given, small, in capitals and with capitals at the beginnings.

    SQLite takes "Ž" and "ž" for two letters, in `LIKE` as in `LOWER`.
    """
    return list(dict.fromkeys((word, word.lower(), word.upper(), word.title())))


def stored_forms(word: str) -> list[str]:
    """Return how a word may stand in what is stored, with the letters A to Z made small.

    JSON writes letters beyond ASCII as escapes, in columns of SQLite and in files.
    """
    cases = cases_of(word)
    escaped = (json.dumps(one)[1:-1] for one in cases)
    return list(dict.fromkeys(one.encode().lower().decode() for one in (*cases, *escaped)))
