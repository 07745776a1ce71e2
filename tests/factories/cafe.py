"""AlpCafés at work: opened by a facilitator, joined by phones."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from django.conf import settings

from alpclusters.live import gateway
from alpclusters.live.answers import Result
from alpclusters.platform.cafe.domain.codes import CONSENT_VERSION
from alpclusters.platform.cafe.domain.events import Preparation, create_cafe, open_cafe
from alpclusters.platform.cafe.domain.keys import MARK, TOKEN_BYTES, ensure_key, hash_token
from alpclusters.platform.cafe.models import AlpCafe, Participant
from alpclusters.platform.partnership.models import Project
from alpclusters.platform.territory.models import Region
from tests.factories.evaluation import make_criterion, make_measure, make_project, make_region

NOW = datetime(2026, 7, 1, 9, 0, tzinfo=UTC)
_numbers = count(1)


def make_preparation(
    *,
    project: Project | None = None,
    region: Region | None = None,
    measures: Sequence[str] = ("fair", "pilot"),
    criteria: Sequence[str] = ("effectiveness", "durability"),
    title: str = "AlpCafé Salzburg",
) -> Preparation:
    """Build what a facilitator decided."""
    return Preparation(
        project=project or make_project(),
        region=region or make_region(),
        titles={"de": title},
        held_on=date(2026, 7, 1),
        measures=[make_measure(key) for key in measures],
        criteria=[make_criterion(key) for key in criteria],
        programme={"place": "Salzburg"},
    )


def make_draft(**decisions: object) -> AlpCafe:
    """Build an AlpCafé in preparation."""
    return create_cafe(make_preparation(**decisions), by=None)


def make_open_cafe(**decisions: object) -> AlpCafe:
    """Build an AlpCafé that is open for rating."""
    return open_cafe(make_draft(**decisions), by=None, now=NOW)


@dataclass(frozen=True, slots=True)
class Joined:
    """A participant and the only copy of the token."""

    participant: Participant
    token: str


def new_token(cafe_id: int) -> str:
    """Draw the token of a participant as a phone does; it names its AlpCafé."""
    return f"{cafe_id}{MARK}{secrets.token_urlsafe(TOKEN_BYTES)}"


def join_cafe(cafe: AlpCafe, *, language: str = "sl") -> Joined:
    """Let one more phone join at a fixed moment."""
    token = new_token(cafe.pk)
    participant = Participant.objects.create(
        cafe=cafe,
        token_hash=hash_token(ensure_key(settings.HOME, cafe.pk), token),
        language=language,
        consented_at=NOW,
        consent_version=CONSENT_VERSION,
        joined_at=NOW,
        seen_at=NOW,
    )
    return Joined(participant, token)


def new_key() -> str:
    """Make a key as a phone does."""
    return f"key-{next(_numbers):018d}"


type Command = dict[str, Any]


def command(kind: str, key: str = "", **body: object) -> Command:
    """Build any command of a phone."""
    return {"k": key or new_key(), "t": kind, "b": body}


def choice(
    cafe: AlpCafe,
    value: int | None,
    *,
    measure: str = "fair",
    criterion: str = "effectiveness",
    key: str = "",
    cannot_judge: bool = False,
    round_: int = 1,
) -> Command:
    """Build one choice on a phone of an AlpCafé; no value takes the earlier one back."""
    body: dict[str, Any] = {
        "m": cafe.measures.get(key=measure).pk,
        "c": cafe.criteria.get(key=criterion).pk,
        "r": round_,
    }
    if value is not None or cannot_judge:
        body["v"] = value
    return command("rate", key, **body)


def send(participant: Participant, *commands: Command, **how: Any) -> list[Result]:
    """Hand commands of a phone to the writer, which applies them at once in tests."""
    language = str(participant.language)
    return gateway.submit(participant.cafe_id, participant.pk, commands, language=language, **how)
