"""What became of an introduction: both sides are asked after 3 and 12 months."""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.core import signing
from django.db import transaction
from django.utils import timezone

from alpclusters.analysis.errors import StateError
from alpclusters.platform.accounts.models import User
from alpclusters.platform.actors.models import Organisation
from alpclusters.platform.network.domain.introductions.answering import other_side
from alpclusters.platform.network.domain.links.entering import LinkFacts, confirm_link, enter_link
from alpclusters.platform.network.domain.links.reports import OPEN, in_order
from alpclusters.platform.network.models import FollowUp, Introduction, Link
from alpclusters.platform.network.rules import may_confirm_link, speakers_of, speaks_for

LINK_WORKS: Final = timedelta(days=60)
# An answer given on the page so shortly before the day is the answer of that day.
NEAR: Final = timedelta(days=30)
# How far it came, from the least.
ORDER: Final = (
    FollowUp.Outcome.NOTHING.value,
    FollowUp.Outcome.CONTACT.value,
    FollowUp.Outcome.AGREEMENT.value,
    FollowUp.Outcome.PROJECT.value,
)
_SALT: Final = "network.follow_up"
_MONTHS_A_YEAR: Final = 12


@dataclass(frozen=True, slots=True)
class DueFollowUp:
    """One side that is to be asked, with the person who is."""

    follow_up: FollowUp
    user: User


@dataclass(frozen=True, slots=True)
class Answer:
    """How far it came, as one side says."""

    outcome: str
    note: str = ""


def due_on(follow_up: FollowUp) -> datetime:
    """Return the day on which a side is asked; the introduction is accepted."""
    begun = follow_up.introduction.decided_at
    if begun is None:
        raise StateError("introduction.not_accepted")
    return months_later(begun, follow_up.months)


def months_later(moment: datetime, months: int) -> datetime:
    """Return the same day some months later, or the last of a shorter month.

    Examples
    --------
    >>> months_later(datetime(2026, 11, 30), 3)
    datetime.datetime(2027, 2, 28, 0, 0)
    """
    years, month = divmod(moment.month - 1 + months, _MONTHS_A_YEAR)
    year = moment.year + years
    day = min(moment.day, monthrange(year, month + 1)[1])
    return moment.replace(year=year, month=month + 1, day=day)


def due_follow_ups(now: datetime) -> list[DueFollowUp]:
    """List whom to ask now: each speaker of a side that was not asked and has not told yet."""
    rows = FollowUp.objects.filter(
        asked_at=None,
        introduction__state=Introduction.State.ACCEPTED,
        # Nobody is asked before three months; the exact day is looked at below.
        introduction__decided_at__lte=now - timedelta(days=85),
        organisation__merged_into=None,
    )
    rows = rows.select_related(
        "organisation", "introduction__asking", "introduction__asked", "introduction__asked_by"
    )
    due = [one for one in rows.order_by("introduction", "months", "pk") if _is_due(one, now)]
    return [DueFollowUp(one, user) for one in due for user in _askable(one)]


def note_asked(sent: Iterable[DueFollowUp], *, now: datetime) -> None:
    """Remember that these were asked."""
    pks = {one.follow_up.pk for one in sent}
    FollowUp.objects.filter(pk__in=pks).update(asked_at=now)


def _is_due(follow_up: FollowUp, now: datetime) -> bool:
    day = due_on(follow_up)
    told = follow_up.answered_at
    is_told = told is not None and (
        told > day - NEAR or follow_up.outcome == FollowUp.Outcome.PROJECT
    )
    return now >= day and not is_told


def _askable(follow_up: FollowUp) -> list[User]:
    """Return who asked or agreed, if they still speak for the side; else all who speak for it."""
    speakers = list(speakers_of(follow_up.organisation))
    introduction = follow_up.introduction
    own = {introduction.asked_by_id, introduction.decided_by_id}
    return [user for user in speakers if user.pk in own] or speakers


@transaction.atomic
def record_outcome(follow_up: FollowUp, answer: Answer, *, by: User, now: datetime) -> FollowUp:
    """Store what one side says; a later word replaces an earlier one.

    Raises
    ------
    StateError
        The introduction was not accepted; or "nothing" is said before the day, which nobody can
        know yet.
    """
    rows = FollowUp.objects.select_for_update(of=("self",)).select_related("introduction")
    fresh = rows.get(pk=follow_up.pk)
    if fresh.introduction.state != Introduction.State.ACCEPTED:
        raise StateError("introduction.not_accepted")
    if answer.outcome == FollowUp.Outcome.NOTHING and now < due_on(fresh) - NEAR:
        raise StateError("introduction.too_early")
    fresh.outcome, fresh.note, fresh.by = answer.outcome, answer.note, by
    fresh.answered_at = now
    fresh.save(update_fields=["outcome", "note", "by", "answered_at"])
    return fresh


def current_follow_up(
    introduction: Introduction, organisation: Organisation, *, now: datetime
) -> FollowUp | None:
    """Return the one that a side may answer now: after a year that of 12 months, before of 3."""
    own = introduction.follow_ups.filter(organisation=organisation)
    rows = list(own.select_related("introduction").order_by("-months", "pk"))
    begun = [one for one in rows if now >= due_on(one) - NEAR]
    return next(iter(begun or rows[-1:]), None)


