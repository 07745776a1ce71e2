"""What a body says about its action: progress, words, milestones, values."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from django.db import transaction

from alpclusters.analysis.errors import InputError, StateError, Where
from alpclusters.platform.accounts.models import User
from alpclusters.platform.policy.domain.monitoring.values import SaidValue, report_value
from alpclusters.platform.policy.domain.records.plans import today_of
from alpclusters.platform.policy.models import (
    Action,
    Milestone,
    MonitoringRound,
    ProgressReport,
    ReportLink,
)

TEXTS: Final = ("text", "obstacles", "next_step")


@dataclass(frozen=True, slots=True)
class Said:
    """Everything a body says at once.

    Attributes
    ----------
    progress : float or None
        Share between 0 and 1; None where no figure is given and the milestones speak.
    texts : mapping
        ``text``, ``obstacles``, ``next_step`` in the language of the body.
    language : str
    milestones : mapping of Milestone to date
        Those that were reached, with the day.
    values : sequence of SaidValue
    """

    progress: float | None = None
    texts: Mapping[str, str] = field(default_factory=dict)
    language: str = "en"
    milestones: Mapping[Milestone, date] = field(default_factory=dict)
    values: Sequence[SaidValue] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all was said."""
        written = any((self.texts.get(name) or "").strip() for name in TEXTS)
        return self.progress is None and not (written or self.milestones or self.values)


@transaction.atomic
def report_progress(
    action: Action,
    said: Said,
    *,
    way: str,
    round_: MonitoringRound | None,
    by: User | None,
    now: datetime,
) -> ProgressReport:
    """Store what a body says of its action, dated by the day in the plan's time zone.

    Raises
    ------
    InputError
        Nothing was said (``report.empty``), the progress is no share (``report.not_a_share``), or
        a day lies in the future (``report.in_future``).
    StateError
        The action is done or stopped (``report.action_ended``).
    """
    action = Action.objects.select_related("plan").select_for_update(of=("self",)).get(pk=action.pk)
    today = today_of(action.plan, now)
    _check(action, said, today)
    report = ProgressReport.objects.create(
        action=action,
        round=round_,
        confirmed_on=today,
        progress=said.progress,
        language=said.language,
        way=way,
        reported_at=now,
        reported_by=by,
        **{name: said.texts.get(name) or "" for name in TEXTS},
    )
    _reach(said.milestones)
    for value in said.values:
        report_value(value, round_=round_, by=by, now=now)
    return report


@transaction.atomic
def report_by_link(link: ReportLink, said: Said, *, now: datetime) -> ProgressReport:
    """Store what came in by a mail link; the link can be used again until it expires."""
    report = report_progress(
        link.action, said, way=ProgressReport.Way.LINK, round_=link.round, by=None, now=now
    )
    link.used_at = now
    link.save(update_fields=["used_at"])
    return report


def latest_report(action: Action) -> ProgressReport | None:
    """Return what was said last."""
    return action.reports.order_by("confirmed_on", "pk").last()


def _reach(milestones: Mapping[Milestone, date]) -> None:
    for milestone, day in milestones.items():
        milestone.done_on = day
        milestone.save(update_fields=["done_on"])


def _check(action: Action, said: Said, today: date) -> None:
    if action.done_on is not None or action.stopped_on is not None:
        code = "report.action_ended"
        raise StateError(code, found=action.code)
    if said.is_empty:
        code = "report.empty"
        raise InputError(code, where=Where(field="text"))
    if said.progress is not None and not 0 <= said.progress <= 1:
        code = "report.not_a_share"
        raise InputError(code, where=Where(field="progress"), found=str(said.progress))
    _check_days([*said.milestones.values(), *(value.refers_to for value in said.values)], today)


def _check_days(days: Collection[date], today: date) -> None:
    for day in days:
        if day > today:
            code = "report.in_future"
            raise InputError(code, where=Where(field="date"), found=day.isoformat())
