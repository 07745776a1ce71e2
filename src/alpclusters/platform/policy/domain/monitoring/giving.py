"""The hashes that leave the machine are noted, so that each can be looked up and missed."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from alpclusters.analysis.errors import InputError, Where
from alpclusters.platform.policy.domain.records.plans import last_report
from alpclusters.platform.policy.models import ActionPlan, GivenHash, PlanSnapshot

FEWEST: Final = 12
"""Digits of a hash that feet and names of files show; fewer could mean several."""
_WHOLE: Final = 64
_HEX: Final = frozenset("0123456789abcdef")


@dataclass(frozen=True, slots=True)
class Printed:
    """What a document says of itself: its name, language, version and day of the text, its day."""

    digest: str
    name: str
    language: str
    version: str
    text_on: date | None
    as_of: date


def note_report(snapshot: PlanSnapshot) -> None:
    """Note the hash of a report in the moment in which it is kept."""
    GivenHash.objects.create(
        plan_id=snapshot.plan_id,
        kind=GivenHash.Kind.REPORT,
        digest=snapshot.digest,
        number=snapshot.number,
        given_at=snapshot.made_at,
        is_simulated=snapshot.is_simulated,
    )


def note_document(plan: ActionPlan, told: Printed, *, now: datetime) -> None:
    """Note the hash of a document that is handed out; the same document is noted once."""
    rows = plan.given_hashes.filter(kind=GivenHash.Kind.DOCUMENT)
    if rows.filter(digest=told.digest).exists():
        return
    last = last_report(plan)
    try:
        with transaction.atomic():
            GivenHash.objects.create(
                plan=plan,
                kind=GivenHash.Kind.DOCUMENT,
                digest=told.digest,
                number=last.number if last else 0,
                name=told.name[:200],
                language=told.language,
                version=told.version[:20],
                text_on=told.text_on,
                as_of=told.as_of,
                given_at=now,
                is_simulated=plan.is_simulated,
            )
    except IntegrityError:
        # Two people fetched it at once: the other request noted it.
        if not rows.filter(digest=told.digest).exists():
            raise


def digits_of(text: str) -> str:
    """Return the digits of a hash as it was copied from paper, with blanks and in capitals.

    Raises
    ------
    InputError
        ``snapshot.no_hash``: other letters, fewer than 12 digits, or more than 64.
    """
    digits = "".join(c for c in text.lower() if not c.isspace() and c not in "\u00ad:-…")
    if not FEWEST <= len(digits) <= _WHOLE or not set(digits) <= _HEX:
        code = "snapshot.no_hash"
        raise InputError(code, where=Where(argument="--expect"), found=text[:80])
    return digits


def given_as(digits: str) -> "QuerySet[GivenHash]":
    """Find what bears a hash, by its first digits."""
    rows = GivenHash.objects.filter(digest__startswith=digits)
    return rows.select_related("plan").order_by("pk")
