"""Enter a link for one side, and change what it says; the other side confirms."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from alpclusters.analysis.errors import StateError
from alpclusters.platform.accounts.models import User
from alpclusters.platform.actors.models import Organisation
from alpclusters.platform.history import sign
from alpclusters.platform.network.domain.links.facts import (
    OF_BOTH,
    LinkFacts,
    changed_fields,
    check_dates,
)
from alpclusters.platform.network.domain.links.reporting import add_report
from alpclusters.platform.network.domain.links.sides import OPEN, in_order, locked, require_side
from alpclusters.platform.network.models import Introduction, Link


@transaction.atomic
def enter_link(
    own: Organisation,
    other: Organisation,
    facts: LinkFacts,
    *,
    by: User | None,
    now: datetime,
    status: str = Link.Status.UNKNOWN,
    introduction: Introduction | None = None,
) -> Link:
    """Enter a link for one side; it counts once the other side has confirmed it.

    Parameters
    ----------
    own, other : Organisation
        For whom it is entered, and with whom; the table keeps them in its own order.
    facts : LinkFacts
    by : User or None
        Who entered it.
    now : datetime
    status : str, optional
        Whether it is alive today; it becomes the first report of the side that enters it.
    introduction : Introduction or None
        The introduction it came out of.

    Raises
    ------
    InputError
        Days in the wrong order, or still to come.
    StateError
        ``link.self``, ``link.merged``, ``link.simulated``, or ``link.exists``: one of the same kind
        and funding is open already.
    """
    check_dates(facts, today=timezone.localdate(now))
    own, other = _held(own, other)
    _refuse(own, other)
    first, second = in_order(own, other)
    values = facts.completed()
    _refuse_second(first, second, values)
    link = Link(
        first=first,
        second=second,
        **values,
        entered_for=own,
        entered_by=by,
        entered_at=now,
        introduction=introduction,
        is_simulated=own.is_simulated,
    )
    sign(link, by, reason="enter")
    link.save()
    if status != Link.Status.UNKNOWN:
        add_report(link, own, status, said_on=_speaks_of(link, status, now), by=by, now=now)
    return link


@transaction.atomic
def change_link(
    link: Link, facts: LinkFacts, *, own: Organisation, by: User | None, now: datetime
) -> bool:
    """Change what a link says.

    Where something changes that both sides stand for, the side that did not change it is asked
    to confirm again; until then the link is not counted.

    Returns
    -------
    bool
        Whether anything was different.

    Raises
    ------
    InputError
        As in `enter_link`.
    StateError
        ``link.not_a_side``; ``link.of_source``: a source says it, so nobody changes it here;
        ``link.closed``: it was refused or withdrawn; ``link.exists``.
    """
    check_dates(facts, today=timezone.localdate(now))
    fresh = locked(link)
    require_side(fresh, own)
    _refuse_closed(fresh)
    values = facts.completed()
    changed = changed_fields(fresh, values)
    if not changed:
        return False
    _refuse_second(fresh.first, fresh.second, values, but=fresh.pk)
    for name in changed:
        setattr(fresh, name, values[name])
    if set(changed) & set(OF_BOTH):
        fresh.standing, fresh.entered_for = Link.Standing.ENTERED, own
        fresh.entered_by = by
        fresh.decided_by, fresh.decided_at = None, None
    sign(fresh, by, reason="change")
    fresh.save()
    return True


def _held(own: Organisation, other: Organisation) -> tuple[Organisation, Organisation]:
    # Both sides enter the same link at once: the second one waits and is then told.
    rows = Organisation.objects.select_for_update(of=("self",)).order_by("pk")
    found = {row.pk: row for row in rows.filter(pk__in=[own.pk, other.pk])}
    return found[own.pk], found[other.pk]


def _refuse(own: Organisation, other: Organisation) -> None:
    if own.pk == other.pk:
        raise StateError("link.self")
    if own.merged_into_id or other.merged_into_id:
        raise StateError("link.merged")
    if own.is_simulated != other.is_simulated:
        raise StateError("link.simulated")


def _refuse_second(
    first: Organisation, second: Organisation, values: dict[str, Any], *, but: int = 0
) -> None:
    """Refuse a second open link of the same kind under the same funding."""
    same = Link.objects.filter(
        first=first,
        second=second,
        type=values["type"],
        initiative=values["initiative"],
        standing__in=OPEN,
    ).exclude(status=Link.Status.ENDED)
    if values["initiative"] is None:
        same = same.filter(funding__iexact=str(values["funding"]))
    found = same.exclude(pk=but).order_by("pk").first()
    if found is not None:
        raise StateError("link.exists", values={"link": found.pk})


def _refuse_closed(link: Link) -> None:
    if link.standing == Link.Standing.SOURCE:
        raise StateError("link.of_source")
    if link.standing not in OPEN:
        raise StateError("link.closed")


def _speaks_of(link: Link, status: str, now: datetime) -> date:
    """Return the day the first report speaks of: an end that is known has its own."""
    if status == Link.Status.ENDED and link.ended_on is not None:
        return link.ended_on
    return timezone.localdate(now)
