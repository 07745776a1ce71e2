"""People in the hall: they join with a code, are known by a token, and may leave with all traces.

The token is drawn here, goes into a cookie and is never stored: the database has a keyed hash
only, so that nobody who reads the database can rate in somebody's name. Each AlpCafé gets a
token of its own; two events cannot be linked.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.conf import settings
from django.db import transaction

from alpclusters.analysis.errors import StateError
from alpclusters.platform.cafe.domain.codes import is_code, normalise_code
from alpclusters.platform.cafe.domain.keys import (
    cafe_of_token,
    ensure_key,
    hash_token,
    new_token,
    read_key,
)
from alpclusters.platform.cafe.domain.roles import role_keys
from alpclusters.platform.cafe.models import AlpCafe, Participant
from alpclusters.platform.languages.codes import nearest_language
from alpclusters.platform.territory.models import Region

# Goes up with every change of the sentence people consent to (templates/cafe/join.html).
CONSENT_VERSION: Final = "2026-1"


@dataclass(frozen=True, slots=True)
class Joined:
    """A new participant and the only copy of the token."""

    participant: Participant
    token: str


def find_open_cafe(text: str) -> AlpCafe | None:
    """Return the AlpCafé that is open under a typed code; unknown and closed are the same."""
    code = normalise_code(text)
    if not is_code(code):
        return None
    return AlpCafe.objects.filter(code=code, state=AlpCafe.State.OPEN).first()


def join(cafe: AlpCafe, *, language: str, now: datetime) -> Joined:
    """Let a person take part who has consented.

    Raises
    ------
    StateError
        ``cafe.not_open``.
    """
    require_open(cafe)
    token = new_token(cafe.pk)
    participant = Participant.objects.create(
        cafe=cafe,
        token_hash=hash_token(ensure_key(settings.HOME, cafe.pk), token),
        language=nearest_language(language),
        consented_at=now,
        consent_version=CONSENT_VERSION,
        joined_at=now,
        seen_at=now,
    )
    return Joined(participant, token)


def participants_of(tokens: Iterable[str]) -> dict[str, Participant]:
    """Return who stands behind tokens of a phone, in one query."""
    by_hash = {found: token for token in tokens if (found := _stored_hash(token))}
    people = Participant.objects.filter(token_hash__in=by_hash).select_related("cafe__project")
    return {by_hash[str(person.token_hash)]: person for person in people.order_by("pk")}


def _stored_hash(token: str) -> str | None:
    cafe_id = cafe_of_token(token)
    key = read_key(settings.HOME, cafe_id) if cafe_id is not None else None
    return hash_token(key, token) if key else None


def describe_participant(participant: Participant, *, region: Region | None, role: str) -> None:
    """Store what a person says of themselves; both may stay empty."""
    participant.region = region
    participant.role = role if role in role_keys() else ""
    participant.save(update_fields=["region", "role"])


def speak(participant: Participant, language: str) -> None:
    """Store the language in which a person rates."""
    participant.language = nearest_language(language)
    participant.save(update_fields=["language"])


@transaction.atomic
def leave(participant: Participant) -> None:
    """Delete a person with all ratings and comments; possible while the AlpCafé is open.

    Raises
    ------
    StateError
        ``cafe.not_open``: what was evaluated stays.
    """
    require_open(participant.cafe)
    participant.delete()


def require_open(cafe: AlpCafe) -> None:
    """Refuse unless ratings are taken at this moment, whatever the caller read before.

    Raises
    ------
    StateError
        ``cafe.not_open``.
    """
    state = AlpCafe.objects.filter(pk=cafe.pk).values_list("state", flat=True).first()
    if state != AlpCafe.State.OPEN:
        raise StateError("cafe.not_open", found=state, expected=AlpCafe.State.OPEN)
