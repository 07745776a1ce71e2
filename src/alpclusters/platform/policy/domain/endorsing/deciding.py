"""A body is asked, and says whether it stands behind a recommendation or a plan.

Anything that is not in the table is refused with the states that are allowed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language

from alpclusters.analysis.errors import InputError, StateError, Where
from alpclusters.platform.accounts.models import User
from alpclusters.platform.languages.codes import nearest_language
from alpclusters.platform.policy.domain.endorsing.logging import keep_step
from alpclusters.platform.policy.models import ActionPlan, Endorsement, Recommendation
from alpclusters.platform.territory.models import Region

State = Endorsement.State
DECIDED: Final = (State.ENDORSED, State.WITH_RESERVATION, State.DECLINED)
TABLE: Final[Mapping[str, tuple[str, ...]]] = {
    State.INVITED: (State.SEEN, *DECIDED),
    State.SEEN: DECIDED,
    **dict.fromkeys(DECIDED, (State.WITHDRAWN,)),
    State.WITHDRAWN: (),
}


@dataclass(frozen=True, slots=True)
class Body:
    """Who is asked: a body, never a person."""

    name: str
    country: str = ""
    region: Region | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """What a body says.

    Attributes
    ----------
    state : str
        ``endorsed``, ``reserved`` or ``declined``.
    applies : str
        Whether it applies to the body or its region: ``yes``, ``in_part``, ``no``.
    mandate : str
        Function and mandate of who signs, never a name.
    decided_on : date
    reservation, reason, document : str
        A reservation needs its text, a refusal its reason; the address of the decision may stay
        empty.
    language : str
        Of reservation and reason; that of the page if it is not named.
    """

    state: str
    applies: str
    mandate: str
    decided_on: date
    reservation: str = ""
    reason: str = ""
    document: str = ""
    language: str = ""


@transaction.atomic
def ask_body(
    thing: Recommendation | ActionPlan, body: Body, *, by: User | None, now: datetime
) -> Endorsement:
    """Note that a body is asked; one that was asked before is asked again, its answer stays.

    Raises
    ------
    InputError
        No name of a body (``endorsement.no_body``).
    """
    name = body.name.strip()
    if not name:
        code = "endorsement.no_body"
        raise InputError(code, where=Where(field="body"))
    field = "plan" if isinstance(thing, ActionPlan) else "recommendation"
    found, is_new = Endorsement.objects.get_or_create(
        **{field: thing},
        body=name,
        defaults={
            "country": body.country,
            "region": body.region,
            "recorded_by": by,
            "recorded_at": now,
        },
    )
    if is_new:
        keep_step(found, "", by=by, now=now)
    return found


@transaction.atomic
def mark_seen(
    endorsement: Endorsement,
    *,
    by: User | None = None,
    by_link: bool = False,
    now: datetime | None = None,
) -> Endorsement:
    """Note that the body has it and decides later."""
    current = _locked(endorsement)
    _require_step(current, State.SEEN)
    before, current.state = current.state, State.SEEN
    current.save()
    keep_step(current, before, by=by, by_link=by_link, now=now or timezone.now())
    return current


@transaction.atomic
def decide(
    endorsement: Endorsement,
    said: Decision,
    *,
    by: User | None,
    by_link: bool = False,
    now: datetime,
) -> Endorsement:
    """Store what a body decided; the log keeps it for good.

    Raises
    ------
    StateError
        It has decided already or withdrew (``endorsement.move_refused``).
    InputError
        Function and mandate, the reservation, the reason or whether it applies are missing, or
        the date lies in the future.
    """
    current = _locked(endorsement)
    _require_step(current, said.state)
    _check(said, timezone.localdate(now))
    before, current.state, current.applies = current.state, said.state, said.applies
    current.mandate, current.decided_on = said.mandate.strip(), said.decided_on
    current.reservation, current.reason = said.reservation.strip(), said.reason.strip()
    current.document, current.language = said.document.strip(), said.language or _spoken()
    current.recorded_by, current.recorded_at = by, now
    current.save()
    keep_step(current, before, by=by, by_link=by_link, now=now)
    return current


@transaction.atomic
def withdraw(
    endorsement: Endorsement,
    *,
    reason: str,
    on: date,
    language: str = "",
    by: User | None,
    by_link: bool = False,
    now: datetime,
) -> Endorsement:
    """Take a decision back, with the reason; what was decided before stays in the log.

    Raises
    ------
    StateError
        There is nothing to take back (``endorsement.move_refused``).
    InputError
        No reason (``endorsement.no_reason``), or a date in the future.
    """
    current = _locked(endorsement)
    _require_step(current, State.WITHDRAWN)
    _require(reason, "endorsement.no_reason", "reason")
    _require_past(on, timezone.localdate(now))
    before, current.state = current.state, State.WITHDRAWN
    current.reason, current.reservation, current.decided_on = reason.strip(), "", on
    current.language = language or _spoken()
    current.recorded_by, current.recorded_at = by, now
    current.save()
    keep_step(current, before, by=by, by_link=by_link, now=now)
    return current


def _spoken() -> str:
    return nearest_language(get_language())


def _locked(endorsement: Endorsement) -> Endorsement:
    return Endorsement.objects.select_for_update().get(pk=endorsement.pk)


def _require_step(current: Endorsement, to: str) -> None:
    if to not in TABLE[current.state]:
        raise StateError(
            "endorsement.move_refused",
            found=f"{current.state} -> {to}",
            expected=", ".join(TABLE[current.state]),
        )


def _check(said: Decision, today: date) -> None:
    _require(said.mandate, "endorsement.no_mandate", "mandate")
    _require(said.applies, "endorsement.no_applies", "applies")
    if said.state == State.WITH_RESERVATION:
        _require(said.reservation, "endorsement.no_reservation", "reservation")
    if said.state == State.DECLINED:
        _require(said.reason, "endorsement.no_reason", "reason")
    _require_past(said.decided_on, today)


def _require(text: str, code: str, field: str) -> None:
    if not text.strip():
        raise InputError(code, where=Where(field=field))


def _require_past(day: date, today: date) -> None:
    if day > today:
        code = "endorsement.future"
        raise InputError(code, where=Where(field="decided_on"), found=day.isoformat())
