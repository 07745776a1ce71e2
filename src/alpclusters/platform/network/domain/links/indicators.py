"""Indicator RCR84 of Interreg: organisations that cooperate across borders after a project.

Counted are entities among the partners with a formal agreement, concluded in the project or within
one year after its end and valid beyond it, with another partner from another country (domain.md
section 13; docs/user/links.md). A link that is merely active is no agreement: it is shown as
survival.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from alpclusters.platform.actors.models import Organisation
from alpclusters.platform.network.models import Link
from alpclusters.platform.partnership.models import Project

WITHIN: Final = timedelta(days=365)
_ISO: Final = {"EL": "GR", "UK": "GB"}


class Reason(StrEnum):
    """Why an organisation of the project is not counted."""

    NO_AGREEMENT = "no_agreement"
    NOT_CONFIRMED = "not_confirmed"
    BEFORE_PROJECT = "before_project"
    TOO_LATE = "too_late"
    ENDED_WITH_PROJECT = "ended_with_project"
    SAME_COUNTRY = "same_country"
    COUNTRY_UNKNOWN = "country_unknown"


@dataclass(frozen=True, slots=True)
class Counted:
    """An organisation that counts, and the agreements it counts by."""

    organisation: Organisation
    links: Sequence[Link]


@dataclass(frozen=True, slots=True)
class NotCounted:
    """An organisation of the project that does not count, and why."""

    organisation: Organisation
    reason: Reason
    links: Sequence[Link]


@dataclass(frozen=True, slots=True)
class Rcr84:
    """The indicator with the list behind it.

    Attributes
    ----------
    value : int or None
        Organisations that count; None where the end of the project is not known.
    until : date or None
        The last day on which an agreement counts.
    is_final : bool
        Whether that day has passed: before it the number can still grow.
    counted, not_counted : sequences
        All organisations of the project, each in one of them; empty without a value.
    """

    value: int | None
    until: date | None
    is_final: bool
    counted: Sequence[Counted]
    not_counted: Sequence[NotCounted]


def count_rcr84(project: Project, *, today: date) -> Rcr84:
    """Count the organisations that cooperate across borders after a project.

    Parameters
    ----------
    project : Project
        Its partners are the organisations that can count, each once.
    today : date

    Returns
    -------
    Rcr84
    """
    if project.ends_on is None:
        return Rcr84(None, None, is_final=False, counted=(), not_counted=())
    members = _members(project)
    links = _agreements(members)
    found = [_judge(one, members, links, project) for one in members.values()]
    counted = [one for one in found if isinstance(one, Counted)]
    rest = [one for one in found if isinstance(one, NotCounted)]
    until = project.ends_on + WITHIN
    return Rcr84(len(counted), until, until < today, counted, rest)


def _members(project: Project) -> dict[int, Organisation]:
    rows = Organisation.objects.filter(partner__project=project, merged_into=None)
    return {row.pk: row for row in rows.select_related("region").order_by("name", "pk").distinct()}


def _agreements(members: Mapping[int, Organisation]) -> list[Link]:
    pks = list(members)
    rows = Link.objects.filter(first__in=pks, second__in=pks).exclude(agreed_on=None)
    return list(rows.select_related("first", "second").order_by("agreed_on", "pk"))


def _judge(
    one: Organisation,
    members: Mapping[int, Organisation],
    links: Sequence[Link],
    project: Project,
) -> Counted | NotCounted:
    own = [link for link in links if one.pk in (link.first_id, link.second_id)]
    judged = [(link, _why_not(link, one, members, project)) for link in own]
    good = [link for link, reason in judged if reason is None]
    if good:
        return Counted(one, good)
    reasons = {reason for _, reason in judged if reason is not None}
    # The one that is nearest to counting says most.
    reason = next((r for r in _NEAREST if r in reasons), Reason.NO_AGREEMENT)
    return NotCounted(one, reason, [link for link, why in judged if why is reason])


_NEAREST: Final = (
    Reason.NOT_CONFIRMED, Reason.COUNTRY_UNKNOWN, Reason.SAME_COUNTRY, Reason.ENDED_WITH_PROJECT,
    Reason.TOO_LATE, Reason.BEFORE_PROJECT,
)  # fmt: skip
_GONE: Final = (Link.Standing.REFUSED, Link.Standing.WITHDRAWN)


def _why_not(
    link: Link, one: Organisation, members: Mapping[int, Organisation], project: Project
) -> Reason | None:
    if link.standing in _GONE:
        return Reason.NO_AGREEMENT
    other = link.second_id if link.first_id == one.pk else link.first_id
    found = _outside_time(link, project) or _outside_borders(one, members[other])
    return found or (Reason.NOT_CONFIRMED if link.standing == Link.Standing.ENTERED else None)


def _outside_time(link: Link, project: Project) -> Reason | None:
    agreed, end = link.agreed_on, project.ends_on
    if agreed is None or end is None:
        return Reason.NO_AGREEMENT
    if agreed > end + WITHIN:
        return Reason.TOO_LATE
    if project.starts_on is not None and agreed < project.starts_on:
        return Reason.BEFORE_PROJECT
    if link.ended_on is not None and link.ended_on <= end:
        return Reason.ENDED_WITH_PROJECT
    return None


def _outside_borders(one: Organisation, other: Organisation) -> Reason | None:
    countries = (country_of(one), country_of(other))
    if not all(countries):
        return Reason.COUNTRY_UNKNOWN
    return Reason.SAME_COUNTRY if countries[0] == countries[1] else None


def country_of(organisation: Organisation) -> str:
    """Return the ISO code of an organisation's country; of its region where it names none."""
    code = organisation.country or (organisation.region.country if organisation.region else "")
    return _ISO.get(code, code)
