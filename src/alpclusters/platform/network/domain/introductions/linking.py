"""From an introduction to a link: entered in one step, confirmed once both sides say so."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from alpclusters.analysis.errors import StateError
from alpclusters.platform.accounts.models import User
from alpclusters.platform.actors.models import Organisation
from alpclusters.platform.network.domain.introductions.contacts import other_side
from alpclusters.platform.network.domain.introductions.follow_ups import furthest
from alpclusters.platform.network.domain.links.deciding import confirm_link
from alpclusters.platform.network.domain.links.entering import enter_link
from alpclusters.platform.network.domain.links.facts import LinkFacts
from alpclusters.platform.network.domain.links.sides import OPEN, in_order
from alpclusters.platform.network.models import FollowUp, Introduction, Link
from alpclusters.platform.network.rules import may_confirm_link

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
