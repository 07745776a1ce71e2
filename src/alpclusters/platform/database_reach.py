"""Ask a database server once whether it answers, before anything waits for it. No Django in it."""

import threading
from typing import Any, Final

from alpclusters.analysis.errors import SetupError
from alpclusters.platform.database_address import Database

WITHIN_S: Final = 2.0


def require_reachable(database: Database) -> None:
    """Refuse an address that leads to no database of ours; a file is always reached.

    Two seconds, or what ``connect_timeout`` says, names of machines that nobody knows included.

    Raises
    ------
    SetupError
        ``database.unreachable``, or ``database.tls`` where the address asks for an encrypted
        connection and none comes about.
    """
    if database.is_sqlite:
        return
    reason = _ask(database)
    if reason is None:
        return
    if database.wants_tls and ("SSL" in reason or "certificate" in reason):
        raise SetupError("database.tls", found=reason, values={"sslmode": database.sslmode})
    raise SetupError("database.unreachable", found=reason, values={"place": place_of(database)})


def place_of(database: Database) -> str:
    """Return where a database is, without user and password."""
    if database.is_sqlite:
        return database.name
    port = f":{database.port}" if database.port else ""
    return f"{database.host}{port}/{database.name}".removeprefix("/")


def _ask(database: Database) -> str | None:
    """Return what is in the way, None if it answers; looking a name up may take for ever."""
    values = database.connection_values()
    within = max(WITHIN_S, float(values.get("connect_timeout", WITHIN_S)))
    values["connect_timeout"] = str(int(within))
    answer: list[str | None] = []
    asking = threading.Thread(target=lambda: answer.append(_connect(values)), daemon=True)
    asking.start()
    asking.join(within + 0.2)
    return answer[0] if answer else f"no answer within {within:g} s"


def _connect(values: dict[str, Any]) -> str | None:
    import psycopg  # noqa: PLC0415 - SQLite does without

    try:
        psycopg.connect(**values).close()
    except psycopg.Error as error:
        return _shortest(str(error))
    return None


def _shortest(text: str) -> str:
    """Return the last thing the library says, without the address it repeats before."""
    lines = [line.strip(" -") for line in text.strip().splitlines() if line.strip()]
    said = [line for line in lines if not line.startswith(("Multiple", "Is the server"))]
    return (said or lines or [""])[-1].rpartition("failed: ")[2]
