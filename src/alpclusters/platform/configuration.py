"""Every setting of an installation: name, default, meaning. Read here and nowhere else."""

import ipaddress
import os
import socket
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple
from urllib.parse import unquote, urlsplit

from alpclusters.analysis.errors import SetupError
from alpclusters.platform.database_address import Database, parse_database

# Names that no public name server knows (RFC 6761, RFC 6762, RFC 8375 and what routers use).
LOCAL_NAMES: Final = (
    ".localhost",
    ".local",
    ".test",
    ".invalid",
    ".internal",
    ".lan",
    ".home.arpa",
)
# Who must have a second step, from none to all.
SECOND_STEPS: Final = ("nobody", "administrators", "coordinators", "everybody")

type Network = ipaddress.IPv4Network | ipaddress.IPv6Network


class Setting(NamedTuple):
    """One setting as the operator's manual lists it."""

    name: str
    default: str
    meaning: str


SETTINGS: Final[tuple[Setting, ...]] = (
    Setting(
        "ALPCLUSTERS_HOME",
        "var/ in a checkout, the user's data directory for the wheel",
        "Data directory: database, uploads, journal, caches, secrets.",
    ),
    Setting(
        "DATABASE_URL",
        "sqlite in the data directory",
        "Database address, such as postgresql://user:password@host:5432/name.",
    ),
    Setting("ALPCLUSTERS_PORT", "8000", "Port the server listens on."),
    Setting(
        "ALPCLUSTERS_BIND",
        "127.0.0.1",
        "Network address the server listens on; 0.0.0.0 lets the phones in a hall reach it.",
    ),
    Setting(
        "ALPCLUSTERS_ADDRESS",
        "http://<bind>:<port>",
        "Public address printed on QR codes and in mails; https switches on secure cookies.",
    ),
    Setting(
        "ALPCLUSTERS_ALLOWED_HOSTS",
        "this machine's names and addresses",
        "Further host names, separated by commas, under which the site may be asked for.",
    ),
    Setting(
        "ALPCLUSTERS_SMTP_URL",
        "mail is printed to the console",
        "Mail server, such as smtp+tls://user:password@host:587.",
    ),
    Setting("ALPCLUSTERS_MAIL_FROM", "alpclusters@localhost", "Sender of the mails."),
    Setting(
        "ALPCLUSTERS_OPEN_SIGNUP", "no", "yes lets anybody make an account; else by invitation."
    ),
    Setting(
        "ALPCLUSTERS_SECOND_STEP",
        "administrators where the address is public, else nobody",
        "Who must sign in with a second step: nobody, administrators, coordinators (and "
        "administrators), everybody.",
    ),
    Setting("ALPCLUSTERS_DEBUG", "no", "yes shows error details; refused at a public address."),
    Setting(
        "ALPCLUSTERS_COMPONENTS",
        "no",
        "yes shows the page with all components at /<language>/components/.",
    ),
    Setting(
        "ALPCLUSTERS_TLS_CERT",
        "none",
        "File with the certificate and its chain (PEM): the server then speaks https itself.",
    ),
    Setting("ALPCLUSTERS_TLS_KEY", "none", "File with the private key of the certificate (PEM)."),
    Setting(
        "ALPCLUSTERS_TRUSTED_PROXIES",
        "127.0.0.0/8, ::1",
        "Addresses or networks of proxies that are believed about where a request came from; none.",
    ),
    Setting(
        "ALPCLUSTERS_SITE_PROCESSES",
        "1",
        "Processes that make pages; more than one only with PostgreSQL.",
    ),
    Setting(
        "ALPCLUSTERS_LIVE_WINDOW_MS",
        "8",
        "How long answers of a hall are gathered before they are written together, 0 to 20 ms.",
    ),
    Setting(
        "ALPCLUSTERS_LIVE_JOURNAL_DIR",
        "journal/ in the data directory",
        "Directory of the journal; on a second disk it survives the loss of the first.",
    ),
    Setting(
        "ALPCLUSTERS_LIVE_UNSAFE_DATABASE",
        "no",
        "yes accepts a PostgreSQL server that does not sync to disk (fsync off): for tests only.",
    ),
    Setting(
        "ALPCLUSTERS_IMPORT_MB",
        "100",
        "Largest list that can be imported, 1 to 2000 MB.",
    ),
    Setting(
        "ALPCLUSTERS_IMPORT_DAYS",
        "30",
        "After so many days an uploaded list and the reports about it are deleted, 1 to 3650.",
    ),
    Setting(
        "ALPCLUSTERS_BACKUP_RECIPIENT",
        "none",
        "Public key (age1...) for which backups seal the keys of the installation; several with "
        "commas. Its other half opens them, best kept on another machine.",
    ),
    Setting(
        "ALPCLUSTERS_BACKUP_PASSPHRASE_FILE",
        "none",
        "File with the passphrase that seals the keys in backups, where no public key is named.",
    ),
    Setting(
        "ALPCLUSTERS_BACKUP_KEEP",
        "14",
        "How many of the daily backups are kept, 1 to 1000.",
    ),
    Setting(
        "ALPCLUSTERS_BACKUP_COPY_TO",
        "none",
        "Folder on another machine or disk (mounted) that gets a copy of every daily backup.",
    ),
    Setting(
        "ALPCLUSTERS_BACKUP_BUCKET",
        "none",
        "Bucket that speaks S3 and gets a copy of every daily backup: https://SERVER/BUCKET/FOLDER.",
    ),
    Setting(
        "ALPCLUSTERS_BACKUP_BUCKET_KEYS",
        "none",
        "File with its access key and secret key, one a line, readable for its owner alone.",
    ),
    Setting(
        "ALPCLUSTERS_BACKUP_BUCKET_REGION",
        "us-east-1",
        "Region of the bucket, as its operator names it.",
    ),
    Setting(
        "ALPCLUSTERS_METRICS_TOKEN",
        "none",
        "Word with which /metrics may be read from elsewhere; this machine needs none.",
    ),
    Setting(
        "ALPCLUSTERS_ACCESS_LOG",
        "no",
        "yes writes a line for each request, without address, token and browser.",
    ),
    Setting(
        "ALPCLUSTERS_STATIC",
        "collected",
        "finders serves style sheets from the package without hashed names: for tests only.",
    ),
)


