"""Ask to be introduced to another organisation: who may be asked, and how often."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import IntegrityError, transaction

from alpclusters.analysis.errors import StateError
from alpclusters.platform.accounts.models import User
from alpclusters.platform.actors.models import Organisation
from alpclusters.platform.history import sign
from alpclusters.platform.network.models import Introduction, MatchRun, Posting

# Who waits for ten answers has asked enough: the eleventh would be advertising.
MOST_OPEN: Final = 10
# Who said no is left in peace for so long.
PEACE: Final = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Proposal:
    """Where a wish comes from: the search that proposed the partner, with score and parts.

    A wish that answers a posting names it instead.
    """

    run: MatchRun | None = None
    score: float | None = None
    parts: Mapping[str, Any] = field(default_factory=dict)
    posting: Posting | None = None


@dataclass(frozen=True, slots=True)
class Wish:
    """What the asking side writes, and in which language."""

    message: str
    language: str


@transaction.atomic
def ask_introduction(
    pair: tuple[Organisation, Organisation],
    wish: Wish,
    *,
    by: User,
    now: datetime,
    proposal: Proposal | None = None,
) -> Introduction:
    """Ask the second of two organisations whether it wants to be introduced to the first.

    Raises
    ------
    StateError
        The other side cannot be asked now; the code says why (`obstacle`).
    """
    asking, asked = pair
    # Two wishes sent at the same time must not both be the tenth.
    asking = Organisation.objects.select_for_update(of=("self",)).get(pk=asking.pk)
    code = obstacle(asking, asked, now=now)
    if code:
        raise refusal(code, asked)
    origin = proposal or Proposal()
    made = Introduction(
        asking=asking,
        asked=asked,
        message=wish.message,
        language=wish.language,
        posting=origin.posting,
        run=origin.run,
        score=origin.score,
        parts=dict(origin.parts),
        asked_by=by,
        asked_at=now,
        is_simulated=asking.is_simulated,
    )
    sign(made, by, reason="ask")
    try:
        with transaction.atomic():
            made.save()
    except IntegrityError as error:
        raise refusal("introduction.open", asked) from error
    return made


def obstacle(asking: Organisation, asked: Organisation, *, now: datetime) -> str:
    """Return why an organisation cannot be asked now, as a code; empty if it can."""
    if asking.pk == asked.pk:
        return "introduction.same"
    if asked.merged_into_id is not None or asking.merged_into_id is not None:
        return "introduction.gone"
    if not asked.is_listed:
        return "introduction.gone"
    if asking.is_simulated != asked.is_simulated:
        return "introduction.simulated"
    return _obstacle_of_others(asking, asked, now)


def _obstacle_of_others(asking: Organisation, asked: Organisation, now: datetime) -> str:
    """Look at what both asked before."""
    own = Introduction.objects.filter(asking=asking)
    waiting = own.filter(state=Introduction.State.ASKED)
    if waiting.filter(asked=asked).exists():
        return "introduction.open"
    theirs = Introduction.objects.filter(asking=asked, asked=asking, state=Introduction.State.ASKED)
    if theirs.exists():
        return "introduction.they_asked"
    declined = own.filter(asked=asked, state=Introduction.State.DECLINED)
    if declined.filter(decided_at__gt=now - PEACE).exists():
        return "introduction.declined"
    if waiting.count() >= MOST_OPEN:
        return "introduction.too_many"
    return ""


def refusal(code: str, asked: Organisation) -> StateError:
    """Return the error of a code of `obstacle`, with what its sentence names."""
    bounds = {"introduction.declined": PEACE.days, "introduction.too_many": MOST_OPEN}
    expected = str(bounds[code]) if code in bounds else None
    return StateError(code, found=asked.name, expected=expected)
