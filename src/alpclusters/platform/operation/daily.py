"""What must happen every day: which jobs there are, who does one now, how each has gone.

The jobs themselves write letters and delete rows of all apps; who calls `run_jobs` hands them
over. On several machines a row of the database says who does a job: no job runs twice at once.
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from django.db import transaction

from alpclusters.platform.languages.catalogues import gettext_noop as _
from alpclusters.platform.operation.daily_note import write_note
from alpclusters.platform.operation.models import JobRun

log = logging.getLogger(__name__)

# name: what it does, for operators and administrators.
JOBS: Final[dict[str, str]] = {
    "cafe_reminders": _("Reminders of AlpCafés"),
    "profile_questions": _("Yearly questions to keepers of profiles"),
    "introductions": _("Introductions: ends and outcomes"),
    "links": _("Questions about links"),
    "meetings": _("Wishes for bilateral meetings"),
    "postings": _("Mails about needs and offers"),
    "call_alerts": _("Mails about calls that fit"),
    "monitoring": _("Letters of reporting rounds"),
    "consultations": _("Consultations: ends and letters"),
    "profiles": _("Facts about profiles that depend on the day"),
    "forget_invited": _("Deleting names of invited people"),
    "forget_consents": _("Deleting people whose consent has ended"),
    "forget_attendants": _("Deleting who came to days of meetings"),
    "forget_reporters": _("Deleting addresses of reporting rounds"),
    "forget_consulted": _("Deleting addresses of consultations"),
    "forget_researchers": _("Deleting who asked for data"),
    "forget_log": _("Deleting networks and people from the security log"),
    "forget_sessions": _("Deleting sessions that have ended"),
    "forget_files": _("Deleting old lists, files and finished work"),
}
# Not a whole day: else each day would begin later than the one before.
EVERY: Final = timedelta(hours=22)
AGAIN: Final = timedelta(hours=1)
LEASE: Final = timedelta(hours=1)
LATE: Final = timedelta(hours=50)

type Call = Callable[[datetime], int]


@dataclass(frozen=True, slots=True)
class Standing:
    """How a job stands.

    Attributes
    ----------
    name, label : str
        Its key, and what it does (to be translated).
    finished_at : datetime or None
        When it last went well.
    n_failures : int
        How often it failed since then.
    is_late : bool
        Whether it has not gone well for more than two days.
    """

    name: str
    label: str
    finished_at: datetime | None
    n_failures: int
    is_late: bool


def run_jobs(
    calls: Mapping[str, Call], *, home: Path, now: datetime, only_due: bool
) -> dict[str, int | None]:
    """Do the jobs one after the other; one that fails does not hold up the others.

    Returns
    -------
    dict of str to int or None
        What each job that was done says it did; None where it failed.
    """
    found: dict[str, int | None] = {}
    for name in JOBS:
        if _take(name, now, only_due=only_due):
            found[name] = _do(name, calls[name], now)
    note_standing(home, now)
    return found


def standings(now: datetime) -> list[Standing]:
    """Return how each job stands, in the order in which they are done."""
    rows = JobRun.objects.in_bulk()
    return [_standing(name, rows.get(name), now) for name in JOBS]


def note_standing(home: Path, now: datetime) -> None:
    """Tell the supervisor when it is due again, and the live process what monitors ask."""
    rows = JobRun.objects.in_bulk(list(JOBS))
    jobs = {
        name: {
            "known_since": row.known_since.timestamp(),
            "finished_at": row.finished_at and row.finished_at.timestamp(),
            "n_failures": row.n_failures,
        }
        for name, row in rows.items()
    }
    due = min((_due_at(row) for row in rows.values()), default=now)
    # Somebody else may be doing it: look again, but not all the time.
    write_note(home, {"due_at": max(due, now + AGAIN / 4).timestamp(), "jobs": jobs})


def _take(name: str, now: datetime, *, only_due: bool) -> bool:
    with transaction.atomic():
        row, _is_new = JobRun.objects.select_for_update().get_or_create(
            name=name, defaults={"known_since": now}
        )
        if row.leased_until is not None and now < row.leased_until <= now + LEASE:
            return False
        if only_due and not _is_due(row, now):
            return False
        row.leased_until = now + LEASE
        row.save(update_fields=["leased_until"])
    return True


def _is_due(row: JobRun, now: datetime) -> bool:
    # A clock that was set back must not keep a job from running for years.
    is_ahead = row.finished_at is not None and row.finished_at > now + AGAIN
    return is_ahead or _due_at(row) <= now


def _due_at(row: JobRun) -> datetime:
    due = row.known_since if row.finished_at is None else row.finished_at + EVERY
    return due if row.failed_at is None or not row.n_failures else max(due, row.failed_at + AGAIN)


def _do(name: str, call: Call, now: datetime) -> int | None:
    row = JobRun.objects.get(name=name)
    row.leased_until = None
    try:
        n = call(now)
    except Exception as error:
        log.exception("the daily job %s failed", name)
        row.failed_at, row.n_failures = now, row.n_failures + 1
        row.error = type(error).__name__
        row.save()
        return None
    row.finished_at, row.n_failures, row.error = now, 0, ""
    row.save()
    return n


def _standing(name: str, row: JobRun | None, now: datetime) -> Standing:
    if row is None:
        return Standing(name, JOBS[name], None, 0, is_late=False)
    since = row.finished_at or row.known_since
    return Standing(name, JOBS[name], row.finished_at, row.n_failures, is_late=now - since > LATE)
