"""The security log: one function writes an entry, another finds what was changed afterwards."""

import hashlib
import hmac
import ipaddress
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser as User
from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from alpclusters.platform.trust.models import SecurityEvent

Kind = SecurityEvent.Kind
GENESIS: Final = "0" * 64
# Where somebody came from is for looking into an attack; who did what, for questions of years.
NETWORKS_KEPT: Final = timedelta(days=30)
PEOPLE_KEPT: Final = timedelta(days=3 * 365)
_LOCK: Final = 0x5EC_1065  # any number that nobody else locks by


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a look at the whole chain found.

    Attributes
    ----------
    n : int
        Entries that fit, from the first on.
    fault : {'', 'number', 'previous', 'digest', 'cut'}
        What does not fit at entry ``n + 1``: a gap or another order, a link to another entry, a
        changed content; ``cut`` means that entries at the end are gone.
    head : str
        ``number:digest`` of the last entry that fits; empty if there is none.
    """

    n: int
    fault: str
    head: str


def record(
    kind: str,
    *,
    actor: User | None = None,
    about: User | None = None,
    network: str = "",
    **detail: Any,
) -> SecurityEvent:
    """Write an entry, in the transaction of what it tells of.

    Parameters
    ----------
    kind : str
        One of `SecurityEvent.Kind`.
    actor, about : User, optional
        Who did it, and to whom; kept as pseudonyms in the chain.
    network : str
        Network address of the person; it is shortened before it is stored.
    detail
        What was done, as values for JSON. Nothing that names or leads to a person: it stays.
    """
    with transaction.atomic():
        _take_turn()
        last = SecurityEvent.objects.order_by("-number").first()
        event = SecurityEvent(
            number=last.number + 1 if last else 1,
            previous=last.digest if last else GENESIS,
            at=timezone.now(),
            kind=Kind(kind),
            detail=detail,
            actor_id=_number(actor),
            about_id=_number(about),
            actor_mark=mark_of(actor),
            about_mark=mark_of(about),
            network=shortened(network),
        )
        event.digest = digest_of(event)
        event.save(force_insert=True)
        transaction.on_commit(lambda: _note_head(f"{event.number}:{event.digest}"))
    return event


def mark_of(person: User | None) -> str:
    """Return the pseudonym of a person: without the key of this installation it says nothing."""
    if person is None or person.pk is None:
        return ""
    key = settings.SECRET_KEY.encode()
    return hmac.new(key, f"security-log:{person.pk}".encode(), hashlib.sha256).hexdigest()[:32]


def shortened(address: str) -> str:
    """Return the network of an address, too wide for one household: /24 or /48.

    Examples
    --------
    >>> shortened("203.0.113.77")
    '203.0.113.0/24'
    """
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return ""
    width = 24 if found.version == 4 else 48  # noqa: PLR2004 - the version of the protocol
    return str(ipaddress.ip_network(f"{found}/{width}", strict=False))


def digest_of(event: SecurityEvent) -> str:
    """Return what the chain says of an entry; people, and where they came from, are not in it."""
    at = event.at.astimezone(UTC).isoformat(timespec="microseconds")
    content = [event.number, at, event.kind, event.detail, event.actor_mark, event.about_mark]
    text = json.dumps([*content, event.previous], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def verify(expected: Iterable[str] = ()) -> Verdict:
    """Go through the chain from the first entry and stop at the first that does not fit.

    Parameters
    ----------
    expected : iterable of str
        Heads (``number:digest``) that somebody wrote down: each has to be in the chain. The head
        that the last writer left in the data directory is asked for too.
    """
    wanted = {head for head in (*expected, noted_head()) if head}
    n, head, previous = 0, "", GENESIS
    for event in SecurityEvent.objects.order_by("number").iterator(chunk_size=2_000):
        fault = _fault(event, n + 1, previous)
        if fault:
            return Verdict(n, fault, head)
        n, previous, head = event.number, event.digest, f"{event.number}:{event.digest}"
        wanted.discard(head)
    return Verdict(n, "cut" if wanted else "", head)


def _fault(event: SecurityEvent, number: int, previous: str) -> str:
    if event.number != number:
        return "number"
    if event.previous != previous:
        return "previous"
    return "" if digest_of(event) == event.digest else "digest"


def forget_events(now: datetime) -> int:
    """Empty what is older than it has to be kept: networks after a month, people after years."""
    events = SecurityEvent.objects
    old = events.filter(at__lt=now - NETWORKS_KEPT).exclude(network="")
    n: int = old.update(network="")
    known = Q(actor__isnull=False) | Q(about__isnull=False)
    n += events.filter(known, at__lt=now - PEOPLE_KEPT).update(actor=None, about=None)
    return n


def forget_person(person: User) -> int:
    """Take somebody out of the log; that something happened stays, under the pseudonym."""
    events = SecurityEvent.objects
    events.filter(actor=person.pk).exclude(network="").update(network="")
    n: int = events.filter(actor=person.pk).update(actor=None)
    return n + events.filter(about=person.pk).update(about=None)


def _number(person: User | None) -> int | None:
    return None if person is None else person.pk


def _take_turn() -> None:
    """Wait until nobody else writes: SQLite has one writer, PostgreSQL needs a lock."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def _head_path() -> Path:
    return Path(settings.HOME) / "run" / "security-log.head"


def noted_head() -> str:
    """Return the head that the last writer left beside the database; empty without one."""
    try:
        return _head_path().read_text(encoding="ascii").strip()
    except OSError:
        return ""


def _note_head(head: str) -> None:
    """Leave the head outside of the database: entries removed at the end are then missed."""
    path = _head_path()
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = path.with_suffix(".new")
    fresh.write_text(head, encoding="ascii")
    fresh.replace(path)
