"""What the pages of kept reports show."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from alpclusters.analysis.plans import Colour
from alpclusters.platform.policy.domain.monitoring.snapshots import read_content
from alpclusters.platform.policy.models import ActionPlan, PlanSnapshot
from alpclusters.reports.dates import format_date_short
from alpclusters.reports.numbers import format_number, format_percent
from alpclusters.reports.plan_status import colour_word
from alpclusters.www.components.parts import Cell, Column, Table
from alpclusters.www.public.initiatives.said import Said
from alpclusters.www.public.monitoring.changes import ChangeGroup, change_groups
from alpclusters.www.public.monitoring.words import (
    StatusBadge,
    here,
    language,
    state_word,
    stored_badge,
    stored_reasons,
)
from alpclusters.www.public.recommendations.reasons import stored_reason

# On the page of one report; the page of all changes shows more.
MOST_CHANGES: Final = 12


@dataclass(frozen=True)
class ReportsPage:
    """All reports of a plan, and of its earlier versions."""

    snapshots: Sequence[PlanSnapshot]
    earlier: Sequence[PlanSnapshot]

    @property
    def last(self) -> PlanSnapshot | None:
        """The newest one, whose hash others can keep."""
        return self.snapshots[0] if self.snapshots else None


@dataclass(frozen=True)
class ActionView:
    """An action as the report kept it."""

    code: str
    title: str
    responsible: str
    badge: StatusBadge
    progress: str
    reasons: Sequence[str]
    override: Said
    is_missing: bool


@dataclass(frozen=True)
class ReportPage:
    """One report that was kept."""

    snapshot: PlanSnapshot
    before: PlanSnapshot | None
    corrected_by: PlanSnapshot | None
    made_for: date
    is_of_round: bool
    reason: str
    changes: Sequence[ChangeGroup]
    actions: Sequence[ActionView]
    missing: Sequence[str]
    indicators: Table | None
    software: str
    convention: str


def read_reports(plan: ActionPlan) -> ReportsPage:
    """Read the list of reports, the newest first."""
    rows = _light(PlanSnapshot.objects.filter(plan=plan))
    versions = ActionPlan.objects.filter(uuid=plan.uuid, version__lt=plan.version)
    earlier = _light(PlanSnapshot.objects.filter(plan__in=versions))
    return ReportsPage(list(rows), list(earlier))


def _light(rows: "QuerySet[PlanSnapshot]") -> "QuerySet[PlanSnapshot]":
    wanted = rows.defer("content").select_related("round", "corrects", "plan")
    return wanted.order_by("-plan__version", "-number")


def read_report(snapshot: PlanSnapshot) -> ReportPage:
    """Read one report, with what changed since the one before."""
    content = read_content(snapshot)
    before = PlanSnapshot.objects.filter(plan=snapshot.plan_id, number=snapshot.number - 1).first()
    missing = set((content["round"] or {}).get("missing", ()))
    return ReportPage(
        snapshot=snapshot,
        before=before,
        corrected_by=snapshot.corrections.defer("content").order_by("number").first(),
        made_for=date.fromisoformat(content["at"]),
        is_of_round=content["round"] is not None,
        reason=(content["corrects"] or {}).get("reason", ""),
        changes=_changes(before, content),
        actions=[_action(line, missing) for line in _urgent_first(content["actions"])],
        missing=[line["code"] for line in content["actions"] if line["code"] in missing],
        indicators=_indicators(content["indicators"]),
        software=content["software"],
        convention=content["rules"]["convention"],
    )


def _changes(before: PlanSnapshot | None, content: Mapping[str, Any]) -> Sequence[ChangeGroup]:
    if before is None:
        return ()
    return change_groups(read_content(before), content, most=MOST_CHANGES)


_URGENCY: Final = ("red", "grey", "yellow", "green", "blue", "none")


def _urgent_first(actions: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    return sorted(actions, key=lambda line: _URGENCY.index(line["status"]["shown"]))


def _action(line: Mapping[str, Any], missing: set[str]) -> ActionView:
    status, override = line["status"], line["override"]
    is_set = bool(override) and status["shown"] == override["shown"]
    return ActionView(
        code=line["code"],
        title=here(line["title"]),
        responsible=line["responsible"],
        badge=stored_badge(status),
        progress=_share(status["progress"]),
        reasons=stored_reasons(status),
        override=stored_reason(override["reason"]) if is_set else Said(),
        is_missing=line["code"] in missing,
    )


def _share(value: str | None) -> str:
    return "–" if value is None else format_percent(float(value), language())


def _indicators(lines: Sequence[Mapping[str, Any]]) -> Table | None:
    if not lines:
        return None
    columns = [
        Column(_("Indicator")),
        Column(_("Action")),
        Column(_("Last value"), is_number=True),
        Column(_("As of")),
        Column(_("Status")),
    ]
    return Table(_("Indicators"), columns, [_indicator(line) for line in lines])


def _indicator(line: Mapping[str, Any]) -> Sequence[Any]:
    last = line["values"][-1] if line["values"] else None
    status = line["status"]
    unit = here(line["unit"])
    on = format_date_short(date.fromisoformat(last["refers_to"]), language()) if last else "–"
    value = f"{_plain_number(last['value'])} {unit}".strip() if last else "–"
    return [
        Cell(here(line["name"])),
        line["action"] or _("whole plan"),
        value,
        on,
        Cell(_colour(status["colour"]), note=str(state_word(status["state"]))),
    ]


def _colour(colour: str) -> str:
    return "–" if colour == Colour.NONE else colour_word(colour, language())


def _plain_number(text: str) -> str:
    return format_number(float(text), language())
