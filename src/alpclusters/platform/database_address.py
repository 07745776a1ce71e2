"""The database an address points to: what may stand in DATABASE_URL, and what is made of it."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import SplitResult, unquote, urlsplit

from alpclusters.analysis.errors import SetupError

SQLITE: Final = "django.db.backends.sqlite3"
POSTGRESQL: Final = "django.db.backends.postgresql"
# Where the server is and who asks; the same may stand before the question mark.
_PLACES: Final = ("host", "port", "user", "password", "dbname")
# What PostgreSQL's own library understands and every process of ours passes on to it.
OPTIONS: Final = (
    "application_name",
    "channel_binding",
    "connect_timeout",
    "gssencmode",
    "hostaddr",
    "keepalives",
    "keepalives_count",
    "keepalives_idle",
    "keepalives_interval",
    "krbsrvname",
    "options",
    "passfile",
    "requirepeer",
    "ssl_max_protocol_version",
    "ssl_min_protocol_version",
    "sslcert",
    "sslcrl",
    "sslcrldir",
    "sslkey",
    "sslmode",
    "sslrootcert",
    "target_session_attrs",
    "tcp_user_timeout",
)
SSL_MODES: Final = ("disable", "allow", "prefer", "require", "verify-ca", "verify-full")
# With these a connection without TLS must not come about.
_STRICT: Final = SSL_MODES[3:]
_SETTING: Final = "DATABASE_URL"
_LONGEST_S: Final = 3_600


@dataclass(frozen=True, slots=True)
class Database:
    """The database an address points to, in Django's words.

    Attributes
    ----------
    options : tuple of pairs of str
        What else the address asks of a connection, as PostgreSQL names it (``sslmode`` ...).
    """

    engine: str
    name: str
    user: str = ""
    password: str = ""
    host: str = ""
    port: str = ""
    options: tuple[tuple[str, str], ...] = ()

    @property
    def is_sqlite(self) -> bool:
        """Say whether it is a file of ours."""
        return self.engine == SQLITE

    @property
    def kind(self) -> str:
        """Return ``sqlite`` or ``postgresql``."""
        return "sqlite" if self.is_sqlite else "postgresql"

    @property
    def sslmode(self) -> str:
        """Return the mode the address asks for; empty where it asks for none."""
        return dict(self.options).get("sslmode", "")

    @property
    def wants_tls(self) -> bool:
        """Say whether a connection without TLS must not come about."""
        return self.sslmode in _STRICT

    def connection_values(self) -> dict[str, Any]:
        """Return everything PostgreSQL's library needs, by its own names."""
        values = {
            "dbname": self.name,
            "user": self.user,
            "password": self.password,
            "host": self.host,
            "port": self.port,
            **dict(self.options),
        }
        return {name: value for name, value in values.items() if value}


def parse_database(url: str, *, home: Path) -> Database:
    """Turn a database address into Django's words; empty means SQLite in the data directory.

    Raises
    ------
    SetupError
        ``setting.*``: another kind of database, an option that is not known, a bad port.
    """
    if not url:
        return Database(SQLITE, str(home / "alpclusters.sqlite3"))
    parts = urlsplit(url)
    if parts.scheme in {"sqlite", "sqlite3"}:
        _require_known(_pairs(parts.query), ())
        # Three slashes or four: both are in use for an absolute path.
        return Database(SQLITE, "/" + unquote(parts.path).lstrip("/"))
    if parts.scheme not in {"postgres", "postgresql"}:
        values = {"setting": _SETTING}
        raise SetupError("setting.database_scheme", found=parts.scheme, values=values)
    return _postgresql(parts)


def _postgresql(parts: SplitResult) -> Database:
    query = _pairs(parts.query)
    _require_known(query, (*_PLACES, *OPTIONS))
    options = tuple((name, value) for name, value in query.items() if name in OPTIONS)
    _require_mode(query.get("sslmode", "prefer"))
    _require_number(query.get("connect_timeout", ""), "connect_timeout", most=_LONGEST_S)
    return Database(
        POSTGRESQL,
        unquote(parts.path.lstrip("/")) or query.get("dbname", ""),
        user=unquote(parts.username or "") or query.get("user", ""),
        password=unquote(parts.password or "") or query.get("password", ""),
        host=query.get("host") or unquote(parts.hostname or ""),
        port=_port(parts, query),
        options=options,
    )


def _pairs(query: str) -> dict[str, str]:
    # A plus stays a plus, as PostgreSQL's own programs read an address.
    pairs = (pair.partition("=") for pair in query.split("&") if pair)
    return {unquote(name): unquote(value) for name, _, value in pairs}


def _require_known(query: dict[str, str], known: tuple[str, ...]) -> None:
    unknown = [name for name in query if name not in known]
    if unknown:
        values = {"setting": _SETTING}
        raise SetupError("setting.database_option", found=", ".join(unknown), values=values)


def _require_mode(mode: str) -> None:
    if mode not in SSL_MODES:
        values = {"setting": f"{_SETTING} sslmode"}
        known = ", ".join(SSL_MODES)
        raise SetupError("setting.not_one_of", found=mode, expected=known, values=values)


def _require_number(text: str, name: str, *, most: int) -> None:
    if text and not (text.isdecimal() and 1 <= int(text) <= most):
        values: dict[str, str | int] = {"setting": f"{_SETTING} {name}", "least": 1, "most": most}
        raise SetupError("setting.not_a_number", found=text, values=values)


def _port(parts: SplitResult, query: dict[str, str]) -> str:
    written = parts.netloc.rpartition("@")[2].rpartition("]")[2].partition(":")[2]
    port = written or query.get("port", "")
    _require_number(port, "port", most=65_535)
    return port
