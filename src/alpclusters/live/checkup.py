"""What the doctor says about a hall full of phones: files, certificate, codes, the log's growth."""

import resource
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from gettext import NullTranslations
from pathlib import Path
from typing import Final

from alpclusters.analysis.errors import SetupError
from alpclusters.live.gate import chance_of_a_hit
from alpclusters.live.tls import read_certificate
from alpclusters.platform.cafe.domain.codes import LENGTH
from alpclusters.platform.configuration import Configuration
from alpclusters.platform.operation.checkup import Check

ENOUGH_FILES: Final = 8_192
ENOUGH_BACKLOG: Final = 4_096
SOON_DAYS: Final = 14
LARGE_LOG: Final = 256_000_000
RARE: Final = 1e-4
SOMAXCONN: Final = Path("/proc/sys/net/core/somaxconn")


def examine_live(
    configuration: Configuration, texts: NullTranslations, *, has_database: bool = True
) -> list[Check]:
    """Run all checks of the live process; none changes anything, nor waits for a database."""
    looks = (*LOOKS, *DATABASE_LOOKS) if has_database else LOOKS
    return [check for look in looks for check in look(configuration, texts)]


def _files(_: Configuration, texts: NullTranslations) -> Iterator[Check]:
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    if hard == resource.RLIM_INFINITY or hard >= ENOUGH_FILES:
        yield Check("open_files", "ok", texts.gettext("Enough open files for a full hall"))
        return
    finding = texts.gettext("Only %(n)s files may be open at once; each phone needs one") % {
        "n": hard
    }
    remedy = texts.gettext("Raise the limit of open files (ulimit -n, LimitNOFILE) to 8192.")
    yield Check("open_files", "warning", finding, remedy)


def _backlog(_: Configuration, texts: NullTranslations) -> Iterator[Check]:
    if not SOMAXCONN.exists():
        return
    found = int(SOMAXCONN.read_text())
    finding = texts.gettext("%(n)s connections may wait at the port") % {"n": found}
    if found < ENOUGH_BACKLOG:
        remedy = texts.gettext("Raise net.core.somaxconn to 4096.")
        yield Check("backlog", "warning", finding, remedy)
    else:
        yield Check("backlog", "ok", finding)


def _certificate(configuration: Configuration, texts: NullTranslations) -> Iterator[Check]:
    if configuration.tls_cert is None or configuration.tls_key is None:
        return
    try:
        found = read_certificate(configuration.tls_cert, configuration.tls_key)
    except SetupError as error:
        finding = texts.gettext("The certificate %(file)s cannot be used: %(reason)s.")
        remedy = texts.gettext(
            "Name a PEM file with the certificate and its chain, and the key that belongs to it."
        )
        yield Check("certificate", "error", finding % error.values, remedy)
        return
    days = (found.ends_at - datetime.now(tz=UTC)).days
    finding = texts.gettext("Certificate for %(names)s, valid until %(date)s") % {
        "names": ", ".join(found.names),
        "date": f"{found.ends_at:%Y-%m-%d}",
    }
    is_soon = days < SOON_DAYS
    remedy = texts.gettext("Renew it and start the server again.") if is_soon else ""
    yield Check("certificate", "warning" if is_soon else "ok", finding, remedy)


def _codes(_: Configuration, texts: NullTranslations) -> Iterator[Check]:
    from django.db.utils import DatabaseError  # noqa: PLC0415 - the live process has no Django

    from alpclusters.platform.cafe.models import AlpCafe  # noqa: PLC0415

    try:
        n = AlpCafe.objects.filter(state=AlpCafe.State.OPEN).count()
    except DatabaseError:
        # The check of the database has said it.
        return
    finding = texts.gettext("AlpCafés open at once: %(n)s") % {"n": n}
    if chance_of_a_hit(n, LENGTH) > RARE:
        remedy = texts.gettext(
            "Close those that are over: with so many, guessing a code in a day is likelier than 1 "
            "in 10,000."
        )
        yield Check("open_cafes", "warning", finding, remedy)
    else:
        yield Check("open_cafes", "ok", finding)


def _scales(_: Configuration, texts: NullTranslations) -> Iterator[Check]:
    from django.db.utils import DatabaseError  # noqa: PLC0415 - the live process has no Django

    from alpclusters.platform.cafe.domain.criteria import off_scale  # noqa: PLC0415

    try:
        found = off_scale()
    except DatabaseError:
        # The check of the database has said it.
        return
    if not found:
        yield Check("scales", "ok", texts.gettext("Every rating is a step of its scale"))
        return
    named = ", ".join(f"{key} ({n})" for key, n in found.items())
    finding = texts.gettext("Ratings that are no step of the scale of their criterion: %(named)s")
    remedy = texts.gettext(
        "Phones and paper sheets cannot give them, so somebody wrote into the database or changed "
        "the scale there. Restore a backup from before, or put the scale back."
    )
    yield Check("scales", "error", finding % {"named": named}, remedy)


def _log(configuration: Configuration, texts: NullTranslations) -> Iterator[Check]:
    if not configuration.database.is_sqlite:
        return
    log = Path(f"{configuration.database.name}-wal")
    size = log.stat().st_size if log.exists() else 0
    if size > LARGE_LOG:
        finding = texts.gettext("The database's log has grown to %(size)s MB") % {
            "size": size // 1_000_000
        }
        remedy = texts.gettext("Start the server again; a program that reads for long keeps it.")
        yield Check("database_log", "warning", finding, remedy)


type _Look = Callable[[Configuration, NullTranslations], Iterator[Check]]

LOOKS: Final[tuple[_Look, ...]] = (_files, _backlog, _certificate, _log)
# They ask the database.
DATABASE_LOOKS: Final[tuple[_Look, ...]] = (_codes, _scales)