@dataclass(frozen=True, slots=True)
class Mail:
    """The mail server; ``host`` empty means the console."""

    host: str = ""
    port: int = 25
    user: str = ""
    password: str = ""
    use_tls: bool = False
    use_ssl: bool = False


@dataclass(frozen=True, slots=True)
class BackupPlan:
    """For whom keys are sealed in backups, how many are kept, and where a copy goes."""

    recipients: tuple[str, ...] = ()
    passphrase_file: Path | None = None
    keep: int = 14
    copy_to: Path | None = None
    bucket: str = ""
    bucket_keys: Path | None = None
    bucket_region: str = "us-east-1"

    @property
    def takes_keys(self) -> bool:
        """Say whether a backup can hold the keys of the installation."""
        return bool(self.recipients) or self.passphrase_file is not None


@dataclass(frozen=True, slots=True)
class Configuration:
    """What the environment says, with defaults filled in."""

    home: Path
    database: Database
    port: int
    bind: str
    address: str
    allowed_hosts: tuple[str, ...]
    mail: Mail
    mail_from: str
    open_signup: bool
    second_step: str
    debug: bool
    components: bool
    static_from_package: bool
    tls_cert: Path | None
    tls_key: Path | None
    trusted_proxies: tuple[Network, ...]
    site_processes: int
    live_window_ms: int
    live_journal_dir: Path | None
    live_unsafe_database: bool
    import_mb: int
    import_days: int
    metrics_token: str
    access_log: bool
    backup: BackupPlan = BackupPlan()

    @property
    def journal_folder(self) -> Path:
        """Return where the journal of answers lies."""
        return self.live_journal_dir or self.home / "journal"

    @property
    def is_secure(self) -> bool:
        """Say whether the public address is encrypted."""
        return self.address.startswith("https://")

    @property
    def debugs_in_public(self) -> bool:
        """Say whether strangers would read details of errors: code, settings, what was sent."""
        return self.debug and self.is_public

    @property
    def is_public(self) -> bool:
        """Say whether the address can be reached from everywhere: no local name or network."""
        return is_public_address(self.address)


def is_public_address(address: str) -> bool:
    """Say whether an address leads to no local name or network.

    Examples
    --------
    >>> is_public_address("https://alps.example.org"), is_public_address("http://10.0.0.5:8000")
    (True, False)
    """
    host = urlsplit(address).hostname or ""
    try:
        return ipaddress.ip_address(host).is_global
    except ValueError:
        return "." in host and not host.endswith(LOCAL_NAMES)


