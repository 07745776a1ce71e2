"""What people agree to: wordings with their versions, how a consent is given, ended and proved."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Final

from django.db.models import Q

from alpclusters.platform.accounts.models import User
from alpclusters.platform.actors.models import ClusterOrganisation, Consent, Organisation, Person
from alpclusters.platform.history import sign
from alpclusters.platform.seed_rows import Row, read_rows

WORDINGS: Final = Path(__file__).resolve().parents[1] / "seeds" / "consent.csv"
# So long a consent counts; then the person is asked again or forgotten.
LASTS: Final = timedelta(days=3 * 365)
# So long the bare record of an ended consent is kept as proof; then it is deleted.
PROOF_KEPT: Final = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Given:
    """A consent as somebody gave it: what for, and how, such as "form of 3 May, in the binder"."""

    purpose: str
    how: str


def wording(purpose: str, language: str, version: str = "") -> str:
    """Return the words a person agrees to; without a version the current ones.

    Raises
    ------
    LookupError
        When no wording has this purpose and version.
    """
    wanted = version or current_version(purpose)
    for row in _rows():
        if (row["purpose"], row["version"]) == (purpose, wanted):
            return row.get(language) or row["en"]
    message = f"no wording {wanted} for {purpose}"
    raise LookupError(message)


def current_version(purpose: str) -> str:
    """Return the newest version of the wording for a purpose."""
    return max((row["version"] for row in _rows() if row["purpose"] == purpose), default="")


@cache
def _rows() -> tuple[Row, ...]:
    return tuple(read_rows(WORDINGS))


def give(person: Person, given: Given, *, now: datetime) -> Consent:
    """Record that a person agreed, in the words that count today."""
    return Consent.objects.create(
        person=person,
        purpose=given.purpose,
        version=current_version(given.purpose),
        how=given.how,
        given_at=now,
    )


def is_valid(consent: Consent, now: datetime) -> bool:
    """Say whether a consent counts: not withdrawn, and not older than three years."""
    return consent.withdrawn_at is None and now < consent.given_at + LASTS


def valid(now: datetime, *, prefix: str = "") -> Q:
    """Return the same question for the database; ``prefix`` leads to the consent."""
    return Q(**{f"{prefix}withdrawn_at": None, f"{prefix}given_at__gt": now - LASTS})


def may(person: Person, purpose: str, now: datetime) -> bool:
    """Say whether a person agreed to a purpose; read ``consents`` along with many people."""
    found = (one for one in person.consents.all() if one.purpose == purpose)
    return any(is_valid(one, now) for one in found)


# --- Who stands beside an organisation in the directory: only people who agreed, and still do -----


MOST = 20


def contacts_of(organisation: Organisation, now: datetime) -> list[Person]:
    """Return the people with a valid consent for the directory, in the order of their names."""
    rows = Person.objects.filter(
        valid(now, prefix="consents__"),
        organisation=organisation,
        consents__purpose=Consent.Purpose.DIRECTORY,
    )
    return list(rows.distinct().prefetch_related("consents").order_by("name", "pk")[:MOST])


def directory_consent(person: Person, now: datetime) -> Consent:
    """Return the valid consent for the directory of one of `contacts_of`."""
    purpose = Consent.Purpose.DIRECTORY
    return next(c for c in person.consents.all() if c.purpose == purpose and is_valid(c, now))


def name_manager(cluster: ClusterOrganisation, person: Person | None, *, by: User | None) -> None:
    """Say who leads a cluster organisation; None where nobody is named any more."""
    cluster.manager = person
    sign(cluster, by)
    cluster.save(update_fields=["manager"])
