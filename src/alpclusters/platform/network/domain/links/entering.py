"""Enter a link for one side, and change what it says; the other side confirms."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any, Final, Self

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from alpclusters.analysis.errors import InputError, NotAllowedError, StateError, Where
from alpclusters.platform.accounts.models import User
from alpclusters.platform.actors.models import Organisation
from alpclusters.platform.actors.rules import in_care_of
from alpclusters.platform.evidence.domain.versions import Version, versions_of
from alpclusters.platform.evidence.models import Initiative
from alpclusters.platform.fields import fields_of
from alpclusters.platform.history import sign
from alpclusters.platform.network.domain.links.reports import (
    OPEN,
    add_report,
    confirming_side,
    in_order,
    locked,
    require_side,
)
from alpclusters.platform.network.models import Introduction, Link, LinkReport
from alpclusters.platform.network.rules import may_confirm_link, may_refuse_link, spoken_for_by
from alpclusters.platform.partnership.models import Project
from alpclusters.platform.partnership.roles import Person

# --- What two organisations say of a link, and what of it both have to agree on -------------------


@dataclass(frozen=True, slots=True)
class LinkFacts:
    """The facts of a link as people enter them; what is not known stays empty."""

    type: str = Link.Type.JOINT_PROJECT
    topic: str = ""
    started_on: date | None = None
    ended_on: date | None = None
    initiative: Initiative | None = None
    funding: str = ""
    funding_ends_on: date | None = None
    project: Project | None = None
    agreed_on: date | None = None
    note: str = ""

    @classmethod
    def of(cls, link: Link) -> Self:
        """Return the facts of a link as they stand."""
        return cls(**{field.name: getattr(link, field.name) for field in fields(cls)})

    def completed(self) -> dict[str, Any]:
        """Return what is stored: an initiative says when its own funding ended."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        if self.initiative is not None and self.funding_ends_on is None:
            values["funding_ends_on"] = self.initiative.end
        return values


# Topic and note describe; the rest is what both sides stand for.
OF_BOTH: Final = (
    "type", "started_on", "ended_on", "initiative", "funding", "funding_ends_on", "project",
    "agreed_on",
)  # fmt: skip
FIELDS: Final = tuple(field.name for field in fields(LinkFacts))


def check_dates(facts: LinkFacts, *, today: date) -> None:
    """Refuse days in the wrong order, and an agreement or an end that is still to come.

    Raises
    ------
    InputError
        ``link.dates_in_order`` or ``link.day_to_come``, with the field.
    """
    begin = facts.started_on
    for name in ("ended_on", "funding_ends_on"):
        day = getattr(facts, name)
        if begin is not None and day is not None and day < begin:
            raise InputError("link.dates_in_order", where=Where(field=name))
    for name in ("started_on", "ended_on", "agreed_on"):
        day = getattr(facts, name)
        if day is not None and day > today:
            raise InputError("link.day_to_come", where=Where(field=name))


def changed_fields(link: Link, values: dict[str, Any]) -> list[str]:
    """Return the names of the fields that would be different."""
    return [name for name, value in values.items() if getattr(link, name) != value]


# --- Enter a link for one side, and change what it says; the other side confirms ------------------


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


# --- The other side confirms a link or refuses it; who entered it may withdraw it -----------------


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


# --- What changed of a link over the years: the kept versions, and the reports of both sides ------


COMPARED: Final = (*(column.attname for column in fields_of(Link)), "standing")


def versions(link: Link) -> list[Version]:
    """Return all versions of a link, the newest first, each with what it changed."""
    return versions_of(link, COMPARED)


def reports(link: Link) -> Sequence[LinkReport]:
    """Return what both sides said of a link, the newest day first."""
    rows = link.reports.select_related("organisation", "by")
    return list(rows.order_by("-said_on", "-made_at", "-pk"))


# --- Links that wait for a word of somebody, and those of the organisations one speaks for --------


def with_sides(links: "QuerySet[Link]") -> "QuerySet[Link]":
    """Bring what a list shows of each link in one query."""
    return links.select_related("first__region", "second__region", "initiative", "project")


def waiting_for(user: Person) -> "QuerySet[Link]":
    """List the links that wait until a person confirms or refuses them, the oldest first."""
    own = spoken_for_by(user).order_by().values("pk")
    other = Q(first__in=own, entered_for=F("second")) | Q(second__in=own, entered_for=F("first"))
    waiting = Link.objects.filter(other, standing=Link.Standing.ENTERED)
    return with_sides(waiting).order_by("entered_at", "pk")


def links_of_speaker(user: Person) -> "QuerySet[Link]":
    """List the links of all organisations for which a person speaks, newest first."""
    own = spoken_for_by(user).order_by().values("pk")
    either = Q(first__in=own) | Q(second__in=own)
    return with_sides(Link.objects.filter(either)).order_by("-entered_at", "-pk")


def links_in_care(user: Person) -> "QuerySet[Link]":
    """List the links with a side in the regions that a person coordinates, newest first."""
    care = in_care_of(user).order_by()  # type: ignore[arg-type]
    first = Exists(care.filter(organisation=OuterRef("first")))
    second = Exists(care.filter(organisation=OuterRef("second")))
    return with_sides(Link.objects.filter(first | second)).order_by("-entered_at", "-pk")
