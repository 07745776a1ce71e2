"""Protocols as documents: a draft from the rows, or a version as it was approved."""

from datetime import datetime

from django.conf import settings
from django.utils.timezone import localtime

from alpclusters.platform.cafe.models import AlpCafe, Protocol
from alpclusters.platform.evaluation.domain.protocol_records import read_record
from alpclusters.platform.evaluation.domain.protocols import (
    approved_hosts,
    build_protocol,
    hosts_of,
    next_number,
    notes_of,
)
from alpclusters.reports.blocks import Document
from alpclusters.reports.protocol import ProtocolVersion, build_protocol_document


def version_document(version: Protocol, language: str) -> Document:
    """Return an approved version in one language."""
    about = ProtocolVersion(
        number=version.number,
        made_at=version.made_at,
        approved_on=localtime(version.approved_at).date() if version.approved_at else None,
        notes=version.notes,
        address=settings.CONFIGURATION.address,
        hosts=approved_hosts(version),
    )
    return build_protocol_document(read_record(version.data), about, language=language)


def draft_document(cafe: AlpCafe, language: str, *, now: datetime) -> Document:
    """Return what would be approved now."""
    about = ProtocolVersion(
        number=next_number(cafe),
        made_at=now,
        approved_on=None,
        notes=notes_of(cafe),
        address=settings.CONFIGURATION.address,
        hosts=hosts_of(cafe),
    )
    return build_protocol_document(build_protocol(cafe), about, language=language)