def load_configuration(environ: Mapping[str, str] | None = None) -> Configuration:
    """Read all settings from the environment.

    Raises
    ------
    SetupError
        ``setting.*``: a setting has a value that cannot be used; the error names it.
    """
    env = os.environ if environ is None else environ
    home = Path(env.get("ALPCLUSTERS_HOME") or _default_home()).expanduser().resolve()
    port = _number(env, "ALPCLUSTERS_PORT", default=8_000, least=1, most=65_535)
    bind = env.get("ALPCLUSTERS_BIND") or "127.0.0.1"
    tls_cert, tls_key = _tls(env)
    scheme = "https" if tls_cert else "http"
    own = f"{scheme}://{_shown_host(bind)}:{port}"
    address = (env.get("ALPCLUSTERS_ADDRESS") or own).rstrip("/")
    database = parse_database(env.get("DATABASE_URL") or "", home=home)
    return Configuration(
        home=home,
        database=database,
        port=port,
        bind=bind,
        address=address,
        allowed_hosts=_hosts(env.get("ALPCLUSTERS_ALLOWED_HOSTS", ""), address, bind),
        mail=parse_mail(env.get("ALPCLUSTERS_SMTP_URL") or ""),
        mail_from=env.get("ALPCLUSTERS_MAIL_FROM") or "alpclusters@localhost",
        open_signup=_is_yes(env.get("ALPCLUSTERS_OPEN_SIGNUP")),
        second_step=_second_step(env.get("ALPCLUSTERS_SECOND_STEP") or "", address),
        debug=_is_yes(env.get("ALPCLUSTERS_DEBUG")),
        components=_is_yes(env.get("ALPCLUSTERS_COMPONENTS")),
        static_from_package=env.get("ALPCLUSTERS_STATIC") == "finders",
        tls_cert=tls_cert,
        tls_key=tls_key,
        trusted_proxies=parse_networks(env.get("ALPCLUSTERS_TRUSTED_PROXIES")),
        site_processes=_site_processes(env, database),
        live_window_ms=_number(env, "ALPCLUSTERS_LIVE_WINDOW_MS", default=8, least=0, most=20),
        live_journal_dir=_path(env.get("ALPCLUSTERS_LIVE_JOURNAL_DIR")),
        live_unsafe_database=_is_yes(env.get("ALPCLUSTERS_LIVE_UNSAFE_DATABASE")),
        import_mb=_number(env, "ALPCLUSTERS_IMPORT_MB", default=100, least=1, most=2_000),
        import_days=_number(env, "ALPCLUSTERS_IMPORT_DAYS", default=30, least=1, most=3_650),
        metrics_token=env.get("ALPCLUSTERS_METRICS_TOKEN") or "",
        access_log=_is_yes(env.get("ALPCLUSTERS_ACCESS_LOG")),
        backup=BackupPlan(
            recipients=_words(env.get("ALPCLUSTERS_BACKUP_RECIPIENT")),
            passphrase_file=_path(env.get("ALPCLUSTERS_BACKUP_PASSPHRASE_FILE")),
            keep=_number(env, "ALPCLUSTERS_BACKUP_KEEP", default=14, least=1, most=1_000),
            copy_to=_path(env.get("ALPCLUSTERS_BACKUP_COPY_TO")),
            bucket=env.get("ALPCLUSTERS_BACKUP_BUCKET") or "",
            bucket_keys=_path(env.get("ALPCLUSTERS_BACKUP_BUCKET_KEYS")),
            bucket_region=env.get("ALPCLUSTERS_BACKUP_BUCKET_REGION") or "us-east-1",
        ),
    )


def parse_networks(text: str | None) -> tuple[Network, ...]:
    """Read addresses and networks, separated by commas; None means this machine, "none" nobody.

    Examples
    --------
    >>> [str(network) for network in parse_networks("10.0.0.5, 192.168.1.0/24")]
    ['10.0.0.5/32', '192.168.1.0/24']
    """
    wanted = "127.0.0.0/8, ::1" if text is None else text
    parts = [part.strip() for part in wanted.split(",")]
    try:
        return tuple(ipaddress.ip_network(part) for part in parts if part not in {"", "none"})
    except ValueError as error:
        values = {"setting": "ALPCLUSTERS_TRUSTED_PROXIES"}
        raise SetupError("setting.not_a_network", found=str(error), values=values) from None