def furthest(outcomes: Iterable[str]) -> str:
    """Return how far it came by what any side says; empty where nobody said anything.

    Examples
    --------
    >>> furthest(["contact", "nothing"]), furthest([])
    ('contact', '')
    """
    said = [ORDER.index(one) for one in outcomes if one]
    return ORDER[max(said)] if said else ""


def link_token(due: DueFollowUp) -> str:
    """Sign what the link of a mail stands for: who answers which question."""
    data = {"follow_up": due.follow_up.pk, "user": due.user.pk}
    return signing.dumps(data, salt=_SALT, compress=True)


def read_token(token: str) -> DueFollowUp | None:
    """Return what a link stands for.

    None if it is not ours, too old, or if its reader does not speak for the side any more.
    """
    try:
        data = signing.loads(token, salt=_SALT, max_age=LINK_WORKS)
    except signing.BadSignature:
        return None
    rows = FollowUp.objects.select_related(
        "organisation",
        "introduction__asking",
        "introduction__asked",
        "introduction__asked_by",
        "introduction__decided_by",
    )
    follow_up = rows.filter(pk=data["follow_up"]).first()
    user = User.objects.filter(pk=data["user"]).first()
    if follow_up is None or user is None or not speaks_for(user, follow_up.organisation):
        return None
    return DueFollowUp(follow_up, user)


# --- From an introduction to a link: entered in one step, confirmed once both sides say so --------


# What an outcome is as a link; nothing and contact are none.
TYPES = {
    FollowUp.Outcome.AGREEMENT.value: Link.Type.AGREEMENT,
    FollowUp.Outcome.PROJECT.value: Link.Type.JOINT_PROJECT,
}


@dataclass(frozen=True, slots=True)
class LinkOffer:
    """What a side may do about the link of an introduction.

    Attributes
    ----------
    link : Link or None
        The one there is.
    kind : str
        The type a new one would have; empty where there is nothing to enter.
    is_open : bool
        Whether there is something to do: enter it, or confirm that of the other side.
    """

    link: Link | None = None
    kind: str = ""
    is_open: bool = False

    @property
    def kind_label(self) -> Any:
        """The type in words."""
        return Link.Type(self.kind).label if self.kind else ""


def link_offer(introduction: Introduction, own: Organisation) -> LinkOffer:
    """Say what a side may do now."""
    kind = TYPES.get(_said_by(introduction, own), "")
    link = _link_of(introduction)
    if link is None:
        return LinkOffer(None, kind, is_open=bool(kind))
    waits = link.standing == Link.Standing.ENTERED and link.entered_for_id != own.pk
    return LinkOffer(link, kind, is_open=waits)


@transaction.atomic
def take_up_link(introduction: Introduction, own: Organisation, *, by: User, now: datetime) -> Link:
    """Enter the link that a side's own answer stands for, or confirm the one that waits.

    Where the other side has already said that there is an agreement or a project, its word
    confirms the new link at once; else the other side is asked.

    Raises
    ------
    StateError
        There is nothing to enter or to confirm, or such a link exists already.
    NotAllowedError
        Somebody who does not speak for the side.
    """
    # Both sides press the button at once: the second one finds the link of the first.
    held = Introduction.objects.select_for_update(of=("self",))
    fresh = held.select_related("asking", "asked").get(pk=introduction.pk)
    offer = link_offer(fresh, own)
    if not offer.is_open:
        raise StateError("introduction.no_link")
    if offer.link is not None:
        return confirm_link(offer.link, by=by, now=now, status=Link.Status.ACTIVE_SELF)
    other = other_side(fresh, own)
    # The day of a formal agreement is nobody's guess: the page of the link asks for it.
    facts = LinkFacts(type=offer.kind, started_on=timezone.localdate(now))
    link = enter_link(
        own, other, facts, by=by, now=now, status=Link.Status.ACTIVE_SELF, introduction=fresh
    )
    witness = _witness(fresh, other)
    if witness is None or not may_confirm_link(witness, link):
        return link
    return confirm_link(link, by=witness, now=now)


def _said_by(introduction: Introduction, organisation: Organisation) -> str:
    rows = introduction.follow_ups.filter(organisation=organisation).exclude(outcome="")
    return furthest(rows.values_list("outcome", flat=True))


def _witness(introduction: Introduction, other: Organisation) -> User | None:
    """Return who said for the other side that there is an agreement or a project."""
    told = introduction.follow_ups.filter(organisation=other, outcome__in=list(TYPES))
    newest = told.select_related("by").order_by("-months", "-pk").first()
    return newest.by if newest else None


def _link_of(introduction: Introduction) -> Link | None:
    """Return the open link that came out of it, or the same one entered otherwise."""
    own = introduction.links.filter(standing__in=OPEN).order_by("-pk").first()
    if own is not None:
        return own
    first, second = in_order(introduction.asking, introduction.asked)
    same = Link.objects.filter(first=first, second=second, standing__in=OPEN)
    newer = same.filter(entered_at__gte=introduction.asked_at, type__in=list(TYPES.values()))
    return newer.exclude(standing=Link.Standing.SOURCE).order_by("-pk").first()
