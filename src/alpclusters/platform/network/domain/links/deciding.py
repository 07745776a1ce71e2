"""The other side confirms a link or refuses it; who entered it may withdraw it."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from alpclusters.analysis.errors import NotAllowedError, StateError
from alpclusters.platform.accounts.models import User
from alpclusters.platform.history import sign
from alpclusters.platform.network.domain.links.reporting import add_report
from alpclusters.platform.network.domain.links.sides import OPEN, confirming_side, locked
from alpclusters.platform.network.models import Link
from alpclusters.platform.network.rules import may_confirm_link, may_refuse_link


@transaction.atomic
def confirm_link(link: Link, *, by: User, now: datetime, status: str = "") -> Link:
    """Say for the other side that a link is as it is entered; from now on it counts.

    Parameters
    ----------
    status : str, optional
        Whether it is alive, as this side sees it.

    Raises
    ------
    NotAllowedError
        ``link.other_side_only``: somebody who does not speak for the other side.
    StateError
        ``link.decided``: it waits no longer.
    """
    fresh = locked(link)
    if not may_confirm_link(by, fresh):
        raise NotAllowedError("link.other_side_only")
    _refuse_decided(fresh, Link.Standing.ENTERED)
    _decide(fresh, Link.Standing.CONFIRMED, by=by, now=now, reason="confirm")
    side = confirming_side(fresh)
    if status and status != Link.Status.UNKNOWN and side is not None:
        add_report(fresh, side, status, said_on=timezone.localdate(now), by=by, now=now)
    return fresh


@transaction.atomic
def refuse_link(link: Link, *, by: User, now: datetime, note: str = "") -> Link:
    """Say that a link is not so; the other side of an entered one, either side of a derived one.

    Raises
    ------
    NotAllowedError
        ``link.other_side_only``.
    StateError
        ``link.decided``: it neither waits nor comes from a source.
    """
    fresh = locked(link)
    if not may_refuse_link(by, fresh):
        raise NotAllowedError("link.other_side_only")
    _refuse_decided(fresh, Link.Standing.ENTERED, Link.Standing.SOURCE)
    if note:
        fresh.note = note[:500]
    _decide(fresh, Link.Standing.REFUSED, by=by, now=now, reason="refuse")
    return fresh


@transaction.atomic
def withdraw_link(link: Link, *, by: User, now: datetime) -> Link:
    """Take back a link that one's own side entered, also after it was confirmed.

    Raises
    ------
    StateError
        ``link.of_source``: nobody entered it here; ``link.closed``: it is refused or withdrawn.
    """
    fresh = locked(link)
    if fresh.standing == Link.Standing.SOURCE:
        raise StateError("link.of_source")
    if fresh.standing not in OPEN:
        raise StateError("link.closed")
    _decide(fresh, Link.Standing.WITHDRAWN, by=by, now=now, reason="withdraw")
    return fresh


def _refuse_decided(link: Link, *wanted: str) -> None:
    if link.standing not in wanted:
        raise StateError("link.decided")


def _decide(link: Link, standing: str, *, by: User, now: datetime, reason: str) -> None:
    link.standing, link.decided_by, link.decided_at = standing, by, now
    sign(link, by, reason=reason)
    link.save()
