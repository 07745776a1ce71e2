"""Read a snapshot of a plan for its report."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from alpclusters.analysis.plans import ActionState, ActionStatus, Colour, Reason
from alpclusters.platform.policy.domain.monitoring.snapshots import read_content
from alpclusters.platform.policy.domain.monitoring.verifying import verify_plan
from alpclusters.platform.policy.domain.records.plans import today_of
from alpclusters.platform.policy.models import ActionPlan, PlanSnapshot, ProgressReport

# --- The status of an action as a snapshot keeps it, read back into the records of the analysis


_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_FRACTION: Final = re.compile(r"-?\d+\.\d+")


@dataclass(frozen=True, slots=True)
class KeptStanding:
    """An action of a snapshot: what was computed and what was shown."""

    status: ActionStatus
    shown: Colour


def standing_of(action: Mapping[str, Any]) -> KeptStanding:
    """Return the status of an action of a snapshot."""
    told = action["status"]
    last_known = told.get("last_known")
    status = ActionStatus(
        key=action["code"],
        state=ActionState(told["state"]),
        colour=Colour(told["colour"]),
        last_known=Colour(last_known) if last_known else None,
        progress=float(told["progress"]) if told.get("progress") is not None else None,
        forecast=day_of(told.get("forecast")),
        delay_days=told.get("delay_days"),
        reasons=reasons_of(told),
        convention=told["convention"],
    )
    return KeptStanding(status, Colour(told["shown"]))


def reasons_of(told: Mapping[str, Any]) -> tuple[Reason, ...]:
    """Return the reasons, their dates and numbers as such."""
    return tuple(
        Reason(one["key"], {name: _value(value) for name, value in one["params"].items()})
        for one in told["reasons"]
    )


def day_of(text: str | None) -> date | None:
    """Return a date of a snapshot."""
    return date.fromisoformat(text) if text else None


def _value(value: Any) -> Any:
    if isinstance(value, str) and _DAY.fullmatch(value):
        return date.fromisoformat(value)
    if isinstance(value, str) and _FRACTION.fullmatch(value):
        return float(value)
    return value


# --- What a monitoring report is made of: one snapshot, the one before, and the words of reports


type Content = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ReportedWords:
    """What a body wrote: cause, what comes next, in its language; no name of a person.

    Attributes
    ----------
    language : str
    obstacles, next_step : str
        In the words of the body.
    """

    language: str
    obstacles: str
    next_step: str


@dataclass(frozen=True, slots=True)
class ChainLink:
    """One snapshot in the chain of a plan."""

    number: int
    made_on: date
    digest: str
    corrects: int | None


@dataclass(frozen=True, slots=True)
class MonitoringSubject:
    """A report of a plan.

    Attributes
    ----------
    content : mapping
        Of the snapshot, as it was hashed.
    before : mapping or None
        Of the snapshot before; None in the first report.
    number : int
    digest : str
    made_at : datetime
    words : mapping of str to ReportedWords
        By code of the action, of its latest report up to the snapshot.
    chain : tuple of ChainLink
        All snapshots up to this one.
    is_whole : bool
        Whether the chain holds when it is recomputed.
    project : str
        Key of the project.
    acronym : str
    """

    content: Content
    before: Content | None
    number: int
    digest: str
    made_at: datetime
    words: Mapping[str, ReportedWords]
    chain: tuple[ChainLink, ...]
    is_whole: bool
    project: str
    acronym: str

    @property
    def day(self) -> date:
        """The day of the report, in the time zone of the plan."""
        return date.fromisoformat(self.content["at"])

    @property
    def plan(self) -> Content:
        """The plan itself."""
        found: Content = self.content["plan"]
        return found

    @property
    def actions(self) -> list[Content]:
        """The actions by code."""
        return list(self.content["actions"])

    @property
    def missing(self) -> list[str]:
        """Codes of the actions nobody reported on in the round."""
        round_ = self.content["round"]
        return list(round_["missing"]) if round_ else []


# --- Read a snapshot of a plan for its report -----------------------------------------------------


def read_monitoring(plan: ActionPlan, *, number: int | None = None) -> MonitoringSubject | None:
    """Read the newest snapshot of a plan, or one by its number; None where there is none.

    Parameters
    ----------
    plan : ActionPlan
        With its project loaded.
    number : int, optional
    """
    rows = plan.snapshots.order_by("number")
    snapshots = list(rows if number is None else rows.filter(number__lte=number))
    if not snapshots or (number is not None and snapshots[-1].number != number):
        return None
    newest = snapshots[-1]
    before = snapshots[-2] if len(snapshots) > 1 else None
    return MonitoringSubject(
        content=read_content(newest),
        before=read_content(before) if before else None,
        number=newest.number,
        digest=newest.digest,
        made_at=newest.made_at,
        words=_words(plan, newest),
        chain=tuple(_link(plan, one, snapshots) for one in snapshots),
        is_whole=verify_plan(plan).is_whole,
        project=plan.project.slug,
        acronym=plan.project.acronym,
    )


def _words(plan: ActionPlan, snapshot: PlanSnapshot) -> dict[str, ReportedWords]:
    rows = ProgressReport.objects.filter(action__plan=plan, reported_at__lte=snapshot.made_at)
    return {
        report.action.code: ReportedWords(report.language, report.obstacles, report.next_step)
        for report in rows.select_related("action").order_by("confirmed_on", "pk")
    }


def _link(plan: ActionPlan, one: PlanSnapshot, known: list[PlanSnapshot]) -> ChainLink:
    numbers = {snapshot.pk: snapshot.number for snapshot in known}
    corrects = numbers.get(one.corrects_id) if one.corrects_id else None
    return ChainLink(one.number, today_of(plan, one.made_at), one.digest, corrects)
