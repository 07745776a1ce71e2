"""Ask for the answers of an AlpCafé person by person; decide; fetch the file; confirm deletion."""

import base64
import hashlib
import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.crypto import salted_hmac

from alpclusters.analysis.errors import InputError, StateError, Where
from alpclusters.platform.accounts.models import User
from alpclusters.platform.cafe.models import AlpCafe
from alpclusters.platform.evaluation.domain.research_files import (
    TERMS_VERSION,
    answers_file,
    fields_of,
    research_zip,
)
from alpclusters.platform.evaluation.models import DataRequest, Snapshot

State = DataRequest.State
LONGEST: Final = timedelta(days=5 * 366)
MOST_WAITING: Final = 20
"""Requests of one AlpCafé that wait for the coordinator; nothing is counted per address."""
_SALT: Final = "evaluation.data-request"


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody asks for; people are named because they alone may see the file."""

    organisation: str
    people: str
    email: str
    purpose: str
    safeguards: str
    until: date
    language: str


def public_snapshot(cafe: AlpCafe) -> Snapshot | None:
    """Return the evaluation the public sees; none while people rate again."""
    if not cafe.is_closed:
        return None
    return Snapshot.objects.filter(cafe=cafe, released_at__isnull=False).order_by("-number").first()


@transaction.atomic
def ask_for_data(cafe: AlpCafe, asked: Asked, *, now: datetime) -> DataRequest:
    """Keep a request for the coordinator.

    Raises
    ------
    StateError
        No evaluation is public (``research.not_public``), or very many wait
        (``research.too_many``).
    InputError
        The end lies behind, or more than five years ahead (``research.until``).
    """
    if public_snapshot(cafe) is None:
        raise StateError("research.not_public")
    today = timezone.localdate(now)
    if not today < asked.until <= today + LONGEST:
        code = "research.until"
        raise InputError(code, where=Where(field="until"))
    if cafe.data_requests.filter(state=State.ASKED).count() >= MOST_WAITING:
        raise StateError("research.too_many")
    return DataRequest.objects.create(
        cafe=cafe,
        organisation=asked.organisation,
        people=asked.people,
        email=asked.email,
        purpose=asked.purpose,
        safeguards=asked.safeguards,
        until=asked.until,
        language=asked.language,
        terms_version=TERMS_VERSION,
        asked_at=now,
    )


@transaction.atomic
def grant(request: DataRequest, *, reason: str, by: User | None, now: datetime) -> DataRequest:
    """Grant a request: its file is fixed by a seed of its own, and the public record begins.

    Raises
    ------
    StateError
        It was decided (``research.decided``), its end is over (``research.over``), nothing is
        public (``research.not_public``), choices may still change (``research.not_sealed``) or
        fewer than ten people are left for the file (``research.too_few``).
    InputError
        ``research.no_reason``.
    """
    current = _undecided(request, reason)
    if current.until < timezone.localdate(now):
        raise StateError("research.over")
    snapshot = public_snapshot(current.cafe)
    if snapshot is None:
        raise StateError("research.not_public")
    # The seal numbers everybody anew and ends every choice: two files could be compared before.
    if current.cafe.sealed_at is None:
        raise StateError("research.not_sealed")
    current.state, current.seed = State.GRANTED, secrets.token_hex(32)
    current.snapshot_number = snapshot.number
    current.digest = _digest(answers_file(snapshot, current.seed))
    current.fields = list(fields_of(snapshot))
    current.token_hash = _hash(token_of(current))
    return _decided(current, reason, by, now)


@transaction.atomic
def refuse(request: DataRequest, *, reason: str, by: User | None, now: datetime) -> DataRequest:
    """Refuse a request with a reason.

    Raises
    ------
    StateError
        ``research.decided``.
    InputError
        ``research.no_reason``.
    """
    current = _undecided(request, reason)
    current.state = State.REFUSED
    return _decided(current, reason, by, now)


def token_of(request: DataRequest) -> str:
    """Return the secret of the personal link; the database holds its hash alone."""
    told = f"{request.pk}:{request.seed}"
    digest = salted_hmac(_SALT, told, algorithm="sha256").digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def find_request(token: str) -> DataRequest | None:
    """Return the request of a personal link."""
    rows = DataRequest.objects.select_related("cafe__project")
    return rows.filter(token_hash=_hash(token)).first()


def may_fetch(request: DataRequest, now: datetime) -> bool:
    """Say whether the file can be fetched: until its end, and not after it was deleted."""
    return request.state == State.GRANTED and timezone.localdate(now) <= request.until


def fetch(request: DataRequest, *, now: datetime) -> bytes:
    """Make the file anew, byte for byte as it was granted.

    Raises
    ------
    StateError
        The end is over or deletion was confirmed (``research.over``); the answers are others now
        (``research.changed``).
    """
    if not may_fetch(request, now):
        raise StateError("research.over")
    snapshot = request.cafe.snapshots.filter(number=request.snapshot_number or 0).first()
    answers = b"" if snapshot is None else answers_file(snapshot, request.seed)
    if snapshot is None or _digest(answers) != request.digest:
        raise StateError("research.changed")
    return research_zip(request, answers)


def confirm_deletion(request: DataRequest, *, now: datetime) -> None:
    """Note that the recipient has deleted the data; the link gives nothing out any more.

    Raises
    ------
    StateError
        It was confirmed before (``research.decided``).
    """
    if request.state != State.GRANTED:
        raise StateError("research.decided")
    request.state, request.deleted_at = State.DELETED, now
    request.save(update_fields=["state", "deleted_at"])


def public_record(cafe: AlpCafe) -> QuerySet[DataRequest]:
    """List who got answers of an AlpCafé; what is shown of it names bodies, never people."""
    return cafe.data_requests.filter(state__in=(State.GRANTED, State.DELETED)).order_by(
        "-decided_at", "-pk"
    )


def _undecided(request: DataRequest, reason: str) -> DataRequest:
    current = DataRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
    if current.state != State.ASKED:
        raise StateError("research.decided", found=current.state)
    if not reason.strip():
        code = "research.no_reason"
        raise InputError(code, where=Where(field="reason"))
    return current


def _decided(current: DataRequest, reason: str, by: User | None, now: datetime) -> DataRequest:
    current.reason, current.decided_by, current.decided_at = reason.strip(), by, now
    current.save()
    return current


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
