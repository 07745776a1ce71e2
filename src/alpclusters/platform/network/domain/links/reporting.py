"""Each side says over the years whether a link is alive; its state follows the newest word."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from alpclusters.analysis.errors import InputError, StateError, Where
from alpclusters.platform.accounts.models import User
from alpclusters.platform.actors.models import Organisation
from alpclusters.platform.history import sign
from alpclusters.platform.network.domain.links.sides import OPEN, locked, require_side
from alpclusters.platform.network.models import Link, LinkReport


@transaction.atomic
def report_status(  # noqa: PLR0913 - the columns of a report
    link: Link,
    organisation: Organisation,
    status: str,
    *,
    said_on: date,
    by: User | None,
    now: datetime,
    how: str = LinkReport.How.PAGE,
    note: str = "",
) -> LinkReport:
    """Note what one side says of a link on a day.

    The state of the link follows the newest report. A second report of the same side about the
    same day corrects the first. A link that had ended is open again once somebody says so.

    Raises
    ------
    InputError
        ``link.day_to_come`` or ``link.before_start``: a day that cannot be.
    StateError
        ``link.not_a_side``, or ``link.closed``: it was refused or withdrawn.
    """
    fresh = locked(link)
    require_side(fresh, organisation)
    if fresh.standing not in OPEN:
        raise StateError("link.closed")
    return add_report(
        fresh, organisation, status, said_on=said_on, by=by, now=now, how=how, note=note
    )


def add_report(  # noqa: PLR0913 - the columns of a report
    link: Link,
    organisation: Organisation,
    status: str,
    *,
    said_on: date,
    by: User | None,
    now: datetime,
    how: str = LinkReport.How.PAGE,
    note: str = "",
) -> LinkReport:
    """Store a report and let the state follow; the caller holds the link."""
    _check_day(link, said_on, now)
    report, _ = LinkReport.objects.update_or_create(
        link=link,
        organisation=organisation,
        said_on=said_on,
        defaults={"status": status, "how": how, "note": note, "by": by, "made_at": now},
    )
    follow_reports(link, by=by)
    return report


def follow_reports(link: Link, *, by: User | None) -> None:
    """Let the state of a link be what the newest report says."""
    newest = link.reports.order_by("-said_on", "-made_at", "-pk").first()
    if newest is None:
        return
    ended = newest.said_on if newest.status == Link.Status.ENDED else None
    if (link.status, link.ended_on) == (newest.status, ended):
        return
    link.status, link.ended_on = newest.status, ended
    sign(link, by, reason="report")
    link.save(update_fields=["status", "ended_on", "changed_at"])


def _check_day(link: Link, said_on: date, now: datetime) -> None:
    if said_on > timezone.localdate(now):
        raise InputError("link.day_to_come", where=Where(field="said_on"))
    if link.started_on is not None and said_on < link.started_on:
        raise InputError("link.before_start", where=Where(field="said_on"))
