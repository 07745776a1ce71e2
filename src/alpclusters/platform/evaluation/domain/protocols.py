"""The protocol: a draft from the rows until somebody approves it, then versions that stand."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from alpclusters.analysis.errors import StateError
from alpclusters.platform.accounts.models import User
from alpclusters.platform.cafe.domain.invitations import NAMES_KEPT
from alpclusters.platform.cafe.models import AlpCafe, Protocol, ProtocolHost
from alpclusters.platform.evaluation.domain.computing import compute
from alpclusters.platform.evaluation.domain.protocol_reading import read_protocol
from alpclusters.platform.evaluation.domain.protocol_records import (
    NOTES,
    Json,
    ProtocolRecord,
    empty_notes,
    write_record,
)
from alpclusters.platform.evaluation.domain.snapshots import evaluate_cafe
from alpclusters.platform.evaluation.domain.storage import to_json
from alpclusters.platform.languages.codes import LANGUAGE_CODES

type Hosts = dict[int, str]
LONGEST_NOTE = 4000


def build_protocol(cafe: AlpCafe) -> ProtocolRecord:
    """Build the protocol from the rows as they are; nothing is stored.

    Raises
    ------
    StateError
        ``protocol.not_closed``: results are hidden until the AlpCafé has ended.
    """
    require_closed(cafe)
    record = read_protocol(cafe)
    if not cafe.ratings.exists():
        return record
    return replace(record, evaluation=to_json(compute(cafe)))


@transaction.atomic
def approve(cafe: AlpCafe, by: User | None, now: datetime) -> Protocol:
    """Store the protocol as it is now as the next version; the notes go along.

    The ratings become a snapshot, so that the version names what it rests on.

    Raises
    ------
    StateError
        ``protocol.not_closed``.
    """
    require_closed(cafe)
    locked = AlpCafe.everything.select_for_update(of=("self",)).get(pk=cafe.pk)
    record = _with_snapshot(read_protocol(locked), locked, by=by, now=now)
    draft = draft_of(locked) or _new_draft(locked, now)
    draft.data = write_record(record)
    draft.made_at, draft.approved_at, draft.approved_by = now, now, by
    draft.save()
    draft.hosts.all().delete()
    ProtocolHost.objects.bulk_create(
        ProtocolHost(protocol=draft, table=number, name=name)
        for number, name in hosts_of(locked).items()
    )
    return draft


@transaction.atomic
def write_notes(cafe: AlpCafe, notes: Mapping[str, Mapping[str, str]], now: datetime) -> Protocol:
    """Store what facilitators typed, in the draft of the next version."""
    locked = AlpCafe.everything.select_for_update(of=("self",)).get(pk=cafe.pk)
    draft = draft_of(locked) or _new_draft(locked, now)
    draft.notes = {
        name: {
            code: str(notes.get(name, {}).get(code, "")).strip()[:LONGEST_NOTE]
            for code in LANGUAGE_CODES
        }
        for name in NOTES
    }
    draft.save()
    return draft


def hosts_of(cafe: AlpCafe) -> Hosts:
    """Return who is host at which table now."""
    return {table.number: table.host_name for table in cafe.tables.all() if table.host_name}


def approved_hosts(version: Protocol) -> Hosts:
    """Return who was host at which table when a version was approved; empty names are deleted."""
    return {host.table: host.name for host in version.hosts.all()}


def forget_approved_hosts(now: datetime) -> int:
    """Delete the names of hosts in protocols as those at tables; return at how many places."""
    last = timezone.localdate(now) - NAMES_KEPT
    old = ProtocolHost.objects.filter(protocol__cafe__held_on__lt=last).exclude(name="")
    return old.update(name="")


def notes_of(cafe: AlpCafe) -> Json:
    """Return the notes of the draft, else those of the last version."""
    newest = cafe.protocols.order_by("-number").first()
    return dict(newest.notes) if newest and newest.notes else empty_notes()


def draft_of(cafe: AlpCafe) -> Protocol | None:
    """Return the version that is not approved yet."""
    return cafe.protocols.filter(approved_at__isnull=True).order_by("-number").first()


def approved_versions(cafe: AlpCafe) -> list[Protocol]:
    """List the approved versions, newest first."""
    return list(cafe.protocols.filter(approved_at__isnull=False).order_by("-number"))


def public_version(cafe: AlpCafe) -> Protocol | None:
    """Return the newest approved version that everybody may read.

    A version with ratings is public as long as the snapshot it rests on is released.
    """
    released = set(
        cafe.snapshots.filter(released_at__isnull=False).values_list("number", flat=True)
    )
    return next((v for v in approved_versions(cafe) if _is_public(v.data, released)), None)


def next_number(cafe: AlpCafe) -> int:
    """Return the number of the version that would be approved now."""
    draft = draft_of(cafe)
    return draft.number if draft else _next_number(cafe)


def require_closed(cafe: AlpCafe) -> None:
    """Refuse before the end.

    Raises
    ------
    StateError
        ``protocol.not_closed``.
    """
    if not cafe.is_closed:
        raise StateError("protocol.not_closed", found=cafe.state, expected=AlpCafe.State.CLOSED)


def _is_public(data: Mapping[str, Any], released: set[int]) -> bool:
    return data.get("evaluation") is None or data.get("snapshot") in released


def _with_snapshot(
    record: ProtocolRecord, cafe: AlpCafe, *, by: User | None, now: datetime
) -> ProtocolRecord:
    if not cafe.ratings.exists():
        return record
    snapshot = evaluate_cafe(cafe, made_by=by, now=now)
    return replace(
        record, evaluation=snapshot.data, snapshot=snapshot.number, digest=snapshot.digest
    )


def _new_draft(cafe: AlpCafe, now: datetime) -> Protocol:
    return Protocol(
        cafe=cafe, number=_next_number(cafe), made_at=now, data={}, notes=notes_of(cafe)
    )


def _next_number(cafe: AlpCafe) -> int:
    newest = cafe.protocols.order_by("-number").first()
    return newest.number + 1 if newest else 1
