"""Say yes or no to an introduction, take it back, or let it lapse."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet

from alpclusters.analysis.errors import StateError
from alpclusters.platform.accounts.models import User
from alpclusters.platform.actors.models import Organisation
from alpclusters.platform.actors.rules import deciders_of
from alpclusters.platform.history import sign
from alpclusters.platform.network.models import FollowUp, Introduction, MatchRun, Posting
from alpclusters.platform.network.rules import speakers_of, spoken_for_by

# --- Who speaks with whom: the two people of an introduction, and who is asked in their place -----


@dataclass(frozen=True, slots=True)
class Readers:
    """Who gets a letter for one side.

    Attributes
    ----------
    people : sequence of User
        Its speakers; where nobody speaks for it, the coordinators of its region.
    pass_on : bool
        Whether they are coordinators who shall pass it on.
    """

    people: Sequence[User]
    pass_on: bool


def readers_of(organisation: Organisation) -> Readers:
    """Return who is written to for an organisation."""
    speakers = list(speakers_of(organisation))
    if speakers:
        return Readers(speakers, pass_on=False)
    return Readers(deciders_of(organisation), pass_on=True)


def contact_of(introduction: Introduction, organisation: Organisation) -> User | None:
    """Return the one person of a side whose name and address the other side may see.

    Only who asked and who agreed consented to that; nobody before the introduction is accepted,
    and nobody whose account is closed.
    """
    if introduction.state != Introduction.State.ACCEPTED:
        return None
    is_asking = organisation.pk == introduction.asking_id
    person = introduction.asked_by if is_asking else introduction.decided_by
    return person if person is not None and person.is_active else None


def other_side(introduction: Introduction, organisation: Organisation) -> Organisation:
    """Return the organisation at the other end."""
    is_asking = organisation.pk == introduction.asking_id
    return introduction.asked if is_asking else introduction.asking


# --- Ask to be introduced to another organisation: who may be asked, and how often ----------------


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


# --- Say yes or no to an introduction, take it back, or let it lapse ------------------------------


# So long the other side has time to answer.
LAPSES_AFTER: Final = timedelta(days=60)
MONTHS: Final = (3, 12)


@transaction.atomic
def accept_introduction(introduction: Introduction, *, by: User, now: datetime) -> Introduction:
    """Agree: from now on both sides see each other's name and address.

    Raises
    ------
    StateError
        It was decided otherwise meanwhile.
    """
    made = _decide(introduction, Introduction.State.ACCEPTED, by=by, now=now)
    sides = (made.asking_id, made.asked_id)
    FollowUp.objects.bulk_create(
        FollowUp(introduction=made, organisation_id=side, months=months)
        for side in sides
        for months in MONTHS
    )
    return made


@transaction.atomic
def decline_introduction(
    introduction: Introduction, *, by: User, now: datetime, answer: str = ""
) -> Introduction:
    """Say no, with or without a reason.

    Raises
    ------
    StateError
        It was decided otherwise meanwhile.
    """
    return _decide(introduction, Introduction.State.DECLINED, by=by, now=now, answer=answer)


@transaction.atomic
def withdraw_introduction(introduction: Introduction, *, by: User, now: datetime) -> Introduction:
    """Take back a wish that nobody answered yet.

    Raises
    ------
    StateError
        It was decided meanwhile.
    """
    return _decide(introduction, Introduction.State.WITHDRAWN, by=by, now=now)


def due_to_lapse(now: datetime) -> list[Introduction]:
    """List what nobody answered for 60 days."""
    rows = Introduction.objects.filter(
        state=Introduction.State.ASKED, asked_at__lte=now - LAPSES_AFTER
    )
    return list(rows.select_related("asking", "asked", "asked_by").order_by("asked_at", "pk"))


@transaction.atomic
def lapse_introduction(introduction: Introduction, *, now: datetime) -> bool:
    """Close what was never answered; False if somebody answered meanwhile."""
    try:
        _decide(introduction, Introduction.State.LAPSED, by=None, now=now)
    except StateError:
        return False
    return True


def _decide(
    introduction: Introduction, state: str, *, by: User | None, now: datetime, answer: str = ""
) -> Introduction:
    # Both sides may act in the same moment; the first one counts.
    rows = Introduction.objects.select_for_update(of=("self",))
    fresh = rows.select_related("asking", "asked", "asked_by").get(pk=introduction.pk)
    if fresh.state != Introduction.State.ASKED:
        raise StateError("introduction.decided")
    fresh.state, fresh.answer = state, answer
    fresh.decided_by, fresh.decided_at = by, now
    sign(fresh, by, reason=state)
    fresh.save()
    return fresh


# --- Introductions of those who met: both were there, so both are asked what came of it -----------


@dataclass(frozen=True, slots=True)
class Met:
    """Where two met, in words, and when."""

    text: str
    language: str
    at: datetime


@transaction.atomic
def introduce_met(
    pair: tuple[Organisation, Organisation], met: Met, *, now: datetime
) -> Introduction:
    """Keep a meeting that took place as an accepted introduction, with its questions.

    Nobody asked and nobody accepted, so no name and no address passes: those who speak for the two
    sides are asked after 3 and 12 months from the day on which they met.
    """
    made = Introduction(
        asking=pair[0],
        asked=pair[1],
        message=met.text,
        language=met.language,
        state=Introduction.State.ACCEPTED,
        asked_at=now,
        decided_at=met.at,
        is_simulated=pair[0].is_simulated,
    )
    sign(made, None, reason="met")
    made.save()
    FollowUp.objects.bulk_create(
        FollowUp(introduction=made, organisation=side, months=months)
        for side in pair
        for months in MONTHS
    )
    return made


# --- What waits for somebody: introductions to answer, and answers to read ------------------------


def introductions_of(user: User) -> QuerySet[Introduction]:
    """List the introductions of all organisations somebody speaks for, on either side."""
    own = spoken_for_by(user).values("pk")
    rows = Introduction.objects.filter(Q(asking__in=own) | Q(asked__in=own))
    return rows.select_related(
        "asking__region", "asking__cluster", "asked__region", "asked__cluster"
    ).order_by("-asked_at", "-pk")


def waiting_for(user: User) -> QuerySet[Introduction]:
    """List the introductions that somebody may answer now, the oldest first."""
    own = spoken_for_by(user).values("pk")
    rows = Introduction.objects.filter(state=Introduction.State.ASKED, asked__in=own)
    return rows.select_related("asking", "asked").order_by("asked_at", "pk")
