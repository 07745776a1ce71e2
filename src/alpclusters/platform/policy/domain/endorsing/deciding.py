"""A body is asked, and says whether it stands behind a recommendation or a plan.

Anything that is not in the table is refused with the states that are allowed.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.core import signing
from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language

from alpclusters.analysis.errors import InputError, StateError, Where
from alpclusters.platform.accounts.models import Role, User
from alpclusters.platform.languages.codes import nearest_language
from alpclusters.platform.policy.domain.endorsing.bindings import (
    askable_text,
    is_about_current_text,
    thing_of,
)
from alpclusters.platform.policy.models import (
    ActionPlan,
    Endorsement,
    EndorsementStep,
    Recommendation,
)
from alpclusters.platform.territory.models import Region

# --- Every step of a body is kept: when, by whom in which role, before, after, in its words -------


# Who may enter what a body decided (rules.py), the role with more rights first.
ROLES: Final = (Role.ADMINISTRATOR, Role.POLICY_MAKER, Role.PARTNER_COORDINATOR)
_KEPT: Final = (
    "applies", "mandate", "decided_on", "reservation", "reason", "language", "document", "version",
    "text_on", "text_digest",
)  # fmt: skip


def keep_step(
    endorsement: Endorsement,
    before: str,
    *,
    by: User | None,
    by_link: bool = False,
    now: datetime,
) -> EndorsementStep:
    """Write down what an endorsement has become; nothing of the log is changed later."""
    return EndorsementStep.objects.create(
        endorsement=endorsement,
        before=before,
        after=endorsement.state,
        by_link=by_link,
        role=_role(by, endorsement) if by is not None else "",
        recorded_by=by,
        recorded_at=now,
        **{name: getattr(endorsement, name) for name in _KEPT},
    )


def _role(by: User, endorsement: Endorsement) -> str:
    """Return the role in which somebody acts for the project; empty where there is none."""
    thing = endorsement.plan or endorsement.recommendation
    project = thing.project_id if thing is not None else None
    return next((role for role in ROLES if by.has_role(role, project_id=project)), "")


# --- The mail link by which a body endorses: signed, with an end, and stored nowhere --------------


WORKS_FOR: Final = timedelta(days=90)
_SALT: Final = "policy.endorsement"


def token_of(endorsement: Endorsement) -> str:
    """Return the signed secret of a link; neither it nor an address of mail is stored."""
    return signing.dumps(endorsement.pk, salt=_SALT)


def find_endorsement(token: str) -> Endorsement | None:
    """Return what a link is for, or None where it is no link of ours or too old."""
    try:
        pk = signing.loads(token, salt=_SALT, max_age=WORKS_FOR)
    except signing.BadSignature:
        return None
    rows = Endorsement.objects.select_related("recommendation__project", "plan__project", "region")
    return rows.filter(pk=pk).first()


# --- A body is asked, and says whether it stands behind a recommendation or a plan ----------------


State = Endorsement.State
DECIDED: Final = (State.ENDORSED, State.WITH_RESERVATION, State.DECLINED)
TABLE: Final[Mapping[str, tuple[str, ...]]] = {
    State.INVITED: (State.SEEN, *DECIDED),
    State.SEEN: DECIDED,
    **dict.fromkeys(DECIDED, (State.WITHDRAWN,)),
    State.WITHDRAWN: (),
}


_UNSAID: Final[Mapping[str, Any]] = {
    **dict.fromkeys(("applies", "mandate", "reservation", "reason", "language", "document"), ""),
    "decided_on": None,
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
    """Note that a body is asked about the text as it stands now.

    One that was asked about this text before keeps its answer. One that was asked about an earlier
    text is asked again; what it said then stays in the log, bound to that text.

    Raises
    ------
    InputError
        No name of a body (``endorsement.no_body``).
    StateError
        The text is neither published nor frozen (``endorsement.text_open``).
    """
    name = body.name.strip()
    if not name:
        code = "endorsement.no_body"
        raise InputError(code, where=Where(field="body"))
    text = asdict(askable_text(thing, now=now))
    field = "plan" if isinstance(thing, ActionPlan) else "recommendation"
    found, is_new = Endorsement.objects.get_or_create(
        **{field: thing},
        body=name,
        defaults={
            "country": body.country,
            "region": body.region,
            "recorded_by": by,
            "recorded_at": now,
            **text,
        },
    )
    if is_new:
        keep_step(found, "", by=by, now=now)
    elif not is_about_current_text(found, thing):
        found = _ask_again(found, text, by=by, now=now)
    return found


def _ask_again(
    found: Endorsement, text: Mapping[str, Any], *, by: User | None, now: datetime
) -> Endorsement:
    """Begin anew with another text; the log keeps what was said about the one before."""
    current = _locked(found)
    before, current.state = current.state, State.INVITED
    for name, value in {**_UNSAID, **text}.items():
        setattr(current, name, value)
    current.recorded_by, current.recorded_at = by, now
    current.save()
    keep_step(current, before, by=by, now=now)
    return current


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
        It has decided already or withdrew (``endorsement.move_refused``); the text is no longer the
        one it was asked about (``endorsement.text_changed``).
    InputError
        Function and mandate, the reservation, the reason or whether it applies are missing, or
        the date lies in the future.
    """
    current = _locked(endorsement)
    _require_step(current, said.state)
    _require_text(current, now=now)
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


def _require_text(current: Endorsement, *, now: datetime) -> None:
    """Refuse a decision about a text that nobody reads any more."""
    thing = thing_of(current)
    if current.version is None:
        # Asked before texts were bound: it is about what stands now, if that stands.
        for name, value in asdict(askable_text(thing, now=now)).items():
            setattr(current, name, value)
    elif not is_about_current_text(current, thing):
        code = "endorsement.text_changed"
        raise StateError(code, found=str(current.version))


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
