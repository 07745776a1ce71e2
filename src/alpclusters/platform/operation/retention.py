"""Deletion by time: one rule for everything that is kept for a while only.

Each rule names what is deleted, after which time and since when, and the call that does it; the
calls stand with their tables. The daily jobs of the same names run them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.contrib.sessions.models import Session

from alpclusters.platform.actors.domain.consent import LASTS
from alpclusters.platform.actors.domain.people import forget_people
from alpclusters.platform.cafe.domain.cards import PHOTOS_KEPT, forget_photos
from alpclusters.platform.cafe.domain.invitations import NAMES_KEPT, forget_hosts, forget_names
from alpclusters.platform.evaluation.domain.protocols import forget_approved_hosts
from alpclusters.platform.evaluation.domain.research_requests import KEPT as REQUESTS_KEPT
from alpclusters.platform.evaluation.domain.research_requests import forget_who_asked
from alpclusters.platform.network.domain.meetings.attending import KEPT as ATTENDANTS_KEPT
from alpclusters.platform.network.domain.meetings.attending import forget_attendants
from alpclusters.platform.operation.mail import KEPT, forget_given_up
from alpclusters.platform.operation.tidying import DONE, tidy
from alpclusters.platform.policy.domain.consulting.commenting import KEPT_AFTER, forget_invited
from alpclusters.platform.policy.domain.monitoring.rounds import forget_addresses
from alpclusters.platform.trust.domain.log import NETWORKS_KEPT, forget_events


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of retention.

    Attributes
    ----------
    job : str
        The daily job that does it.
    tables : tuple of str
        What is deleted or emptied.
    kept : timedelta
        How long it is kept.
    since : str
        What the time counts from.
    delete : callable
        Deletes what is older at a moment; returns how much.
    """

    job: str
    tables: tuple[str, ...]
    kept: timedelta
    since: str
    delete: Callable[[datetime], int]


def _forget_sessions(now: datetime) -> int:
    return int(Session.objects.filter(expire_date__lt=now).delete()[0])


def _tidy(now: datetime) -> int:
    return tidy(settings.CONFIGURATION, now=now)


RULES: Final[tuple[Rule, ...]] = (
    Rule(
        "forget_invited",
        ("cafe.invitation", "cafe.guest"),
        NAMES_KEPT,
        "the day of the AlpCafé",
        forget_names,
    ),
    Rule("forget_invited", ("cafe.table",), NAMES_KEPT, "the day of the AlpCafé", forget_hosts),
    Rule(
        "forget_invited",
        ("cafe.protocolhost",),
        NAMES_KEPT,
        "the day of the AlpCafé",
        forget_approved_hosts,
    ),
    Rule(
        "forget_consents",
        ("actors.person", "actors.consent"),
        LASTS,
        "the consent",
        forget_people,
    ),
    Rule(
        "forget_attendants",
        ("network.attendance",),
        ATTENDANTS_KEPT,
        "the day of meetings",
        forget_attendants,
    ),
    Rule(
        "forget_reporters",
        ("policy.reportlink",),
        timedelta(0),
        "the end of the link",
        forget_addresses,
    ),
    Rule(
        "forget_consulted",
        ("policy.consultationinvitation",),
        KEPT_AFTER,
        "the last day of the consultation",
        forget_invited,
    ),
    Rule(
        "forget_researchers",
        ("evaluation.datarequest",),
        REQUESTS_KEPT,
        "the end or the refusal of the request",
        forget_who_asked,
    ),
    Rule("forget_log", ("trust.securityevent",), NETWORKS_KEPT, "the entry", forget_events),
    Rule("forget_sessions", ("sessions.session",), timedelta(0), "its end", _forget_sessions),
    Rule("forget_files", ("cafe.card",), PHOTOS_KEPT, "the day of the AlpCafé", forget_photos),
    Rule("forget_files", ("django_tasks_database.dbtaskresult",), DONE, "its end", _tidy),
    Rule("forget_files", ("operation.queuedmail",), KEPT, "giving up", forget_given_up),
)


def deleting() -> dict[str, Callable[[datetime], int]]:
    """Return a call for each job that deletes; a job may have several rules."""
    return {job: _all_of(job) for job in dict.fromkeys(rule.job for rule in RULES)}


def _all_of(job: str) -> Callable[[datetime], int]:
    def delete(now: datetime) -> int:
        return sum(rule.delete(now) for rule in RULES if rule.job == job)

    return delete