def parse_mail(url: str) -> Mail:
    """Turn ``smtp://``, ``smtp+tls://`` or ``smtps://`` into the mail server's data."""
    if not url:
        return Mail()
    parts = urlsplit(url)
    usual = {"smtp": 25, "smtp+tls": 587, "smtps": 465}
    if parts.scheme not in usual:
        values = {"setting": "ALPCLUSTERS_SMTP_URL"}
        known = ", ".join(usual)
        raise SetupError("setting.not_one_of", found=parts.scheme, expected=known, values=values)
    return Mail(
        host=parts.hostname or "localhost",
        port=parts.port or usual[parts.scheme],
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        use_tls=parts.scheme == "smtp+tls",
        use_ssl=parts.scheme == "smtps",
    )


def _default_home() -> Path:
    checkout = Path(__file__).resolve().parents[3]
    if (checkout / "pyproject.toml").exists() and (checkout / "src").is_dir():
        return checkout / "var"
    import platformdirs  # noqa: PLC0415 - only the wheel needs it

    return Path(platformdirs.user_data_dir("alpclusters", appauthor=False))


def _tls(env: Mapping[str, str]) -> tuple[Path | None, Path | None]:
    cert, key = _path(env.get("ALPCLUSTERS_TLS_CERT")), _path(env.get("ALPCLUSTERS_TLS_KEY"))
    if (cert is None) != (key is None):
        names = {"setting": "ALPCLUSTERS_TLS_CERT", "other": "ALPCLUSTERS_TLS_KEY"}
        raise SetupError("setting.both_or_none", values=names)
    return cert, key


def _path(text: str | None) -> Path | None:
    return Path(text).expanduser().resolve() if text else None


def _site_processes(env: Mapping[str, str], database: Database) -> int:
    wanted = _number(env, "ALPCLUSTERS_SITE_PROCESSES", default=1, least=1, most=32)
    # One file has one writer: a second process would only wait for the first.
    return 1 if database.is_sqlite else wanted


def _number(env: Mapping[str, str], name: str, *, default: int, least: int, most: int) -> int:
    text = env.get(name) or str(default)
    if text.isdecimal() and least <= int(text) <= most:
        return int(text)
    values: dict[str, str | int] = {"setting": name, "least": least, "most": most}
    raise SetupError("setting.not_a_number", found=text, values=values)


def _words(text: str | None) -> tuple[str, ...]:
    return tuple(word.strip() for word in (text or "").split(",") if word.strip())


def _second_step(text: str, address: str) -> str:
    wanted = text.strip().lower()
    if not wanted:
        return "administrators" if is_public_address(address) else "nobody"
    if wanted in SECOND_STEPS:
        return wanted
    values = {"setting": "ALPCLUSTERS_SECOND_STEP"}
    expected = ", ".join(SECOND_STEPS)
    raise SetupError("setting.not_one_of", found=text, expected=expected, values=values)


def _is_yes(text: str | None) -> bool:
    return (text or "").strip().lower() in {"1", "yes", "true", "on"}


def _shown_host(bind: str) -> str:
    if bind in {"0.0.0.0", "::"}:  # noqa: S104 - compared, not bound
        return socket.gethostname()
    return f"[{bind}]" if ":" in bind else bind


def _hosts(further: str, address: str, bind: str) -> tuple[str, ...]:
    name = socket.gethostname()
    known = {"localhost", "127.0.0.1", "[::1]", name, f"{name}.local", bind}
    known.add(urlsplit(address).hostname or "localhost")
    known |= {h.strip() for h in further.split(",") if h.strip()}
    if bind in {"0.0.0.0", "::"}:  # noqa: S104 - compared, not bound
        known |= _own_addresses(name)
    return tuple(sorted(known))


def _own_addresses(name: str) -> set[str]:
    try:
        found = {str(info[4][0]) for info in socket.getaddrinfo(name, None)}
    except OSError:
        found = set()
    # Asking for a route sends nothing; it names the address the phones in the hall can reach.
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
            found.add(probe.getsockname()[0])
        except OSError:
            pass
    return {f"[{a}]" if ":" in a else a for a in found}
